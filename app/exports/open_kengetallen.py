"""What went out for everybody as CSV and JSON, the description of that CSV for machines (CSVW), and the definitions."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from app.exports.csv_bytes import show, write_csv
from app.norms.kwartaaltoets.kwartaal import PATROON
from app.norms.openbaar.kengetallen import DIMENSIES, Dimensie, Kengetal, kengetallen
from app.norms.versies.landelijk import LANDELIJK

#: what somebody may do with it [keuze]
LICENTIE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
DEFINITIES: Final = "/v1/open/definities"
BESTAND: Final = "kengetallen.csv"
_KWARTAAL: Final = {"base": "string", "format": PATROON.strip("^$")}
_TELLING: Final = {"base": "integer", "minimum": 0}
#: column → datatype, whether it may be empty, property of a vocabulary where there is one, description
_COLUMNS: Final[Mapping[str, tuple[Any, bool, str | None, str]]] = {
    "organisatie": ("string", False, "dc:identifier", "De code van de organisatie."),
    "organisatie_naam": ("string", False, "dc:publisher", "De naam die zij had bij het publiceren."),
    "kwartaal": (_KWARTAAL, False, "dc:temporal", "Het kwartaal van de toets."),
    "dimensie": ("string", False, None, "Waarnaar is gesplitst; de naam van een definitie."),
    "groep": ("string", True, None, "Welke groep; leeg: de hele organisatie, of zonder GI of maatregel."),
    "deel": ("string", False, None, "Over welke kinderen: voltijd of alle; de naam van een definitie."),
    "kengetal": ("string", True, "qb:measureType", "De naam van een definitie; leeg als de cijfers zijn ingetrokken."),
    "teller": (_TELLING, True, None, "Het aantal; leeg: onderdrukt, of ingetrokken."),
    "noemer": (
        _TELLING,
        True,
        None,
        "Waarvan het een deel is; leeg: onderdrukt, ingetrokken, of nergens een deel van.",
    ),
    "onderdrukt": ({"base": "boolean", "format": "ja|nee"}, False, None, "Of teller of noemer is weggelaten."),
    "normen": ("string", True, "dc:conformsTo", "De versies van de normen, met hun getallen."),
    "digest": ({"base": "string", "format": "[0-9a-f]{64}"}, False, None, "SHA-256 van de vastgestelde toets."),
    "gepubliceerd_op": ("dateTime", False, "dc:issued", "Wanneer de cijfers naar buiten gingen."),
    "ingetrokken_op": ("dateTime", True, None, "Wanneer zij zijn ingetrokken."),
    "reden_intrekking": ("string", True, None, "Waarom."),
}
COLUMNS: Final = tuple(_COLUMNS)


def write_open_csv(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield the CSV of rows from ``app.queries.publicaties.iterate_open``."""
    return write_csv(COLUMNS, (_cells(row) for row in rows))


def write_open_json(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield a JSON array with an object per row and line; what is empty in the CSV because there is nothing is null."""
    separator = b"[\n"
    for row in rows:
        cells = dict(zip(COLUMNS, _cells(row), strict=True))
        shown = {
            name: value if value is None or isinstance(value, int | str) else show(value)
            for name, value in cells.items()
        }
        yield separator + json.dumps(shown, ensure_ascii=False).encode()
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def _cells(row: Mapping[str, Any]) -> list[object]:
    moments = ("gepubliceerd_op", "ingetrokken_op")
    return [_moment(row[name]) if name in moments else row[name] for name in COLUMNS]


def _moment(value: Any) -> str | None:
    """Return an instant as the API writes it."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def csvw_metadata() -> dict[str, Any]:
    """Return the description of the CSV by the W3C recommendation *Metadata Vocabulary for Tabular Data*."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": BESTAND,
        "dc:title": "Kengetallen van zicht op veiligheid in de pleegzorg",
        "dc:description": "Per organisatie en kwartaal, uit vastgestelde kwartaaltoetsen. Aantallen van 1 tot en met "
        "4, en wat ze verraadt, zijn weggelaten.",
        "dc:license": {"@id": LICENTIE},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\n"], "header": True},
        "tableSchema": {"columns": [_column(name) for name in COLUMNS]},
    }


def _column(name: str) -> dict[str, Any]:
    datatype, may_be_empty, means, description = _COLUMNS[name]
    return {
        "name": name,
        "titles": name,
        "dc:description": description,
        "datatype": datatype,
        "required": not may_be_empty,
        "null": "",
        "propertyUrl": means or f"{DEFINITIES}#{name}",
        **({"valueUrl": f"{DEFINITIES}/{{{name}}}"} if name in ("dimensie", "deel", "kengetal") else {}),
    }


def definitions() -> list[dict[str, Any]]:
    """Return every definition, the key figures first."""
    return [*map(_of_kengetal, kengetallen()), *map(_of_dimensie, DIMENSIES)]


def _of_kengetal(one: Kengetal) -> dict[str, Any]:
    normen = [
        {
            "code": norm.code.value,
            "versie": norm.versie,
            "geldig_van": norm.geldig_van,
            "geldig_tot": norm.geldig_tot,
            "regel": norm.regel,
            "bron": norm.bron,
        }
        for norm in LANDELIJK
        if norm.code.value in one.normen
    ]
    return {**_said(one, "kengetal"), "formule": one.formule, "normen": normen}


def _of_dimensie(one: Dimensie) -> dict[str, Any]:
    return {**_said(one, "dimensie"), "formule": None, "normen": []}


def _said(one: Kengetal | Dimensie, soort: str) -> dict[str, Any]:
    said = {"naam": one.naam, "titel": one.titel, "uitleg": one.uitleg, "bron": one.bron}
    return {**said, "soort": soort, "adres": f"{DEFINITIES}/{one.naam}"}

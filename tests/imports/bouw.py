"""Small workbooks for the tests: one faultless row per sheet, to be changed in one place at a time."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import Any, Final, TypeAlias

import xlsxwriter  # type: ignore[import-untyped] # it has annotations but does not say so

from app.imports.bekend import Bekend, BekendePlaatsing
from app.imports.check.werkboek import check_werkboek
from app.imports.keuring import Keuring
from app.imports.sheets import BLADEN
from app.imports.werkboek import Blad, Werkboek

Boek: TypeAlias = dict[str, list[dict[str, Any]]]
Gevonden: TypeAlias = list[tuple[str, int, str, str]]

VANDAAG: Final = date(2026, 11, 21)
NIETS: Final = Bekend()

_EEN_VAN_ALLES: Final[Boek] = {
    "medewerkers": [
        {"nummer": "M1", "naam": "Anna de Wit", "email": "m1@voorbeeld.test", "rol": "pleegzorgbegeleider"},
        {"nummer": "M2", "naam": "Bram Smit", "rol": "teamleider", "team": "Team Duinrand"},
    ],
    "pleeggezinnen": [{"nummer": "G1", "naam": "Gezin Bakker", "soort": "netwerk"}],
    "gezinsleden": [
        {
            "nummer": "L1",
            "pleeggezin": "G1",
            "naam": "Cor Bakker",
            "geboortedatum": date(1980, 1, 1),
            "rol": "pleegouder",
            "inwonend_sinds": date(2010, 1, 1),
        }
    ],
    "vgbs": [{"nummer": "V1", "gezinslid": "L1", "status": "afgegeven", "datum": date(2024, 1, 10)}],
    "pleegkinderen": [
        {
            "nummer": "K1",
            "roepnaam": "Daan",
            "achternaam": "Jansen",
            "geboortedatum": date(2015, 5, 5),
            "geslacht": "m",
            "bsn": "123456782",
        }
    ],
    "plaatsingen": [
        {
            "nummer": "P1",
            "pleegkind": "K1",
            "pleeggezin": "G1",
            "vorm": "voltijd",
            "zorgvorm": "pleegzorg",
            "van": date(2025, 1, 10),
            "tot": date(2026, 3, 1),
        }
    ],
    "begeleidingen": [{"nummer": "B1", "plaatsing": "P1", "medewerker": "M1", "van": date(2025, 1, 10)}],
    "maatregelen": [{"nummer": "R1", "pleegkind": "K1", "soort": "ots", "van": date(2025, 1, 10)}],
    "kindgesprekken": [
        {
            "nummer": "T1",
            "plaatsing": "P1",
            "datum": date(2025, 6, 1),
            "medewerker": "M1",
            "doorgegaan": "ja",
            "alleen": "ja",
            "vorm": "fysiek",
            "veiligheid_besproken": "nee",
        }
    ],
    "veiligheidschecks": [
        {
            "nummer": "C1",
            "plaatsing": "P1",
            "datum": date(2025, 6, 1),
            "medewerker": "M1",
            "instrument": "LIRIK",
            "uitkomst": "veilig",
        }
    ],
    "huisbezoeken": [{"nummer": "H1", "plaatsing": "P1", "datum": date(2025, 6, 1), "medewerker": "M1"}],
    "casuistiekbesprekingen": [
        {"nummer": "S1", "pleegkind": "K1", "datum": date(2025, 6, 1), "multidisciplinair": "ja"}
    ],
    "ontwikkelbeelden": [{"nummer": "O1", "pleegkind": "K1", "datum": date(2025, 6, 1)}],
    "hulpverleningsplannen": [{"nummer": "A1", "pleegkind": "K1", "datum": date(2025, 6, 1)}],
    "pleegoudervoogdgesprekken": [{"nummer": "Q1", "pleegkind": "K1", "datum": date(2025, 6, 1)}],
    "vertrouwenspersonen": [{"nummer": "W1", "pleegkind": "K1", "sinds": date(2025, 6, 1), "soort": "jeugdstem"}],
    "evaluaties": [{"nummer": "E1", "pleeggezin": "G1", "datum": date(2025, 6, 1)}],
    "signalen": [
        {
            "nummer": "X1",
            "pleegkind": "K1",
            "datum": date(2025, 6, 1),
            "bekend_geworden_op": date(2026, 10, 2),
            "soort": "letsel",
            "vraagt_veiligheidscheck": "ja",
            "calamiteit": "ja",
        }
    ],
    "uitzonderingen": [
        {
            "nummer": "U1",
            "pleegkind": "K1",
            "normen": "KAG-3 KAG-R",
            "reden": "te_jong",
            "borging": "Observatie op school.",
            "van": date(2025, 6, 1),
            "herzien_uiterlijk": date(2025, 8, 1),
            "opgesteld_door": "M1",
            "goedgekeurd_door": "M2",
        }
    ],
    "opvolgstappen": [
        {
            "nummer": "V1",
            "pleegkind": "K1",
            "aanleiding_soort": "signaal",
            "aanleiding": "X1",
            "stap": "overleg",
            "datum": date(2026, 10, 2),
            "met": "teamleider",
            "medewerker": "M1",
        }
    ],
    "acties": [
        {
            "nummer": "B1",
            "pleegkind": "K1",
            "datum": date(2026, 10, 2),
            "omschrijving": "Bel de school.",
            "eigenaar": "M1",
            "uiterlijk": date(2026, 10, 9),
        }
    ],
}


def boek_met(**rijen: list[dict[str, Any]]) -> Boek:
    """Return the faultless workbook; per named sheet the first row is updated, further rows are added.

    An added row starts as a copy of the sheet's first faultless row.
    """
    boek = deepcopy(_EEN_VAN_ALLES)
    for blad, changes in rijen.items():
        model = deepcopy(boek[blad][0])
        for place, change in enumerate(changes):
            if place < len(boek[blad]):
                boek[blad][place].update(change)
            else:
                boek[blad].append({**model, **change})
    return boek


def kop_van(blad: str, rijen: list[dict[str, Any]]) -> list[str]:
    """Return the columns of a sheet in the order of the contract, and after them what rows have besides."""
    known = [kolom.naam for kolom in BLADEN[blad].kolommen] if blad in BLADEN else []
    return list(dict.fromkeys([*known, *(kolom for rij in rijen for kolom in rij)]))


def werkboek(
    boek: Mapping[str, list[dict[str, Any]]], *, without: frozenset[tuple[str, str]] = frozenset()
) -> Werkboek:
    """Make a raw workbook in memory, without some columns (sheet, column)."""
    bladen = []
    for blad, rijen in boek.items():
        kop = [kolom for kolom in kop_van(blad, rijen) if (blad, kolom) not in without]
        bladen.append(Blad.of(blad, kop, [[rij.get(kolom, "") for kolom in kop] for rij in rijen]))
    return Werkboek(tuple(bladen))


def check(
    boek: Mapping[str, list[dict[str, Any]]],
    bekend: Bekend = NIETS,
    *,
    without: frozenset[tuple[str, str]] = frozenset(),
) -> Keuring:
    """Check a workbook on ``VANDAAG``."""
    return check_werkboek(werkboek(boek, without=without), bekend, VANDAAG)


def found(keuring: Keuring) -> Gevonden:
    """Return the faults without their sentences."""
    return [(fout.blad, fout.rij, fout.kolom, fout.code.value) for fout in keuring.fouten]


def waiting(keuring: Keuring) -> list[tuple[str, int, str]]:
    """Return the rows that must wait and the column because of which."""
    return [(fout.blad, fout.rij, fout.kolom) for fout in keuring.afhankelijk]


def stored(keuring: Keuring) -> Bekend:
    """Return what is known after the good rows went in."""
    nummers = {blad: frozenset(str(rij.waarden["nummer"]) for rij in rijen) for blad, rijen in keuring.rijen.items()}
    plaatsingen: dict[str, Any] = {}
    for rij in keuring.rijen.get("plaatsingen", ()):
        own: dict[str, Any] = rij.waarden
        plaatsingen[own["nummer"]] = BekendePlaatsing(own["pleegkind"], own["vorm"], own["van"], own["tot"])
    return Bekend(nummers, plaatsingen)


def xlsx(fill: Callable[[Any], None], **options: object) -> bytes:
    """Write an .xlsx with xlsxwriter."""
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, **options}) as target:
        fill(target)
    return data.getvalue()


def xlsx_of(boek: Mapping[str, list[dict[str, Any]]]) -> bytes:
    """Write a workbook as an .xlsx, dates as real dates."""

    def fill(target: Any) -> None:
        day = target.add_format({"num_format": "yyyy-mm-dd"})
        for blad, rijen in boek.items():
            sheet = target.add_worksheet(blad)
            kop = kop_van(blad, rijen)
            for column, kolom in enumerate(kop):
                sheet.write_string(0, column, kolom)
                for number, rij in enumerate(rijen, start=1):
                    cel = rij.get(kolom, "")
                    if isinstance(cel, date):
                        sheet.write_datetime(number, column, cel, day)
                    else:
                        sheet.write(number, column, cel)

    return xlsx(fill)

"""Read an import workbook (afspraken.md §5) with the standard library alone, for the oracle's own tests.

The column decides what a cell means (a date, ja/nee, norm codes), so the styles of the file are not needed.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

HOOFD = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EXCEL_DAG_NUL = date(1899, 12, 30)

DATUMS = {
    "pleegcontract_op",
    "geboortedatum",
    "inwonend_sinds",
    "inwonend_tot",
    "datum",
    "herscreening_uiterlijk",
    "van",
    "tot",
    "vastgelegd_op",
    "sinds",
    "bekend_geworden_op",
    "gemeld_igj_op",
    "herzien_uiterlijk",
    "team_sinds",
    "teruggekoppeld_op",
    "conclusie_op",
    "uiterlijk",
    "gedaan_op",
}
JA_NEE = {
    "doorgegaan",
    "alleen",
    "veiligheid_besproken",
    "multidisciplinair",
    "vraagt_veiligheidscheck",
    "calamiteit",
    "bij_twijfel",
    "kind_gezien",
    "aangekondigd",
    "onthulling",
    "geweld",
    "letsel",
}
GETALLEN = {"waarneming_dagen"}


def read_werkboek(bestand: Path) -> dict[str, list[dict[str, Any]]]:
    """Sheet name to rows, each a dict of parsed values by column name; an empty cell is None."""
    with zipfile.ZipFile(bestand) as archief:
        return {naam: _read_blad(archief, deel) for naam, deel in _list_bladen(archief)}


def _list_bladen(archief: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relaties = ET.fromstring(archief.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    doel = {relatie.attrib["Id"]: relatie.attrib["Target"] for relatie in relaties}
    for blad in ET.fromstring(archief.read("xl/workbook.xml")).iter(HOOFD + "sheet"):  # noqa: S314
        target = doel[blad.attrib[RELATIE + "id"]]
        yield blad.attrib["name"], target.lstrip("/") if target.startswith("/") else "xl/" + target


def _read_blad(archief: zipfile.ZipFile, deel: str) -> list[dict[str, Any]]:
    rijen = [
        {_get_kolomletters(cel): _read_tekst(cel) for cel in rij.iter(HOOFD + "c")}
        for rij in ET.fromstring(archief.read(deel)).iter(HOOFD + "row")  # noqa: S314
    ]
    kop = rijen[0]
    return [
        {naam: parse_waarde(naam, rij.get(letters, "")) for letters, naam in kop.items()}
        for rij in rijen[1:]
        if any(rij.values())
    ]


def _get_kolomletters(cel: ET.Element) -> str:
    return re.sub(r"[0-9]+", "", cel.attrib["r"])


def _read_tekst(cel: ET.Element) -> str:
    soort = cel.attrib.get("t", "n")
    if soort == "inlineStr":
        return "".join(stuk.text or "" for stuk in cel.iter(HOOFD + "t"))
    if soort not in ("n", "d", "str"):
        # Shared strings, booleans and errors do not occur in our data: better to stop than to guess.
        raise ValueError(soort)
    return cel.findtext(HOOFD + "v") or ""


def parse_waarde(kolom: str, tekst: str) -> object:
    """The value that a column's text stands for."""
    if kolom == "normen":
        return tuple(tekst.split())
    if tekst == "":
        return None
    if kolom in DATUMS:
        return parse_datum(tekst)
    if kolom in JA_NEE:
        return {"ja": True, "nee": False}[tekst]
    if kolom in GETALLEN:
        return int(float(tekst))
    return tekst


def parse_datum(tekst: str) -> date:
    """An Excel day number, YYYY-MM-DD (also with a time) or D-M-YYYY."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", tekst):
        return EXCEL_DAG_NUL + timedelta(days=int(float(tekst)))
    if re.fullmatch(r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}", tekst):
        dag, maand, jaar = tekst.split("-")
        return date(int(jaar), int(maand), int(dag))
    return datetime.fromisoformat(tekst).date()

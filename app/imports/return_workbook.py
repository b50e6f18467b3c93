"""The way back: a workbook with only the rows that did not go in and what is wrong with each, to be repaired.

Values stand in it as they stood in the file; text is always written as text, never as a formula or a link.
Importing it again ignores the column ``fouten``.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final, NamedTuple

from app.imports.dates import number_of
from app.imports.faults import WerkboekFout
from app.imports.keuring import Keuring
from app.imports.sheets import BLADEN, FOUTEN_KOLOM
from app.imports.werkboek import Blad, Cel, Rauw, Werkboek
from app.lib.cell import MAX_CEL

# Before this a spreadsheet may have no serial number for a day; it is then written as text.
_EERSTE_JAAR: Final = 1904
_MAX_RIJEN: Final = 1_048_576
_MAX_BLADNAAM: Final = 31
_VERBODEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_BREEDTE: Final = 14  # characters
_BREEDTE_FOUTEN: Final = 90
_ONBEKEND_BLAD: Final = "Het blad is niet bekend of staat dubbel; zet de rij op het blad waar zij hoort."
_FORMATEN: Final[Mapping[type, str]] = {
    date: "yyyy-mm-dd",
    datetime: "yyyy-mm-dd hh:mm:ss",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}


class _Terug(NamedTuple):
    """One sheet to write: its name, its header, and its rows, each with its sentences."""

    naam: str
    kop: tuple[str, ...]
    rijen: list[tuple[Rauw, str]]


def write_return_workbook(werkboek: Werkboek, keuring: Keuring) -> bytes:
    """Write the rows with faults and the rows that wait for them as an .xlsx.

    Args:
        werkboek: the workbook as it was read.
        keuring: its check.

    Returns:
        The bytes of an .xlsx with the same sheets (only those with such rows; an unknown one as a whole) and
        the same columns, missing obliged ones and ``fouten`` added at the end: "kolom: sentence", separated
        by "; ".

    Raises:
        WerkboekFout: more rows come back than fit on a sheet.
    """
    import xlsxwriter  # type: ignore[import-untyped] # noqa: PLC0415 — 12 MB, which few workers need

    data = BytesIO()
    options = {
        "in_memory": True,  # personal data never in a temporary file
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "date_1904": werkboek.datum_1904,
    }
    with xlsxwriter.Workbook(data, options) as target:
        writer = _Writer(target)
        for terug in _sheets(werkboek, keuring):
            writer.write(terug)
        if not target.worksheets():
            target.add_worksheet("leeg")  # an .xlsx needs a sheet
    return data.getvalue()


def _sheets(werkboek: Werkboek, keuring: Keuring) -> list[_Terug]:
    sentences = _sentences(keuring)
    seen, found = set[str](), list[_Terug]()
    for blad in werkboek.bladen:
        if blad.sleutel in BLADEN and blad.sleutel not in seen:
            seen.add(blad.sleutel)
            missing = _missing(blad.sleutel, keuring)
            found.append(_terug(blad, blad.sleutel, missing, sentences.get(blad.sleutel, {}).get))
        else:
            found.append(_terug(blad, blad.naam, (), lambda _rij: _ONBEKEND_BLAD))
    return [terug for terug in found if terug.rijen]


def _sentences(keuring: Keuring) -> dict[str, dict[int, str]]:
    """Return what is wrong, per sheet and row below the header."""
    found: dict[str, dict[int, str]] = {}
    for fout in (*keuring.fouten, *keuring.afhankelijk):
        if fout.rij > 1:
            rows = found.setdefault(fout.blad, {})
            sentence = f"{fout.kolom}: {fout.melding}" if fout.kolom else fout.melding
            rows[fout.rij] = f"{rows[fout.rij]}; {sentence}" if fout.rij in rows else sentence
    return found


def _missing(naam: str, keuring: Keuring) -> tuple[str, ...]:
    present = keuring.kolommen.get(naam, ())
    return tuple(kolom.naam for kolom in BLADEN[naam].kolommen if kolom.verplicht and kolom.naam not in present)


def _terug(blad: Blad, naam: str, missing: tuple[str, ...], sentence: Callable[[int], str | None]) -> _Terug:
    """Choose the rows that come back; the column ``fouten`` of an earlier round is left out."""
    old = [place for place, header in enumerate(blad.kop) if header.lower() == FOUTEN_KOLOM]
    chosen = [(_without(row, old), text) for rij, row in blad.bron() if (text := sentence(rij)) is not None]
    kop = _without(blad.kop, old)
    width = max((len(row) for row, _ in chosen), default=0)
    return _Terug(naam, (*map(str, kop), *[""] * (width - len(kop)), *missing), chosen)


def _without(row: Rauw, places: list[int]) -> Rauw:
    return [cel for place, cel in enumerate(row) if place not in places] if places else row


class _Writer:
    """Writes sheets into one workbook, each cell by its own type."""

    def __init__(self, target: Any) -> None:
        self._target = target
        self._formats = {kind: target.add_format({"num_format": text}) for kind, text in _FORMATEN.items()}
        self._bold = target.add_format({"bold": True})
        self._wrapped = target.add_format({"text_wrap": True, "valign": "top"})

    def write(self, terug: _Terug) -> None:
        """Add a sheet with header, rows and the column ``fouten``."""
        if len(terug.rijen) >= _MAX_RIJEN:
            raise WerkboekFout(
                f"Op het blad {terug.naam} komen meer rijen terug dan op een blad passen; splits het bestand."
            )
        sheet = self._target.add_worksheet(self._free_name(terug.naam))
        last = len(terug.kop)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, last, _BREEDTE)
        sheet.set_column(last, last, _BREEDTE_FOUTEN)
        for column, header in enumerate((*terug.kop, FOUTEN_KOLOM)):
            sheet.write_string(0, column, header[:MAX_CEL], self._bold)
        for number, (row, sentences) in enumerate(terug.rijen, start=1):
            for column, cel in enumerate(row):
                self._write_cell(sheet, number, column, cel)
            sheet.write_string(number, last, sentences[:MAX_CEL], self._wrapped)

    def _free_name(self, naam: str) -> str:
        """Return a sheet name that a spreadsheet accepts and that is still free; a .csv can have any name."""
        clean = naam.translate(_VERBODEN).strip()[:_MAX_BLADNAAM] or "blad"
        taken = {sheet.get_name().lower() for sheet in self._target.worksheets()}
        number = 1
        name = clean
        while name.lower() in taken:
            number += 1
            name = f"{clean[: _MAX_BLADNAAM - 6]} ({number})"
        return name

    def _write_cell(self, sheet: Any, row: int, column: int, cel: Cel) -> None:
        if isinstance(cel, bool):
            sheet.write_boolean(row, column, cel)
        elif (number := number_of(cel)) is not None and math.isfinite(number):
            sheet.write_number(row, column, number)
        elif type(cel) in self._formats and _fits(cel):
            sheet.write_datetime(row, column, cel, self._formats[type(cel)])
        elif cel != "":
            text = str(cel).encode("utf-8", "replace").decode("utf-8")
            sheet.write_string(row, column, text[:MAX_CEL])


def _fits(cel: Cel) -> bool:
    """Tell whether a spreadsheet can hold a day or moment: from 1900 on and without an offset."""
    if isinstance(cel, datetime) and cel.tzinfo is not None:
        return False
    return not isinstance(cel, date) or cel.year >= _EERSTE_JAAR

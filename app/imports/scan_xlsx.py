"""A first, strict look at one XML part of an .xlsx, before a reader that trusts it gets to see it.

The reader stores the rectangle around all cells of a sheet: a file of 1 KB with cells in two far corners fills the
memory. It also gives an error cell (``#N/A``) as an empty one. So every part is parsed here once, in chunks, for the
extent of its cells, for its error cells, and for entity declarations, which have no place in a workbook.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from xml.parsers import expat

from app.imports.faults import WerkboekFout
from app.imports.werkboek import Grenzen

BESCHADIGD: Final = "Het werkboek is beschadigd; open het in een spreadsheetprogramma en bewaar het opnieuw als .xlsx."
_TE_GROOT: Final = "Een blad heeft meer rijen of kolommen dan toegestaan; verdeel het over meer bestanden."
_VER_WEG: Final = (
    "Op een blad staan cellen ver buiten de tabel; verwijder de lege rijen en kolommen eromheen en bewaar opnieuw."
)
_CEL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RIJ: Final = re.compile(r"[1-9][0-9]{0,6}")
_RUIMTE_PER_CEL: Final = 20


@cache
def _column(letters: str) -> int:
    """Return the column of one to three letters, from 0; at most 18,278 different ones are ever cached."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


@dataclass(slots=True)
class Part:
    """What one XML part turned out to hold.

    Attributes:
        is_blad: whether it holds sheet data.
        fouten: the error cells as row → columns, both from 0.
        bladen: for the workbook part the sheets as (name, relation id).
        relaties: for a relations part id → target.
        datum_1904: for the workbook part whether dates count from 1904.
    """

    is_blad: bool = False
    fouten: dict[int, set[int]] = field(default_factory=dict)
    bladen: list[tuple[str, str]] = field(default_factory=list)
    relaties: dict[str, str] = field(default_factory=dict)
    datum_1904: bool = False


class PartScan:
    """Parses one part chunk by chunk: ``feed`` the chunks, then take the ``close`` result.

    Raises:
        WerkboekFout: from both, when the part is malformed or its cells reach too far.
    """

    def __init__(self, grenzen: Grenzen) -> None:
        self._grenzen = grenzen
        self._part = Part()
        self._cells = 0
        self._row = self._last_column = -1
        self._first_row = self._top_column = -1
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, chunk: bytes) -> None:
        """Take in the next bytes of the part."""
        self._parse(chunk, last=False)

    def close(self) -> Part:
        """Finish, and check that the cells of a sheet lie together."""
        self._parse(b"", last=True)
        if self._cells:
            area = (self._row - self._first_row + 1) * (self._top_column + 1)
            if area > max(self._grenzen.leeg, _RUIMTE_PER_CEL * self._cells):
                raise WerkboekFout(_VER_WEG)
        return self._part

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as reason:
            raise WerkboekFout(BESCHADIGD) from reason

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise WerkboekFout(BESCHADIGD)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            if self._part.is_blad:
                self._see_cell(attributes)
        elif name == "row":
            if self._part.is_blad:
                self._see_row(attributes)
        elif name == "sheetData":
            self._part.is_blad = True
        elif name in _ELDERS:
            self._see_elsewhere(name, attributes)

    def _see_row(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            row = self._row + 1
        elif _RIJ.fullmatch(reference) is None:
            raise WerkboekFout(BESCHADIGD)
        else:
            row = int(reference) - 1
        if row <= self._row:
            raise WerkboekFout(BESCHADIGD)
        if row >= self._grenzen.rijen:
            raise WerkboekFout(_TE_GROOT)
        self._row, self._last_column = row, -1

    def _see_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        column = self._last_column + 1 if reference is None else self._column_of(reference)
        if column >= self._grenzen.kolommen:
            raise WerkboekFout(_TE_GROOT)
        self._last_column = column
        self._top_column = max(self._top_column, column)
        if not self._cells:
            self._first_row = self._row
        self._cells += 1
        if attributes.get("t") == "e":
            self._part.fouten.setdefault(self._row, set()).add(column)

    def _column_of(self, reference: str) -> int:
        match = _CEL.fullmatch(reference)
        if match is None or int(match[2]) - 1 != self._row:
            raise WerkboekFout(BESCHADIGD)
        return _column(match[1])

    def _see_elsewhere(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((own for key, own in attributes.items() if key.endswith(":id")), "")
            self._part.bladen.append((attributes.get("name", ""), relation))
        elif name == "Relationship":
            self._part.relaties[attributes.get("Id", "")] = attributes.get("Target", "")
        else:
            self._part.datum_1904 = attributes.get("date1904", "0") in {"1", "true"}


_ELDERS: Final = frozenset({"sheet", "Relationship", "workbookPr"})

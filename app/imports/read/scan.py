"""A first, strict look at one XML part of an .xlsx, before a reader that trusts it gets to see it.

The reader stores the rectangle around all cells of a sheet: a file of 1 KB with cells in two far corners
fills the memory. It also gives as empty what nobody left empty: an error (``#N/A``), a formula without the
value that it had, all but the first of merged cells. So every part is parsed here once, in chunks, for the
extent of its cells, for those cells, for hidden rows, and for entity declarations, which have no place in a
workbook.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from xml.parsers import expat

from app.imports.faults import WerkboekFout
from app.imports.werkboek import FORMULE, FOUTWAARDE, Formule, Foutwaarde, Grenzen

BESCHADIGD: Final = "Het werkboek is beschadigd; open het in een spreadsheetprogramma en bewaar het opnieuw als .xlsx."
_TE_GROOT: Final = "Een blad heeft meer rijen of kolommen dan toegestaan; verdeel het over meer bestanden."
_VER_WEG: Final = "Op een blad staan cellen ver buiten de tabel; verwijder de lege rijen en kolommen ertussen."
_KOLOM: Final = re.compile(r"[A-Z]{1,3}")
_RIJ: Final = re.compile(r"[1-9][0-9]{0,6}")
_RUIMTE_PER_CEL: Final = 20
_BEREIK: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?")
_MAX_SAMENGEVOEGD: Final = 100_000
_TE_VEEL_SAMENGEVOEGD: Final = "Een blad heeft te veel samengevoegde cellen; hef de samenvoeging op."
_WAARDEN: Final = frozenset({"v", "is"})
_WAAR: Final = frozenset({"1", "true"})
_VERBORGEN: Final = frozenset({"hidden", "veryHidden"})


@cache
def _column(letters: str) -> int:
    """Return the column of one to three letters, from 0; at most 18,278 different ones are ever cached."""
    if _KOLOM.fullmatch(letters) is None:
        raise WerkboekFout(BESCHADIGD)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


@dataclass(slots=True)
class Part:
    """What one XML part turned out to hold.

    Attributes:
        is_blad: whether it holds sheet data.
        bijzonder: the cells that a reader gives as empty, as row → column → what they are, both from 0: an error
            (``#N/A``), or a formula without a stored value.
        samengevoegd: the merged cells as (row, column, last row, last column), all from 0.
        verborgen: the hidden rows, from 0.
        bladen: for the workbook part the sheets as (name, relation id).
        verborgen_bladen: for the workbook part the names of the sheets that it hides.
        relaties: for a relations part id → target.
        datum_1904: for the workbook part whether dates count from 1904.
    """

    is_blad: bool = False
    bijzonder: dict[int, dict[int, Foutwaarde | Formule]] = field(default_factory=dict)
    samengevoegd: list[tuple[int, int, int, int]] = field(default_factory=list)
    verborgen: set[int] = field(default_factory=set)
    bladen: list[tuple[str, str]] = field(default_factory=list)
    verborgen_bladen: set[str] = field(default_factory=set)
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
        self._row, self._row_text = -1, ""
        self._column = self._right = self._bottom = -1
        self._top: int | None = None
        self._cells = 0
        self._formula = self._valued = self._in_value = self._is_text = self._in_cell = False
        self._handlers: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._see_cell,
            "f": self._see_formula,
            "v": self._see_value,
            "is": self._see_value,
            "mergeCell": self._see_merged,
            "row": self._see_row,
            "sheetData": self._see_data,
            "sheet": self._see_sheet,
            "Relationship": self._see_relation,
            "workbookPr": self._see_properties,
        }
        # The reader takes every part for UTF-8; one that declares another encoding must not look different here.
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, chunk: bytes) -> None:
        """Take in the next bytes of the part."""
        if b"\0" in chunk:  # UTF-16, which its first bytes can announce against the encoding given above
            raise WerkboekFout(BESCHADIGD)
        self._parse(chunk, last=False)

    def close(self) -> Part:
        """Finish, and check that the cells of a sheet lie together."""
        self._parse(b"", last=True)
        if self._top is not None:
            area = (self._bottom - self._top + 1) * (self._right + 1)
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
        handler = self._handlers.get(name)
        if handler is None and ":" in name:
            handler = self._handlers.get(name.rpartition(":")[2])
        if handler is not None:
            handler(attributes)

    def _see_formula(self, _attributes: dict[str, str]) -> None:
        """Look within this cell for a value; for most cells that would take time and say nothing."""
        if self._in_cell:
            self._formula = True
            self._parser.EndElementHandler = self._end
            self._parser.CharacterDataHandler = self._see_text

    def _see_value(self, _attributes: dict[str, str]) -> None:
        self._in_value = True
        # A formula whose outcome is the empty text has an empty value, and says that it is text.
        self._valued |= self._is_text or not self._formula

    def _see_text(self, text: str) -> None:
        if self._in_value and text.strip():
            self._valued = True

    def _end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind in _WAARDEN:
            self._in_value = False
        elif kind == "c":
            if not self._valued:
                self._part.bijzonder.setdefault(self._row, {})[self._column] = FORMULE
            self._in_cell = False
            self._parser.EndElementHandler = None
            self._parser.CharacterDataHandler = None

    def _see_merged(self, attributes: dict[str, str]) -> None:
        if not self._part.is_blad:
            return
        match = _BEREIK.fullmatch(attributes.get("ref", ""))
        if match is None:
            raise WerkboekFout(BESCHADIGD)
        if len(self._part.samengevoegd) >= _MAX_SAMENGEVOEGD:
            raise WerkboekFout(_TE_VEEL_SAMENGEVOEGD)
        top, bottom = sorted((int(match[2]) - 1, int(match[4] or match[2]) - 1))
        left, right = sorted((_column(match[1]), _column(match[3] or match[1])))
        self._part.samengevoegd.append((top, left, bottom, right))

    def _see_data(self, _attributes: dict[str, str]) -> None:
        self._part.is_blad = True

    def _see_row(self, attributes: dict[str, str]) -> None:
        if not self._part.is_blad:
            return
        reference = attributes.get("r", str(self._row + 2))
        if _RIJ.fullmatch(reference) is None or int(reference) - 1 <= self._row:
            raise WerkboekFout(BESCHADIGD)
        if int(reference) > self._grenzen.rijen:
            raise WerkboekFout(_TE_GROOT)
        self._row, self._row_text, self._column = int(reference) - 1, reference, -1
        if attributes.get("hidden") in _WAAR:
            self._part.verborgen.add(self._row)

    def _see_cell(self, attributes: dict[str, str]) -> None:
        if not self._part.is_blad:
            return
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        elif self._row_text and reference.endswith(self._row_text):
            self._column = _column(reference[: -len(self._row_text)])
        else:
            raise WerkboekFout(BESCHADIGD)
        self._cells += 1
        self._bottom = self._row
        if self._column > self._right:
            self._see_wider()
        if self._top is None:
            self._top = self._row
        kind = attributes.get("t")
        self._in_cell, self._is_text = True, kind == "str"
        self._formula = self._valued = self._in_value = False
        if kind == "e":
            self._part.bijzonder.setdefault(self._row, {})[self._column] = FOUTWAARDE

    def _see_wider(self) -> None:
        if self._column >= self._grenzen.kolommen:
            raise WerkboekFout(_TE_GROOT)
        self._right = self._column

    def _see_sheet(self, attributes: dict[str, str]) -> None:
        relation = next((own for key, own in attributes.items() if key.endswith(":id")), "")
        name = attributes.get("name", "")
        self._part.bladen.append((name, relation))
        if attributes.get("state") in _VERBORGEN:
            self._part.verborgen_bladen.add(name)

    def _see_relation(self, attributes: dict[str, str]) -> None:
        self._part.relaties[attributes.get("Id", "")] = attributes.get("Target", "")

    def _see_properties(self, attributes: dict[str, str]) -> None:
        self._part.datum_1904 = attributes.get("date1904") in _WAAR

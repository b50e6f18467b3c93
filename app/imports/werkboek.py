"""The raw workbook, sheets with a header and rows of cells as they stand in the file; limits of reading."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, Self, TypeAlias

_MB: Final = 1024 * 1024


class Foutwaarde:
    """A cell in which the spreadsheet itself shows an error (``#N/A``); the only one is ``FOUTWAARDE``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "#FOUT"


class Formule:
    """A cell with a formula and without the value that it had; the only one is ``FORMULE``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "#FORMULE"


FOUTWAARDE: Final = Foutwaarde()
FORMULE: Final = Formule()

# What a reader gives: the empty text is an empty cell, every number is a float.
Cel: TypeAlias = str | float | bool | date | datetime | time | timedelta | Foutwaarde | Formule
Rauw: TypeAlias = Sequence[Cel]


@dataclass(frozen=True, slots=True)
class Grenzen:
    """How much a file may hold before it is refused.

    Attributes:
        bestand: bytes of an .xlsx as it comes in.
        uitgepakt: bytes that the entries of an .xlsx give when really decompressed, or that the .csv files
            of a folder have, together.
        onderdelen: entries of an .xlsx, or .csv files in a folder.
        rijen: rows of one sheet.
        kolommen: columns of one sheet.
        leeg: cells of the rectangle that encloses a sheet's cells, at least; more is allowed up to twenty
            times the cells that are there. A reader stores the rectangle, so two far corners would fill the
            memory.
        cel: characters of one cell of a .csv (an .xlsx cell: what fits in ``uitgepakt``).
    """

    bestand: int = 50 * _MB
    uitgepakt: int = 200 * _MB
    onderdelen: int = 1000
    rijen: int = 2_000_000
    kolommen: int = 500
    leeg: int = 5_000_000
    cel: int = 32_767


class Celbereik(NamedTuple):
    """Cells that were merged: rows of the sheet from 1, places in its rows from 0; both ends belong to it."""

    rij: int
    kolom: int
    laatste_rij: int
    laatste_kolom: int


@dataclass(frozen=True, slots=True)
class Blad:
    """One sheet; its rows can be gone through more than once.

    Attributes:
        naam: the name as it is written in the file.
        kop: the header cells of row 1 as text, stripped; () for a sheet without any cell.
        bron: gives the rows after the header as (row number of the sheet, cells); a row of a .csv may be
            shorter or longer than the header.
        samengevoegd: the merged cells; all but the first of each read as empty.
        verborgen: the rows that the spreadsheet hides; they are read.
        is_verborgen: whether it hides the whole sheet.
    """

    naam: str
    kop: tuple[str, ...]
    bron: Callable[[], Iterator[tuple[int, Rauw]]]
    samengevoegd: tuple[Celbereik, ...] = ()
    verborgen: AbstractSet[int] = frozenset()
    is_verborgen: bool = False

    @property
    def sleutel(self) -> str:
        """The name by which the sheet is known: without spaces around it, in small letters."""
        return self.naam.strip().lower()

    @classmethod
    def of(cls, naam: str, kop: Sequence[Cel], rijen: Sequence[Rauw]) -> Self:
        """Make a sheet of rows in memory, numbered from 2."""
        return cls(naam, tuple(header_text(cel) for cel in kop), lambda: enumerate(rijen, start=2))


@dataclass(frozen=True, slots=True)
class Werkboek:
    """A workbook as it was read.

    Attributes:
        bladen: its sheets in the order of the file.
        datum_1904: whether serial numbers count from 1904 (old spreadsheets of the Mac) instead of 1900.
    """

    bladen: tuple[Blad, ...]
    datum_1904: bool = False


def header_text(cel: Cel) -> str:
    """Return a header cell as text, on one line."""
    whole = int(cel) if isinstance(cel, float) and cel.is_integer() else cel
    return " ".join(str(whole).split())

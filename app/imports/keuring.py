"""What the check of a workbook gives: its faults, the rows that are good, and the rows that must wait."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from app.imports.faults import Fout
from app.imports.values import Waarde


@dataclass(frozen=True, slots=True)
class Rij:
    """A good row.

    Attributes:
        rij: its row number on the sheet.
        kolommen: every column of the sheet in the order of the contract, shared between rows.
        cellen: the values in that order; None where the cell is empty or the column is not in the file.
    """

    rij: int
    kolommen: tuple[str, ...]
    cellen: tuple[Waarde, ...]

    @property
    def waarden(self) -> dict[str, Waarde]:
        """The values by column; a new dict every time."""
        return dict(zip(self.kolommen, self.cellen, strict=True))


class Gelijkenis(NamedTuple):
    """A row that looks like another child: same name, same date of birth.

    Attributes:
        rij: of the sheet.
        nummer: of the child in it.
        ander: the nummer of the other child.
    """

    rij: int
    nummer: str
    ander: str


@dataclass(frozen=True, slots=True)
class Keuring:
    """The verdict on a workbook.

    Attributes:
        fouten: every fault, sorted by blad, rij and kolom; empty means that the file can go in as a whole.
        rijen: per known sheet of the file its good rows, in the file's order (of two vgbs on one day the
            later row wins); a row that must wait is not among them, so with faulty rows skipped exactly these
            go in.
        afhankelijk: the rows without a fault of their own that must wait when faulty rows are skipped,
            because they refer to a row that stays out, with code ``afhankelijk``; sorted like ``fouten``.
        kolommen: per known sheet the known columns that are in the file: a column that is not, says nothing
            about what is stored.
        nummers: per known sheet every nummer that is in the file, on faulty rows too.
        gelijkenissen: the rows of pleegkinderen that look like another child; no faults.
        verborgen: per sheet how many of the rows that were read the spreadsheet hides.
    """

    fouten: tuple[Fout, ...]
    rijen: Mapping[str, list[Rij]]
    afhankelijk: tuple[Fout, ...]
    kolommen: Mapping[str, tuple[str, ...]]
    nummers: Mapping[str, AbstractSet[str]]
    verborgen: Mapping[str, int]
    gelijkenissen: tuple[Gelijkenis, ...] = ()

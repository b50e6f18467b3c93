"""What a sheet of the workbook and a column of it are; which there are, ``app.imports.sheets`` says."""

from dataclasses import dataclass
from enum import StrEnum, auto


class Celsoort(StrEnum):
    """How a cell of a column is read."""

    NUMMER = auto()
    VERWIJZING = auto()
    TEKST = auto()
    LANGE_TEKST = auto()
    DATUM = auto()
    MOMENT = auto()
    JA_NEE = auto()
    KEUZE = auto()
    BSN = auto()
    NORMEN = auto()
    GETAL = auto()


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column.

    Attributes:
        naam: its header.
        soort: how its cells are read.
        verplicht: whether every row must fill it.
        blad: for a VERWIJZING the sheet that it refers to.
        keuzes: for a KEUZE the closed list.
        naar_gelang: for a VERWIJZING whose sheet another column says: that column.
        bladen: for such a one: what that column says → the sheet.
    """

    naam: str
    soort: Celsoort
    verplicht: bool = False
    blad: str = ""
    keuzes: tuple[StrEnum, ...] = ()
    naar_gelang: str = ""
    bladen: tuple[tuple[StrEnum, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BladSoort:
    """One known sheet: its name and its columns in order; ``nummer`` is always the first."""

    naam: str
    kolommen: tuple[Kolom, ...]

    def position(self, kolom: str) -> int:
        """Return the place of a column in ``kolommen``.

        Raises:
            KeyError: the sheet has no such column.
        """
        for place, own in enumerate(self.kolommen):
            if own.naam == kolom:
                return place
        raise KeyError(kolom)

    def has(self, kolom: str) -> bool:
        """Tell whether the sheet has a column."""
        return any(own.naam == kolom for own in self.kolommen)

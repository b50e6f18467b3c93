"""The workbook between raw and judged: parsed rows that collect faults while the checks go over them."""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from app.imports.faults import Fout, FoutCode
from app.imports.kolommen import BladSoort
from app.imports.values import Waarde
from app.invoer.bezwaar import Bezwaar


class Onbruikbaar:
    """A cell with a fault that was reported: no check builds on it. Only ``ONBRUIKBAAR`` exists."""

    __slots__ = ()


ONBRUIKBAAR: Final = Onbruikbaar()
_DATUMFOUTEN: Final = frozenset({FoutCode.DATUM_IN_TOEKOMST, FoutCode.DATUM_BUITEN_PERIODE})
Inhoud: TypeAlias = Waarde | Onbruikbaar


@dataclass(slots=True, eq=False)
class Regel:
    """One parsed row.

    Attributes:
        rij: its row number on the sheet.
        cellen: one per column of the sheet kind, in that order.
        fout: whether it has a fault of its own.
        datumfout: whether one of them is a day after today, or outside a period.
        wacht: whether it has none but must wait for another row.
        oorzaak: the sheet and row of the fault that it waits for in the end.
        gedeeld: the first row of merged cells that reach into this one; 0 for none.
    """

    rij: int
    cellen: list[Inhoud]
    fout: bool = False
    datumfout: bool = False
    wacht: bool = False
    oorzaak: tuple[str, int] | None = None
    gedeeld: int = 0

    @property
    def is_good(self) -> bool:
        """Whether the row can go in."""
        return not (self.fout or self.wacht)


@dataclass(slots=True)
class Gelezen:
    """One known sheet after parsing.

    Attributes:
        soort: which sheet it is.
        kolommen: the known columns in its header.
        ontbreekt: the obliged columns that are not; their cells are None and no row can go in.
        regels: its rows in the file's order, empty ones left out.
        eerste: per nummer the first row that has it.
        dubbel: the nummers that occur on more than one row.
        verborgen: how many of its rows the spreadsheet hides.
        onleesbaar: the first row with a nummer that is there and cannot be read (a formula without its value, merged
            cells): any reference may mean it; 0 for none.
    """

    soort: BladSoort
    kolommen: tuple[str, ...]
    ontbreekt: tuple[str, ...]
    regels: list[Regel] = field(default_factory=list)
    eerste: dict[str, Regel] = field(default_factory=dict)
    dubbel: set[str] = field(default_factory=set)
    verborgen: int = 0
    onleesbaar: int = 0

    @property
    def zonder_nummer(self) -> int:
        """The row because of which not every nummer is known: the header without that column, or ``onleesbaar``."""
        return 1 if "nummer" in self.ontbreekt else self.onleesbaar

    @property
    def naam(self) -> str:
        """The name of the sheet."""
        return self.soort.naam

    def nummer(self, regel: Regel) -> str | None:
        """Return the nummer of a row, None when it has no usable one."""
        nummer = regel.cellen[0]
        return nummer if isinstance(nummer, str) else None

    def waarden(self, regel: Regel) -> dict[str, Inhoud]:
        """Return the cells of a row by column."""
        return {kolom.naam: cel for kolom, cel in zip(self.soort.kolommen, regel.cellen, strict=True)}

    def is_second(self, regel: Regel) -> bool:
        """Tell whether an earlier row has the same nummer."""
        nummer = self.nummer(regel)
        return nummer is not None and self.eerste[nummer] is not regel


class Fouten:
    """Collects the faults of a workbook."""

    def __init__(self) -> None:
        self._all: list[Fout] = []

    def wait(self, blad: Gelezen, regel: Regel, kolom: str, melding: str, oorzaak: tuple[str, int]) -> None:
        """Add a row without a fault of its own that must wait."""
        regel.wacht, regel.oorzaak = True, oorzaak
        self._all.append(Fout(blad.naam, regel.rij, kolom, FoutCode.AFHANKELIJK, melding, oorzaak))

    def add(self, blad: str, rij: int, kolom: str, code: FoutCode, melding: str) -> None:
        """Add a fault of a sheet or its header."""
        self._all.append(Fout(blad, rij, kolom, code, melding))

    def add_row(self, blad: Gelezen, regel: Regel, kolom: str, code: FoutCode, melding: str) -> None:
        """Add a fault of a row, which then stays out."""
        regel.fout = True
        regel.datumfout |= code in _DATUMFOUTEN
        self.add(blad.naam, regel.rij, kolom, code, melding)

    def object_to(self, blad: Gelezen, regel: Regel, bezwaar: Bezwaar) -> None:
        """Add what a rule of entry has against a row; no check builds on that cell any more."""
        self.add_row(blad, regel, bezwaar.kolom, FoutCode(bezwaar.code), bezwaar.zin)
        regel.cellen[blad.soort.position(bezwaar.kolom)] = ONBRUIKBAAR

    def sorted(self) -> tuple[Fout, ...]:
        """Return all faults by blad, rij (as a number), kolom and code."""
        return tuple(sorted(self._all))


Boek: TypeAlias = dict[str, Gelezen]

"""Whose life a row is of, and when that began: from the file where it says so, else from what is stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from app.imports.bekend import Bekend
from app.imports.gelezen import Boek, Gelezen, Regel
from app.imports.kolommen import BladSoort
from app.imports.sheets import BLADEN

#: The sheets of people, whose rows have a date of birth.
MENSEN: Final = ("pleegkinderen", "gezinsleden")


_VAN: Final = "van"


def owner_column(soort: BladSoort) -> str | None:
    """Return the column by which the rows of a sheet hang on a life, or None."""
    return next((kolom for kolom in ("plaatsing", "pleegkind", "gezinslid") if soort.has(kolom)), None)


class Leven(NamedTuple):
    """A person: the sheet and the nummer."""

    blad: str
    nummer: str


@dataclass(frozen=True, slots=True)
class Levens:
    """The lives that rows of a workbook hang on.

    Attributes:
        boek: the parsed sheets, with the rows indexed by nummer.
        bekend: what is stored.
    """

    boek: Boek
    bekend: Bekend

    def of_row(self, blad: Gelezen, regel: Regel) -> Leven | None:
        """Return whose life a row is of; None for what is of nobody, or cannot be told."""
        if blad.naam == "gezinsleden":
            nummer = blad.nummer(regel)
            return None if nummer is None else Leven(blad.naam, nummer)
        kolom = owner_column(blad.soort)
        owner = None if kolom is None else regel.cellen[blad.soort.position(kolom)]
        return self.of_owner(kolom, owner) if kolom is not None and isinstance(owner, str) else None

    def of_owner(self, kolom: str, nummer: str) -> Leven | None:
        """Return whose life hangs on a plaatsing, child or member of a household."""
        if kolom == "gezinslid":
            return Leven("gezinsleden", nummer)
        if kolom == "pleegkind":
            return Leven("pleegkinderen", nummer)
        child = self.child_of(nummer)
        return None if child is None else Leven("pleegkinderen", child)

    def child_of(self, plaatsing: str) -> str | None:
        """Return the nummer of the child of a plaatsing; None when the file leaves it open."""
        blad = self.boek.get("plaatsingen")
        if blad is not None and plaatsing in blad.eerste:
            child = blad.eerste[plaatsing].cellen[blad.soort.position("pleegkind")]
            return child if isinstance(child, str) and plaatsing not in blad.dubbel else None
        stored = self.bekend.plaatsingen.get(plaatsing)
        return None if stored is None else stored.pleegkind

    def birth(self, leven: Leven) -> date | None:
        """Return the date of birth; None when it is faulty, not known, or given twice."""
        blad = self.boek.get(leven.blad)
        if blad is None or leven.nummer not in blad.eerste:
            return self.bekend.geboren.get(leven.blad, {}).get(leven.nummer)
        found = blad.eerste[leven.nummer].cellen[blad.soort.position("geboortedatum")]
        return found if isinstance(found, date) and leven.nummer not in blad.dubbel else None

    def stored_days(self) -> Iterator[tuple[Leven, str, date]]:
        """Give the life, the column and the day of what is stored and not in the file."""
        for naam, feiten in self.bekend.feiten.items():
            in_file = self.boek[naam].eerste if naam in self.boek else {}
            kolom, begin = owner_column(BLADEN[naam]), _VAN if BLADEN[naam].has(_VAN) else "datum"
            for nummer, feit in feiten.items():
                leven = self.of_owner(kolom, feit.eigenaar) if kolom and nummer not in in_file else None
                if leven is not None:
                    yield leven, begin, feit.dag
        in_file = self.boek["plaatsingen"].eerste if "plaatsingen" in self.boek else {}
        for nummer, plaatsing in self.bekend.plaatsingen.items():
            if nummer not in in_file:
                yield Leven("pleegkinderen", plaatsing.pleegkind), _VAN, plaatsing.van

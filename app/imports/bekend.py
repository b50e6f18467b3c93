"""What the database already holds, as far as the checks need it; the caller fills it for one organisatie."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from app.imports.personen import Personen
from app.imports.teams import Teams
from app.terms import Opvolgbesluit, OpvolgstapSoort, OverlegMet, PlaatsingVorm


@dataclass(frozen=True, slots=True)
class BekendePlaatsing:
    """A stored plaatsing.

    Attributes:
        pleegkind: the nummer of its child.
        vorm: only voltijd and crisis can overlap.
        van: first day.
        tot: the day of leaving; None while it lasts.
    """

    pleegkind: str
    vorm: PlaatsingVorm
    van: date
    tot: date | None = None


class BekendFeit(NamedTuple):
    """A stored fact that hangs on a plaatsing, child or member of a household.

    Attributes:
        eigenaar: the nummer of what it hangs on.
        dag: the day on which it was or began.
    """

    eigenaar: str
    dag: date


class BekendeAanleiding(NamedTuple):
    """A stored fact after which somebody must act.

    Attributes:
        pleegkind: the nummer of its child.
        k: from which day.
    """

    pleegkind: str
    k: date


class BekendeStap(NamedTuple):
    """What a stored step says: what it is about (the sheet and the nummer), its day, and the rest of its row."""

    blad: str
    nummer: str
    datum: date
    stap: OpvolgstapSoort
    met: OverlegMet | None
    besluit: Opvolgbesluit | None
    medewerker: str


# per sheet: nummer → fact
BekendeFeiten: TypeAlias = Mapping[str, Mapping[str, BekendFeit]]


def _nobody(_bsn: str) -> AbstractSet[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Bekend:
    """Everything stored that a row of the file may refer to or collide with.

    Attributes:
        nummers: per sheet the stored nummers; only sheets that others refer to are asked for.
        plaatsingen: the stored plaatsingen by nummer, withdrawn ones left out; one whose nummer is in the
            file is replaced by the file's row.
        geboren: per sheet of people (pleegkinderen, gezinsleden) nummer → date of birth.
        feiten: per sheet nummer → the stored fact, for sheets whose rows hang on a life; plaatsingen left out.
        aanleidingen: per sheet nummer → the stored facts after which somebody must act.
        stappen: nummer → what each stored step says.
        bsn_van: gives the nummers of the stored children that have a BSN.
        eigen_bsn: nummers of children whose BSN was recorded in the service: a file that never said it, leaves it.
        personen: who the stored nummers are.
        ingetrokken: per sheet the nummers that people withdrew or moved to another child: their rows say nothing more.
        leidt_naar: per sheet nummer → what it means by now: of a child the one in whose file its own went up, of a
            plaatsing that was moved to another child the one that it is there.
        gesplitst: pairs of nummers of children whose files were one for a while.
        vernietigd: nummers of children whose file was locked away or destroyed: a source system cannot bring it back.
        teams: which teams take nobody on, and who is where.
    """

    nummers: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    plaatsingen: Mapping[str, BekendePlaatsing] = field(default_factory=dict)
    geboren: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    feiten: BekendeFeiten = field(default_factory=dict)
    bsn_van: Callable[[str], AbstractSet[str]] = _nobody
    eigen_bsn: AbstractSet[str] = frozenset()
    personen: Personen = field(default_factory=Personen)
    ingetrokken: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    leidt_naar: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    aanleidingen: Mapping[str, Mapping[str, BekendeAanleiding]] = field(default_factory=dict)
    stappen: Mapping[str, BekendeStap] = field(default_factory=dict)
    gesplitst: AbstractSet[frozenset[str]] = frozenset()
    vernietigd: AbstractSet[str] = frozenset()
    teams: Teams = field(default_factory=Teams)

    def now(self, blad: str, nummer: str) -> str:
        """Return the nummer that one of a sheet leads to: itself, unless people decided otherwise."""
        return self.leidt_naar.get(blad, {}).get(nummer, nummer)

    def has(self, blad: str, nummer: str) -> bool:
        """Tell whether a nummer of a sheet is stored."""
        return nummer in self.nummers.get(blad, ()) or (blad == "plaatsingen" and nummer in self.plaatsingen)

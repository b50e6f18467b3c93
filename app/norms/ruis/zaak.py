"""One child on one day: what every ruisfactor asks, worked out once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.norms.calendar import add_months, is_active, zorgperiode
from app.norms.feiten import Plaatsing
from app.norms.ruis.feiten import RuisFeiten, RuisGezin

#: "the last 6 months" of R05, R06, R07, R11 and R13
MAANDEN = 6


@dataclass(frozen=True, slots=True)
class RuisZaak:
    """The facts of a child on a peildatum.

    Attributes:
        feiten: everything, also what lies after the peildatum.
        peildatum: the day.
        z: first day of the zorgperiode; None when the child is not in zorg.
        actief: the plaatsingen that are active.
    """

    feiten: RuisFeiten
    peildatum: date
    z: date | None
    actief: tuple[Plaatsing, ...]

    def recent(self, dag: date) -> bool:
        """Tell whether a day lies in the last 6 months: up to and including the day m(dag, 6)."""
        return dag <= self.peildatum <= add_months(dag, MAANDEN)

    def gezinnen(self) -> Iterable[tuple[Plaatsing, RuisGezin]]:
        """Yield each active plaatsing with its family."""
        return ((p, self.feiten.gezinnen[p.pleeggezin_id]) for p in self.actief)


def open_zaak(feiten: RuisFeiten, peildatum: date) -> RuisZaak:
    """Return the case of a child on a day."""
    actief = tuple(p for p in feiten.plaatsingen if is_active(p.van, p.tot, peildatum))
    return RuisZaak(feiten, peildatum, zorgperiode(feiten.plaatsingen, peildatum), actief)


def normalized(tekst: str | None) -> str:
    """Return free text as a code: lower case, words joined by underscores; empty for nothing."""
    return "_".join((tekst or "").casefold().replace("-", " ").replace("_", " ").split())

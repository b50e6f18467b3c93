"""What every maker of facts needs at hand."""

from dataclasses import dataclass
from random import Random

from app.demo.feiten import Deel
from app.demo.kalender import Kalender
from app.demo.levensloop import Kind, Verblijf
from app.demo.medewerker import Staf


@dataclass(slots=True)
class Bouw:
    """One Deel under construction."""

    rng: Random
    kal: Kalender
    deel: Deel
    team: Staf

    def eind(self, verblijf: Verblijf) -> int:
        """Return the last day on which something of a plaatsing can have happened; the day of leaving counts."""
        return self.kal.gisteren if verblijf.tot is None else verblijf.tot

    def begeleider(self, verblijf: Verblijf, dag: int) -> int:
        """Return who guides the family on a day."""
        return verblijf.gezin.begeleiders.holder(dag)

    def begeleider_of(self, kind: Kind, dag: int) -> int:
        """Return the begeleider of the child's plaatsing on a day: the last one that had begun."""
        begonnen = [verblijf for verblijf in kind.verblijven if verblijf.van <= dag]
        return self.begeleider(begonnen[-1] if begonnen else kind.verblijven[0], dag)

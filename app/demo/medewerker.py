"""The professionals of one team: its posts, and who held them when.

A family belongs to a post, not to a person: when a begeleider leaves, the successor takes the families over. So
turnover shows as children who see changing faces. One of six begeleiders leaves in a year (``normen.md`` §9).
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from app.demo.feiten import Deel, Medewerker
from app.demo.gebruikers import Gebruiker
from app.demo.kalender import JAAR, Kalender
from app.demo.namen import draw_volwassene
from app.demo.trekking import chance
from app.terms import Rol

VERLOOP = 0.167  # begeleiders who leave in a year, as a share
_INWERKEN = 21  # days before today in which nobody leaves: else the demo would open with orphaned files
_KANS_GAT, _GAT = 0.12, (7, 35)  # a handover that leaves days without begeleider


@dataclass(slots=True)
class Post:
    """A place for one begeleider; ``wissels`` are the first days of its successive holders."""

    wissels: list[int]
    medewerkers: list[int]
    gaten: list[int]

    def holder(self, dag: int) -> int:
        """Return who holds the post on a day."""
        return self.medewerkers[bisect_right(self.wissels, dag) - 1]

    def perioden(self, van: int, tot: int) -> Iterator[tuple[int, int, int]]:
        """Yield (medewerker, van, tot) within a period; the handover may leave a gap."""
        for i, medewerker in enumerate(self.medewerkers):
            begin = max(van, self.wissels[i] + self.gaten[i])
            eind = min(tot, self.wissels[i + 1]) if i + 1 < len(self.wissels) else tot
            if begin < eind:
                yield medewerker, begin, eind


@dataclass(slots=True)
class Staf:
    """The staff of a Deel, by position in its ``medewerker``."""

    gedragswetenschapper: int
    teamleider: int
    posten: list[Post]


def build_team(rng: Random, kal: Kalender, deel: Deel, posten: int, gebruikers: tuple[Gebruiker, ...]) -> Staf:
    """Add the staff of a team.

    Args:
        rng: the source of chance.
        kal: the days.
        deel: where the medewerkers go.
        posten: how many begeleiders it has at any time.
        gebruikers: demo users of this team in the order gedragswetenschapper, teamleider, begeleiders; nobody of them
            ever leaves. The others get invented names.
    """
    namen = iter(gebruikers)
    gw = _add(rng, kal, deel, Rol.GEDRAGSWETENSCHAPPER, next(namen, None))
    leider = _add(rng, kal, deel, Rol.TEAMLEIDER, next(namen, None))
    return Staf(gw, leider, [_build_post(rng, kal, deel, next(namen, None)) for _ in range(posten)])


def add_staf(rng: Random, kal: Kalender, deel: Deel, gebruikers: tuple[Gebruiker, ...]) -> None:
    """Add demo users who belong to no team."""
    for gebruiker in gebruikers:
        _add(rng, kal, deel, gebruiker.rol, gebruiker)


def _build_post(rng: Random, kal: Kalender, deel: Deel, vast: Gebruiker | None) -> Post:
    post = Post([0], [_add(rng, kal, deel, Rol.PLEEGZORGBEGELEIDER, vast)], [0])
    dag = kal.begin if vast is None else kal.vandaag
    while (dag := dag + int(rng.expovariate(VERLOOP / JAAR)) + 1) < kal.vandaag - _INWERKEN:
        post.wissels.append(dag)
        post.gaten.append(rng.randint(*_GAT) if chance(rng, _KANS_GAT) else 0)
        post.medewerkers.append(_add(rng, kal, deel, Rol.PLEEGZORGBEGELEIDER, None, dag))
    return post


def _add(
    rng: Random, kal: Kalender, deel: Deel, rol: Rol, gebruiker: Gebruiker | None, sinds: int | None = None
) -> int:
    naam = draw_volwassene(rng) if gebruiker is None else gebruiker.naam
    email = None if gebruiker is None else f"{gebruiker.gebruikersnaam}@voorbeeld.test"
    team = 0 if gebruiker is None or gebruiker.in_team else None
    dag = kal.begin - 1 if sinds is None else sinds
    positie = deel.medewerker.add(Medewerker(naam, email, rol, team), kal.stipt(rng, dag - 7))
    if gebruiker is not None:
        deel.accounts[gebruiker.gebruikersnaam] = positie
    return positie

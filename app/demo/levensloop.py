"""The course of a child through care, as a sketch: born, placed where and when, moved, gone.

First every child of a team is sketched, then families and posts get their share, and only then facts are made: what a
family must have (VGBs, evaluations) follows from all its plaatsingen together.
"""

from dataclasses import dataclass, field
from random import Random

from app.demo.kalender import JAAR, Kalender
from app.demo.medewerker import Post
from app.demo.namen import draw_achternaam, draw_geslacht, draw_plaats, draw_roepnaam
from app.demo.trekking import Verdeling, chance
from app.terms import Geslacht, GezinSoort, PlaatsingVorm, Zorgvorm

_IN_ZORG = 0.87  # share of the children that is in care today; the others left in the last years
_LANGER_DAN_JAAR = 0.62
_NA_JAAR, _RUIM_JAAR = 2200.0, 400  # mean number of days beyond the first year; room needed for that
_VERTROKKEN_BINNEN = 3 * 365  # days
_BROER_OF_ZUS = 0.65  # of the children who join a family that already has one
_LEEFTIJD = Verdeling(((0.2, 4.0), 0.095), ((4.0, 12.0), 0.605), ((12.0, 18.0), 0.285), ((18.0, 20.5), 0.015))
_VORM = Verdeling(("voltijd", 0.76), ("deeltijd", 0.20), ("beide", 0.04))
_EERDER = Verdeling((0, 0.35), (1, 0.36), (2, 0.21), (3, 0.08))
_NETWERK, _GEZINSHUIS = 0.47, 0.03
_CRISIS_DAGEN = 90  # a crisis plaatsing lasts no longer
_CRISIS_NU, _CRISIS_EERDER = 0.35, 0.4
_KORTST = 10  # days: a shorter plaatsing is not worth telling
_TRAAGHEID = Verdeling(((0.88, 1.08), 0.81), ((1.2, 1.5), 0.11), ((1.6, 2.4), 0.08))
_NOOIT_GEZIEN = 0.004  # share of the children of 4 and older whose begeleider never spoke with them alone
_EINDE_VERHUISD = Verdeling(("doorplaatsing", 0.9), ("veiligheid", 0.1))
_EINDE_VERTROKKEN = Verdeling(("terug naar ouders", 0.62), ("doorplaatsing", 0.32), ("veiligheid", 0.06))
_VOLWASSEN = 17.9


@dataclass(slots=True)
class DemoGezin:
    """A family in the making; ``positie`` is its place in the Deel."""

    positie: int
    achternaam: str
    gemeente: str
    soort: GezinSoort
    zorgvorm: Zorgvorm
    verblijven: list["Verblijf"] = field(default_factory=list)
    post: Post | None = None

    @property
    def begeleiders(self) -> Post:
        """Return the post that guides the family."""
        if self.post is None:
            raise ValueError(self.positie)
        return self.post


@dataclass(slots=True)
class Verblijf:
    """A plaatsing in the making; ``tot`` None: still there. ``laatste_tellend``: the last counting talk."""

    gezin: DemoGezin
    vorm: PlaatsingVorm
    van: int
    tot: int | None = None
    eindreden: str | None = None
    positie: int = -1
    laatste_tellend: int | None = None


@dataclass(slots=True)
class Kind:
    """A child in the making.

    Attributes:
        traagheid: multiplies the time between events: above 1.1 its norms are often late.
        gezien: False when nobody ever speaks with it alone in its last family.
        verblijven: in order of van.
    """

    roepnaam: str
    achternaam: str
    geslacht: Geslacht
    geboren: int
    traagheid: float = 1.0
    gezien: bool = True
    verblijven: list[Verblijf] = field(default_factory=list)
    positie: int = -1

    def leeftijd(self, dag: int) -> float:
        """Return the age in years on a day."""
        return (dag - self.geboren) / JAAR

    @property
    def begin_zorg(self) -> int:
        """Return the first day of care."""
        return self.verblijven[0].van

    @property
    def einde_zorg(self) -> int | None:
        """Return the day of leaving care, None while it lasts."""
        if any(verblijf.tot is None for verblijf in self.verblijven):
            return None
        return max(verblijf.tot or 0 for verblijf in self.verblijven)


def draw_gezin(rng: Random, positie: int) -> DemoGezin:
    """Draw a family."""
    netwerk = chance(rng, _NETWERK)
    huis = not netwerk and chance(rng, _GEZINSHUIS / (1 - _NETWERK))
    return DemoGezin(
        positie,
        draw_achternaam(rng),
        draw_plaats(rng),
        GezinSoort.NETWERK if netwerk else GezinSoort.BESTAND,
        Zorgvorm.GEZINSHUIS if huis else Zorgvorm.PLEEGZORG,
    )


def draw_kinderen(rng: Random, kal: Kalender, aantal: int, gezinnen: list[DemoGezin]) -> list[Kind]:
    """Draw the children of a team: every family gets one, the others join one, mostly with a brother or sister."""
    volgorde = rng.sample(gezinnen, len(gezinnen))
    bewoners: dict[int, Kind] = {}
    kinderen = []
    for i in range(aantal):
        thuis = volgorde[i] if i < len(volgorde) else rng.choice(volgorde)
        eerder = bewoners.get(thuis.positie)
        samen = eerder if eerder is not None and chance(rng, _BROER_OF_ZUS) else None
        kind = _draw_kind(rng, kal, thuis, gezinnen, samen)
        bewoners[thuis.positie] = kind
        kinderen.append(kind)
    return kinderen


def place(kind: Kind, verblijf: Verblijf) -> Verblijf:
    """Enter a stay with the child and the family."""
    kind.verblijven.append(verblijf)
    verblijf.gezin.verblijven.append(verblijf)
    return verblijf


def _draw_kind(rng: Random, kal: Kalender, thuis: DemoGezin, gezinnen: list[DemoGezin], samen: Kind | None) -> Kind:
    """Draw one child with its course; ``samen`` is the brother or sister it came with."""
    geslacht = draw_geslacht(rng)
    achternaam = draw_achternaam(rng) if samen is None else samen.achternaam
    blijft = chance(rng, _IN_ZORG) if samen is None else samen.einde_zorg is None
    eind = kal.vandaag if blijft else kal.gisteren - int(rng.random() ** 1.5 * _VERTROKKEN_BINNEN)
    geboren = eind - int(rng.uniform(*_LEEFTIJD.draw(rng)) * JAAR)
    kind = Kind(draw_roepnaam(rng, geslacht), achternaam, geslacht, geboren, rng.uniform(*_TRAAGHEID.draw(rng)))
    kind.gezien = not chance(rng, _NOOIT_GEZIEN)
    van = _draw_van(rng, kal, geboren, eind) if samen is None else samen.verblijven[-1].van
    if not max(kal.begin, geboren) < van < eind - 1:
        van = _draw_van(rng, kal, geboren, eind)
    _draw_verblijven(rng, kal, kind, thuis, gezinnen, van, None if blijft else eind)
    return kind


def _draw_van(rng: Random, kal: Kalender, geboren: int, eind: int) -> int:
    """Draw the first day of the last plaatsing: 58 % lasts longer than a year, if there was a year."""
    ruimte = eind - max(kal.begin, geboren)
    if chance(rng, _LANGER_DAN_JAAR) and ruimte > _RUIM_JAAR:
        duur = 366 + int(rng.expovariate(1 / _NA_JAAR))
        return eind - (duur if duur < ruimte else rng.randint(366, ruimte - 1))
    duur = rng.randint(2, 364)
    return eind - (duur if duur < ruimte else max(2, int(ruimte * rng.uniform(0.2, 0.98))))


def _draw_verblijven(
    rng: Random, kal: Kalender, kind: Kind, thuis: DemoGezin, gezinnen: list[DemoGezin], van: int, tot: int | None
) -> None:
    """Draw the last plaatsing, those before it, and weekends elsewhere."""
    soort = _VORM.draw(rng)
    reden = None if tot is None else _draw_eindreden(rng, kind, tot)
    if soort == "deeltijd":
        place(kind, Verblijf(thuis, PlaatsingVorm.DEELTIJD, van, tot, reden))
        return
    kort = (tot or kal.vandaag) - van < _CRISIS_DAGEN
    vorm = PlaatsingVorm.CRISIS if kort and chance(rng, _CRISIS_NU) else PlaatsingVorm.VOLTIJD
    for verblijf in _draw_eerdere(rng, kal, kind, gezinnen, van):
        place(kind, verblijf)
    place(kind, Verblijf(thuis, vorm, van, tot, reden))
    if soort == "beide" and len(gezinnen) > 1:
        begin = van + int(rng.random() * ((tot or kal.vandaag) - van))
        elders = _other(rng, gezinnen, thuis)
        place(kind, Verblijf(elders, PlaatsingVorm.DEELTIJD, min(begin, kal.gisteren), tot, reden))


def _draw_eerdere(rng: Random, kal: Kalender, kind: Kind, gezinnen: list[DemoGezin], van: int) -> list[Verblijf]:
    """Draw the plaatsingen before the last one, in order; no two overlap."""
    uit: list[Verblijf] = []
    eind, gezin = van, None
    for _ in range(_EERDER.draw(rng) if len(gezinnen) > 1 else 0):
        thuis_geweest = chance(rng, 0.12)
        tot = eind - (rng.randint(20, 500) if thuis_geweest else 0)
        crisis = chance(rng, _CRISIS_EERDER)
        duur = rng.randint(14, _CRISIS_DAGEN) if crisis else int(min(2500, max(60, rng.lognormvariate(6.8, 0.8))))
        begin = max(kal.begin, kind.geboren + 3, tot - duur)
        if begin > tot - _KORTST:
            break
        reden = "terug naar ouders" if thuis_geweest else _EINDE_VERHUISD.draw(rng)
        gezin = _other(rng, gezinnen, gezin)
        vorm = PlaatsingVorm.CRISIS if crisis else PlaatsingVorm.VOLTIJD
        uit.append(Verblijf(gezin, vorm, begin, tot, reden))
        eind = begin
    return uit[::-1]


def _other(rng: Random, gezinnen: list[DemoGezin], dan: DemoGezin | None) -> DemoGezin:
    gekozen = rng.choice(gezinnen)
    return gekozen if gekozen is not dan else gezinnen[(gezinnen.index(gekozen) + 1) % len(gezinnen)]


def _draw_eindreden(rng: Random, kind: Kind, tot: int) -> str:
    return "18 jaar" if kind.leeftijd(tot) >= _VOLWASSEN else _EINDE_VERTROKKEN.draw(rng)

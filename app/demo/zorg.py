"""Events of the child itself while in care: case discussions, development, plans, confidant, talks with a guardian."""

from random import Random

from app.demo.bouw import Bouw
from app.demo.feiten import Casuistiekbespreking, VanKind, Vertrouwenspersoon
from app.demo.levensloop import Kind
from app.demo.namen import draw_volwassene
from app.demo.plaatsing import Maatregelen
from app.demo.tabel import Tabel
from app.demo.trekking import chance, draw_ritme
from app.terms import MaatregelSoort, VertrouwenspersoonSoort

_MDO, _MDO_VRIJWILLIG = (175, 30), (330, 60)  # days: mean and spread
_MULTIDISCIPLINAIR = 0.95
_ONTWIKKELING, _ONTWIKKELING_JONG = (358, 60), (172, 30)
_JONG = 4.0  # years
_PLAN, _PLAN_LAAT, _GEEN_PLAN = (8, 40), (45, 300), 0.06  # days after the zorg began
_PLAN_OP_TIJD = 0.68
_PLAN_VERVOLG = (350, 30)
_VP_OP_TIJD, _VP_LAAT = 0.68, 0.1
_JEUGDSTEM = 0.55
_VOOGDGESPREK = (355, 70)
_MET_GI = (MaatregelSoort.OTS, MaatregelSoort.VOOGDIJ_GI)


def add_zorg(bouw: Bouw, kind: Kind, maatregelen: Maatregelen) -> None:
    """Add everything that belongs to the child and not to one plaatsing."""
    for van, tot in find_zorgperioden(kind, bouw.kal.vandaag):
        eind = min(tot, bouw.kal.gisteren)
        _add_ontwikkelbeelden(bouw, kind, van, eind)
        _add_plannen(bouw, kind, van, eind)
        for soort, begin, einde in maatregelen:
            deel_eind = eind if einde is None else min(einde, eind)
            _add_besprekingen(bouw, kind, soort, max(van, begin), deel_eind)
            if soort is MaatregelSoort.PLEEGOUDERVOOGDIJ:
                gesprekken = bouw.deel.pleegoudervoogdgesprek
                gemiddeld, spreiding = _VOOGDGESPREK
                _add_each(bouw, kind, gesprekken, max(van, begin), deel_eind, (gemiddeld * kind.traagheid, spreiding))
    _add_vertrouwenspersoon(bouw, kind)


def find_zorgperioden(kind: Kind, vandaag: int) -> list[tuple[int, int]]:
    """Return the zorgperioden of a child (``normen.md`` §5) as (first day, day after the last or today)."""
    uit: list[tuple[int, int]] = []
    for verblijf in sorted(kind.verblijven, key=lambda verblijf: verblijf.van):
        tot = vandaag if verblijf.tot is None else verblijf.tot
        if uit and verblijf.van <= uit[-1][1] + 1:
            uit[-1] = (uit[-1][0], max(uit[-1][1], tot))
        else:
            uit.append((verblijf.van, tot))
    return uit


def _add_besprekingen(bouw: Bouw, kind: Kind, soort: MaatregelSoort, van: int, eind: int) -> None:
    if soort is MaatregelSoort.JEUGDRECLASSERING:
        return
    rng, kal, tabel = bouw.rng, bouw.kal, bouw.deel.casuistiekbespreking
    gemiddeld, spreiding = _MDO if soort in _MET_GI else _MDO_VRIJWILLIG
    for dag in draw_ritme(rng, van, eind, gemiddeld * kind.traagheid, spreiding):
        werkdag = kal.werkdag_tot(dag, eind)
        feit = Casuistiekbespreking(kind.positie, kal.datum(werkdag), chance(rng, _MULTIDISCIPLINAIR))
        tabel.add(feit, kal.moment(rng, werkdag), bouw.team.gedragswetenschapper)


def _add_ontwikkelbeelden(bouw: Bouw, kind: Kind, van: int, eind: int) -> None:
    rng, tabel = bouw.rng, bouw.deel.ontwikkelbeeld
    dag = van + rng.randint(30, 120)
    while dag <= eind:
        _add_on(bouw, kind, tabel, dag, eind)
        gemiddeld, spreiding = _ONTWIKKELING_JONG if kind.leeftijd(dag) < _JONG - 0.5 else _ONTWIKKELING
        dag += max(30, int(rng.gauss(gemiddeld * kind.traagheid, spreiding)))


def _add_plannen(bouw: Bouw, kind: Kind, van: int, eind: int) -> None:
    rng, tabel = bouw.rng, bouw.deel.hulpverleningsplan
    if chance(rng, _GEEN_PLAN):
        return
    eerste = van + rng.randint(*(_PLAN if chance(rng, _PLAN_OP_TIJD) else _PLAN_LAAT))
    if eerste > eind:
        return
    _add_on(bouw, kind, tabel, eerste, eind)
    gemiddeld, spreiding = _PLAN_VERVOLG
    _add_each(bouw, kind, tabel, eerste, eind, (gemiddeld * kind.traagheid, spreiding))


def _add_each(bouw: Bouw, kind: Kind, tabel: Tabel[VanKind], van: int, eind: int, ritme: tuple[float, float]) -> None:
    for dag in draw_ritme(bouw.rng, van, eind, *ritme):
        _add_on(bouw, kind, tabel, dag, eind)


def _add_on(bouw: Bouw, kind: Kind, tabel: Tabel[VanKind], dag: int, eind: int) -> None:
    kal = bouw.kal
    werkdag = kal.werkdag_tot(dag, eind)
    door = bouw.begeleider_of(kind, werkdag)
    tabel.add(VanKind(kind.positie, kal.datum(werkdag)), kal.moment(bouw.rng, werkdag), door)


def _add_vertrouwenspersoon(bouw: Bouw, kind: Kind) -> None:
    """Add a confidant, mostly within three months; some children have none."""
    rng, kal = bouw.rng, bouw.kal
    dag = _draw_sinds(rng, kind.begin_zorg)
    if dag is None or dag > kal.gisteren:
        return
    jeugdstem = chance(rng, _JEUGDSTEM)
    soort = VertrouwenspersoonSoort.JEUGDSTEM if jeugdstem else VertrouwenspersoonSoort.NETWERK
    naam = None if jeugdstem else draw_volwassene(rng)
    feit = Vertrouwenspersoon(kind.positie, kal.datum(dag), soort, naam)
    bouw.deel.vertrouwenspersoon.add(feit, kal.stipt(rng, dag), bouw.begeleider_of(kind, dag))


def _draw_sinds(rng: Random, begin: int) -> int | None:
    trekking = rng.random()
    if trekking < _VP_OP_TIJD:
        return begin + rng.randint(5, 88)
    return begin + rng.randint(95, 500) if trekking < _VP_OP_TIJD + _VP_LAAT else None

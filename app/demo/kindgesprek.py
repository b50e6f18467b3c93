"""Talks with the child, and attempts that failed. Under 4 a talk alone seldom succeeds (``normen.md`` §9)."""

from datetime import datetime
from enum import Enum, auto
from random import Random

from app.demo.bouw import Bouw
from app.demo.feiten import Kindgesprek
from app.demo.levensloop import Kind, Verblijf
from app.demo.trekking import Verdeling, chance
from app.terms import GespreksVorm, PlaatsingVorm, RedenNietAlleen, Veiligheidsgevoel

_JONG = 4.0  # years
_TELT, _TELT_JONG = 0.93, 0.33  # probability that a talk that was meant to count does
_POGING_VOORAF = 0.17  # a failed attempt some time before
_GEMIDDELD, _SPREIDING = 106, 11  # days between counting talks
_DEELTIJD = 190  # days between talks in a deeltijd plaatsing
_EERSTE = (20, 85)  # days after the plaatsing began
_FYSIEK = GespreksVorm.FYSIEK


class Gespreksverloop(Enum):
    """How a talk went; only the first counts."""

    TELT = auto()
    AFGEZEGD = auto()
    WIL_NIET = auto()
    OUDER_ERBIJ = auto()
    TE_JONG = auto()
    TELEFOON = auto()
    BEELDBELLEN = auto()
    NIET_OVER_VEILIGHEID = auto()


_MISLUKT = Verdeling(
    (Gespreksverloop.AFGEZEGD, 0.36),
    (Gespreksverloop.WIL_NIET, 0.09),
    (Gespreksverloop.OUDER_ERBIJ, 0.27),
    (Gespreksverloop.TELEFOON, 0.10),
    (Gespreksverloop.BEELDBELLEN, 0.08),
    (Gespreksverloop.NIET_OVER_VEILIGHEID, 0.10),
)
_NIET_DOORGEGAAN = (Gespreksverloop.AFGEZEGD, Gespreksverloop.WIL_NIET)
_REDEN = {
    Gespreksverloop.WIL_NIET: RedenNietAlleen.KIND_WIL_NIET,
    Gespreksverloop.TE_JONG: RedenNietAlleen.TE_JONG,
    Gespreksverloop.OUDER_ERBIJ: RedenNietAlleen.PLEEGOUDER_AANWEZIG,
}
_VORM = {Gespreksverloop.TELEFOON: GespreksVorm.TELEFOON, Gespreksverloop.BEELDBELLEN: GespreksVorm.BEELDBELLEN}
_REDEN_AFGEZEGD = Verdeling(
    (RedenNietAlleen.ZIEK, 0.35),
    (RedenNietAlleen.KIND_AFWEZIG, 0.35),
    (RedenNietAlleen.TOLK_NODIG, 0.04),
    (RedenNietAlleen.ANDERS, 0.06),
)
_GEVOEL = Verdeling(
    (Veiligheidsgevoel.JA, 0.8),
    (Veiligheidsgevoel.TWIJFEL, 0.1),
    (Veiligheidsgevoel.NEE, 0.03),
    (Veiligheidsgevoel.ONBEKEND, 0.07),
)
_STEM = (
    "Ik vind het fijn dat ik hier een eigen kamer heb.",
    "Op school gaat het goed, thuis is het soms druk.",
    "Ik mis mijn moeder wel, maar hier is het rustig.",
    "Ik wil graag vaker bij mijn broer zijn.",
    "Als ik boos ben mag ik naar buiten. Dat helpt.",
    "Ik weet wie ik kan bellen als er iets is.",
    "Soms zeggen ze dingen niet tegen mij die ik wel wil weten.",
    "Ik wil liever niet verhuizen.",
    "De hond is mijn beste vriend hier.",
    "Ik vind het gek dat er weer iemand nieuws komt praten.",
    "Ik slaap goed en ik heb vrienden in de straat.",
    "Ik zou willen dat er naar mij geluisterd wordt over de weekenden.",
)
_THEMAS = (
    "school",
    "vrienden",
    "slapen",
    "ouders",
    "veiligheid thuis",
    "broers en zussen",
    "bezoekregeling",
    "toekomst",
)
_VERVOLG = ("Bespreken in het MDO.", "Met school bellen.", "Volgend gesprek buitenshuis.", "Jeugdstem uitleggen.")
_MET_STEM, _MET_VERVOLG = 0.4, 0.15


def add_gesprekken(bouw: Bouw, kind: Kind, verblijf: Verblijf) -> None:
    """Add the talks of one plaatsing, spread as the begeleider's rhythm goes."""
    rng, eind = bouw.rng, bouw.eind(verblijf)
    gemiddeld = _DEELTIJD if verblijf.vorm is PlaatsingVorm.DEELTIJD else _GEMIDDELD
    gezien = kind.gezien or verblijf is not kind.verblijven[-1]
    dag = verblijf.van + int(rng.uniform(*_EERSTE) * min(kind.traagheid, 1.3))
    while dag <= eind:
        poging = dag - rng.randint(7, 25)
        if poging > verblijf.van and chance(rng, _POGING_VOORAF):
            _add_on(bouw, verblijf, poging, _draw_mislukt(rng, kind.leeftijd(poging)), eind)
        _add_on(bouw, verblijf, dag, _draw_verloop(rng, kind.leeftijd(dag), gezien=gezien), eind)
        dag += max(20, int(rng.gauss(gemiddeld, _SPREIDING) * kind.traagheid))


def _draw_verloop(rng: Random, leeftijd: float, *, gezien: bool) -> Gespreksverloop:
    if gezien and chance(rng, _TELT_JONG if leeftijd < _JONG else _TELT):
        return Gespreksverloop.TELT
    return _draw_mislukt(rng, leeftijd)


def _draw_mislukt(rng: Random, leeftijd: float) -> Gespreksverloop:
    if leeftijd < _JONG and chance(rng, 0.8):
        return Gespreksverloop.TE_JONG
    return _MISLUKT.draw(rng)


def _add_on(bouw: Bouw, verblijf: Verblijf, dag: int, verloop: Gespreksverloop, eind: int) -> None:
    werkdag = max(verblijf.van, bouw.kal.werkdag_tot(dag, eind))
    add_gesprek(bouw, verblijf, werkdag, verloop, bouw.kal.moment(bouw.rng, werkdag))


def add_gesprek(bouw: Bouw, verblijf: Verblijf, dag: int, verloop: Gespreksverloop, op: datetime) -> int:
    """Add one talk that went as told; returns its position."""
    rng = bouw.rng
    medewerker = bouw.begeleider(verblijf, dag)
    doorgegaan = verloop not in _NIET_DOORGEGAAN
    gesprek = Kindgesprek(
        plaatsing_id=verblijf.positie,
        datum=bouw.kal.datum(dag),
        medewerker_id=medewerker,
        doorgegaan=doorgegaan,
        alleen=doorgegaan and verloop not in _REDEN,
        vorm=_VORM.get(verloop, _FYSIEK),
        veiligheid_besproken=doorgegaan and verloop is not Gespreksverloop.NIET_OVER_VEILIGHEID,
        reden_niet_alleen=_REDEN_AFGEZEGD.draw(rng) if verloop is Gespreksverloop.AFGEZEGD else _REDEN.get(verloop),
        kind_voelde_zich_veilig=_GEVOEL.draw(rng) if doorgegaan else None,
        stem_van_het_kind=None,
        themas=None,
        vervolgactie=None,
    )
    if verloop is Gespreksverloop.TELT:
        verblijf.laatste_tellend = max(dag, verblijf.laatste_tellend or 0)
        if chance(rng, _MET_STEM):
            gesprek = _with_stem(rng, gesprek)
    return bouw.deel.kindgesprek.add(gesprek, op, medewerker)


def _with_stem(rng: Random, gesprek: Kindgesprek) -> Kindgesprek:
    return gesprek._replace(
        stem_van_het_kind=rng.choice(_STEM),
        themas=rng.sample(_THEMAS, rng.randint(1, 3)),
        vervolgactie=rng.choice(_VERVOLG) if chance(rng, _MET_VERVOLG) else None,
    )

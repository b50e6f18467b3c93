"""Small builders of facts for the tables of ruisfactoren: what a row does not mention has a quiet default."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.norms.feiten import Huisbezoek, Kindgesprek, Opvolgstap, Plaatsing, Veiligheidscheck
from app.norms.ruis.feiten import (
    Begeleiding,
    Gezinsplaatsing,
    RuisFeiten,
    RuisGezin,
    RuisMaatregel,
    RuisMeldcodestap,
    RuisSignaal,
    Score,
)
from app.terms import (
    GespreksVorm,
    MaatregelSoort,
    OnderwerpSoort,
    OpvolgstapSoort,
    PlaatsingVorm,
    Ruiscode,
    Uitkomst,
    Veiligheidsgevoel,
)

KIND, ANDER, DERDE, GEZIN, ELDERS = 1, 2, 3, 70, 71
BEGIN = "2024-01-10"
FYSIEK, TELEFOON = GespreksVorm.FYSIEK, GespreksVorm.TELEFOON


def dag(tekst: str) -> date:
    return date.fromisoformat(tekst)


def misschien(tekst: str | None) -> date | None:
    return None if tekst is None else dag(tekst)


def gesprek(
    op: str, *, doorgegaan: bool = True, alleen: bool = True, vorm: GespreksVorm = FYSIEK, veilig: str | None = None
) -> Kindgesprek:
    gevoel = None if veilig is None else Veiligheidsgevoel(veilig)
    return Kindgesprek(500, dag(op), doorgegaan, alleen, vorm, veiligheid_besproken=True, veilig_in_gezin=gevoel)


def opvolgstap(soort: str, nr: int, op: str) -> Opvolgstap:
    return Opvolgstap(1, OnderwerpSoort(soort), nr, OpvolgstapSoort.OVERLEG, dag(op))


def plaatsing(
    van: str = BEGIN,
    tot: str | None = None,
    *,
    gezin: int = GEZIN,
    vorm: PlaatsingVorm = PlaatsingVorm.VOLTIJD,
    gesprekken: Iterable[Kindgesprek] = (),
    bezoeken: Iterable[str] = (),
    nr: int = 10,
    gezien: Iterable[str] = (),
    checks: Iterable[str] = (),
) -> Plaatsing:
    """``gezien``: visits at which the child was seen; ``checks``: checks at which it was."""
    visits = [Huisbezoek(600 + i, dag(op)) for i, op in enumerate(bezoeken)]
    visits += [Huisbezoek(700 + i, dag(op), kind_gezien=True) for i, op in enumerate(gezien)]
    looks = [Veiligheidscheck(750 + i, dag(op), Uitkomst.VEILIG, kind_gezien=True) for i, op in enumerate(checks)]
    visits.sort(key=lambda visit: visit.datum)
    return Plaatsing(nr, gezin, vorm, dag(van), misschien(tot), list(gesprekken), looks, visits)


def signaal(
    bekend: str, soort: str = "overig", *, gebeurd: str | None = None, kind: int = KIND, onthulling: bool = False,
    nr: int = 800,
) -> RuisSignaal:  # fmt: skip
    return RuisSignaal(nr, kind, dag(gebeurd or bekend), dag(bekend), soort, onthulling)


def stap(op: str, nr: int = 800) -> RuisMeldcodestap:
    return RuisMeldcodestap(nr, dag(op))


def begeleiding(wie: int, van: str, tot: str | None = None) -> Begeleiding:
    return Begeleiding(wie, dag(van), misschien(tot))


def maatregel(
    van: str = BEGIN, tot: str | None = None, wie: str | None = "J. Vermeer", soort: str = "ots"
) -> RuisMaatregel:
    return RuisMaatregel(MaatregelSoort(soort), dag(van), misschien(tot), wie)


def woont(kind: int, van: str = BEGIN, tot: str | None = None, eindreden: str | None = None) -> Gezinsplaatsing:
    return Gezinsplaatsing(kind, dag(van), misschien(tot), eindreden)


def score(code: str, op: str, tot: str) -> Score:
    return Score(Ruiscode(code), dag(op), dag(tot))


def feiten(
    *plaatsingen: Plaatsing,
    huisgenoten: Iterable[Gezinsplaatsing] = (),
    gezinssignalen: Iterable[RuisSignaal] = (),
    **rest: Any,
) -> RuisFeiten:
    """Return the facts of a child that lives in one family since ``BEGIN``, unless told otherwise."""
    own = plaatsingen or (plaatsing(),)
    there = [Gezinsplaatsing(KIND, p.van, p.tot, None) for p in own if p.pleeggezin_id == GEZIN]
    gezin = RuisGezin(sorted([*there, *huisgenoten], key=lambda one: one.van), list(gezinssignalen))
    quiet: dict[str, Any] = {
        "begeleidingen": {},
        "maatregelen": (),
        "signalen": (),
        "onveilige_gesprekken": (),
        "meldcodestappen": (),
        "scores": (),
        "gezinnen": {GEZIN: gezin, ELDERS: RuisGezin((), ())},
    }
    return RuisFeiten(id=KIND, plaatsingen=own, **{**quiet, **rest})

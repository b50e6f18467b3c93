"""The edges of R04, R05 and R06: what was told and seen, of this child and in its family.

The days are written by hand, never computed with the functions under test.
"""

from typing import Any

from app.norms.feiten import Opvolgstap
from app.norms.ruis.feiten import RuisFeiten
from tests.norms.ruis.bouw import ANDER, dag, feiten, gesprek, opvolgstap, plaatsing, signaal, stap, woont
from tests.norms.ruis.rand import Niet, Rand

_ONTHULD = signaal("2026-03-05", onthulling=True, gebeurd="2026-03-01")
_GESPREK: dict[str, Any] = {"onveilige_gesprekken": [dag("2026-03-01")]}


def _thuis(op: str = "2026-03-01", **rest: Any) -> RuisFeiten:
    """A talk in which the child said that it is not safe in this family."""
    return feiten(plaatsing(gesprekken=[gesprek(op, veilig="nee")]), **rest)


def _over(nr: int) -> Opvolgstap:
    return opvolgstap("kindgesprek", nr, "2026-11-05")


R04: list[Rand | Niet] = [
    Rand("R04", "an onthulling, since it is known", feiten(signalen=[_ONTHULD]), "2026-03-05"),
    Rand(
        "R04",
        "until a step on that signaal",
        feiten(signalen=[_ONTHULD], meldcodestappen=[stap("2026-04-01")]),
        "2026-03-05",
        "2026-03-31",
    ),
    Rand(
        "R04",
        "a step on another signaal is no answer",
        feiten(signalen=[_ONTHULD], meldcodestappen=[stap("2026-04-01", nr=801)]),
        "2026-03-05",
    ),
    Rand("R04", "an unsafe talk, by the first version", feiten(**_GESPREK), "2026-03-01", "2026-09-30"),
    Rand("R04", "not safe in this family, by the second", _thuis(), "2026-10-01"),
    Rand("R04", "said later", _thuis("2026-11-03"), "2026-11-03"),
    Rand("R04", "until a step about that talk", _thuis(opvolgstappen=[_over(500)]), "2026-10-01", "2026-11-04"),
    Rand("R04", "a step about another talk is no answer", _thuis(opvolgstappen=[_over(501)]), "2026-10-01"),
    Rand("R04", "until any step of the meldcode", _thuis(meldcodestappen=[stap("2026-11-09")]), "2026-10-01", "2026-11-08"),  # noqa: E501
    Niet("R04", "a doubt", feiten(plaatsing(gesprekken=[gesprek("2026-10-05", veilig="twijfel")])), "2026-10-06"),
    Niet("R04", "a talk that did not take place", feiten(plaatsing(gesprekken=[gesprek("2026-10-05", doorgegaan=False, veilig="nee")])), "2026-10-06"),  # noqa: E501
    Rand("R04", "an onthulling until a step of the follow-up", feiten(signalen=[_ONTHULD], opvolgstappen=[opvolgstap("signaal", 800, "2026-11-05")]), "2026-03-05", "2026-11-04"),  # noqa: E501
    Rand("R04", "a step about a talk with that number is no answer", feiten(signalen=[_ONTHULD], opvolgstappen=[_over(800)]), "2026-03-05"),  # noqa: E501
    Rand(
        "R04",
        "until any step from that day on",
        feiten(**_GESPREK, meldcodestappen=[stap("2026-02-28"), stap("2026-03-09")]),
        "2026-03-01",
        "2026-03-08",
    ),
    Niet("R04", "a step on the day itself", feiten(**_GESPREK, meldcodestappen=[stap("2026-03-01")]), "2026-03-01"),
    Niet("R04", "a signaal without onthulling", feiten(signalen=[signaal("2026-03-05")]), "2026-03-06"),
    Rand("R04", "also after it left", feiten(plaatsing(tot="2026-02-01"), signalen=[_ONTHULD]), "2026-03-05"),
]  # fmt: skip

R05: list[Rand | Niet] = [
    Rand("R05", "6 months", feiten(signalen=[signaal("2026-03-31", "letsel")]), "2026-03-31", "2026-09-30"),
    Rand(
        "R05",
        "since it is known",
        feiten(signalen=[signaal("2026-03-31", "politie", gebeurd="2025-01-01")]),
        "2026-03-31",
        "2026-09-30",
    ),
    *(
        Rand("R05", f"soort {soort}", feiten(signalen=[signaal("2026-03-01", soort)]), "2026-03-01", "2026-09-01")
        for soort in ("school", "melding_school", "Melding school", " melding-POLITIE ", "anderen", "melding anderen")
    ),
    *(
        Niet("R05", f"soort {soort}", feiten(signalen=[signaal("2026-03-01", soort)]), "2026-03-01")
        for soort in ("overig", "uitspraak_kind", "schoolreis", "")
    ),
    Niet(
        "R05",
        "not before it happened",
        feiten(signalen=[signaal("2026-03-01", "letsel", gebeurd="2026-04-01")]),
        "2026-03-15",
    ),
]  # fmt: skip


def gezinssignalen(*signalen: tuple[int, str]) -> RuisFeiten:
    found = [signaal(op, kind=kind, nr=800 + i) for i, (kind, op) in enumerate(signalen)]
    return feiten(huisgenoten=[woont(ANDER, "2025-01-01", "2026-05-01")], gezinssignalen=found)


_VAN_EERDER = feiten(
    huisgenoten=[woont(ANDER, "2026-01-01")],
    gezinssignalen=[signaal("2026-03-01"), signaal("2026-04-01", gebeurd="2025-12-31", kind=ANDER, nr=801)],
)
R06: list[Rand | Niet] = [
    Rand("R06", "two of one child", gezinssignalen((1, "2026-03-01"), (1, "2026-04-01")), "2026-04-01", "2026-09-01"),
    Rand("R06", "of two", gezinssignalen((1, "2026-03-01"), (ANDER, "2026-04-01")), "2026-04-01", "2026-09-01"),
    Rand("R06", "on its last day", gezinssignalen((1, "2026-03-01"), (2, "2026-05-01")), "2026-05-01", "2026-09-01"),
    Niet("R06", "of who had left", gezinssignalen((1, "2026-03-01"), (ANDER, "2026-05-02")), "2026-05-02"),
    Niet("R06", "of before it came", _VAN_EERDER, "2026-04-02"),
    Niet("R06", "one", gezinssignalen((1, "2026-03-01")), "2026-03-01"),
]  # fmt: skip

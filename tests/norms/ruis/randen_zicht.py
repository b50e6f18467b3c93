"""The edges of R01 and R11: how long ago the child was seen, and spoken to after visits.

The days are written by hand, never computed with the functions under test.
"""

from app.norms.ruis.feiten import RuisFeiten
from app.terms import PlaatsingVorm
from tests.norms.ruis.bouw import ELDERS, TELEFOON, feiten, gesprek, plaatsing
from tests.norms.ruis.rand import Niet, Rand


def met(*gesprekken: str) -> RuisFeiten:
    return feiten(plaatsing(gesprekken=[gesprek(op) for op in gesprekken]))


_TELEFOON = feiten(plaatsing(gesprekken=[gesprek("2026-03-01"), gesprek("2026-05-01", vorm=TELEFOON)]))
_NIET_DOOR = feiten(plaatsing(gesprekken=[gesprek("2026-03-01"), gesprek("2026-05-01", doorgegaan=False)]))
_MET_OUDER = feiten(plaatsing(gesprekken=[gesprek("2026-03-01", alleen=False)]))
_VERHUISD = feiten(
    plaatsing("2025-01-10", "2026-04-01", gezin=ELDERS, gesprekken=[gesprek("2026-03-20")], nr=9),
    plaatsing("2026-04-01"),
)
_TERUG_IN_ZORG = feiten(
    plaatsing("2025-01-10", "2026-02-01", gezin=ELDERS, gesprekken=[gesprek("2026-01-31")], nr=9),
    plaatsing("2026-04-01"),
)
R01: list[Rand | Niet] = [
    Rand("R01", "never seen counts from the zorg", feiten(plaatsing("2026-01-31")), "2026-06-01"),
    Rand("R01", "4 months after the last talk", met("2025-12-01", "2026-03-01"), "2026-07-02"),
    Rand("R01", "counted from the anchor, clamped", met("2025-10-31"), "2026-03-01"),
    Rand("R01", "a telephone call is no sight", _TELEFOON, "2026-07-02"),
    Rand("R01", "an attempt is no sight", _NIET_DOOR, "2026-07-02"),
    Rand("R01", "with a foster parent there it was seen", _MET_OUDER, "2026-07-02"),
    Rand("R01", "until the next talk", met("2026-03-01", "2026-09-10"), "2026-07-02", "2026-09-09"),
    Rand("R01", "a talk in the plaatsing before is sight", _VERHUISD, "2026-07-21"),
    Rand("R01", "a talk before an earlier end of the zorg is not", _TERUG_IN_ZORG, "2026-08-02"),
    Rand("R01", "until it leaves", feiten(plaatsing("2026-01-10", "2026-08-01")), "2026-05-11", "2026-07-31"),
    Niet("R01", "a visit is no sight", feiten(plaatsing("2026-01-31", bezoeken=["2026-05-01"])), "2026-05-31"),
    Rand("R01", "seen at a visit, by the second version", feiten(plaatsing("2026-01-31", gezien=["2026-08-15"])), "2026-12-16"),  # noqa: E501
    Rand("R01", "seen at a visit is nothing by the first", feiten(plaatsing("2026-01-31", gezien=["2026-08-15"])), "2026-06-01", "2026-09-30"),  # noqa: E501
    Rand("R01", "seen at a check", feiten(plaatsing("2026-09-01", checks=["2026-09-15"])), "2027-01-16"),
    Rand("R01", "a visit without a word of the child", feiten(plaatsing("2026-08-31", bezoeken=["2026-11-30"])), "2027-01-01"),  # noqa: E501
    Rand("R01", "seen in the plaatsing before", feiten(plaatsing("2025-01-10", "2026-11-01", gezien=["2026-10-20"], nr=9, gezin=ELDERS), plaatsing("2026-11-01")), "2027-02-21"),  # noqa: E501
]  # fmt: skip


def bezocht(
    *bezoeken: str, gesprekken: tuple[str, ...] = (), van: str = "2024-01-10", vorm: str = "voltijd"
) -> RuisFeiten:
    talks = [gesprek(op) for op in gesprekken]
    return feiten(plaatsing(van, bezoeken=bezoeken, gesprekken=talks, vorm=PlaatsingVorm(vorm)))


R11: list[Rand | Niet] = [
    Rand("R11", "a visit holds 6 months", bezocht("2026-03-31"), "2026-03-31", "2026-09-30"),
    Rand(
        "R11",
        "6 months after the last talk",
        bezocht("2026-06-01", gesprekken=("2026-02-10",)),
        "2026-08-11",
        "2026-12-01",
    ),
    Rand("R11", "not in the first 6 months", bezocht("2026-02-20", van="2026-01-31"), "2026-08-01", "2026-08-20"),
    Rand("R11", "crisis", bezocht("2026-03-31", vorm="crisis"), "2026-03-31", "2026-09-30"),
    Niet("R11", "deeltijd", bezocht("2026-03-31", vorm="deeltijd"), "2026-04-01"),
    Niet("R11", "no visit", bezocht(), "2026-04-01"),
    Rand(
        "R11",
        "seen at a visit, by the second version",
        feiten(plaatsing(bezoeken=["2026-11-01"], gezien=["2026-06-15"])),
        "2026-12-16",
        "2027-05-01",
    ),
    Rand(
        "R11",
        "seen at a visit is nothing by the first",
        feiten(plaatsing(gezien=["2026-06-15"])),
        "2026-06-15",
        "2026-09-30",
    ),
    Rand(
        "R11",
        "seen at a check",
        feiten(plaatsing(bezoeken=["2026-11-01"], checks=["2026-06-15"])),
        "2026-12-16",
        "2027-05-01",
    ),
    Rand("R11", "visits without a word of the child", bezocht("2026-10-31"), "2026-10-31", "2027-04-30"),
]

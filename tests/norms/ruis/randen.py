"""Every edge of every derived ruisfactor: the last day before it holds, its first, its last, and the day after.

The days are written by hand, never computed with the functions under test.
"""

from typing import Any, NamedTuple

from app.norms.feiten import Opvolgstap
from app.norms.ruis.feiten import RuisFeiten
from app.terms import PlaatsingVorm
from tests.norms.ruis.bouw import (
    ANDER,
    DERDE,
    ELDERS,
    TELEFOON,
    begeleiding,
    dag,
    feiten,
    gesprek,
    maatregel,
    opvolgstap,
    plaatsing,
    score,
    signaal,
    stap,
    woont,
)


class Rand(NamedTuple):
    """A factor holds from ``eerste`` up to and including ``laatste`` (None: it goes on), and not on the days beside."""

    code: str
    naam: str
    feiten: RuisFeiten
    eerste: str
    laatste: str | None = None


class Niet(NamedTuple):
    """A factor does not hold on a day."""

    code: str
    naam: str
    feiten: RuisFeiten
    op: str


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


def begeleid(*begeleidingen: tuple[int, str, str | None], van: str = "2024-01-10") -> RuisFeiten:
    return feiten(plaatsing(van), begeleidingen={10: [begeleiding(*one) for one in begeleidingen]})


def beschermd(*maatregelen: tuple[str, str | None, str | None, str]) -> RuisFeiten:
    return feiten(maatregelen=[maatregel(*one) for one in maatregelen])


R07: list[Rand | Niet] = [
    Rand(
        "R07",
        "another begeleider",
        begeleid((1, "2024-01-10", "2026-03-31"), (2, "2026-03-31", None)),
        "2026-03-31",
        "2026-09-30",
    ),
    Rand(
        "R07",
        "after a gap: when the first went, and when the next came",
        begeleid((1, "2024-01-10", "2026-02-01"), (2, "2026-07-15", None)),
        "2026-02-01",
        "2027-01-15",
    ),
    Rand("R07", "it went and nobody came", begeleid((1, "2024-01-10", "2026-02-01")), "2026-02-01", "2026-08-01"),
    Rand(
        "R07",
        "a second one beside the first",
        begeleid((1, "2024-01-10", None), (2, "2026-02-01", None)),
        "2026-02-01",
        "2026-08-01",
    ),
    Niet("R07", "the first of a plaatsing", begeleid((1, "2026-02-01", None), van="2026-02-01"), "2026-02-02"),
    Niet(
        "R07",
        "the same one goes on",
        begeleid((1, "2024-01-10", "2026-02-01"), (1, "2026-02-01", None)),
        "2026-02-02",
    ),
    Rand(
        "R07",
        "the same one returns: only the time without",
        begeleid((1, "2024-01-10", "2026-02-01"), (1, "2026-03-01", None)),
        "2026-02-01",
        "2026-02-28",
    ),
    Niet("R07", "of a plaatsing that ended", feiten(
        plaatsing("2024-01-10", "2026-03-01", nr=9), plaatsing("2026-03-01"),
        begeleidingen={9: [begeleiding(1, "2024-01-10", "2026-02-01"), begeleiding(2, "2026-02-01")]},
    ), "2026-03-01"),
    Rand(
        "R07",
        "another jeugdbeschermer",
        beschermd(("2025-01-01", "2026-01-01", "J. Vermeer", "ots"), ("2026-01-01", None, "A. Bos", "voogdij_gi")),
        "2026-01-01",
        "2026-07-01",
    ),
    Niet(
        "R07",
        "the same name in other letters",
        beschermd(("2025-01-01", "2026-01-01", "J. Vermeer", "ots"), ("2026-01-01", None, "j.  VERMEER", "ots")),
        "2026-01-02",
    ),
    Niet(
        "R07",
        "the first one named",
        beschermd(("2025-01-01", "2026-01-01", None, "ots"), ("2026-01-01", None, "A. Bos", "ots")),
        "2026-01-02",
    ),
    Niet(
        "R07",
        "a maatregel long after the last one",
        beschermd(("2024-01-01", "2025-01-01", "J. Vermeer", "ots"), ("2026-01-01", None, "A. Bos", "ots")),
        "2026-01-02",
    ),
    Niet(
        "R07",
        "nobody of a GI",
        beschermd(("2025-01-01", "2026-01-01", "J. Vermeer", "ots"), ("2026-01-01", None, "A. Bos", "vrijwillig")),
        "2026-01-02",
    ),
    Niet(
        "R07",
        "out of zorg",
        feiten(
            plaatsing(tot="2026-01-01"),
            maatregelen=[maatregel("2025-01-01", "2026-01-01"), maatregel("2026-01-01", wie="A. Bos")],
        ),
        "2026-01-02",
    ),
    Niet(
        "R07",
        "the one beside it goes on",
        beschermd(
            ("2025-01-01", "2026-01-01", "J. Vermeer", "ots"),
            ("2025-02-01", None, "A. Bos", "jeugdreclassering"),
            ("2026-01-01", None, "J. Vermeer", "ots"),
        ),
        "2026-01-02",
    ),
]  # fmt: skip

R08: list[Rand | Niet] = [
    Rand("R08", "ots", beschermd(("2026-03-01", "2026-09-01", None, "ots")), "2026-03-01", "2026-08-31"),
    Rand("R08", "blank", beschermd(("2026-03-01", None, "  ", "jeugdreclassering")), "2026-03-01"),
    Rand("R08", "in zorg", feiten(plaatsing(tot="2026-05-01"), maatregelen=[maatregel("2026-03-01", wie=None)]),
         "2026-03-01", "2026-04-30"),
    Niet("R08", "somebody is named", beschermd(("2026-03-01", None, "A. Bos", "ots")), "2026-03-01"),
    Niet("R08", "vrijwillig", beschermd(("2026-03-01", None, None, "vrijwillig")), "2026-03-01"),
    Niet("R08", "pleegoudervoogdij", beschermd(("2026-03-01", None, None, "pleegoudervoogdij")), "2026-03-01"),
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


def vertrokken(reden: str | None) -> RuisFeiten:
    return feiten(huisgenoten=[woont(ANDER, "2024-05-01", "2026-03-01", reden)])


R12: list[Rand | Niet] = [
    Rand(
        "R12",
        "three at once",
        feiten(huisgenoten=[woont(ANDER, "2025-01-01"), woont(DERDE, "2026-02-01", "2026-04-01")]),
        "2026-02-01",
        "2026-03-31",
    ),
    Rand("R12", "ended for safety", vertrokken("veiligheid"), "2026-03-01"),
    Rand(
        "R12",
        "its own earlier one too, since it is back",
        feiten(plaatsing("2024-01-10", "2025-03-01", nr=9), plaatsing("2026-02-01"),
               huisgenoten=[woont(1, "2024-01-10", "2025-03-01", "Onveilige situatie")]),
        "2026-02-01",
    ),
    *(
        Niet("R12", f"ended: {reden}", vertrokken(reden), "2026-03-01")
        for reden in ("doorplaatsing", "terug naar ouders", "18 jaar", None)
    ),
]  # fmt: skip

R13: list[Rand | Niet] = [
    Rand("R13", "6 months", feiten(huisgenoten=[woont(ANDER, "2025-01-01", "2026-03-31")]), "2026-03-31", "2026-09-30"),
    Rand(
        "R13",
        "until it is back",
        feiten(huisgenoten=[woont(ANDER, "2025-01-01", "2026-03-31"), woont(ANDER, "2026-05-01")]),
        "2026-03-31",
        "2026-04-30",
    ),
    Rand(
        "R13",
        "until this child leaves too",
        feiten(plaatsing(tot="2026-06-01"), huisgenoten=[woont(ANDER, "2025-01-01", "2026-03-31")]),
        "2026-03-31",
        "2026-05-31",
    ),
    Niet(
        "R13",
        "another form, the same family",
        feiten(huisgenoten=[woont(ANDER, "2025-01-01", "2026-03-31"), woont(ANDER, "2026-03-31")]),
        "2026-04-01",
    ),
    Niet(
        "R13",
        "they never lived together",
        feiten(plaatsing("2026-03-31"), huisgenoten=[woont(ANDER, "2025-01-01", "2026-03-31")]),
        "2026-04-01",
    ),
]  # fmt: skip

SCORES: list[Rand | Niet] = [
    Rand(code, "scored", feiten(scores=[score(code, "2026-03-01", "2026-06-01")]), "2026-03-01", "2026-05-31")
    for code in ("R02", "R03", "R04", "R05", "R09", "R10", "R14", "R15")
]

TABELLEN = (R01, R04, R05, R06, R07, R08, R11, R12, R13, SCORES)
RIJEN: list[Rand | Niet] = [rij for tabel in TABELLEN for rij in tabel]

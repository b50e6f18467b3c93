"""The edges of R07 and R08: another begeleider or jeugdbeschermer, and none.

The days are written by hand, never computed with the functions under test.
"""

from app.norms.ruis.feiten import RuisFeiten
from tests.norms.ruis.bouw import begeleiding, feiten, maatregel, plaatsing
from tests.norms.ruis.rand import Niet, Rand


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

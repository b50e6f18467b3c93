"""The edges of R12 and R13: who lives in the family, and who left it.

The days are written by hand, never computed with the functions under test.
"""

from app.norms.ruis.feiten import RuisFeiten
from tests.norms.ruis.bouw import ANDER, DERDE, feiten, plaatsing, woont
from tests.norms.ruis.rand import Niet, Rand


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

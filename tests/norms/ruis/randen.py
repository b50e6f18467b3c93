"""Every edge of every derived ruisfactor: the last day before it holds, its first, its last, and the day after.

The days are written by hand, never computed with the functions under test.
"""

from tests.norms.ruis.bouw import feiten, score
from tests.norms.ruis.rand import Niet, Rand
from tests.norms.ruis.randen_gezin import R12, R13
from tests.norms.ruis.randen_mensen import R07, R08
from tests.norms.ruis.randen_signalen import R04, R05, R06
from tests.norms.ruis.randen_zicht import R01, R11

SCORES: list[Rand | Niet] = [
    Rand(code, "scored", feiten(scores=[score(code, "2026-03-01", "2026-06-01")]), "2026-03-01", "2026-05-31")
    for code in ("R02", "R03", "R04", "R05", "R09", "R10", "R14", "R15")
]

TABELLEN = (R01, R04, R05, R06, R07, R08, R11, R12, R13, SCORES)
RIJEN: list[Rand | Niet] = [rij for tabel in TABELLEN for rij in tabel]

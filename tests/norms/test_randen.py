"""Every edge of every norm and of the calendar, on the engine itself."""

from collections import Counter

import pytest

from app.norms import calendar, catalogue, gesprek, judge
from app.terms import NormCode
from tests.norms import randen_gezin, randen_kind, randen_overig, randen_vgb, randen_zicht
from tests.norms.randen import Motor, Rij, Sommetje, outcome, solve
from tests.norms.rekenen import SOMMEN

_TABELLEN = (randen_zicht, randen_kind, randen_vgb, randen_gezin, randen_overig)
RIJEN: list[Rij] = [r for tabel in _TABELLEN for r in tabel.RIJEN]
MOTOR = Motor(judge, catalogue, calendar, gesprek)


@pytest.mark.parametrize("case", RIJEN, ids=lambda r: f"{r.norm}: {r.naam}")
def test_edge(case: Rij) -> None:
    assert outcome(MOTOR, case) == case.verwacht


@pytest.mark.parametrize("som", SOMMEN, ids=lambda s: s.naam)
def test_calendar(som: Sommetje) -> None:
    assert solve(MOTOR, som) == som.verwacht


def test_every_norm_has_its_edges() -> None:
    aantal = Counter(r.norm for r in RIJEN if r.verwacht is not None)
    assert {code for code in NormCode if aantal[code] < 3} == set()

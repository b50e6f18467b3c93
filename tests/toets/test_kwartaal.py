"""A quarter: its days, its name, and the one before."""

import pytest

from app.norms.kwartaaltoets.kwartaal import Kwartaal
from tests.toets.bouw import dag


@pytest.mark.parametrize(
    ("naam", "eerste", "laatste", "vorige"),
    [
        ("2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4"),
        ("2026-Q2", "2026-04-01", "2026-06-30", "2026-Q1"),
        ("2026-Q3", "2026-07-01", "2026-09-30", "2026-Q2"),
        ("2024-Q4", "2024-10-01", "2024-12-31", "2024-Q3"),
    ],
)
def test_its_days_and_the_quarter_before(naam: str, eerste: str, laatste: str, vorige: str) -> None:
    kwartaal = Kwartaal.parse(naam)
    assert (kwartaal.eerste_dag, kwartaal.laatste_dag) == (dag(eerste), dag(laatste))
    assert str(kwartaal) == naam
    assert str(kwartaal.vorige) == vorige
    assert Kwartaal.of(dag(eerste)) == Kwartaal.of(dag(laatste)) == kwartaal


@pytest.mark.parametrize(
    "naam", ["2026Q3", "2026-Q0", "2026-Q5", "26-Q1", "2026-q1", " 2026-Q1", "2026-Q1\n", "0999-Q1"]
)
def test_another_form_is_none(naam: str) -> None:
    with pytest.raises(ValueError, match="2026-Q3"):
        Kwartaal.parse(naam)

"""The line over quarters: what it draws, and that an improvement by exceptions alone says so."""

from typing import cast

import pytest

from app.norms.kwartaaltoets.inhoud import GroepKengetallen
from app.routers.pages.kwartaaltoetsen.trend import Trend, only_by_uitzondering, trend_of


def over(*quarters: tuple[int, int, int]) -> Trend:
    """Return the line over quarters of 2025, each with rows, those navolgbaar, and those of them by exception."""
    told = {
        f"2025-Q{nr}": {"alle": {"rijen": rijen, "navolgbaar": mee, "metUitzondering": uitz}}
        for nr, (rijen, mee, uitz) in enumerate(quarters, start=1)
    }
    return trend_of(cast("dict[str, GroepKengetallen]", told))


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((100, 80, 0), (100, 84, 4), True),
        ((100, 80, 0), (100, 84, 5), True),
        ((100, 80, 0), (100, 84, 3), False),
        ((100, 80, 0), (100, 80, 4), False),
        ((100, 80, 4), (100, 84, 4), False),
    ],
)
def test_a_rise_that_comes_from_exceptions_alone_is_told(
    before: tuple[int, int, int], now: tuple[int, int, int], *, said: bool
) -> None:
    assert (only_by_uitzondering(over(before, now)) is not None) is said


def test_both_steps_are_told() -> None:
    told = only_by_uitzondering(over((100, 80, 0), (100, 84, 5)))
    assert told
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in told] == [
        "van 80,0 procent naar 84,0 procent", "van 80,0 procent naar 79,0 procent",
    ]  # fmt: skip


def test_of_fewer_than_five_children_nothing_is_drawn() -> None:
    trend = over((4, 1, 0), (5, 5, 0), (60, 50, 0))
    assert [punt.kwartaal for punt in trend.punten] == ["2025-Q1", "2025-Q2", "2025-Q3"]
    assert [punt.kwartaal for punt in trend.getekend] == ["2025-Q2", "2025-Q3"]
    assert trend.lijn.count(" ") == trend.lijn_zonder.count(" ") == 3
    assert float(trend.as_[0][0].removesuffix("%")) == 80  # the share of who is not drawn is not on the axis


def test_one_quarter_alone_is_no_line() -> None:
    assert only_by_uitzondering(over((60, 50, 0))) is None

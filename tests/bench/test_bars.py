import pytest

from bench.bars import BARS, against
from bench.table import Line, show


@pytest.mark.parametrize(
    ("key", "value", "ok"),
    [
        ("bodem lijst", 0.4, True),
        ("bodem lijst", 0.39, False),
        ("database lijst", 3.0, True),
        ("database lijst", 3.1, False),
        ("eerste verzoek", 0.5, True),
        ("eerste verzoek", 0.51, False),
    ],
)
def test_a_bar_is_kept_up_to_its_limit(key: str, value: float, *, ok: bool) -> None:
    assert against(key, value, "iets", "veel").ok is ok


def test_the_farthest_from_its_bar_is_on_top_and_what_has_no_bar_is_in_a_table_before() -> None:
    lines = [
        against("bodem lijst", 0.2, "lijst"),  # 2 × off
        Line("zonder grens", "1"),
        against("database lijst", 12.0, "lijst"),  # 4 × off
        against("p99", 3.0, "lijst"),  # half of it
    ]
    before, last = show(lines).split("\n\n")
    assert "zonder grens" in before
    assert [row.split(" | ")[3].strip() for row in last.splitlines()[2:]] == ["4 ×", "2 ×", "0,5 ×"]
    assert [row.split(" | ")[4] for row in last.splitlines()[2:]] == ["gemist", "gemist", "ok"]


def test_nothing_at_all_is_no_pass() -> None:
    assert not against("bodem lijst", 0.0, "lijst").ok


def test_every_bar_has_a_limit_that_can_be_missed() -> None:
    for bar in BARS.values():
        assert bar.distance(bar.limit) == pytest.approx(1)
        assert bar.distance(bar.limit / 2 if bar.least else bar.limit * 2) == pytest.approx(2)

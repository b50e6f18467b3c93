"""How much a machine carries is searched between what goes well and what does not, and what was not answered counts."""

from collections import Counter

import pytest

from tools.belasting import Meting
from tools.drill_capaciteit import search


def carries_up_to(most: float) -> tuple[list[float], object]:
    asked: list[float] = []

    def carries(tempo: float) -> tuple[Meting, bool]:
        asked.append(tempo)
        return Meting(tempo, [0.1]), tempo <= most

    return asked, search(carries)


@pytest.mark.parametrize("most", [12.0, 20.0, 60.0])
def test_the_limit_lies_between_what_is_told(most: float) -> None:
    _, found = carries_up_to(most)
    assert isinstance(found, tuple)
    goed, teveel = found
    assert goed.tempo <= most < teveel.tempo
    assert teveel.tempo < 1.3 * goed.tempo


def test_a_limit_that_was_not_found_is_not_made_up() -> None:
    assert carries_up_to(1e9)[1][1] is None  # type: ignore[index]
    assert carries_up_to(1.0)[1][0] is None  # type: ignore[index]


def test_what_was_not_answered_took_for_ever() -> None:
    assert Meting(1.0, [0.1] * 95 + [0.5] * 5).p95 == 0.5
    assert Meting(1.0, [0.1] * 99, Counter({"503": 1})).p95 == 0.1
    assert Meting(1.0, [0.1] * 90, Counter({"503": 10})).p95 == float("inf")


def test_somebody_does_something_every_ten_seconds() -> None:
    assert Meting(12.3).begeleiders == 123

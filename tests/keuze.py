"""What is asked at every change, of what ``make drill-tests`` asks whole: a choice in which every feature occurs."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from hypothesis import settings

#: the profile of hypothesis under which everything is drawn that the night has time for
NACHT: Final = "nacht"

T = TypeVar("T")


def covering(everything: Iterable[T], features_of: Callable[[T], Iterable[object]]) -> list[T]:
    """Return, in order, each one with a feature that none before it has: the same ones every time."""
    seen: set[object] = set()
    chosen = []
    for one in everything:
        if new := set(features_of(one)) - seen:
            seen |= new
            chosen.append(one)
    return chosen


def of_turn(everything: Sequence[T], turn: int, number: int) -> list[T]:
    """Return so many of a sequence, others at each turn: turns together ask them all."""
    return [everything[(turn * number + step) % len(everything)] for step in range(min(number, len(everything)))]


def drawn(number: int, at_night: int) -> int:
    """Return how many histories hypothesis draws: a number for every change, more for the drill."""
    return at_night if settings.get_current_profile_name() == NACHT else number

"""What is asked at every change, of what ``make drill-tests`` asks whole: a choice in which every feature occurs."""

from collections.abc import Callable, Iterable
from typing import TypeVar

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

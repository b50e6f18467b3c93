"""The suite in an order of chance: a test that counts on what another left behind fails in some of them.

A file stays together, as its tests share what took long to make; within it and between them all is drawn from a seed,
which every worker is told.
"""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def shuffled(items: Sequence[T], file_of: Callable[[T], str], zaad: int) -> list[T]:
    """Return the items in the order of a seed, those of one file after each other."""
    chance = Random(zaad)
    files: dict[str, list[T]] = {}
    for item in items:
        files.setdefault(file_of(item), []).append(item)
    order = sorted(files)
    chance.shuffle(order)
    for name in order:
        chance.shuffle(files[name])
    return [item for name in order for item in files[name]]

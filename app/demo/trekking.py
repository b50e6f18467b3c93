"""Chance: the few ways in which the generator draws."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def chance(rng: Random, kans: float) -> bool:
    """Tell whether something with this probability happens."""
    return rng.random() < kans


def draw_ritme(rng: Random, van: int, eind: int, gemiddeld: float, spreiding: float) -> Iterator[int]:
    """Yield days from ``van`` up to and including ``eind``, about ``gemiddeld`` days apart."""
    dag = van
    while (dag := dag + max(5, int(rng.gauss(gemiddeld, spreiding)))) <= eind:
        yield dag


class Verdeling(Generic[T]):
    """A distribution over a few outcomes."""

    def __init__(self, *gewogen: tuple[T, float]) -> None:
        """Take the outcomes with their weights, which need not add up to one."""
        self._uitkomsten: Sequence[T] = [uitkomst for uitkomst, _ in gewogen]
        self._gewichten = list(accumulate(gewicht for _, gewicht in gewogen))

    def draw(self, rng: Random) -> T:
        """Draw one."""
        return rng.choices(self._uitkomsten, cum_weights=self._gewichten)[0]

"""A sample of an audit's rows that anybody with the same seed draws again: no chance, a hash.

Each stratum gets its share of the sample (largest remainder; equal remainders by name), and within it come first the
rows with the lowest SHA-256 of seed and id of the child. Nobody can choose the rows by choosing their order, and a
larger sample with the same seed holds the smaller one within each stratum that does not shrink.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Laag:
    """A stratum: how many rows it has, and how many of them were drawn."""

    naam: str
    populatie: int
    getrokken: int


def draw(rijen: Sequence[tuple[str, str]], omvang: int, seed: str) -> tuple[list[int], list[Laag]]:
    """Return the places of the rows drawn, stratum by stratum, and the strata.

    Args:
        rijen: of each row the id of the child and its stratum.
        omvang: how many rows are wanted; no more than there are.
        seed: another seed draws other rows.
    """
    places: dict[str, list[int]] = {}
    for place, (_, laag) in enumerate(rijen):
        places.setdefault(laag, []).append(place)
    shares = divide(omvang, {laag: len(own) for laag, own in places.items()})
    drawn: list[int] = []
    for laag in sorted(places):
        in_order = sorted(places[laag], key=lambda place: _rank(seed, rijen[place][0]))
        drawn += in_order[: shares[laag]]
    return drawn, [Laag(laag, len(places[laag]), shares[laag]) for laag in sorted(places)]


def divide(omvang: int, lagen: dict[str, int]) -> dict[str, int]:
    """Return how many rows each stratum gives: in proportion, by largest remainder."""
    total = sum(lagen.values())
    wanted = min(omvang, total)
    shares = {laag: wanted * count // total for laag, count in lagen.items()}
    by_remainder = sorted(lagen, key=lambda laag: (-(wanted * lagen[laag] % total), laag))
    for laag in by_remainder[: wanted - sum(shares.values())]:
        shares[laag] += 1
    return shares


def _rank(seed: str, pleegkind: str) -> bytes:
    return hashlib.sha256(f"{seed}|{pleegkind}".encode()).digest()

"""Fourth step of the check: a child lives full-time in one place at a time."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate
from typing import Final, NamedTuple

from app.imports.bekend import Bekend
from app.imports.faults import FoutCode
from app.imports.gelezen import ONBRUIKBAAR, Boek, Fouten, Gelezen, Regel
from app.terms import PlaatsingVorm

_HELE_TIJD: Final = frozenset({PlaatsingVorm.VOLTIJD, PlaatsingVorm.CRISIS})
_OVERLAP: Final = (
    "Deze voltijd- of crisisplaatsing overlapt met een andere van hetzelfde kind; "
    "verbeter van, of vul tot in bij de eerdere plaatsing."
)


class Verblijf(NamedTuple):
    """A full-time stay of a child; ``tot`` is the last day there is while it lasts."""

    van: date
    tot: date
    regel: Regel


class Bezet(NamedTuple):
    """The stored stays of one child: their first days in order, and how far the stays up to each reach."""

    van: list[date]
    reach: list[date]

    def overlaps(self, verblijf: Verblijf) -> bool:
        """Tell whether a stay shares a day with any of these."""
        place = bisect_right(self.van, verblijf.van)
        before = place > 0 and self.reach[place - 1] > verblijf.van
        return before or (place < len(self.van) and self.van[place] < verblijf.tot)


def check_overlap(boek: Boek, bekend: Bekend, fouten: Fouten) -> None:
    """Report the later of two overlapping voltijd or crisis plaatsingen of a child, on column van.

    Later is the one with the later van, at equal days the later row. A stored plaatsing has no row, so a row that
    overlaps with one is reported whichever is later; a stored one whose nummer is in the file counts no more.

    Args:
        boek: the parsed sheets.
        bekend: what is stored.
        fouten: takes up ``overlap``.
    """
    blad = boek.get("plaatsingen")
    if blad is None:
        return
    overlapping = set(_overlaps_in_file(blad)) | set(find_stored_overlaps(blad, bekend, blad.eerste.keys()))
    for regel in overlapping:
        fouten.add_row(blad, regel, "van", FoutCode.OVERLAP, _OVERLAP)


def find_stored_overlaps(blad: Gelezen, bekend: Bekend, replaced: Iterable[str]) -> Iterator[Regel]:
    """Give the rows that overlap with a stored plaatsing, except with those whose nummer is in ``replaced``."""
    children = _by_child(blad)
    stored = _stored_by_child(bekend, children.keys(), frozenset(replaced))
    for pleegkind, bezet in stored.items():
        yield from (verblijf.regel for verblijf in children[pleegkind] if bezet.overlaps(verblijf))


def _overlaps_in_file(blad: Gelezen) -> Iterator[Regel]:
    for verblijven in _by_child(blad).values():
        reach = date.min
        for verblijf in sorted(verblijven, key=lambda own: (own.van, own.regel.rij)):
            if verblijf.van < reach:
                yield verblijf.regel
            reach = max(reach, verblijf.tot)


def _by_child(blad: Gelezen) -> dict[str, list[Verblijf]]:
    """Return the full-time stays in the file whose child and days can be relied on, per child.

    The second row of a nummer has that fault already; an empty period (tot = van) overlaps with nothing.
    """
    nummer, pleegkind, vorm, van, tot = map(
        blad.soort.position, ("nummer", "pleegkind", "vorm", "van", "tot")
    )
    children = defaultdict[str, list[Verblijf]](list)
    for regel in blad.regels:
        child, start, end = regel.cellen[pleegkind], regel.cellen[van], regel.cellen[tot]
        own = regel.cellen[nummer]
        second = isinstance(own, str) and blad.eerste[own] is not regel
        usable = isinstance(child, str) and isinstance(start, date) and end is not ONBRUIKBAAR and not second
        ...
    return children

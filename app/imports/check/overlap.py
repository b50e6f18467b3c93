"""Fourth step of the check: a child lives full-time in one place at a time."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import accumulate
from typing import Final, NamedTuple

from app.imports.bekend import Bekend
from app.imports.faults import FoutCode
from app.imports.gelezen import ONBRUIKBAAR, Boek, Fouten, Gelezen, Regel
from app.terms import PlaatsingVorm

_HELE_TIJD: Final = frozenset({PlaatsingVorm.VOLTIJD, PlaatsingVorm.CRISIS})
_REPARATIE: Final = "van hetzelfde kind; verbeter van, of vul tot in bij de eerdere plaatsing."
_MET_RIJ: Final = f"Deze voltijd- of crisisplaatsing overlapt met die op rij {{rij}} {_REPARATIE}"
_MET_BEKEND: Final = f"Deze voltijd- of crisisplaatsing overlapt met een die al bekend is {_REPARATIE}"


class Voltijdverblijf(NamedTuple):
    """A full-time stay of a child; ``tot`` is the last day there is while it lasts."""

    van: date
    tot: date
    regel: Regel


class Bezet(NamedTuple):
    """The stored stays of one child: their first days in order, and how far the stays up to each reach."""

    van: list[date]
    reach: list[date]

    def overlaps(self, verblijf: Voltijdverblijf) -> bool:
        """Tell whether a stay shares a day with any of these."""
        place = bisect_right(self.van, verblijf.van)
        before = place > 0 and self.reach[place - 1] > verblijf.van
        return before or (place < len(self.van) and self.van[place] < verblijf.tot)


def check_overlap(boek: Boek, bekend: Bekend, fouten: Fouten) -> None:
    """Report the later of two overlapping voltijd or crisis plaatsingen of a child, on column van.

    Later is the one with the later van, at equal days the later row. A stored plaatsing has no row, so a row
    that overlaps with one is reported whichever is later; a stored one whose nummer is in the file counts no
    more.

    Args:
        boek: the parsed sheets.
        bekend: what is stored.
        fouten: takes up ``overlap``.
    """
    blad = boek.get("plaatsingen")
    if blad is None:
        return
    stored = find_stored_overlaps(blad, blad.regels, bekend, blad.eerste.keys())
    overlapping = dict.fromkeys(stored, _MET_BEKEND)
    overlapping |= {
        later: _MET_RIJ.format(rij=earlier.rij) for later, earlier in _overlaps_in_file(blad, _gone(bekend))
    }
    for regel, melding in overlapping.items():
        fouten.add_row(blad, regel, "van", FoutCode.OVERLAP, melding)


def find_stored_overlaps(
    blad: Gelezen, regels: Iterable[Regel], bekend: Bekend, replaced: AbstractSet[str]
) -> Iterator[Regel]:
    """Give the rows that overlap with a stored plaatsing, those whose nummer is in ``replaced`` left out."""
    children = _by_child(blad, regels, _gone(bekend))
    for pleegkind, bezet in _stored_by_child(bekend, children.keys(), replaced).items():
        yield from (verblijf.regel for verblijf in children[pleegkind] if bezet.overlaps(verblijf))


def _overlaps_in_file(blad: Gelezen, gone: AbstractSet[str]) -> Iterator[tuple[Regel, Regel]]:
    """Give every row that begins before an earlier one ends, with the earlier one that lasts longest."""
    for verblijven in _by_child(blad, blad.regels, gone).values():
        longest: Voltijdverblijf | None = None
        for verblijf in sorted(verblijven, key=lambda own: (own.van, own.regel.rij)):
            if longest is not None and verblijf.van < longest.tot:
                yield verblijf.regel, longest.regel
            if longest is None or verblijf.tot > longest.tot:
                longest = verblijf


def _gone(bekend: Bekend) -> AbstractSet[str]:
    return bekend.ingetrokken.get("plaatsingen", frozenset())


def _by_child(blad: Gelezen, regels: Iterable[Regel], gone: AbstractSet[str]) -> dict[str, list[Voltijdverblijf]]:
    """Return the full-time stays whose child and days can be relied on, per child.

    The second row of a nummer has that fault already; what people withdrew (``gone``) does not come back; an empty
    period (tot = van) overlaps with nothing.
    """
    pleegkind, vorm = blad.soort.position("pleegkind"), blad.soort.position("vorm")
    van, tot = blad.soort.position("van"), blad.soort.position("tot")
    children: dict[str, list[Voltijdverblijf]] = {}
    for regel in regels:
        child, start, end = regel.cellen[pleegkind], regel.cellen[van], regel.cellen[tot]
        if not isinstance(child, str) or not isinstance(start, date) or end is ONBRUIKBAAR:
            continue
        end = end if isinstance(end, date) else date.max
        if (
            start < end
            and regel.cellen[vorm] in _HELE_TIJD
            and not blad.is_second(regel)
            and blad.nummer(regel) not in gone
        ):
            children.setdefault(child, []).append(Voltijdverblijf(start, end, regel))
    return children


def _stored_by_child(bekend: Bekend, children: AbstractSet[str], replaced: AbstractSet[str]) -> dict[str, Bezet]:
    found: dict[str, list[tuple[date, date]]] = {}
    for nummer, own in bekend.plaatsingen.items():
        end = own.tot or date.max
        if own.pleegkind in children and own.vorm in _HELE_TIJD and own.van < end and nummer not in replaced:
            found.setdefault(own.pleegkind, []).append((own.van, end))
    return {child: _bezet(sorted(perioden)) for child, perioden in found.items()}


def _bezet(perioden: list[tuple[date, date]]) -> Bezet:
    return Bezet([van for van, _ in perioden], list(accumulate((tot for _, tot in perioden), max)))

"""What a norm yields from the facts alone: the last counting event and the last day on which it is met.

No stand and no uitzondering here: those are made in ``judge``. Source: ``normen.md`` §5.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from app.norms.feiten import Gebeurtenis
from app.norms.versies.versie import NormVersie
from app.terms import OnderwerpSoort, Zwaarte

_datum_of = attrgetter("datum")


class Normuitkomst(NamedTuple):
    """The outcome of one rule: last counting event (or None) and uiterlijk (None: nothing is due).

    ``zwaarte`` where the facts make it lighter than the norm is; else None.
    """

    laatste: Gebeurtenis | None
    uiterlijk: date | None
    zwaarte: Zwaarte | None = None


class Bevinding(NamedTuple):
    """The outcome of one norm for one subject, with the zwaarte that holds for it."""

    norm: NormVersie
    onderwerp_soort: OnderwerpSoort
    onderwerp_id: int
    zwaarte: Zwaarte
    laatste: Gebeurtenis | None
    uiterlijk: date | None


class Gedateerd(Protocol):
    """Any fact with a civil date on which it happened."""

    @property
    def datum(self) -> date:
        """When it happened."""


class GedateerdFeit(Gedateerd, Protocol):
    """A dated fact that is known by an id."""

    @property
    def id(self) -> int:
        """The caller's key."""


class Gezien(GedateerdFeit, Protocol):
    """A fact at which the child was seen, or not, or nobody recorded it."""

    @property
    def kind_gezien(self) -> bool | None:
        """None: not recorded."""


_F = TypeVar("_F", bound=Gedateerd)


def count_upto(feiten: Sequence[Gedateerd], peildatum: date) -> int:
    """Return how many of the facts (sorted by datum) are dated up to and including ``peildatum``."""
    n = len(feiten)
    if not n or feiten[-1].datum <= peildatum:
        return n  # judging today: nothing lies ahead
    return bisect_right(feiten, peildatum, key=_datum_of)


def as_event(feit: GedateerdFeit | None) -> Gebeurtenis | None:
    """Return a fact as what counted last."""
    return None if feit is None else Gebeurtenis(feit.id, feit.datum)


def last_event(feiten: Sequence[_F], anker: date, peildatum: date) -> _F | None:
    """Return L: the last event dated in [anker, peildatum], both included (§5)."""
    n = count_upto(feiten, peildatum)
    if n and feiten[n - 1].datum >= anker:
        return feiten[n - 1]
    return None

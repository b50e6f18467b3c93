"""The facts on which ruisfactoren rest, as immutable values; like ``app.norms.feiten``, with what only they need.

They are what the file said at one moment of knowledge. Facts dated after the peildatum may be present; the functions
ignore them. Dated facts are sorted by day, then by order of recording.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.norms.feiten import Opvolgstap, Plaatsing
from app.terms import MaatregelSoort, Ruiscode


class Begeleiding(NamedTuple):
    """Who is the begeleider of a plaatsing during [van, tot)."""

    wie: int
    van: date
    tot: date | None


class RuisMaatregel(NamedTuple):
    """Legal basis during [van, tot), with the jeugdbeschermer as recorded."""

    soort: MaatregelSoort
    van: date
    tot: date | None
    jeugdbeschermer: str | None


class RuisSignaal(NamedTuple):
    """A signaal about one child: it exists from the day on which it became known."""

    id: int
    kind_id: int
    datum: date
    bekend_geworden_op: date
    soort: str
    onthulling: bool


class RuisMeldcodestap(NamedTuple):
    """A step of the meldcode on a signaal."""

    signaal_id: int
    datum: date


class Score(NamedTuple):
    """A ruisfactor that a person scored during [datum, geldt_tot)."""

    code: Ruiscode
    datum: date
    geldt_tot: date


class Gezinsplaatsing(NamedTuple):
    """Any child in a family during [van, tot)."""

    kind_id: int
    van: date
    tot: date | None
    eindreden: str | None


class RuisGezin(NamedTuple):
    """A family: every plaatsing there ever was, and the signalen about all children of those, wherever they were."""

    plaatsingen: Sequence[Gezinsplaatsing]
    signalen: Sequence[RuisSignaal]


class RuisFeiten(NamedTuple):
    """Everything about one child that ruisfactoren need.

    Attributes:
        id: of the child.
        plaatsingen: with the talks that took place, the visits, and the checks at which the child was seen.
        begeleidingen: per plaatsing.
        maatregelen: all of the child.
        signalen: those about the child.
        onveilige_gesprekken: days of talks in which the child said that it did not feel safe in the talk.
        meldcodestappen: on the signalen about the child.
        scores: what people scored.
        gezinnen: every family of a plaatsing that is active, by id.
        opvolgstappen: what was done about the signalen and talks of the child.
    """

    id: int
    plaatsingen: Sequence[Plaatsing]
    begeleidingen: Mapping[int, Sequence[Begeleiding]]
    maatregelen: Sequence[RuisMaatregel]
    signalen: Sequence[RuisSignaal]
    onveilige_gesprekken: Sequence[date]
    meldcodestappen: Sequence[RuisMeldcodestap]
    scores: Sequence[Score]
    gezinnen: Mapping[int, RuisGezin]
    opvolgstappen: Sequence[Opvolgstap] = ()

"""Which facts of a kind, of all files that somebody sees: of one child, mine, waiting; and in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Uuid, bindparam, or_, select

from app.access.scope import MEDEWERKER, VANDAAG
from app.models import Actie, Kindgesprek, Plaatsing, Pleeggezin, Pleegkind, Uitstel, Uitzondering, Veiligheidscheck
from app.models.base import Feit
from app.models.versions import holds, newest
from app.queries.samenvoegingen import leads_to

#: Takes the model of a kind and gives a condition on it; what it asks stands in the parameters of ``scope_parameters``.
Voorwaarde = Callable[[Any], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Keuze:
    """Which facts, all of these conditions together.

    Attributes:
        voorwaarden: functions of this module, so that a list is built once for each choice.
        dag: the column by whose day they are ordered, the earliest first; empty: by the kind's own, the newest first.
    """

    voorwaarden: tuple[Voorwaarde, ...] = ()
    dag: str = ""


ALLES = Keuze()


def of_pleegkind(model: Any) -> ColumnElement[bool]:
    """Return that a fact is of the child to whose file ``:pleegkind`` leads."""
    theirs = select(Pleegkind.feit_id).where(
        Pleegkind.uid == leads_to(bindparam("pleegkind", type_=Uuid)), newest(Pleegkind)
    )
    own: ColumnElement[bool] = model.pleegkind_id.in_(theirs)
    return own


def of_pleeggezin(plaatsing: type[Plaatsing]) -> ColumnElement[bool]:
    """Return that a plaatsing is in the family ``:pleeggezin``."""
    theirs = select(Pleeggezin.feit_id).where(Pleeggezin.uid == bindparam("pleeggezin", type_=Uuid), newest(Pleeggezin))
    return plaatsing.pleeggezin_id.in_(theirs)


def has_uid(feit: type[Feit]) -> ColumnElement[bool]:
    """Return that a fact has the id ``:feit``."""
    return feit.uid == bindparam("feit", type_=Uuid)


def is_of_visit(check: type[Veiligheidscheck]) -> ColumnElement[bool]:
    """Return that a check has the id ``:feit``, or is of the day of the talk with that id."""
    talk = select(Kindgesprek.datum).where(has_uid(Kindgesprek), holds(Kindgesprek))
    return or_(has_uid(check), check.datum.in_(talk))


def is_mine(actie: type[Actie]) -> ColumnElement[bool]:
    """Return that the reader is to do an actie."""
    return actie.eigenaar_id == MEDEWERKER


def is_by_reader(feit: Any) -> ColumnElement[bool]:
    """Return that a fact is the reader's own work."""
    own: ColumnElement[bool] = feit.medewerker_id == MEDEWERKER
    return own


def runs_today(uitstel: type[Uitstel]) -> ColumnElement[bool]:
    """Return that what has a first day and a day on which it is over holds today."""
    return (uitstel.datum <= VANDAAG) & (uitstel.tot > VANDAAG)


def is_done(actie: type[Actie]) -> ColumnElement[bool]:
    """Return that an actie was done."""
    return actie.gedaan_op.is_not(None)


def is_to_do(actie: type[Actie]) -> ColumnElement[bool]:
    """Return that an actie was not done yet."""
    return ~is_done(actie)


def says_words(gesprek: type[Kindgesprek]) -> ColumnElement[bool]:
    """Return that of a kindgesprek stands what the child said, or what it wants."""
    return or_(gesprek.stem_van_het_kind != "", gesprek.wat_wil_het_kind != "")


def is_about_vgb(actie: type[Actie]) -> ColumnElement[bool]:
    """Return that an actie came with the withdrawal of a VGB."""
    return actie.vgb_id.is_not(None)


def waits(uitzondering: type[Uitzondering]) -> ColumnElement[bool]:
    """Return that an uitzondering has not ended and that nobody approved it."""
    return uitzondering.goedgekeurd_door.is_(None) & is_not_over(uitzondering)


def is_not_over(uitzondering: type[Uitzondering]) -> ColumnElement[bool]:
    """Return that an uitzondering has not ended."""
    return uitzondering.herzien_uiterlijk >= VANDAAG


def is_of_another(uitzondering: type[Uitzondering]) -> ColumnElement[bool]:
    """Return that another than the reader made an uitzondering: who made it never approves it."""
    return uitzondering.opgesteld_door != MEDEWERKER

"""The stored deadlines of a peildatum in SQL, once for every list: which segment holds, and which stand it gives."""

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Date, and_, bindparam, or_

from app.models import Termijn
from app.models.periode import runs_on
from app.norms.standen import LANG_DAGEN
from app.terms import Stand, Zwaarte

PEILDATUM = bindparam("peildatum", type_=Date)
#: in a list the place of what is never due: after every day that a rule can give
NOOIT: Final = date(9999, 12, 31)
_LATE = Termijn.uiterlijk < PEILDATUM


def holds_on_peildatum(segment: type[Termijn] = Termijn) -> ColumnElement[bool]:
    """Return that a stored segment holds ``:peildatum``."""
    return runs_on(segment, PEILDATUM)


def is_late_opvolging(segment: type[Termijn] = Termijn) -> ColumnElement[bool]:
    """Return that somebody should have acted by then, as a stored segment says."""
    return and_(segment.voorrang == 0, segment.uiterlijk < PEILDATUM)


#: a stored segment on which somebody must still act: an aanleiding that is not answered
IS_OPEN_OPVOLGING = and_(Termijn.voorrang == 0, Termijn.uiterlijk.is_not(None))
#: … and on which it is too late
IS_LATE_OPVOLGING = is_late_opvolging()
#: stand → the condition on a stored segment, as ``app.norms.judge.decide_stand`` makes it
STAND = {
    Stand.TE_LAAT: and_(_LATE, Termijn.uitzondering_id.is_(None)),
    Stand.UITZONDERING: and_(_LATE, Termijn.uitzondering_id.is_not(None)),
    Stand.NADERT: and_(Termijn.nadert_vanaf <= PEILDATUM, Termijn.uiterlijk >= PEILDATUM),
    Stand.OP_TIJD: or_(Termijn.uiterlijk.is_(None), Termijn.nadert_vanaf > PEILDATUM),
}
#: a stored segment of zwaarte norm that is late
IS_LATE_NORM = and_(Termijn.zwaarte == Zwaarte.NORM, STAND[Stand.TE_LAAT])
#: … and has been so for long, as ``app.norms.aandacht.is_overdue_by_weeks`` says it
IS_LATE_FOR_LONG = and_(IS_LATE_NORM, Termijn.uiterlijk < PEILDATUM - LANG_DAGEN)

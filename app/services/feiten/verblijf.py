"""Where a child lives: full-time in one place at a time, for as long as what happened there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.invoer.datums import fault_around_events
from app.models import Plaatsing
from app.models.soorten import SOORTEN
from app.models.versions import holds
from app.terms import PlaatsingVorm

Values = Mapping[str, Any]


class PlaatsingOverlapt(Conflict):
    """A child would have two voltijd or crisis plaatsingen at once."""

    code = "overlap"
    detail = "Het kind heeft in deze periode al een andere voltijd- of crisisplaatsing. Beëindig die eerst."


class FeitenBuitenPeriode(Conflict):
    """Talks, checks or visits would fall outside their plaatsing."""

    code = "datum_buiten_periode"
    detail = "Er zijn gesprekken, checks of bezoeken vastgelegd die buiten deze periode vallen. Corrigeer die eerst."


def check_plaatsing(session: Session, values: Values, feit_id: int | None) -> None:
    """Check a plaatsing against the child's other ones and against the events that belong to it.

    Raises:
        PlaatsingOverlapt: two voltijd or crisis plaatsingen would hold on one day.
        FeitenBuitenPeriode: events would fall outside.
    """
    van, tot = values["van"], values["tot"]
    if values["vorm"] != PlaatsingVorm.DEELTIJD:
        other = select(Plaatsing.id).where(
            Plaatsing.pleegkind_id == values["pleegkind_id"],
            Plaatsing.vorm != PlaatsingVorm.DEELTIJD,
            or_(Plaatsing.tot.is_(None), Plaatsing.tot > van),
            *([Plaatsing.van < tot] if tot else []),
            *([Plaatsing.feit_id != feit_id] if feit_id else []),
            holds(Plaatsing),
        )
        if van != tot and session.execute(other.limit(1)).first():
            raise PlaatsingOverlapt
    days = _days_of_events(session, feit_id) if feit_id is not None else []
    if days and fault_around_events(van, tot, min(days), max(days)) is not None:
        raise FeitenBuitenPeriode


def _days_of_events(session: Session, plaatsing: int) -> list[date]:
    """Return the first and last day of each kind of event in a plaatsing; none when there are none."""
    days: list[date] = []
    events: list[Any] = [soort.model for soort in SOORTEN.values() if soort.is_gebeurtenis]
    for kind in events:
        statement = select(func.min(kind.datum), func.max(kind.datum)).where(
            kind.plaatsing_id == plaatsing, holds(kind)
        )
        days += [day for day in session.execute(statement).one() if day is not None]
    return days

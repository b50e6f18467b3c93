"""What a plaatsing may not contradict: a child lives full-time in one place, and what happened there is in it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.invoer.datums import fault_around_events
from app.models import Plaatsing
from app.models.periode import overlaps
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

    Args:
        session: reads.
        values: what it would say.
        feit_id: of the plaatsing; None for a new one.

    Raises:
        PlaatsingOverlapt: two voltijd or crisis plaatsingen would hold on one day.
        FeitenBuitenPeriode: events would fall outside.
    """
    van, tot = values["van"], values["tot"]
    full_time, takes_days = values["vorm"] != PlaatsingVorm.DEELTIJD, van != tot
    if full_time and takes_days and _lives_elsewhere(session, values["pleegkind_id"], van, tot, feit_id):
        raise PlaatsingOverlapt
    days = [] if feit_id is None else _days_of_events(session, feit_id)
    if days and fault_around_events(van, tot, min(days), max(days)) is not None:
        raise FeitenBuitenPeriode


def _lives_elsewhere(session: Session, kind: int, van: date, tot: date | None, own: int | None) -> bool:
    """Tell whether a child has another plaatsing in voltijd or crisis on a day of [van, tot)."""
    other = select(Plaatsing.id).where(
        Plaatsing.pleegkind_id == kind,
        Plaatsing.vorm != PlaatsingVorm.DEELTIJD,
        overlaps(Plaatsing.van, Plaatsing.tot, van, tot),
        *([Plaatsing.feit_id != own] if own else []),
        holds(Plaatsing),
    )
    return session.execute(other.limit(1)).first() is not None


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

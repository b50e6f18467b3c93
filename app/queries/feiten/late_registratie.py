"""What was recorded late: first recorded more than ``LAAT_DAGEN`` after the day itself (``normen.md`` §3), in SQL."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session

from app.db.days import day_of
from app.db.rows import Expression
from app.models.soorten import SOORTEN, FeitSoort
from app.norms.kwartaaltoets.kwartaal import LAAT_DAGEN

#: Kinds for which late recording is a figure of its own (``normen.md`` §6).
LATE_SOORTEN = tuple(soort for soort in SOORTEN.values() if soort.telt_laat)


def said_since(session: Session, soort: FeitSoort, version: Any) -> datetime:
    """Return the moment that counts of a version of a fact: of this file, or of the one it was moved from."""
    model = soort.model
    since = _since(model, getattr(model, soort.dag or "datum"), soort.dag or "datum")
    first: datetime = session.execute(select(since).where(model.id == version.id)).scalar_one()
    return first


def is_late(soort: FeitSoort, model: Any, day: Expression[date] | None) -> ColumnElement[bool]:
    """Return whether a version of a fact was first recorded more than ``LAAT_DAGEN`` after it happened.

    The first version's moment counts, unless a correction changed the day: then that correction's. Of what an import
    brought without saying when it was recorded, its own day; of a fact that was moved here from another child's file,
    the moment at which that file said so first. What was said before a withdrawal counts no more when the fact came
    again.
    """
    if day is None or not soort.telt_laat:
        return literal_column("false")
    return recorded_on(soort, model) > day + LAAT_DAGEN


def recorded_on(soort: FeitSoort, model: Any) -> ColumnElement[date]:
    """Return the civil date on which a version of a fact was first said, by the rule of ``is_late``."""
    dag = soort.dag or "datum"
    return day_of(_since(model, getattr(model, dag), dag))


def _since(model: Any, day: Expression[date], dag: str) -> ColumnElement[datetime]:
    """Return the moment that counts of a version whose day stands in the column ``dag``."""
    versions, withdrawn = model.__table__.alias(), model.__table__.alias()
    gone = (
        exists()
        .where(
            _is_of(withdrawn.c, model.feit_id),
            withdrawn.c.ingetrokken,
            withdrawn.c.versie >= versions.c.versie,
            withdrawn.c.versie < model.versie,
        )
        .correlate_except(withdrawn)  # of this fact: left to itself it would be of any that was ever withdrawn
    )
    first = (
        select(_said_since(versions.c))
        .where(_is_of(versions.c, model.feit_id), versions.c[dag] == day, versions.c.versie <= model.versie, ~gone)
        .order_by(versions.c.versie)
        .limit(1)
        .scalar_subquery()
    )
    return case((model.versie == 1, _said_since(model)), else_=first)


def _is_of(version: Any, feit_id: Expression[int]) -> ColumnElement[bool]:
    """Return that a version is of a fact; in two parts, since each has an index."""
    return or_(version.id == feit_id, version.eerste_id == feit_id)


def _said_since(version: Any) -> ColumnElement[datetime]:
    """Return the moment of a version that counts."""
    return func.coalesce(version.eerst_vastgelegd_op, version.vastgelegd_op)

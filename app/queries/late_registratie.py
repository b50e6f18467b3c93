"""What was recorded late: first recorded more than 14 days after it happened (``normen.md`` §3), in SQL and once."""

from typing import Any

from sqlalchemy import Date, case, cast, exists, func, literal_column, select

from app.models.soorten import SOORTEN, FeitSoort

#: Kinds for which late recording is a figure of its own (``normen.md`` §6).
LATE_SOORTEN: tuple[FeitSoort, ...] = tuple(
    SOORTEN[naam]
    for naam in (
        "kindgesprek",
        "veiligheidscheck",
        "huisbezoek",
        "casuistiekbespreking",
        "ontwikkelbeeld",
        "hulpverleningsplan",
        "pleegoudervoogdgesprek",
    )
)
_AFTER_DAYS = 14


def is_late(soort: FeitSoort, model: Any, day: Any) -> Any:
    """Return whether a version of a fact was first recorded more than 14 days after it happened.

    The first version's moment counts, unless a correction changed the day: then that correction's. Of what an import
    brought without saying when it was recorded, its own day. What was said before a withdrawal counts no more when the
    fact came again.
    """
    if soort not in LATE_SOORTEN:
        return literal_column("false")
    versions, withdrawn = model.__table__.alias(), model.__table__.alias()
    gone = exists().where(
        func.coalesce(withdrawn.c.eerste_id, withdrawn.c.id) == model.feit_id,
        withdrawn.c.ingetrokken,
        withdrawn.c.versie >= versions.c.versie,
        withdrawn.c.versie < model.versie,
    )
    first = (
        select(_said_since(versions.c))
        .where(
            func.coalesce(versions.c.eerste_id, versions.c.id) == model.feit_id,
            versions.c[soort.dag] == day,
            versions.c.versie <= model.versie,
            ~gone,
        )
        .order_by(versions.c.versie)
        .limit(1)
        .scalar_subquery()
    )
    since = case((model.versie == 1, _said_since(model)), else_=first)
    return cast(func.timezone("Europe/Amsterdam", since), Date) > day + _AFTER_DAYS


def _said_since(version: Any) -> Any:
    """Return the moment of a version that counts."""
    return func.coalesce(version.eerst_vastgelegd_op, version.vastgelegd_op)

"""Which periods run on a day, in SQL: the one place that says what ``norms.calendar.is_active`` says of facts.

A period is half-open, [van, tot): on the day ``tot`` it runs no longer. Without ``tot`` it goes on.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_


def ends_after(tot: Any, dag: Any) -> ColumnElement[bool]:
    """Return that the end of a period lies after a day, or is open.

    Args:
        tot: the column that holds it.
        dag: a date, or what is one in SQL.
    """
    return or_(tot.is_(None), tot > dag)


def runs_after(period: Any, dag: Any) -> ColumnElement[bool]:
    """Return that a period has not ended by a day; it may not have begun.

    Args:
        period: whatever has the columns ``van`` and ``tot``: a model, an alias of one, the columns of a subquery.
        dag: a date, or what is one in SQL.
    """
    return ends_after(period.tot, dag)


def runs_on(period: Any, dag: Any) -> ColumnElement[bool]:
    """Return that a period has begun by a day and not ended."""
    return and_(period.van <= dag, runs_after(period, dag))

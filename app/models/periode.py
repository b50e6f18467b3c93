"""Which periods run on a day, in SQL: the one place that says what ``norms.calendar.is_active`` says of facts.

A period is half-open, [van, tot): on the day ``tot`` it runs no longer. Without ``tot`` it goes on.
"""

from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, or_

#: a day, or what is one in SQL
Dag: TypeAlias = date | SQLColumnExpression[date]


def ends_after(tot: SQLColumnExpression[date] | SQLColumnExpression[date | None], dag: Dag) -> ColumnElement[bool]:
    """Return that the end of a period lies after a day, or is open.

    Args:
        tot: the column that holds it.
        dag: the day.
    """
    return or_(tot.is_(None), tot > dag)


def runs_after(period: Any, dag: Dag) -> ColumnElement[bool]:
    """Return that a period has not ended by a day; it may not have begun.

    Args:
        period: whatever has the columns ``van`` and ``tot``: a model, an alias of one, the columns of a subquery.
        dag: the day.
    """
    return ends_after(period.tot, dag)


def runs_on(period: Any, dag: Dag) -> ColumnElement[bool]:
    """Return that a period has begun by a day and not ended."""
    return and_(period.van <= dag, runs_after(period, dag))


def overlaps(
    begin: SQLColumnExpression[date], end: SQLColumnExpression[date | None], van: date, tot: date | None
) -> ColumnElement[bool]:
    """Return that a period has a day in common with [van, tot): not when it has none, taken back before it began.

    Args:
        begin: the column of its first day.
        end: what holds its end.
        van: the first day of the other, which has one.
        tot: its end; None: it goes on.
    """
    begins_before = [] if tot is None else [begin < tot]
    return and_(ends_after(end, van), ends_after(end, begin), *begins_before)

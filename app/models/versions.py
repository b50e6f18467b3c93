"""Which version of a fact holds: the one place that says so in SQL.

A version holds at moment K when it was recorded at or before K, no version recorded at or before K replaces it,
and it is not a withdrawal. Without K: everything recorded so far. ``vervangt_id`` is unique, so the chain of
versions cannot fork, and corrections are few, so the anti-join costs next to nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, FromClause, and_, inspect, not_, select

from app.models.among import one_by_one


@dataclass(frozen=True, slots=True)
class RowByRow:
    """A moment of knowledge, in a statement that reads few rows of a large table.

    Of each row it looks up whether that was replaced. Left to itself PostgreSQL may join with every correction there
    is, since a plan for all values does not know how few rows are asked for: that took twice as long at 2,000 children
    and would take longer at each more.

    Attributes:
        moment: None for now.
    """

    moment: datetime | BindParameter[Any] | None = None


BekendOp = datetime | BindParameter[Any] | RowByRow | None


@lru_cache(maxsize=64)
def _later(table: FromClause) -> FromClause:
    """Return the alias for later versions, made once: it costs more than the rest of a statement."""
    return table.alias()


def newest(model: Any, bekend_op: BekendOp = None) -> ColumnElement[bool]:
    """Return the condition that a row of ``model`` is its fact's newest version at ``bekend_op``, withdrawn or not.

    Args:
        model: a subclass of ``Feit`` or an alias of one.
        bekend_op: the moment of knowledge (aware datetime or bind parameter), or None for now.
    """
    few = isinstance(bekend_op, RowByRow)
    moment = bekend_op.moment if isinstance(bekend_op, RowByRow) else bekend_op
    # Columns of tables: nothing here is an entity, and to compile it as if it were doubles the time.
    later, row = _later(inspect(model).mapper.local_table).c, inspect(model).selectable.c
    # Of ``later`` the key alone: SELECT * asks for a right to every column, and inspecteurs have none to names.
    replaced = select(later.id).where(later.vervangt_id == row.id)
    if moment is not None:
        replaced = replaced.where(later.vastgelegd_op <= moment)
    known = [] if moment is None else [row.vastgelegd_op <= moment]
    return and_(*known, not_(one_by_one(replaced) if few else replaced.exists()))


def holds(model: Any, bekend_op: BekendOp = None) -> ColumnElement[bool]:
    """Return the condition that a row of ``model`` is what the file says at ``bekend_op``."""
    return and_(newest(model, bekend_op), not_(model.ingetrokken))

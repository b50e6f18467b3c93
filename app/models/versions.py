"""Which version of a fact holds: the one place that says so in SQL.

A version holds at moment K when it was recorded at or before K, no version recorded at or before K replaces it,
and it is not a withdrawal. Without K: everything recorded so far. ``vervangt_id`` is unique, so the chain of
versions cannot fork, and corrections are few, so the anti-join costs next to nothing.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, exists, inspect, not_
from sqlalchemy.orm import aliased

BekendOp = datetime | BindParameter[Any] | None


@lru_cache(maxsize=64)
def _later(entity: Any) -> Any:
    """Return the alias for later versions, made once: it costs more than the rest of a statement."""
    return aliased(entity)


def newest(model: Any, bekend_op: BekendOp = None) -> ColumnElement[bool]:
    """Return the condition that a row of ``model`` is its fact's newest version at ``bekend_op``, withdrawn or not.

    Args:
        model: a subclass of ``Feit`` or an alias of one.
        bekend_op: the moment of knowledge (aware datetime or bind parameter), or None for now.
    """
    later = _later(inspect(model).mapper.class_)
    # Of ``later`` the key alone: SELECT * asks for a right to every column, and inspecteurs have none to names.
    replaced = [later.vervangt_id == model.id]
    if bekend_op is None:
        return not_(exists(later.id).where(*replaced))
    replaced.append(later.vastgelegd_op <= bekend_op)
    return and_(model.vastgelegd_op <= bekend_op, not_(exists(later.id).where(*replaced)))


def holds(model: Any, bekend_op: BekendOp = None) -> ColumnElement[bool]:
    """Return the condition that a row of ``model`` is what the file says at ``bekend_op``."""
    return and_(newest(model, bekend_op), not_(model.ingetrokken))

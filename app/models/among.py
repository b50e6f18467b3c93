"""Two ways to say how a condition on other rows is asked, where a plan for all values cannot know how few there are.

As a join, or an ``IN``, it may walk every row of a large table. Of keys in an array PostgreSQL takes for granted that
they are few; what has an offset, be it of none, it makes no join of.
"""

from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, CompoundSelect, Select, func, literal_column


def is_among(key: Any, found: Select[Any] | CompoundSelect[Any]) -> ColumnElement[bool]:
    """Return that a key is one of those that a select of one column finds: looked up once, and by those keys the rows.

    Args:
        key: a column of bigint.
        found: does not refer to the row of ``key``.
    """
    among: ColumnElement[bool] = func.array(found.scalar_subquery(), type_=ARRAY(BigInteger)).any_() == key
    return among


def one_by_one(found: Select[Any]) -> ColumnElement[bool]:
    """Return that a select finds something, asked of each row around it by itself: of few rows, of a large table.

    Args:
        found: refers to the row around it, by a column that has an index.
    """
    return found.offset(literal_column("0")).exists()

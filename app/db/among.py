"""Rows whose key is among those that another select finds: looked up once, and by those keys the rows.

As a join, or an ``IN``, a plan for all values may walk every row of a large table to ask it of each: it does not know
how few are found. Of an array it takes for granted that they are few.
"""

from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, CompoundSelect, Select, func


def is_among(key: Any, found: Select[Any] | CompoundSelect[Any]) -> ColumnElement[bool]:
    """Return that a key is one of those that a select of one column finds.

    Args:
        key: a column of bigint.
        found: does not refer to the row of ``key``.
    """
    among: ColumnElement[bool] = func.array(found.scalar_subquery(), type_=ARRAY(BigInteger)).any_() == key
    return among

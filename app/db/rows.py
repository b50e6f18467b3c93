"""What SQLAlchemy has no type for: rows that are read by the names of their columns, and the selects that give them.

The names of columns are texts to it, so that no type says which of them a row has: that says the docstring of whoever
gives the rows. A select of one column, and one whose rows are read by position, has a type of its own.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Row, Select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.selectable import LateralFromClause

T = TypeVar("T")

#: a select of several columns, or of a model that is known only when it is asked
Rows: TypeAlias = Select[*tuple[Any, ...]]
#: a column of a model, or what is made of columns
Expression: TypeAlias = ColumnElement[T] | InstrumentedAttribute[T]
#: more columns than ``select`` can tell the types of
Columns: TypeAlias = list[Any]
#: a select that is joined to each row of what stands before it
Lateral: TypeAlias = LateralFromClause
#: one of its rows, with its columns as attributes
NamedRow: TypeAlias = Row[Any]
#: a row, or a fact, by the names of its columns
Regel: TypeAlias = Mapping[str, Any]
#: what the parameters of a statement are, by name
Parameters: TypeAlias = dict[str, Any]

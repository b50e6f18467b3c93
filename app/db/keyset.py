"""Pages of a list by the keys of its last row, not by counting: stable, and as quick far away.

A list has a fixed order on keys that are never NULL and end with one that is unique (coalesce what may be
empty). The statements are built once per list and kept; only their parameters change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Row, RowMapping, Select, and_, bindparam, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.db.statement import FastStatement
from app.db.statement import Row as Fast
from app.errors import BadInput, Fault

R = TypeVar("R")
Scalar = str | int | bool


@dataclass(frozen=True, slots=True)
class Page:
    """Which page is asked.

    Attributes:
        limit: rows wanted, 1..200.
        keys: the key values of the row it starts beside, as JSON scalars; None for the first page.
        backwards: the page before that row instead of after it.
    """

    limit: int = 25
    keys: tuple[Scalar, ...] | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Window(Generic[R]):
    """The rows of a page in the list's order, and the keys to go on with (None: nothing there)."""

    rows: Sequence[R]
    next: tuple[Scalar, ...] | None = None
    prev: tuple[Scalar, ...] | None = None


@dataclass(frozen=True)
class Key:
    """One sort key: the name by which a row gives its value, the SQL expression, and the direction."""

    name: str
    column: ColumnElement[Any] | InstrumentedAttribute[Any]
    descending: bool = False


class BadCursor(BadInput):
    """A cursor that this list did not give."""

    def __init__(self) -> None:
        super().__init__(Fault("query", "cursor", "ongeldige_cursor", "Deze cursor hoort niet bij deze lijst."))


class KeysetQuery:
    """A select with its order, ready to give any page.

    Args:
        statement: scoped and filtered, without order and limit; selects each key under its name.
        keys: the order; the last key makes it unique.
    """

    _PARSERS: ClassVar[Mapping[type, Any]] = {
        date: date.fromisoformat,
        datetime: datetime.fromisoformat,
        UUID: UUID,
    }

    def __init__(self, statement: Select[*tuple[Any, ...]], *keys: Key) -> None:
        self._statement = statement
        self._keys = keys
        self._selects: dict[str, Select[Any]] = {}
        self._compiled: dict[str, FastStatement] = {}
        names = [column.key for column in statement.selected_columns]
        self._positions = [names.index(key.name) for key in keys]

    def fetch(self, session: Session, page: Page, parameters: Mapping[str, Any] | None = None) -> Window[Row[Any]]:
        """Run the statement for one page, reading one row more than asked to know whether there is another.

        Raises:
            BadCursor: when the keys are not of the types of this list.
        """
        rows = session.execute(self._select(page), self._bound(page, parameters or {})).all()
        return self.window(rows, page)

    def fetch_mappings(
        self, session: Session, page: Page, parameters: Mapping[str, Any] | None = None
    ) -> Window[RowMapping]:
        """Do the same for who adds something to each row: rows are mappings."""
        rows = session.execute(self._select(page), self._bound(page, parameters or {})).mappings().all()
        return self.window(rows, page)

    def fetch_fast(self, session: Session, page: Page, parameters: Mapping[str, Any] | None = None) -> Window[Fast]:
        """Do the same on psycopg itself (``app.db.statement``): rows are plain tuples."""
        place = self._place(page)
        if place not in self._compiled:
            self._compiled[place] = FastStatement(self._select(page))
        bound = self._bound(page, parameters or {})
        return self.window(self._compiled[place].rows(session, **bound), page)

    def first_page(self) -> Select[Any]:
        """Return the statement for the first page; ``:_limit`` says how many rows."""
        return self._select(Page())

    def window(self, rows: Sequence[R], page: Page) -> Window[R]:
        """Return the window for at most ``limit + 1`` rows in the order in which they were read."""
        more, kept = len(rows) > page.limit, rows[: page.limit]
        if page.backwards:
            kept = kept[::-1]
        if not kept:
            return Window(kept)
        later = page.backwards or more
        earlier = more if page.backwards else page.keys is not None
        return Window(
            kept,
            next=self._values(kept[-1]) if later else None,
            prev=self._values(kept[0]) if earlier else None,
        )

    def _place(self, page: Page) -> str:
        if page.keys is None:
            return "first"
        return "before" if page.backwards else "after"

    def _select(self, page: Page) -> Select[Any]:
        """Return the statement for this kind of page, built once."""
        place = self._place(page)
        if place not in self._selects:
            self._selects[place] = self._build(page)
        return self._selects[place]

    def _build(self, page: Page) -> Select[Any]:
        beside = [] if page.keys is None else [beyond(self._keys, backwards=page.backwards)]
        statement = self._statement.where(*beside).order_by(*order_of(self._keys, backwards=page.backwards))
        return limited(statement)

    def _bound(self, page: Page, parameters: Mapping[str, Any]) -> dict[str, Any]:
        bound = {**parameters, "_limit": page.limit + 1}
        if page.keys is None:
            return bound
        if len(page.keys) != len(self._keys):
            raise BadCursor
        for i, key in enumerate(self._keys):
            bound[f"_key{i}"] = self._parse(key, page.keys[i])
        return bound

    def _parse(self, key: Key, value: Scalar) -> object:
        wanted = key.column.type.python_type
        if type(value) is not (wanted if wanted in (int, bool) else str):
            raise BadCursor
        try:
            return self._PARSERS[wanted](value) if wanted in self._PARSERS else value
        except ValueError:
            raise BadCursor from None

    def _values(self, row: object) -> tuple[Scalar, ...]:
        if isinstance(row, tuple):  # a Row too
            return tuple(_scalar(row[position]) for position in self._positions)
        if isinstance(row, Mapping):
            return tuple(_scalar(row[key.name]) for key in self._keys)
        return tuple(_scalar(getattr(row, key.name)) for key in self._keys)


def limited(statement: Select[Any]) -> Select[Any]:
    """Return the statement for the rows of one page, and one more."""
    return statement.limit(bindparam("_limit", type_=Integer))


def order_of(keys: Sequence[Key], *, backwards: bool) -> list[ColumnElement[Any]]:
    """Return the order, or its reverse."""
    return [key.column.desc() if key.descending != backwards else key.column.asc() for key in keys]


def beyond(keys: Sequence[Key], *, backwards: bool, first: int = 0) -> ColumnElement[bool]:
    """Return "after these keys": one row comparison, which an index can use, when all go the same way.

    Args:
        keys: the order.
        backwards: before them instead.
        first: the place of the first of them among the keys of a page.
    """
    marks = [bindparam(f"_key{i}", type_=key.column.type) for i, key in enumerate(keys, start=first)]
    columns = [key.column for key in keys]
    if len({key.descending for key in keys}) == 1:
        row, mark = tuple_(*columns), tuple_(*marks)
        return row < mark if keys[0].descending != backwards else row > mark
    steps = []
    for i, key in enumerate(keys):
        step = columns[i] < marks[i] if key.descending != backwards else columns[i] > marks[i]
        steps.append(and_(*(columns[j] == marks[j] for j in range(i)), step))
    return or_(*steps)


def _scalar(value: object) -> Scalar:
    if isinstance(value, Enum):
        return _scalar(value.value)
    if isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)

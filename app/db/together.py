"""Several lists in one statement: a page that shows ten things still asks the database once for them.

Each list comes as JSON, and its values are made again what they are by the types of its columns.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Date, DateTime, Enum, Integer, LargeBinary, Select, String, Uuid, func, select
from sqlalchemy.orm import Session
from sqlalchemy.types import JSON, TypeEngine

from app.db.keyset import KeysetQuery

_Read = Callable[[Any], Any]
_PLAIN: Final = (String, Integer, Boolean, JSON)


def _bytes_of(text: str) -> bytes:
    """Return what PostgreSQL writes in hexadecimal digits."""
    return bytes.fromhex(text.removeprefix("\\x"))


_READERS: Final[Mapping[type[TypeEngine[Any]], _Read]] = {
    Uuid: UUID,
    DateTime: datetime.fromisoformat,
    Date: date.fromisoformat,
    LargeBinary: _bytes_of,
}
Gelezen = Mapping[str, list[dict[str, Any]]]


class Together:
    """Lists that are read by one statement; parameters of the same name have one value for all of them.

    Args:
        lists: by name a list of which the first page is wanted, or a select that is wanted whole.
    """

    def __init__(self, **lists: KeysetQuery | Select[*tuple[Any, ...]]) -> None:
        selects = {name: one.first_page() if isinstance(one, KeysetQuery) else one for name, one in lists.items()}
        self._columns = {name: _readers_of(one) for name, one in selects.items()}
        self._statement = select(*(_as_json(one).label(name) for name, one in selects.items()))

    def read(self, session: Session, limit: int, parameters: Mapping[str, Any]) -> Gelezen:
        """Return by name the rows of each list, of a page at most ``limit``."""
        row = session.execute(self._statement, {**parameters, "_limit": limit}).mappings().one()
        return {name: self._rows(name, row[name] or []) for name in row}

    def _rows(self, name: str, values: list[list[Any]]) -> list[dict[str, Any]]:
        columns = self._columns[name].items()
        return [
            {key: None if value is None else read(value) for (key, read), value in zip(columns, one, strict=True)}
            for one in values
        ]


def _as_json(statement: Select[*tuple[Any, ...]]) -> Any:
    rows = statement.subquery()
    return select(func.json_agg(func.json_build_array(*rows.c))).select_from(rows).scalar_subquery()


def _readers_of(statement: Select[*tuple[Any, ...]]) -> dict[str, _Read]:
    return {column.key: _reader_of(column.type) for column in statement.subquery().c}


def _reader_of(kind: TypeEngine[Any]) -> _Read:
    """Return what makes a value of a type again of what JSON says of it.

    Raises:
        TypeError: nothing here knows how.
    """
    if isinstance(kind, ARRAY):
        each = _reader_of(kind.item_type)
        return lambda values: [None if value is None else each(value) for value in values]
    if isinstance(kind, Enum) and kind.enum_class is not None:
        return kind.enum_class
    for known, read in _READERS.items():
        if isinstance(kind, known):
            return read
    if isinstance(kind, _PLAIN):
        return _itself
    raise TypeError(kind)


def _itself(value: Any) -> Any:
    return value

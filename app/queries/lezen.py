"""Reading very many rows in order, a piece at a time, on the session's own connection and snapshot."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

_PIECE = 2000
_names = count()


@contextmanager
def streaming(session: Session, statement: str, parameters: Mapping[str, Any]) -> Iterator[Iterator[tuple[Any, ...]]]:
    """Give an iterator over the rows of a statement in psycopg's own form; the server keeps what is not read yet."""
    driver: Any = session.connection().connection.driver_connection
    with driver.cursor(name=f"lezen_{next(_names)}") as cursor:
        cursor.itersize = _PIECE
        cursor.execute(statement, parameters)
        yield cursor

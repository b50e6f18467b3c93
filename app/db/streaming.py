"""Reading very many rows in order, a piece at a time, on the session's own connection and snapshot."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

_PIECE = 2000  # rows that are fetched at a time
_ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_names = count()


def read_one_moment(session: Session) -> None:
    """Let everything that this transaction reads be of one moment; must come first in it."""
    session.connection(execution_options=_ONE_MOMENT)


@contextmanager
def streaming(
    session: Session, statement: str, parameters: Mapping[str, Any], *, to_the_end: bool = False
) -> Iterator[Iterator[tuple[Any, ...]]]:
    """Give an iterator over the rows of a statement in psycopg's own form; the server keeps what is not read yet.

    Args:
        session: reads.
        statement: in psycopg's form.
        parameters: by name.
        to_the_end: plan for all rows instead of for a tenth of them soon, which over partitions costs a hundredfold.
    """
    driver: Any = session.connection().connection.driver_connection
    if to_the_end:
        driver.execute("SET LOCAL cursor_tuple_fraction = 1")
    with driver.cursor(name=f"lezen_{next(_names)}") as cursor:
        cursor.itersize = _PIECE
        cursor.execute(statement, parameters)
        yield cursor

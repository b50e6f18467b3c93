"""Compiled statements for hot reads: built once at import, run on psycopg itself, rows as plain tuples.

SQLAlchemy's Row costs more than fetching the row; for lists and for judging thousands of children that is the
larger half of the time. The statement is still a Core statement: one language for all queries.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ClauseElement, Connection
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.orm import Session

Row = tuple[Any, ...]

_DIALECT = PGDialect_psycopg(paramstyle="pyformat")  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped


class FastStatement:
    """A Core statement compiled to psycopg's own form; parameters are given by name."""

    def __init__(self, statement: ClauseElement) -> None:
        """Compile ``statement``; literals in it become constants of the compiled form."""
        compiled = statement.compile(dialect=_DIALECT)
        self.sql = str(compiled)
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}

    def parameters(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters as psycopg wants them."""
        return {**self._constants, **values}

    def rows(self, session: Session, **values: Any) -> list[Row]:
        """Run on the session's connection and return every row as a tuple."""
        rows: list[Row] = self._cursor(session, values).fetchall()
        return rows

    def run(self, session: Session, **values: Any) -> None:
        """Run on the session's connection a statement that gives no rows."""
        self._cursor(session, values)

    def commit(self, connection: Connection, **values: Any) -> None:
        """Run on a connection in autocommit, where a statement is its own transaction."""
        driver: Any = connection.connection.driver_connection
        driver.execute(self.sql, self.parameters(values))

    def _cursor(self, session: Session, values: Mapping[str, Any]) -> Any:
        connection: Any = session.connection().connection.driver_connection
        return connection.execute(self.sql, self.parameters(values))

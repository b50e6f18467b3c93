"""What stands in the database: to see that something was written, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import psycopg
from sqlalchemy import Engine, text

from app.db.statement import FastStatement
from app.models import Base
from tests.api.client import Gebruiker

LOG = frozenset({"inzage", "inzage_afloop"})
#: what grows by asking: the access log, and how far an import is
_BESIDE = LOG | {"importstand"}
_TABLES = sorted(Base.metadata.tables)
_COUNT = text(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in _TABLES))


def count_rows(engine: Engine) -> dict[str, int]:
    """Return how many rows every table has, and how often anything was recorded."""
    with engine.connect() as connection:
        counted = {str(name): int(number) for name, number in connection.execute(_COUNT)}
        recorded = connection.execute(text("SELECT coalesce(sum(volgorde), 0) FROM vastlegteller")).scalar_one()
    return {**counted, "volgorde": int(recorded)}


def more_rows(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """Return by how much each table grew: what did not is left out, like the access log of every request."""
    grown = {name: after[name] - before[name] for name in after if name not in _BESIDE}
    return {name: more for name, more in grown.items() if more}


def more_looks(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """Return by how much the access log grew: intents and outcomes."""
    return {name: after[name] - before[name] for name in sorted(LOG) if after[name] != before[name]}


@contextmanager
def counting_statements() -> Iterator[list[str]]:
    """Gather every statement that goes to the database: SQLAlchemy and psycopg end at a cursor, fast ones at libpq.

    Telling the database for whom a transaction works (``app.db.namens``) asks it nothing, and is left out.
    """
    seen: list[str] = []
    original, send = psycopg.Cursor.execute, FastStatement.send

    def execute(self: Any, query: Any, *args: Any, **more: Any) -> Any:
        note(str(query))
        return original(self, query, *args, **more)

    def sent(self: FastStatement, *args: Any) -> Any:
        note(self.sql)
        return send(self, *args)

    def note(sql: str) -> None:
        if "set_config" not in sql:
            seen.append(sql)

    with mock.patch.object(psycopg.Cursor, "execute", execute), mock.patch.object(FastStatement, "send", sent):
        yield seen


@contextmanager
def counting_queries(who: Gebruiker | None = None) -> Iterator[list[str]]:
    """Gather what a request asks of the data: its two lines in the access log are beside that.

    Args:
        who: asks something first, since a process looks up once whose account it is.
    """
    if who is not None:
        who.get("/ik")
    with counting_statements() as seen:
        yield seen
    seen[:] = [sql for sql in seen if not sql.startswith("INSERT INTO inzage")]

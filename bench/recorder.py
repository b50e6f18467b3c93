"""What the application really sends to the database: recorded on psycopg itself, so that it is not retyped."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest.mock import patch

import psycopg

from app.db.statement import FastStatement

Connection = psycopg.Connection[Any]
COMMIT = "COMMIT"


class Step(NamedTuple):
    """One statement as psycopg got it.

    Attributes:
        sql: the statement, with psycopg's placeholders; ``COMMIT`` for the end of a transaction that stays.
        parameters: by name; a list of those when ``many``.
        many: it went through executemany.
        alone: it is a transaction of its own, on a connection of the access log.
    """

    sql: str
    parameters: Any
    many: bool = False
    alone: bool = False


class Recorder:
    """The statements since the last ``take``, with every COMMIT; psycopg's BEGIN and ROLLBACK are left out."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._known: dict[str, str] = {}

    def add(self, query: Any, parameters: Any, *, many: bool = False, alone: bool = False) -> None:
        """Keep one statement; equal texts are kept once, so that thousands of recordings stay small."""
        sql = query if isinstance(query, str) else str(query)
        self._steps.append(Step(self._known.setdefault(sql, sql), parameters, many, alone))

    def take(self) -> list[Step]:
        """Return the statements so far and forget them."""
        steps, self._steps = self._steps, []
        return steps


@contextmanager
def recording(*, keep: bool = True) -> Iterator[Recorder]:
    """Record every statement of this process.

    Args:
        keep: False turns every commit into a rollback: the statements are sent, and nothing stays.
    """
    recorder = Recorder()
    execute, executemany, commit = psycopg.Cursor.execute, psycopg.Cursor.executemany, psycopg.Connection.commit
    send = FastStatement.send

    def recorded(cursor: Any, query: Any, params: Any = None, **options: Any) -> Any:
        recorder.add(query, dict(params) if isinstance(params, dict) else params, alone=cursor.connection.autocommit)
        return execute(cursor, query, params, **options)

    def sent(statement: FastStatement, driver: Any, names: Any, values: Any) -> Any:
        recorder.add(statement.sql, dict(values), alone=driver.autocommit)
        return send(statement, driver, names, values)

    def recorded_many(cursor: Any, query: Any, params_seq: Any, **options: Any) -> Any:
        rows = list(params_seq)
        recorder.add(query, rows, many=True)
        return executemany(cursor, query, rows, **options)

    def ended(connection: Connection) -> None:
        recorder.add(COMMIT, None)
        if keep:
            commit(connection)
        else:
            connection.rollback()

    with (
        patch.object(psycopg.Cursor, "execute", recorded),
        patch.object(psycopg.Cursor, "executemany", recorded_many),
        patch.object(psycopg.Connection, "commit", ended),
        patch.object(FastStatement, "send", sent),
    ):
        yield recorder

"""Tell of every statement that a connection runs, on both roads that statements go (``app.db.statement``)."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

import psycopg

#: around a statement, or around COMMIT
Watch = Callable[[str], AbstractContextManager[object]]
_WATCH: Final = "pleegzicht_watch"
_NOBODY: Final = nullcontext()


def watch(connection: psycopg.Connection[Any], around: Watch) -> None:
    """Let a new connection tell of what it runs from now on."""
    commit = connection.commit  # of this one object already (``app.db.replicated``)

    def committed() -> None:
        with around("COMMIT"):
            commit()

    setattr(connection, _WATCH, around)
    connection.commit = committed  # type: ignore[method-assign] # on purpose, of this one object
    connection.cursor_factory = _WatchedCursor


def watched(connection: Any, statement: str) -> AbstractContextManager[object]:
    """Return what stands around one statement on a connection."""
    around: Watch | None = getattr(connection, _WATCH, None)
    return _NOBODY if around is None else around(statement)


class _WatchedCursor(psycopg.Cursor[Any]):
    def execute(self, query: Any, *args: Any, **options: Any) -> "_WatchedCursor":
        with watched(self.connection, query if isinstance(query, str) else ""):
            return super().execute(query, *args, **options)

    def executemany(self, query: Any, *args: Any, **options: Any) -> None:
        with watched(self.connection, query if isinstance(query, str) else ""):
            super().executemany(query, *args, **options)

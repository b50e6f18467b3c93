"""What is acknowledged is on two nodes, where the server replicates synchronously (promise A).

PostgreSQL waits at a commit until a standby has it, however long. When somebody cuts that wait short, as
``pg_cancel_backend`` does, it says that the commit succeeded and adds a warning: committed here, maybe nowhere else.
Whoever believes that has promised what is gone when another node takes over. So that warning is an error here; who gets
503 tries again with the same key.
"""

import weakref
from typing import Any, Final

import psycopg

#: where in PostgreSQL the warning comes from: its words are in the language of the server
_WAIT: Final = "SyncRepWaitForLSN"
_CUT_SHORT = "pleegzicht_cut_short"


def watch_commits(connection: psycopg.Connection[Any]) -> None:
    """Let a new connection refuse a commit whose wait for a standby was cut short."""
    cut_short: list[str] = []
    commit, this = type(connection).commit, weakref.ref(connection)

    def note(said: psycopg.errors.Diagnostic) -> None:
        if said.source_function == _WAIT:
            cut_short.append(_WAIT)

    def committed() -> None:
        watched = this()  # who calls it holds it; held here too, it would never be counted away
        if watched is not None:
            commit(watched)
            require_replicated(watched)

    connection.add_notice_handler(note)
    # psycopg calls nothing after a commit, and its notices may not raise: so this connection's own commit asks.
    connection.commit = committed  # type: ignore[method-assign] # on purpose, of this one object
    setattr(connection, _CUT_SHORT, cut_short)


def require_replicated(connection: Any) -> None:
    """Refuse what was committed last when its wait for a standby was cut short.

    Raises:
        psycopg.OperationalError: it is committed, and maybe on this node alone.
    """
    cut_short: list[str] | None = getattr(connection, _CUT_SHORT, None)
    if cut_short:
        cut_short.clear()
        raise psycopg.OperationalError("committed, and not known to be on a standby")

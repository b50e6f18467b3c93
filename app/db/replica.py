"""A copy of the database that follows it, to read much from: it is read only when it has what was committed before.

Whoever asks has seen everything that was committed until now, and perhaps wrote it. So a reading says up to where the
database was when it began (``position_of``), and goes to the replica when that has come as far, or does within the
bound. Nobody needs to remember who wrote what: what you just recorded is in the answer, whichever gives it.
"""

import queue
import threading
import time
from functools import cached_property

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.db.sessions import INSPECTOR_ROLE, make_engine

#: seconds: a replica that was gone or too far behind is not waited for again so soon
AWAY = 5.0
#: seconds that an answer may take on top of the bound, before the machine counts as gone
_GRACE = 2.0
#: seconds between two looks at how far it has come
_PAUSE = 0.01
_POSITION = "SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_flush_lsn()::text END"
_HAS = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn, pg_is_in_recovery()"
_LAG = """
SELECT CASE WHEN pg_last_wal_replay_lsn() >= %s::pg_lsn THEN 0
    ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END
WHERE pg_is_in_recovery()
"""


def position_of(session: Session) -> str | None:
    """Return up to where the database of a session has everything on disk; None when it follows another itself."""
    return position_on(session.connection())


def position_on(connection: Connection) -> str | None:
    """Return the same of a connection."""
    position: str | None = connection.exec_driver_sql(_POSITION).scalar_one()
    return position


class Replica:
    """One replica, as a process knows it."""

    def __init__(self, url: str, bound: float) -> None:
        """Connect to nothing yet.

        Args:
            url: SQLAlchemy URL.
            bound: seconds that it may be behind, and that a reading waits for it.
        """
        self._url, self._bound, self._away_until = url, bound, 0.0

    @cached_property
    def app(self) -> Engine:
        """To read with as the service does."""
        return make_engine(self._url, read_only=True)

    @cached_property
    def inspector(self) -> Engine:
        """To read with as an inspecteur does."""
        return make_engine(self._url, role=INSPECTOR_ROLE, read_only=True)

    @cached_property
    def _asked(self) -> Engine:
        """To ask how far it has come; each look is a transaction of its own, else it would see what it saw before."""
        return make_engine(self._url, role=INSPECTOR_ROLE, read_only=True, autocommit=True)

    def has(self, position: str | None) -> bool:
        """Tell whether it has all up to a position, waiting for it as long as it may be behind.

        One that is gone, hangs, is too far behind or follows nobody is left alone for a while.
        """
        if position is None or time.monotonic() < self._away_until:
            return False
        answer: queue.SimpleQueue[bool] = queue.SimpleQueue()
        # A machine that hangs answers nothing and refuses nothing: who waits for it must not hang too.
        threading.Thread(target=self._reach, args=(position, answer), daemon=True).start()
        try:
            there = answer.get(timeout=self._bound + _GRACE)
        except queue.Empty:
            there = False
        if not there:
            self._away_until = time.monotonic() + AWAY
        return there

    def _reach(self, position: str, answer: "queue.SimpleQueue[bool]") -> None:
        """Look until it has come to a position, follows nobody, or the bound is over, and put whether it has."""
        until = time.monotonic() + self._bound
        try:
            with self._asked.connect() as connection:
                there, follows = connection.exec_driver_sql(_HAS, (position,)).one()
                while follows and not there and time.monotonic() < until:
                    time.sleep(_PAUSE)
                    there, follows = connection.exec_driver_sql(_HAS, (position,)).one()
        except (SQLAlchemyError, psycopg.Error):
            there = False
        answer.put(bool(there))

    def lag(self, position: str | None) -> float | None:
        """Return how many seconds it is behind a position; None when it follows nobody.

        One that comes there while it is looked at is as far behind as that took: of a database in which nothing was
        recorded for an hour, the last that was replayed is an hour old.

        Raises:
            SQLAlchemyError: it does not answer.
        """
        began = time.monotonic()
        with self._asked.connect() as connection:
            found = connection.exec_driver_sql(_LAG, (position,)).scalar_one_or_none()
            while found and (waited := time.monotonic() - began) < self._bound:
                time.sleep(_PAUSE)
                found = connection.exec_driver_sql(_LAG, (position,)).scalar_one_or_none()
                if not found:
                    return waited
        return None if found is None else float(found)

    def dispose(self) -> None:
        """Close every connection that lies ready."""
        for made in vars(self).values():
            if isinstance(made, Engine):
                made.dispose()

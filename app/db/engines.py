"""The engines of one database: an application, a command or a test makes them from its settings, and passes them on.

Nothing else decides which database is meant: two applications in one process may each have their own.
"""

from functools import cached_property

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.db.replica import Replica, position_of
from app.db.sessions import INSPECTOR_ROLE, OPEN_POOL, OPEN_ROLE, SMALL_POOL, database_url, make_engine, on_psycopg
from app.settings import Settings


class Engines:
    """Each is made when it is first asked for: most processes need one or two, and the embedded server takes a second.

    Attributes:
        settings: say which database.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def url(self) -> str:
        """The database that is written, embedded where the settings name none: it is started, or joined."""
        return database_url(self.settings)

    @cached_property
    def app(self) -> Engine:
        """Of requests that read, which may take long."""
        return self._together(make_engine(self.url))

    @cached_property
    def write(self) -> Engine:
        """Of requests that write: connections of their own, so that who waits for an export still records."""
        return self._together(make_engine(self.url, pool_size=SMALL_POOL))

    @cached_property
    def log(self) -> Engine:
        """Of the access log: every statement commits, and soon gives up when the log is held.

        Connections of its own: a request that holds one to read with must never wait for another request that does.
        """
        return self._together(make_engine(self.url, autocommit=True, pool_size=SMALL_POOL))

    @cached_property
    def inspector(self) -> Engine:
        """Of inspecteurs: by a role that cannot write."""
        return self._together(make_engine(self.url, role=INSPECTOR_ROLE, read_only=True))

    @cached_property
    def open(self) -> Engine:
        """Of everybody: by a role that reads what went out and nothing else, and few at a time."""
        return self._together(make_engine(self.url, role=OPEN_ROLE, read_only=True, pool_size=OPEN_POOL))

    @cached_property
    def replica(self) -> Replica | None:
        """To read much from, where the settings name one."""
        url = self.settings.database_read_url
        return Replica(on_psycopg(url), self.settings.database_read_achterstand) if url else None

    @cached_property
    def work(self) -> Engine:
        """Of commands: the role of requests, without statement timeout."""
        return make_engine(self.url, long_work=True, pool_size=4)

    def owner(self) -> Engine:
        """Return a new engine that may change the schema; whoever asks disposes of it."""
        return make_engine(self.url, role=None, long_work=True, pool_size=1)

    def _together(self, engine: Engine) -> Engine:
        """Let every engine of requests forget its connections when one of this one was cut: all are to one server.

        Each would cost somebody a 503 otherwise, and an engine that is seldom asked long after.
        """

        @event.listens_for(engine, "invalidate")
        def _forget(*_connection: object) -> None:
            for made in list(vars(self).values()):  # another thread may make one meanwhile
                if isinstance(made, Engine) and made is not engine:
                    made.dispose()

        return engine

    def dispose(self) -> None:
        """Close every connection that lies ready."""
        for made in vars(self).values():
            if isinstance(made, Engine | Replica):
                made.dispose()


def replica_for(engines: Engines, session: Session) -> Replica | None:
    """Return the replica when it has all that the database of a session has by now."""
    replica = engines.replica
    return replica if replica is not None and replica.has(position_of(session)) else None

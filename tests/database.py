"""Databases for the tests: real PostgreSQL, built by the migrations, one for each worker.

The embedded server unless ``PLEEGZICHT_TEST_DATABASE_URL`` names another one (CI runs the suite on both). Tests
share a database and stay apart by their organisatie, as tenants do. The migrations run once in a run; every other
database is a copy of what they made.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.embedded import start_server
from app.db.namens import Namens, act_for
from app.db.statistics import refresh_statistics
from app.services.beheer import schema

_REPOSITORY = Path(__file__).parents[1]
_TEMPLATE = "pleegzicht_sjabloon_"


def server_url() -> str:
    """Return a psycopg URL of the server's ``postgres`` database."""
    given = os.environ.get("PLEEGZICHT_TEST_DATABASE_URL")
    if given:
        return given
    mark = hashlib.sha256(str(_REPOSITORY).encode()).hexdigest()[:8]
    return str(start_server(Path(tempfile.gettempdir()) / f"pleegzicht-tests-{mark}").get_uri("postgres"))


def create_database(name: str, template: str = "template0") -> str:
    """Create a database, in place of one of that name, and return its SQLAlchemy URL; it is empty unless copied."""
    server = server_url()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        # Nobody pulls the plug on a test; what must be durable is proved by drills on servers of their own.
        connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    return url_of(name)


def url_of(name: str) -> str:
    """Return the SQLAlchemy URL of a database."""
    url = make_url(server_url()).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def create_migrated(name: str) -> str:
    """Create a database as the migrations make it, in place of one of that name, and return its SQLAlchemy URL."""
    return create_database(name, _migrated())


@cache
def _migrated() -> str:
    """Return the name of the database that the migrations of this run made: by the first worker that asks."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)[:12]
    name, unfinished = f"{_TEMPLATE}{run}", f"{_TEMPLATE}in_wording"
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7312002)")
        found = [one for (one,) in connection.execute("SELECT datname FROM pg_database") if one.startswith(_TEMPLATE)]
        if name not in found:
            for older in found:
                connection.execute(f'DROP DATABASE "{older}" WITH (FORCE)')
            migrate(create_database(unfinished))
            connection.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


def migrate(url: str) -> None:
    """Bring a database up to date as its owner."""
    owner = sessions.make_engine(url, role=None)
    schema.upgrade(owner)
    owner.dispose()


def app_engine(url: str) -> Engine:
    """Return an engine as the application uses it, for as many at once as a test has writers."""
    return sessions.make_engine(url, long_work=True, pool_size=10)


class _NeverKept(Session):
    """A session whose commit shows what a commit would refuse, and keeps nothing."""

    def commit(self) -> None:
        self.flush()


@cache
def count_once(owner: Engine) -> None:
    """Let the planner know what stands in a database, after its first children; autovacuum does so a minute later.

    Until then PostgreSQL takes an organisatie for one of two hundred, and goes through all of it for each of its rows:
    with sixty children a page takes a second.
    """
    refresh_statistics(owner)


@contextmanager
def nothing_stays(engine: Engine, namens: Namens | None = None) -> Iterator[Session]:
    """Yield a session that may write and never commits, in the place of ``app.db.sessions.unit_of_work``."""
    with _NeverKept(engine, expire_on_commit=False, autoflush=False) as session:
        if namens is not None:
            act_for(session, namens)
        yield session

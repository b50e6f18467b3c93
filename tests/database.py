"""Databases for the tests: real PostgreSQL, built by the migrations, one for each worker.

The embedded server unless ``PLEEGZICHT_TEST_DATABASE_URL`` names another one (CI runs the suite on both). Tests
share a database and stay apart by their organisatie, as tenants do.
"""

import hashlib
import os
import tempfile
from pathlib import Path

import psycopg
from sqlalchemy import Engine, make_url

from app import db
from app.embedded import start_server
from app.services import schema

_REPOSITORY = Path(__file__).parents[1]


def server_url() -> str:
    """Return a psycopg URL of the server's ``postgres`` database."""
    given = os.environ.get("PLEEGZICHT_TEST_DATABASE_URL")
    if given:
        return given
    mark = hashlib.sha256(str(_REPOSITORY).encode()).hexdigest()[:8]
    return str(start_server(Path(tempfile.gettempdir()) / f"pleegzicht-tests-{mark}").get_uri("postgres"))


def create_database(name: str) -> str:
    """Create an empty database, in place of one of that name, and return its SQLAlchemy URL."""
    server = server_url()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
        # Nobody pulls the plug on a test; what must be durable is proved by drills on servers of their own.
        connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def migrate(url: str) -> None:
    """Bring a database up to date as its owner."""
    owner = db.make_engine(url, role=None)
    schema.upgrade(owner)
    owner.dispose()


def app_engine(url: str) -> Engine:
    """Return an engine as the application uses it."""
    return db.make_engine(url, long_work=True)

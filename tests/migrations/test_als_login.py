"""The login of ``docs/beheer.md``, which may make roles and is no superuser, makes the schema and acts as each role.

On a server of its own: roles are of the whole server, and on that of the other tests a superuser made them.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url, text

from app.db.embedded import start_server
from app.db.sessions import APP_ROLE, INSPECTOR_ROLE, OPEN_ROLE, OWNER_ROLE, make_engine
from app.services.beheer import schema


@pytest.fixture(scope="module")
def login() -> Iterator[URL]:
    """Return the address of an empty database for such a login."""
    with tempfile.TemporaryDirectory(prefix="pleegzicht-login-", ignore_cleanup_errors=True) as folder:
        server = start_server(Path(folder))
        uri = server.get_uri("postgres")
        try:
            with psycopg.connect(uri, autocommit=True) as connection:
                connection.execute("CREATE ROLE pleegzicht LOGIN CREATEROLE PASSWORD 'van deze server'")
                connection.execute("CREATE DATABASE pleegzicht OWNER pleegzicht TEMPLATE template0 ENCODING 'UTF8'")
            url = make_url(uri).set(drivername="postgresql+psycopg", database="pleegzicht")
            yield url.set(username="pleegzicht", password="van deze server")
        finally:
            server.stop()


def test_it_migrates_and_has_every_role(login: URL) -> None:
    url = login.render_as_string(hide_password=False)
    owner = make_engine(url, role=None, long_work=True)
    schema.upgrade(owner)
    with owner.connect() as connection:
        asked = text("SELECT rolsuper, pg_has_role(current_user, :role, 'USAGE') FROM pg_roles WHERE rolname = user")
        assert connection.execute(asked, {"role": OWNER_ROLE}).one() == (False, True)
    owner.dispose()
    for role in (APP_ROLE, INSPECTOR_ROLE, OPEN_ROLE):
        engine = make_engine(url, role=role)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT current_user")) == role
        engine.dispose()

"""Bring the database's schema up or down, and tell whether it is current."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

import app

_MIGRATIONS = Path(app.__file__).parents[1] / "migrations"
_LOCK = {"sleutel": 7312002}  # 7312001 is that of making the embedded database


def alembic_config() -> Config:
    """Return the Alembic configuration; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate up to ``revision``. ``engine`` must connect as the owner, without the app's role.

    Two commands may find the same fresh database: the second waits, and then has nothing left to do.
    """
    with engine.connect() as connection, _alone(connection):
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """Hold the lock of migrations on a connection; across transactions, since each migration has its own."""
    connection.execute(text("SELECT pg_advisory_lock(:sleutel)"), _LOCK)
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:sleutel)"), _LOCK)
        connection.commit()


def downgrade(engine: Engine, revision: str) -> None:
    """Migrate down to ``revision``; a step that would drop facts refuses."""
    with engine.connect() as connection, _alone(connection):
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def head_revision() -> str | None:
    """Return the newest revision that this code knows."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def current_revision(engine: Engine) -> str | None:
    """Return the revision of the database, or None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()

"""Bring the database's schema up or down, and tell whether it is current.

Alembic is imported where the schema changes: every command asks whether it is current, and that takes no more than the
names of the migrations.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

import app

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(app.__file__).parents[1] / "migrations"
_LOCK = {"sleutel": 7312002}  # 7312001 is that of making the embedded database


def alembic_config() -> "Config":
    """Return the Alembic configuration; there is no ini file."""
    from alembic.config import Config  # noqa: PLC0415 — see the module

    # Asked for now: Alembic's own default is what stdout was when it was imported, which may be closed since.
    config = Config(stdout=sys.stdout)
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate up to ``revision``. ``engine`` must connect as the owner, without the app's role.

    Two commands may find the same fresh database: the second waits, and then has nothing left to do.
    """
    from alembic import command  # noqa: PLC0415 — see the module

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
    from alembic import command  # noqa: PLC0415 — see the module

    with engine.connect() as connection, _alone(connection):
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def head_revision() -> str:
    """Return the newest revision that this code knows: migrations are one line, in the order of their names."""
    return max(path.name for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def is_current(engine: Engine) -> bool:
    """Tell whether the database has the schema that this code knows."""
    return current_revision(engine) == head_revision()


def current_revision(engine: Engine) -> str | None:
    """Return the revision of the database, or None for an empty one."""
    with engine.connect() as connection:
        if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision

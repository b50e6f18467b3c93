"""Alembic's environment: runs the migrations in one transaction each, with bounded waiting for locks.

Called by ``app.services.beheer.schema`` with an open connection, or offline (``--sql``) for the migration linter.
Never imports services: a migration must mean the same in ten years.
"""

import re
from collections.abc import MutableMapping
from typing import Any

from alembic import context
from sqlalchemy import text

import app.models  # noqa: F401 — registers every table for autogenerate
from app.models.base import Base

# From PostgreSQL 16 on, who makes a role that is no superuser may hand it out, and not act as it: unless this was said
# before. The migrations make our roles, and all that the service does is done as one of them.
_TAKE_WHAT_IS_MADE = "SET createrole_self_grant = 'set, inherit'"
_LIMITS = ("SET lock_timeout = '5s'", "SET statement_timeout = '15min'", "SET timezone = 'UTC'")


# A month of the access log is a partition that a migration or a command makes; the models know the whole.
_MONTH = re.compile(r"inzage(_afloop)?_(\d{4}_\d{2}|overig)(_.*)?")


def _no_month(name: str | None, kind: str, parents: MutableMapping[Any, str | None]) -> bool:
    """Tell alembic which names it compares with the models."""
    table = name if kind == "table" else parents.get("table_name")
    return table is None or _MONTH.fullmatch(table) is None


def run_offline() -> None:
    """Write the SQL of the migrations to standard output."""
    context.configure(
        dialect_name="postgresql",
        target_metadata=Base.metadata,
        literal_binds=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        for limit in _LIMITS:
            context.execute(limit)
        context.run_migrations()


def run_online() -> None:
    """Run the migrations on the connection that the caller passed."""
    connection = context.config.attributes["connection"]
    for limit in _LIMITS:
        connection.execute(text(limit))
    if (connection.dialect.server_version_info or ()) >= (16,):
        connection.execute(text(_TAKE_WHAT_IS_MADE))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        compare_type=True,
        include_name=_no_month,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()

"""Alembic's environment: runs the migrations in one transaction each, with bounded waiting for locks.

Called by ``app.services.schema`` with an open connection, or offline (``--sql``) for the migration linter.
Never imports services: a migration must mean the same in ten years.
"""

from alembic import context
from sqlalchemy import text

import app.models  # noqa: F401 — registers every table for autogenerate
from app.models.base import Base

_LIMITS = ("SET lock_timeout = '5s'", "SET statement_timeout = '15min'", "SET timezone = 'UTC'")


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
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()

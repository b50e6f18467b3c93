"""What a migration counts on while it makes something of facts that are there."""

from alembic import op


def stand_still(*tables: str) -> None:
    """Wait for who records in tables, and let who begins wait until the migration has ended; who reads goes on.

    To be called before anything else. What was recorded and not yet committed is in no table that a migration fills,
    and no trigger of the migration saw it come.

    Args:
        tables: in the order in which recording comes by them.
    """
    op.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")

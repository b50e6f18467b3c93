"""No function of ours can be called by whoever can connect; later ones neither, unless a migration says so.

A trigger needs no right to its function when it fires, only what that calls in turn. PUBLIC keeps what PostgreSQL gives
it on the schema (to see names) and the database (to connect): those are the operator's to close.
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

#: what the triggers of the change log call, as whoever writes
CALLED = ("wijzigingspakket_van(bigint)", "wijziging_verschil(jsonb, jsonb)")


def upgrade() -> None:
    """Apply."""
    op.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC")
    op.execute("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
    for function in CALLED:
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO pleegzicht_app")


def downgrade() -> None:
    """Undo."""
    for function in CALLED:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM pleegzicht_app")
    op.execute("ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC")
    op.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO PUBLIC")

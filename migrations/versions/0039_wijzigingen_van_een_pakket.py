"""The planner is told that a package has few changes, also when one import brought most of what there is.

Counting sees two packages of a hundred thousand rows each, takes every package for one, and reads the whole log at each
commit to find what it changed.
"""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; rows for each package: ten, as a talk has."""
    op.execute("ALTER TABLE wijziging ALTER COLUMN pakket_id SET (n_distinct = -0.1)")
    op.execute("ANALYZE wijziging (pakket_id)")


def downgrade() -> None:
    """Undo; no rows change."""
    op.execute("ALTER TABLE wijziging ALTER COLUMN pakket_id RESET (n_distinct)")

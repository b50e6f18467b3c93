"""The lists of a kind of fact of a whole organisatie are read in their order, and no further than is shown.

They were sorted anew for every page, however many children there were: 25 plaatsingen of 80,000 children took 0.2 s.
"""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

DAGEN = {"actie": "uiterlijk", "plaatsing": "van", "signaal": "datum", "uitstel": "datum", "uitzondering": "van"}


def upgrade() -> None:
    """Apply."""
    for table, dag in DAGEN.items():
        op.create_index(f"ix_{table}_organisatie_id_{dag}_uid", table, ["organisatie_id", dag, "uid"])


def downgrade() -> None:
    """Take back."""
    for table, dag in DAGEN.items():
        op.drop_index(f"ix_{table}_organisatie_id_{dag}_uid", table)

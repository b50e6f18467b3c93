"""A stored deadline holds the last event that counted, and its organisatie which edition of the rule wrote it.

``pleegzicht migrate`` asks the rule again for every organisatie of an older edition: a migration cannot.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("termijn", sa.Column("laatste_id", sa.BigInteger(), nullable=True))
    op.add_column("termijn", sa.Column("laatste_datum", sa.Date(), nullable=True))
    op.execute("GRANT SELECT (laatste_id, laatste_datum) ON termijn TO pleegzicht_inzage")
    op.add_column("vastlegteller", sa.Column("termijnen_editie", sa.BigInteger(), server_default="1", nullable=False))


def downgrade() -> None:
    """Undo: the rule gives the deadlines again."""
    op.drop_column("vastlegteller", "termijnen_editie")
    op.drop_column("termijn", "laatste_datum")
    op.drop_column("termijn", "laatste_id")

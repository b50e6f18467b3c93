"""How far an import is, for who waits for it. No facts: going down forgets it."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NAME = "importstand"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        NAME,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("begonnen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("geeindigd_op", sa.DateTime(timezone=True)),
        sa.Column("gedaan", sa.BigInteger(), nullable=False),
        sa.Column("totaal", sa.BigInteger(), nullable=False),
        sa.Column("onderdeel", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{NAME}_organisatie_id")),
        sa.UniqueConstraint("organisatie_id", name=op.f(f"uq_{NAME}_organisatie_id")),
        sa.CheckConstraint("gedaan BETWEEN 0 AND totaal", name=op.f(f"ck_{NAME}_gedaan")),
    )
    op.execute(
        f"GRANT SELECT, INSERT, UPDATE (begonnen_op, geeindigd_op, gedaan, totaal, onderdeel) ON {NAME} "
        "TO pleegzicht_app"
    )
    op.execute(f"GRANT USAGE, SELECT ON SEQUENCE {NAME}_id_seq TO pleegzicht_app")
    protect(NAME)


def downgrade() -> None:
    """Undo."""
    op.drop_table(NAME)

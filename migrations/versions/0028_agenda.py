"""The calendar feeds of who guides children. No facts: going down takes every key back."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import OWN, expose, protect

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ROLLEN = (
    "pleegzorgbegeleider", "gedragswetenschapper", "teamleider", "kwaliteitsmedewerker", "beheerder", "inspecteur",
)  # fmt: skip
NAME = "agenda"
#: the one feed whose key is at the door exists before its organisatie is known, as a session does (0009)
VISIBLE = f"{OWN} OR sleutel_hash = (SELECT decode(nullif(current_setting('pleegzicht.sessie', true), ''), 'hex'))"


def upgrade() -> None:
    """Apply."""
    listed = ", ".join(f"'{rol}'" for rol in ROLLEN)
    op.create_table(
        NAME,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("sleutel_hash", sa.LargeBinary(), nullable=False),
        sa.Column("rol", sa.String(40), nullable=False),
        sa.Column("sinds", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{NAME}_organisatie_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{NAME}_account_id")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{NAME}_uid")),
        sa.UniqueConstraint("sleutel_hash", name=op.f(f"uq_{NAME}_sleutel_hash")),
        sa.CheckConstraint(f"rol IN ({listed})", name=op.f(f"ck_{NAME}_rol")),
        sa.CheckConstraint("octet_length(sleutel_hash) = 32", name=op.f(f"ck_{NAME}_hash")),
    )
    op.create_index(
        f"uq_{NAME}_account_id_open",
        NAME,
        ["account_id"],
        unique=True,
        postgresql_where=sa.text("ingetrokken_op IS NULL"),
    )
    op.execute(f"GRANT SELECT, INSERT, UPDATE (ingetrokken_op) ON {NAME} TO pleegzicht_app")
    op.execute(f"GRANT USAGE, SELECT ON SEQUENCE {NAME}_id_seq TO pleegzicht_app")
    protect(NAME, visible=VISIBLE)


def downgrade() -> None:
    """Undo."""
    expose(NAME)
    op.drop_table(NAME)

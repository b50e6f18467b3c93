"""The sessions of the pages. No facts: going down ends them, and everybody signs in again."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import OWN, expose, protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROLLEN = (
    "pleegzorgbegeleider", "gedragswetenschapper", "teamleider", "kwaliteitsmedewerker", "beheerder", "inspecteur",
)  # fmt: skip
NAME = "sessie"
#: the one session whose cookie is at the door exists before its organisatie is known
VISIBLE = f"{OWN} OR sleutel_hash = (SELECT decode(nullif(current_setting('pleegzicht.sessie', true), ''), 'hex'))"


def upgrade() -> None:
    """Apply."""
    listed = ", ".join(f"'{rol}'" for rol in ROLLEN)
    op.create_table(
        NAME,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("sleutel_hash", sa.LargeBinary(), nullable=False),
        sa.Column("aanmelding_hash", sa.LargeBinary(), nullable=False),
        sa.Column("rol", sa.String(40), nullable=True),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("begonnen_op", "gezien_op")),
        sa.Column("eindigt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beeindigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{NAME}_organisatie_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{NAME}_account_id")),
        sa.UniqueConstraint("sleutel_hash", name=op.f(f"uq_{NAME}_sleutel_hash")),
        sa.UniqueConstraint("aanmelding_hash", name=op.f(f"uq_{NAME}_aanmelding_hash")),
        sa.CheckConstraint(f"rol IN ({listed})", name=op.f(f"ck_{NAME}_rol")),
        sa.CheckConstraint("eindigt_op > begonnen_op", name=op.f(f"ck_{NAME}_eindigt_na_begin")),
        sa.CheckConstraint(
            "octet_length(sleutel_hash) = 32 AND octet_length(aanmelding_hash) = 32", name=op.f(f"ck_{NAME}_hashes")
        ),
    )
    op.create_index(op.f(f"ix_{NAME}_account_id"), NAME, ["account_id"])
    op.execute(f"GRANT SELECT, INSERT, UPDATE (gezien_op, beeindigd_op) ON {NAME} TO pleegzicht_app")
    op.execute(f"GRANT USAGE, SELECT ON SEQUENCE {NAME}_id_seq TO pleegzicht_app")
    protect(NAME, visible=VISIBLE)


def downgrade() -> None:
    """Undo."""
    expose(NAME)
    op.drop_table(NAME)

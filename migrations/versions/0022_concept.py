"""What is typed in a form and not sent yet, encrypted. No facts: going down forgets it.

Narrower than the tables of an organisatie: a row exists for who typed it, and for no colleague.
"""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import OWN, expose, protect

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NAME = "concept"
MEDEWERKER = "(SELECT nullif(current_setting('pleegzicht.medewerker', true), '')::bigint)"
MINE = f"{OWN} AND medewerker_id = {MEDEWERKER}"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        NAME,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("medewerker_id", sa.BigInteger(), nullable=False),
        sa.Column("plaats", sa.LargeBinary(), nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.Column("bewaard_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{NAME}_organisatie_id")),
        sa.ForeignKeyConstraint(
            ["organisatie_id", "medewerker_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name=op.f(f"fk_{NAME}_medewerker_id"),
        ),
        sa.UniqueConstraint("medewerker_id", "plaats", name=op.f(f"uq_{NAME}_medewerker_id_plaats")),
        sa.CheckConstraint("octet_length(plaats) = 32", name=op.f(f"ck_{NAME}_plaats")),
        sa.CheckConstraint("octet_length(inhoud) <= 66000", name=op.f(f"ck_{NAME}_inhoud")),
    )
    op.create_index(op.f(f"ix_{NAME}_bewaard_op"), NAME, ["bewaard_op"])
    op.execute(f"GRANT SELECT, INSERT, UPDATE (inhoud, bewaard_op), DELETE ON {NAME} TO pleegzicht_app")
    op.execute(f"GRANT USAGE, SELECT ON SEQUENCE {NAME}_id_seq TO pleegzicht_app")
    protect(NAME, visible=MINE, writable=MINE, inspected="false")


def downgrade() -> None:
    """Undo."""
    expose(NAME)
    op.drop_table(NAME)

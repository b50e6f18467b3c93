"""What is made of an audit beside a request, and the file, for a day. No facts: going down forgets it."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import expose, protect

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NAME = "toetsopdracht"
CHANGES = "toets_uid, begonnen_op, geeindigd_op, pogingen, gedaan, totaal, fout, bestand"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        NAME,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("medewerker_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("soort", sa.String(40), nullable=False),
        sa.Column("kwartaal", sa.Text(), nullable=False),
        sa.Column("toets_uid", sa.Uuid()),
        sa.Column("vervangt", sa.Uuid()),
        sa.Column("formaat", sa.String(40)),
        sa.Column("namen", sa.Boolean(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("verzoek_id", sa.Text(), nullable=False),
        sa.Column("gevraagd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begonnen_op", sa.DateTime(timezone=True)),
        sa.Column("geeindigd_op", sa.DateTime(timezone=True)),
        sa.Column("pogingen", sa.BigInteger(), nullable=False),
        sa.Column("gedaan", sa.BigInteger(), nullable=False),
        sa.Column("totaal", sa.BigInteger(), nullable=False),
        sa.Column("fout", sa.Text()),
        sa.Column("bestand", sa.LargeBinary()),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{NAME}_uid")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{NAME}_organisatie_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{NAME}_account_id")),
        sa.ForeignKeyConstraint(
            ["organisatie_id", "medewerker_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name=op.f(f"fk_{NAME}_medewerker_id"),
        ),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{NAME}_{name}")) for name, rule in RULES.items()),
    )
    op.create_index(op.f(f"ix_{NAME}_organisatie_id"), NAME, ["organisatie_id", "id"])
    op.create_index(op.f(f"ix_{NAME}_open"), NAME, ["gevraagd_op"], postgresql_where=sa.text("geeindigd_op IS NULL"))
    op.execute(f"GRANT SELECT, INSERT, UPDATE ({CHANGES}) ON {NAME} TO pleegzicht_app")
    op.execute(f"GRANT USAGE, SELECT ON SEQUENCE {NAME}_id_seq TO pleegzicht_app")
    protect(NAME)


RULES = {
    "soort": "soort IN ('opbouw', 'export')",
    "formaat": "formaat IN ('csv', 'json', 'xlsx', 'pdf')",
    "vorm": "(soort = 'export') = (formaat IS NOT NULL)",
    "toets": "soort = 'opbouw' OR toets_uid IS NOT NULL",
    "afloop": "geeindigd_op IS NOT NULL OR (fout IS NULL AND bestand IS NULL)",
    "fout": "fout IS NULL OR bestand IS NULL",
    "gedaan": "gedaan BETWEEN 0 AND totaal",
    "bestand": "octet_length(bestand) <= 67108864",
    "naam_van_kwartaal": "kwartaal ~ '^[1-9][0-9]{3}-Q[1-4]$'",
}


def downgrade() -> None:
    """Undo."""
    expose(NAME)
    op.drop_table(NAME)

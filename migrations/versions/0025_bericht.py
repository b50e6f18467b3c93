"""The outbox of messages, to whom each goes, and how the jobs stand that send them.

No facts: going down forgets what was not sent yet, and when each job ran.
"""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

REDENEN = ("onthulling", "onveilig", "calamiteit", "vgb_ingetrokken", "opvolging_laat", "weekbericht")
SOORTEN = ("kindgesprek", "veiligheidscheck", "signaal", "vgb", "medewerker")


def listed(values: tuple[str, ...]) -> str:
    """Return a closed list as SQL."""
    return ", ".join(f"'{value}'" for value in values)


def moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    """Return a column with an instant."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "bericht",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("reden", sa.String(40), nullable=False),
        sa.Column("feit_soort", sa.Text(), nullable=False),
        sa.Column("feit_uid", sa.Uuid(), nullable=False),
        sa.Column("tijdvak", sa.Text(), nullable=False),
        moment("vanaf"),
        moment("aangemaakt_op"),
        moment("afgehandeld_op", nullable=True),
        sa.Column("afloop", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_bericht_organisatie_id")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f("uq_bericht_organisatie_id_id")),
        sa.UniqueConstraint(
            "organisatie_id", "reden", "feit_soort", "feit_uid", "tijdvak",
            name=op.f("uq_bericht_organisatie_id_reden_feit_soort_feit_uid_tijdvak"),
        ),
        sa.CheckConstraint(f"reden IN ({listed(REDENEN)})", name=op.f("ck_bericht_reden")),
        sa.CheckConstraint(f"feit_soort IN ({listed(SOORTEN)})", name=op.f("ck_bericht_bekende_soort")),
        sa.CheckConstraint("afloop IN ('geadresseerd', 'vervallen')", name=op.f("ck_bericht_afloop")),
        sa.CheckConstraint("(afloop IS NULL) = (afgehandeld_op IS NULL)", name=op.f("ck_bericht_afgehandeld")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_bericht_open"), "bericht", ["organisatie_id", "vanaf"], postgresql_where=sa.text("afloop IS NULL")
    )
    op.create_table(
        "bezorging",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("bericht_id", sa.BigInteger(), nullable=False),
        sa.Column("medewerker_id", sa.BigInteger(), nullable=False),
        sa.Column("kanaal", sa.String(40), nullable=False),
        sa.Column("kenmerk", sa.Uuid(), nullable=False),
        sa.Column("pogingen", sa.BigInteger(), nullable=False),
        moment("volgende_op"),
        moment("afgehandeld_op", nullable=True),
        sa.Column("afloop", sa.String(40), nullable=True),
        sa.Column("fout", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_bezorging_organisatie_id")),
        sa.ForeignKeyConstraint(
            ["organisatie_id", "bericht_id"], ["bericht.organisatie_id", "bericht.id"], name="fk_bezorging_bericht_id"
        ),
        sa.ForeignKeyConstraint(
            ["organisatie_id", "medewerker_id"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_bezorging_medewerker_id",
        ),
        sa.UniqueConstraint(
            "bericht_id", "medewerker_id", "kanaal", name=op.f("uq_bezorging_bericht_id_medewerker_id_kanaal")
        ),
        sa.CheckConstraint("kanaal IN ('mail')", name=op.f("ck_bezorging_kanaal")),
        sa.CheckConstraint("afloop IN ('verstuurd', 'vervallen', 'onbezorgbaar')", name=op.f("ck_bezorging_afloop")),
        sa.CheckConstraint("(afloop IS NULL) = (afgehandeld_op IS NULL)", name=op.f("ck_bezorging_afgehandeld")),
        sa.CheckConstraint("pogingen >= 0", name=op.f("ck_bezorging_pogingen")),
    )
    op.create_index(
        op.f("ix_bezorging_open"),
        "bezorging",
        ["organisatie_id", "volgende_op"],
        postgresql_where=sa.text("afloop IS NULL"),
    )
    op.create_table(
        "taakstand",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("taak", sa.Text(), nullable=False),
        moment("begonnen_op"),
        moment("geeindigd_op", nullable=True),
        moment("gelukt_op", nullable=True),
        sa.Column("bevindingen", sa.BigInteger(), nullable=False),
        sa.Column("verslag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_taakstand_organisatie_id")),
        sa.UniqueConstraint("organisatie_id", "taak", name=op.f("uq_taakstand_organisatie_id_taak")),
        sa.CheckConstraint("bevindingen >= 0", name=op.f("ck_taakstand_bevindingen")),
    )
    op.execute(
        "GRANT SELECT, INSERT, UPDATE (begonnen_op, geeindigd_op, gelukt_op, bevindingen, verslag) ON taakstand "
        "TO pleegzicht_app"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE (vanaf, afgehandeld_op, afloop) ON bericht TO pleegzicht_app")
    op.execute(
        "GRANT SELECT, INSERT, UPDATE (pogingen, volgende_op, afgehandeld_op, afloop, fout) ON bezorging "
        "TO pleegzicht_app"
    )
    for table in ("bericht", "bezorging", "taakstand"):
        op.execute(f"GRANT USAGE, SELECT ON SEQUENCE {table}_id_seq TO pleegzicht_app")
        protect(table)


def downgrade() -> None:
    """Undo."""
    op.drop_table("taakstand")
    op.drop_table("bezorging")
    op.drop_table("bericht")

"""Addresses that are told when something asks for attention, and what became of each telling.

No address is forgotten: going down refuses when there is one.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, release

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLES = ("webhook", "webhook_einde")
CAPTURED = (
    Captured("webhook", ("adres", "vastgelegd_op", "vastgelegd_door")),
    Captured("webhook_einde", ("webhook_id", "op", "door"), ("reden",), uid=False),
)


def create(table: str, *parts: Any) -> None:
    """Create a table of the tenant."""
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id")),
    )


def within_organisatie(table: str, name: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", name],
        [f"{other}.organisatie_id", f"{other}.id"],
        name=f"fk_{table}_{name}",
        ondelete=ondelete,
    )


def upgrade() -> None:
    """Apply."""
    create(
        "webhook",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("adres", sa.Text(), nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vastgelegd_door", sa.BigInteger(), nullable=False),
        within_organisatie("webhook", "vastgelegd_door", "medewerker"),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f("uq_webhook_organisatie_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_webhook_uid")),
    )
    create(
        "webhook_einde",
        sa.Column("webhook_id", sa.BigInteger(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("door", sa.BigInteger(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        within_organisatie("webhook_einde", "webhook_id", "webhook"),
        within_organisatie("webhook_einde", "door", "medewerker"),
        sa.UniqueConstraint("webhook_id", name=op.f("uq_webhook_einde_webhook_id")),
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER bewaak_wijzigingslog BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_wijzigingslog()"
        )
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")
        op.execute(f"GRANT USAGE, SELECT ON SEQUENCE {table}_id_seq TO pleegzicht_app")
        protect(table)
    for captured in CAPTURED:
        capture(captured)
    create_event()


def create_event() -> None:
    """Create that a webhook must be told of a message, and what became of it."""
    moment = sa.DateTime(timezone=True)
    create(
        "gebeurtenis",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("bericht_id", sa.BigInteger(), nullable=False),
        sa.Column("webhook_id", sa.BigInteger(), nullable=False),
        sa.Column("pogingen", sa.BigInteger(), nullable=False),
        sa.Column("volgende_op", moment, nullable=False),
        sa.Column("afgehandeld_op", moment, nullable=True),
        sa.Column("afloop", sa.String(40), nullable=True),
        sa.Column("fout", sa.Text(), nullable=True),
        within_organisatie("gebeurtenis", "bericht_id", "bericht", ondelete="CASCADE"),
        within_organisatie("gebeurtenis", "webhook_id", "webhook"),
        sa.UniqueConstraint("uid", name=op.f("uq_gebeurtenis_uid")),
        sa.UniqueConstraint("bericht_id", "webhook_id", name=op.f("uq_gebeurtenis_bericht_id_webhook_id")),
        sa.CheckConstraint("afloop IN ('verstuurd', 'vervallen', 'onbezorgbaar')", name=op.f("ck_gebeurtenis_afloop")),
        sa.CheckConstraint("(afloop IS NULL) = (afgehandeld_op IS NULL)", name=op.f("ck_gebeurtenis_afgehandeld")),
        sa.CheckConstraint("pogingen >= 0", name=op.f("ck_gebeurtenis_pogingen")),
    )
    op.create_index(
        op.f("ix_gebeurtenis_open"),
        "gebeurtenis",
        ["organisatie_id", "volgende_op"],
        postgresql_where=sa.text("afloop IS NULL"),
    )
    op.create_index(op.f("ix_gebeurtenis_webhook_id"), "gebeurtenis", ["webhook_id"])
    op.execute(
        "GRANT SELECT, INSERT, UPDATE (pogingen, volgende_op, afgehandeld_op, afloop, fout) ON gebeurtenis "
        "TO pleegzicht_app"
    )
    op.execute("GRANT USAGE, SELECT ON SEQUENCE gebeurtenis_id_seq TO pleegzicht_app")
    protect("gebeurtenis")


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    if op.get_bind().execute(sa.text("SELECT EXISTS (SELECT FROM webhook)")).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    op.drop_table("gebeurtenis")
    for table in reversed(TABLES):
        release(table)
        op.drop_table(table)

"""Who is absent and who covers, and that it ended on another day; each row final, captured in the change log."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, release

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("afwezigheid", "afwezigheid_einde")
CAPTURED = (
    Captured("afwezigheid", ("medewerker_id", "vervanger_id", "van", "tot", "vastgelegd_op", "vastgelegd_door")),
    Captured("afwezigheid_einde", ("afwezigheid_id", "tot", "op", "door"), ("reden",), uid=False),
)


def column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    """Return a column."""
    return sa.Column(name, kind, nullable=null)


def within_organisatie(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", name], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{table}_{name}"
    )


def create(table: str, *parts: Any) -> None:
    """Create a table of the tenant."""
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        column("organisatie_id", sa.BigInteger()),
        *parts,
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id")),
    )


def upgrade() -> None:
    """Apply."""
    create_absence()
    create_end()
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER bewaak_wijzigingslog BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_wijzigingslog()"
        )
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")
        protect(table)
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")
    for captured in CAPTURED:
        capture(captured)


def create_absence() -> None:
    """Create the absences."""
    name = "afwezigheid"
    create(
        name,
        column("uid", sa.Uuid()),
        column("medewerker_id", sa.BigInteger()),
        column("vervanger_id", sa.BigInteger()),
        column("van", sa.Date()),
        column("tot", sa.Date(), null=True),
        column("vastgelegd_op", sa.DateTime(timezone=True)),
        column("vastgelegd_door", sa.BigInteger()),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f(f"uq_{name}_organisatie_id_id")),
        within_organisatie(name, "medewerker_id", "medewerker"),
        within_organisatie(name, "vervanger_id", "medewerker"),
        within_organisatie(name, "vastgelegd_door", "medewerker"),
        sa.CheckConstraint("tot > van", name=op.f(f"ck_{name}_tot_na_van")),
        sa.CheckConstraint("vervanger_id <> medewerker_id", name=op.f(f"ck_{name}_een_ander")),
    )
    for indexed in ("medewerker_id", "vervanger_id"):
        op.create_index(f"ix_{name}_{indexed}", name, [indexed])


def create_end() -> None:
    """Create what ended on another day, each once."""
    name = "afwezigheid_einde"
    create(
        name,
        column("afwezigheid_id", sa.BigInteger()),
        column("tot", sa.Date()),
        column("op", sa.DateTime(timezone=True)),
        column("door", sa.BigInteger()),
        column("reden", sa.Text()),
        within_organisatie(name, "afwezigheid_id", "afwezigheid"),
        within_organisatie(name, "door", "medewerker"),
        sa.UniqueConstraint("afwezigheid_id", name=op.f(f"uq_{name}_afwezigheid_id")),
    )


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    if op.get_bind().execute(sa.text("SELECT EXISTS (SELECT FROM afwezigheid)")).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    for table in reversed(TABLES):
        release(table)
        op.drop_table(table)

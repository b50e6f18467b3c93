"""Breaking the glass: files opened with a reason, and that they were talked about."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, release

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROLLEN = (
    "pleegzorgbegeleider", "gedragswetenschapper", "teamleider", "kwaliteitsmedewerker", "beheerder", "inspecteur",
)  # fmt: skip
TABLES = ("noodtoegang_bespreking", "noodtoegang")
CAPTURED = (
    Captured(
        "noodtoegang",
        plain=("pleegkind_id", "medewerker_id", "rol", "geopend_op", "geldig_tot"),
        hidden=("reden",),
        kind="r.pleegkind_id",
    ),
    Captured("noodtoegang_bespreking", plain=("noodtoegang_id", "op", "door"), hidden=("toelichting",), uid=False),
)
WOULD_LOSE = "SELECT EXISTS (SELECT FROM noodtoegang)"


def column(name: str, kind: Any) -> sa.Column[Any]:
    """Return a column that is always filled."""
    return sa.Column(name, kind, nullable=False)


def key() -> sa.Column[Any]:
    """Return the identity of a table."""
    return sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True)


def within_organisatie(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", name], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{table}_{name}"
    )


def of_organisatie(table: str) -> sa.ForeignKeyConstraint:
    """Return the reference to whose row it is."""
    return sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id"))


def upgrade() -> None:
    """Apply."""
    create_noodtoegang()
    create_bespreking()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")
    for table in TABLES:
        protect(table)
    for captured in CAPTURED:
        capture(captured)


def create_noodtoegang() -> None:
    """Create the files that were opened."""
    name = "noodtoegang"
    listed = ", ".join(f"'{rol}'" for rol in ROLLEN)
    op.create_table(
        name,
        key(),
        column("uid", sa.Uuid()),
        column("organisatie_id", sa.BigInteger()),
        column("pleegkind_id", sa.BigInteger()),
        column("medewerker_id", sa.BigInteger()),
        column("rol", sa.String(40)),
        column("reden", sa.Text()),
        column("geopend_op", sa.DateTime(timezone=True)),
        column("geldig_tot", sa.DateTime(timezone=True)),
        of_organisatie(name),
        within_organisatie(name, "pleegkind_id", "pleegkind"),
        within_organisatie(name, "medewerker_id", "medewerker"),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f(f"uq_{name}_organisatie_id_id")),
        sa.CheckConstraint(f"rol IN ({listed})", name=op.f(f"ck_{name}_rol")),
        sa.CheckConstraint("geldig_tot > geopend_op", name=op.f(f"ck_{name}_geldig_na_openen")),
    )
    op.create_index(f"ix_{name}_medewerker_id_geldig_tot", name, ["medewerker_id", "geldig_tot"])
    op.create_index(f"ix_{name}_organisatie_id_geopend_op", name, ["organisatie_id", "geopend_op", "uid"])
    op.create_index(f"ix_{name}_pleegkind_id", name, ["pleegkind_id"])


def create_bespreking() -> None:
    """Create what was said of them."""
    name = "noodtoegang_bespreking"
    op.create_table(
        name,
        key(),
        column("organisatie_id", sa.BigInteger()),
        column("noodtoegang_id", sa.BigInteger()),
        column("op", sa.DateTime(timezone=True)),
        column("door", sa.BigInteger()),
        column("toelichting", sa.Text()),
        of_organisatie(name),
        within_organisatie(name, "noodtoegang_id", "noodtoegang"),
        within_organisatie(name, "door", "medewerker"),
        sa.UniqueConstraint("noodtoegang_id", name=op.f(f"uq_{name}_noodtoegang_id")),
    )


def downgrade() -> None:
    """Undo; refuses when that would drop what was opened."""
    if op.get_bind().execute(sa.text(WOULD_LOSE)).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    for table in TABLES:
        release(table)
        op.drop_table(table)

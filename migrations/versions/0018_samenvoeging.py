"""Two files of one child become one: what was proposed and decided, captured in the change log.

Keys and uids of the children and no references: each file can be destroyed, and what was decided stays.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, release

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("samenvoeging", "samenvoeging_stap")
CAPTURED = (
    Captured(
        "samenvoeging",
        ("pleegkind_id", "pleegkind_uid", "ander_id", "ander_uid", "ander_nummer", "voorgesteld_op",
         "voorgesteld_door"),
        ("reden",),
        kind="r.pleegkind_id",
    ),
    Captured(
        "samenvoeging_stap", ("samenvoeging_id", "stap", "op", "door"), ("reden",), uid=False,
        kind="(SELECT v.pleegkind_id FROM public.samenvoeging v WHERE v.id = r.samenvoeging_id)",
    ),
)  # fmt: skip


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
    create_proposal()
    create_steps()
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER bewaak_wijzigingslog BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_wijzigingslog()"
        )
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")
        protect(table)
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")
    # An inspecteur who reads a frozen audit must be led to the file that stays; why, and by whom, is not shown.
    op.execute("GRANT SELECT (id, organisatie_id, pleegkind_id, ander_id) ON samenvoeging TO pleegzicht_inzage")
    op.execute("GRANT SELECT (id, organisatie_id, samenvoeging_id, stap) ON samenvoeging_stap TO pleegzicht_inzage")
    for captured in CAPTURED:
        capture(captured)


def create_proposal() -> None:
    """Create the proposals."""
    name = "samenvoeging"
    create(
        name,
        column("uid", sa.Uuid()),
        column("pleegkind_id", sa.BigInteger()),
        column("pleegkind_uid", sa.Uuid()),
        column("ander_id", sa.BigInteger()),
        column("ander_uid", sa.Uuid()),
        column("ander_nummer", sa.Text()),
        column("reden", sa.Text()),
        column("voorgesteld_op", sa.DateTime(timezone=True)),
        column("voorgesteld_door", sa.BigInteger()),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f(f"uq_{name}_organisatie_id_id")),
        within_organisatie(name, "voorgesteld_door", "medewerker"),
        sa.CheckConstraint("pleegkind_id <> ander_id", name=op.f(f"ck_{name}_twee_dossiers")),
    )
    for indexed in ("pleegkind_id", "ander_id", "ander_uid"):
        op.create_index(f"ix_{name}_{indexed}", name, [indexed])


def create_steps() -> None:
    """Create what was decided of a proposal, each step once."""
    name = "samenvoeging_stap"
    create(
        name,
        column("samenvoeging_id", sa.BigInteger()),
        column("stap", sa.String(40)),
        column("op", sa.DateTime(timezone=True)),
        column("door", sa.BigInteger()),
        column("reden", sa.Text(), null=True),
        within_organisatie(name, "samenvoeging_id", "samenvoeging"),
        within_organisatie(name, "door", "medewerker"),
        sa.CheckConstraint("stap IN ('goedgekeurd', 'hersteld')", name=op.f(f"ck_{name}_stap")),
        sa.UniqueConstraint("samenvoeging_id", "stap", name=op.f(f"uq_{name}_samenvoeging_id_stap")),
        sa.CheckConstraint("(stap = 'hersteld') = (reden IS NOT NULL)", name=op.f(f"ck_{name}_herstel_met_reden")),
    )


def downgrade() -> None:
    """Undo; refuses when anything was proposed."""
    if op.get_bind().execute(sa.text("SELECT EXISTS (SELECT FROM samenvoeging)")).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    for table in reversed(TABLES):
        release(table)
        op.drop_table(table)

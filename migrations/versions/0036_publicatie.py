"""Key figures for everybody, and a role that reads them and nothing else.

What went out is not forgotten: going down refuses when something did.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, release

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

ROLE = "pleegzicht_open"
TABLES = ("publicatie", "publicatie_intrekking", "open_kengetal")
CAPTURED = (
    Captured(
        "publicatie",
        ("toets_id", "kwartaal", "organisatie_code", "digest", "cijfers_digest", "gepubliceerd_op", "door"),
        ("organisatie_naam",),
    ),
    Captured("publicatie_intrekking", ("publicatie_id", "op", "door"), ("reden",), uid=False),
)
#: without who decided, and without keys of anything else
OPEN = {
    "publicatie": "id, kwartaal, organisatie_code, organisatie_naam, digest, gepubliceerd_op",
    "publicatie_intrekking": "publicatie_id, op, reden",
    "open_kengetal": "id, publicatie_id, dimensie, groep, deel, kengetal, teller, noemer, onderdrukt, normen",
}
#: figures for as long as they stand; after that only the row without a figure, which says that there were
TAKEN_BACK = "EXISTS (SELECT FROM publicatie_intrekking i WHERE i.publicatie_id = open_kengetal.publicatie_id)"
SHOWN = f"(kengetal = '') = {TAKEN_BACK}"

# A role belongs to the cluster, so it may already be there; two databases may also be migrated at once.
CREATE_ROLE = f"""
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
        CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$
"""
GRANT_MEMBERSHIP = f"""
DO $$
BEGIN
    IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN
        EXECUTE format('GRANT {ROLE} TO %I', current_user);
    END IF;
END
$$
"""


def create(table: str, *parts: Any) -> None:
    """Create a table of the tenant."""
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id")),
    )


def within_organisatie(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", name], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{table}_{name}"
    )


def create_publicatie() -> None:
    """Create that a quarter went out, and that it was taken back."""
    moment = sa.DateTime(timezone=True)
    create(
        "publicatie",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("toets_id", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kwartaal", "organisatie_code", "organisatie_naam")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("digest", "cijfers_digest")),
        sa.Column("gepubliceerd_op", moment, nullable=False),
        sa.Column("door", sa.BigInteger(), nullable=False),
        within_organisatie("publicatie", "toets_id", "kwartaaltoets"),
        within_organisatie("publicatie", "door", "medewerker"),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f("uq_publicatie_organisatie_id_id")),
        sa.UniqueConstraint("organisatie_id", "kwartaal", name=op.f("uq_publicatie_organisatie_id_kwartaal")),
        sa.UniqueConstraint("toets_id", name=op.f("uq_publicatie_toets_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_publicatie_uid")),
    )
    op.create_index(op.f("ix_publicatie_kwartaal"), "publicatie", ["kwartaal", "organisatie_code"])
    create(
        "publicatie_intrekking",
        sa.Column("publicatie_id", sa.BigInteger(), nullable=False),
        sa.Column("op", moment, nullable=False),
        sa.Column("door", sa.BigInteger(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        within_organisatie("publicatie_intrekking", "publicatie_id", "publicatie"),
        within_organisatie("publicatie_intrekking", "door", "medewerker"),
        sa.UniqueConstraint("publicatie_id", name=op.f("uq_publicatie_intrekking_publicatie_id")),
    )


def create_open_kengetal() -> None:
    """Create the figures; one of 1 to 4 the database itself refuses."""
    small = "teller NOT BETWEEN 1 AND 4 AND noemer NOT BETWEEN 1 AND 4"
    unique = ("publicatie_id", "dimensie", "groep", "deel", "kengetal")
    create(
        "open_kengetal",
        sa.Column("publicatie_id", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in unique[1:]),
        sa.Column("teller", sa.BigInteger(), nullable=True),
        sa.Column("noemer", sa.BigInteger(), nullable=True),
        sa.Column("onderdrukt", sa.Boolean(), nullable=False),
        sa.Column("normen", sa.Text(), nullable=False),
        within_organisatie("open_kengetal", "publicatie_id", "publicatie"),
        sa.UniqueConstraint(*unique, name=op.f("uq_open_kengetal_publicatie_id_dimensie_groep_deel_kengetal")),
        sa.CheckConstraint("teller >= 0 AND noemer >= 0", name=op.f("ck_open_kengetal_nooit_negatief")),
        sa.CheckConstraint("kengetal <> '' OR (teller IS NULL AND noemer IS NULL)", name=op.f("ck_open_kengetal_leeg")),
        sa.CheckConstraint(small, name=op.f("ck_open_kengetal_niet_klein")),
    )
    op.create_index(op.f("ix_open_kengetal_publicatie_id"), "open_kengetal", ["publicatie_id", "id"])


def upgrade() -> None:
    """Apply."""
    op.execute(CREATE_ROLE)
    op.execute(GRANT_MEMBERSHIP)
    op.execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
    create_publicatie()
    create_open_kengetal()
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER bewaak_wijzigingslog BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_wijzigingslog()"
        )
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")
        op.execute(f"GRANT USAGE, SELECT ON SEQUENCE {table}_id_seq TO pleegzicht_app")
        op.execute(f"GRANT SELECT ({OPEN[table]}) ON {table} TO {ROLE}")
        protect(table)
        shown = SHOWN if table == "open_kengetal" else "true"
        op.execute(f"CREATE POLICY openbaar ON {table} FOR SELECT TO {ROLE} USING ({shown})")
    for captured in CAPTURED:
        capture(captured)


def downgrade() -> None:
    """Undo; refuses when that would lose what went out. The role stays: it belongs to the cluster."""
    if op.get_bind().execute(sa.text("SELECT EXISTS (SELECT FROM publicatie)")).scalar_one():
        msg = "Deze stap terug zou gepubliceerde cijfers wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    op.drop_table("open_kengetal")
    for table in ("publicatie_intrekking", "publicatie"):
        release(table)
        op.drop_table(table)
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {ROLE}")

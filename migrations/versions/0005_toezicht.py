"""Mandates of an inspectie, the access log, and a role in the database that reads for inspecteurs and nothing else."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROLLEN = (
    "pleegzorgbegeleider", "gedragswetenschapper", "teamleider", "kwaliteitsmedewerker", "beheerder", "inspecteur",
)  # fmt: skip
TABLES = ("inzage_afloop", "inzage", "mandaat_intrekking", "toezichtsmandaat")

# What an inspecteur reads: facts, deadlines, audits. Not accounts, answers kept, logs or mandates: the app reads those.
READABLE = (
    "organisatie", "team", "medewerker", "pleeggezin", "gezinslid", "vgb", "evaluatie", "pleegkind", "maatregel",
    "plaatsing", "begeleiding", "kindgesprek", "veiligheidscheck", "huisbezoek", "casuistiekbespreking",
    "ontwikkelbeeld", "hulpverleningsplan", "pleegoudervoogdgesprek", "vertrouwenspersoon", "signaal", "meldcodestap",
    "ruisscore", "uitzondering", "eigen_norm", "termijn", "kwartaaltoets", "kwartaaltoets_regel",
)  # fmt: skip
# Who somebody is stays out of reach, whatever the application asks.
UNREADABLE = {
    "medewerker": ("naam", "email"),
    "pleeggezin": ("naam", "gemeente"),
    "gezinslid": ("naam",),
    "pleegkind": ("roepnaam", "achternaam", "bsn_versleuteld", "bsn_index"),
    "maatregel": ("jeugdbeschermer",),
    "vertrouwenspersoon": ("naam",),
}

# A role belongs to the cluster, so it may already be there; two databases may also be migrated at once.
CREATE_ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pleegzicht_inzage') THEN
        CREATE ROLE pleegzicht_inzage NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$
"""
GRANT_MEMBERSHIP = """
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'pleegzicht_inzage', 'MEMBER') THEN
        EXECUTE format('GRANT pleegzicht_inzage TO %I', current_user);
    END IF;
END
$$
"""
# Column by column: one that a later migration adds is unreadable until somebody decides otherwise.
GRANT_COLUMNS = """
DO $$
DECLARE
    kolommen text;
BEGIN
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO STRICT kolommen
    FROM pg_attribute
    WHERE attrelid = 'public.{table}'::regclass AND attnum > 0 AND NOT attisdropped
        AND attname <> ALL (ARRAY[{hidden}]::name[]);
    EXECUTE format('GRANT SELECT (%s) ON public.{table} TO pleegzicht_inzage', kolommen);
END
$$
"""
WOULD_LOSE = "SELECT EXISTS (SELECT FROM toezichtsmandaat) OR EXISTS (SELECT FROM inzage)"


def column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    """Return a column."""
    return sa.Column(name, kind, nullable=null)


def key() -> sa.Column[Any]:
    """Return the identity of a table."""
    return sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True)


def codes(table: str, name: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    """Return the check of a closed list."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{table}_{name}"))


def refers_to(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    """Return a reference by key alone."""
    return sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"))


def within_organisatie(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", name], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{table}_{name}"
    )


def upgrade() -> None:
    """Apply."""
    create_mandaat()
    create_intrekking()
    create_inzage()
    create_afloop()
    for table in TABLES:
        op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")
    op.execute(CREATE_ROLE)
    op.execute(GRANT_MEMBERSHIP)
    op.execute("GRANT USAGE ON SCHEMA public TO pleegzicht_inzage")
    for table in READABLE:
        hidden = ", ".join(f"'{name}'" for name in UNREADABLE.get(table, ()))
        op.execute(GRANT_COLUMNS.format(table=table, hidden=hidden))


def create_mandaat() -> None:
    """Create the mandate."""
    name = "toezichtsmandaat"
    op.create_table(
        name,
        key(),
        column("uid", sa.Uuid()),
        column("organisatie_id", sa.BigInteger()),
        column("inspectie_id", sa.BigInteger()),
        column("doel", sa.Text()),
        column("wettelijke_grond", sa.Text()),
        column("van", sa.Date()),
        column("tot", sa.Date()),
        column("dossiertekst", sa.Boolean()),
        column("gegeven_op", sa.DateTime(timezone=True)),
        column("gegeven_door", sa.BigInteger()),
        refers_to(name, "organisatie_id", "organisatie"),
        refers_to(name, "inspectie_id", "organisatie"),
        within_organisatie(name, "gegeven_door", "medewerker"),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f(f"uq_{name}_organisatie_id_id")),
        sa.CheckConstraint("tot > van", name=op.f(f"ck_{name}_tot_na_van")),
        sa.CheckConstraint("inspectie_id <> organisatie_id", name=op.f(f"ck_{name}_op_een_ander")),
    )
    op.create_index(op.f(f"ix_{name}_inspectie_id"), name, ["inspectie_id"])


def create_intrekking() -> None:
    """Create the end of a mandate before its time."""
    name = "mandaat_intrekking"
    op.create_table(
        name,
        key(),
        column("organisatie_id", sa.BigInteger()),
        column("mandaat_id", sa.BigInteger()),
        column("op", sa.DateTime(timezone=True)),
        column("door", sa.BigInteger()),
        column("reden", sa.Text()),
        refers_to(name, "organisatie_id", "organisatie"),
        within_organisatie(name, "mandaat_id", "toezichtsmandaat"),
        within_organisatie(name, "door", "medewerker"),
        sa.UniqueConstraint("mandaat_id", name=op.f(f"uq_{name}_mandaat_id")),
    )


def create_inzage() -> None:
    """Create the intents of the access log."""
    name = "inzage"
    op.create_table(
        name,
        key(),
        column("uid", sa.Uuid()),
        column("organisatie_id", sa.BigInteger()),
        column("mandaat_id", sa.BigInteger(), null=True),
        column("account_id", sa.BigInteger()),
        column("medewerker_id", sa.BigInteger()),
        column("naam", sa.Text()),
        column("rol", sa.String(40)),
        column("namens", sa.Text()),
        column("op", sa.DateTime(timezone=True)),
        column("handeling", sa.Text()),
        column("doel", sa.Text()),
        column("verzoek_id", sa.Text()),
        refers_to(name, "organisatie_id", "organisatie"),
        within_organisatie(name, "mandaat_id", "toezichtsmandaat"),
        refers_to(name, "account_id", "account"),
        refers_to(name, "medewerker_id", "medewerker"),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f(f"uq_{name}_organisatie_id_id")),
        codes(name, "rol", ROLLEN),
    )
    for first in ("organisatie_id", "account_id"):
        op.create_index(f"ix_{name}_{first}_op", name, [first, "op", "uid"])


def create_afloop() -> None:
    """Create the outcomes of the access log."""
    name = "inzage_afloop"
    op.create_table(
        name,
        key(),
        column("organisatie_id", sa.BigInteger()),
        column("inzage_id", sa.BigInteger()),
        column("op", sa.DateTime(timezone=True)),
        column("uitkomst", sa.String(40)),
        column("pleegkinderen", sa.ARRAY(sa.Uuid()), null=True),
        refers_to(name, "organisatie_id", "organisatie"),
        within_organisatie(name, "inzage_id", "inzage"),
        sa.UniqueConstraint("inzage_id", name=op.f(f"uq_{name}_inzage_id")),
        codes(name, "uitkomst", ("getoond", "niet_gevonden", "geweigerd")),
    )


def downgrade() -> None:
    """Undo, the role excepted (other databases of the cluster may use it); refuses when that would drop a mandate."""
    if op.get_bind().execute(sa.text(WOULD_LOSE)).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    op.execute("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM pleegzicht_inzage")
    op.execute("REVOKE ALL ON SCHEMA public FROM pleegzicht_inzage")
    for table in TABLES:
        op.drop_table(table)

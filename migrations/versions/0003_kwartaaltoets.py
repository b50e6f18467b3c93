"""The quarterly audit with its rows, frozen by the database, and the extra inzet that follows from it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("extra_inzet_stap", "extra_inzet", "kwartaaltoets_regel", "kwartaaltoets")
ROLLEN = (
    "pleegzorgbegeleider", "gedragswetenschapper", "teamleider", "kwaliteitsmedewerker", "beheerder", "inspecteur",
)  # fmt: skip

# What is vastgesteld stays as it is, whoever asks: no row joins it, changes or leaves.
FREEZE_TOETS = """
CREATE FUNCTION bewaak_vastgestelde_toets() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' OR OLD.status = 'vastgesteld' THEN
        RAISE EXCEPTION 'een vastgestelde kwartaaltoets wijzigt niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$
"""
# Once per statement, over the audits that its rows are of; the lock makes a freeze that is under way go first.
FREEZE_ROWS = """
CREATE FUNCTION bewaak_vastgestelde_regels() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'TRUNCATE') THEN
        RAISE EXCEPTION 'een regel van een kwartaaltoets wijzigt niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM FROM public.kwartaaltoets
    WHERE id IN (SELECT toets_id FROM geraakt) AND status = 'vastgesteld'
    FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'een vastgestelde kwartaaltoets wijzigt niet' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$
"""


def column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    """Return a column."""
    return sa.Column(name, kind, nullable=null)


def key() -> sa.Column[Any]:
    """Return the identity of a table."""
    return sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True)


def codes(table: str, name: str, values: Sequence[str]) -> sa.CheckConstraint:
    """Return the check of a closed list."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{table}_{name}"))


def of_organisatie(table: str) -> sa.ForeignKeyConstraint:
    """Return the reference to the tenant."""
    return sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id"))


def within_organisatie(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", name], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{table}_{name}"
    )


def upgrade() -> None:
    """Apply."""
    create_toets()
    create_regel()
    create_extra_inzet()
    create_stap()
    op.execute(FREEZE_TOETS)
    op.execute(FREEZE_ROWS)
    add_triggers()
    op.execute("GRANT SELECT, INSERT, UPDATE ON kwartaaltoets TO pleegzicht_app")
    op.execute("GRANT SELECT, INSERT, DELETE ON kwartaaltoets_regel TO pleegzicht_app")
    op.execute("GRANT SELECT, INSERT ON extra_inzet, extra_inzet_stap TO pleegzicht_app")
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")


def create_toets() -> None:
    """Create the audit."""
    name = "kwartaaltoets"
    op.create_table(
        name,
        key(),
        column("uid", sa.Uuid()),
        column("organisatie_id", sa.BigInteger()),
        column("kwartaal", sa.Text()),
        column("versie", sa.BigInteger()),
        column("status", sa.String(40)),
        column("vervangt_id", sa.BigInteger(), null=True),
        column("aangemaakt_op", sa.DateTime(timezone=True)),
        column("aangemaakt_door", sa.BigInteger(), null=True),
        column("bekend_op", sa.DateTime(timezone=True)),
        column("volgorde", sa.BigInteger()),
        column("kop", postgresql.JSONB()),
        column("kengetallen", postgresql.JSONB()),
        column("rijen", sa.BigInteger()),
        column("digest", sa.Text()),
        column("vastgesteld_op", sa.DateTime(timezone=True), null=True),
        column("vastgesteld_door", sa.BigInteger(), null=True),
        of_organisatie(name),
        sa.ForeignKeyConstraint(["vervangt_id"], [f"{name}.id"], name=op.f(f"fk_{name}_vervangt_id")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f(f"uq_{name}_organisatie_id_id")),
        codes(name, "status", ("concept", "vastgesteld")),
        sa.CheckConstraint(
            "(status = 'vastgesteld') = (vastgesteld_op IS NOT NULL)", name=op.f(f"ck_{name}_moment_van_vaststelling")
        ),
        sa.CheckConstraint("kwartaal ~ '^[1-9][0-9]{3}-Q[1-4]$'", name=op.f(f"ck_{name}_naam_van_kwartaal")),
    )
    op.create_index(
        "uq_kwartaaltoets_concept",
        name,
        ["organisatie_id", "kwartaal"],
        unique=True,
        postgresql_where=sa.text("status = 'concept'"),
    )
    op.create_index(
        "uq_kwartaaltoets_vervangt_id",
        name,
        ["vervangt_id"],
        unique=True,
        postgresql_where=sa.text("vervangt_id IS NOT NULL"),
    )


def create_regel() -> None:
    """Create the rows of an audit."""
    name = "kwartaaltoets_regel"
    op.create_table(
        name,
        key(),
        column("organisatie_id", sa.BigInteger()),
        column("toets_id", sa.BigInteger()),
        column("positie", sa.BigInteger()),
        column("pleegkind_id", sa.BigInteger()),
        column("plaatsing_id", sa.BigInteger()),
        column("begeleider_id", sa.BigInteger(), null=True),
        column("team_id", sa.BigInteger(), null=True),
        column("navolgbaar", sa.Boolean()),
        column("ruisscore", sa.BigInteger()),
        column("inhoud", postgresql.JSONB()),
        of_organisatie(name),
        sa.ForeignKeyConstraint(["toets_id"], ["kwartaaltoets.id"], name=op.f(f"fk_{name}_toets_id")),
        sa.UniqueConstraint("toets_id", "positie", name=op.f(f"uq_{name}_toets_id_positie")),
        sa.UniqueConstraint("toets_id", "pleegkind_id", name=op.f(f"uq_{name}_toets_id_pleegkind_id")),
    )
    op.create_index(op.f(f"ix_{name}_pleegkind_id"), name, ["pleegkind_id"])


def create_extra_inzet() -> None:
    """Create the follow-up."""
    name = "extra_inzet"
    op.create_table(
        name,
        key(),
        column("uid", sa.Uuid()),
        column("organisatie_id", sa.BigInteger()),
        column("toets_id", sa.BigInteger()),
        column("pleegkind_id", sa.BigInteger()),
        column("criteria", postgresql.ARRAY(sa.Text())),
        column("uiterlijk", sa.Date()),
        column("aangemaakt_op", sa.DateTime(timezone=True)),
        of_organisatie(name),
        within_organisatie(name, "toets_id", "kwartaaltoets"),
        within_organisatie(name, "pleegkind_id", "pleegkind"),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
        sa.UniqueConstraint("organisatie_id", "id", name=op.f(f"uq_{name}_organisatie_id_id")),
        sa.UniqueConstraint("toets_id", "pleegkind_id", name=op.f(f"uq_{name}_toets_id_pleegkind_id")),
    )
    op.create_index(op.f(f"ix_{name}_pleegkind_id"), name, ["pleegkind_id"])


def create_stap() -> None:
    """Create the steps of a follow-up."""
    name = "extra_inzet_stap"
    op.create_table(
        name,
        key(),
        column("organisatie_id", sa.BigInteger()),
        column("extra_inzet_id", sa.BigInteger()),
        column("nummer", sa.BigInteger()),
        column("soort", sa.String(40)),
        column("eigenaar_id", sa.BigInteger(), null=True),
        column("eigenaar_rol", sa.String(40)),
        column("op", sa.DateTime(timezone=True)),
        column("door", sa.BigInteger(), null=True),
        column("reden", sa.Text(), null=True),
        column("feit_soort", sa.Text(), null=True),
        column("feit_uid", sa.Uuid(), null=True),
        of_organisatie(name),
        within_organisatie(name, "extra_inzet_id", "extra_inzet"),
        within_organisatie(name, "eigenaar_id", "medewerker"),
        sa.UniqueConstraint("extra_inzet_id", "nummer", name=op.f(f"uq_{name}_extra_inzet_id_nummer")),
        codes(name, "soort", ("opening", "overdracht", "afsluiting")),
        codes(name, "eigenaar_rol", ROLLEN),
        sa.CheckConstraint("(feit_soort IS NULL) = (feit_uid IS NULL)", name=op.f(f"ck_{name}_feit_heel")),
        sa.CheckConstraint(
            "soort <> 'afsluiting' OR feit_uid IS NOT NULL OR reden IS NOT NULL",
            name=op.f(f"ck_{name}_afsluiting_met_grond"),
        ),
        sa.CheckConstraint(
            "soort = 'opening' OR reden IS NOT NULL OR feit_uid IS NOT NULL", name=op.f(f"ck_{name}_stap_met_reden")
        ),
    )
    op.create_index(op.f(f"ix_{name}_eigenaar_id"), name, ["eigenaar_id"])


def add_triggers() -> None:
    """Let the database freeze what is vastgesteld."""
    op.execute(
        "CREATE TRIGGER bewaak_vastgesteld BEFORE UPDATE OR DELETE ON kwartaaltoets "
        "FOR EACH ROW EXECUTE FUNCTION bewaak_vastgestelde_toets()"
    )
    op.execute(
        "CREATE TRIGGER bewaak_leegmaken BEFORE TRUNCATE ON kwartaaltoets "
        "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_vastgestelde_toets()"
    )
    for event, kind in (("INSERT", "NEW"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER bewaak_vastgesteld_{event.lower()} AFTER {event} ON kwartaaltoets_regel "
            f"REFERENCING {kind} TABLE AS geraakt FOR EACH STATEMENT EXECUTE FUNCTION bewaak_vastgestelde_regels()"
        )
    for event in ("UPDATE", "TRUNCATE"):
        op.execute(
            f"CREATE TRIGGER bewaak_{event.lower()} BEFORE {event} ON kwartaaltoets_regel "
            "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_vastgestelde_regels()"
        )


def downgrade() -> None:
    """Undo, unless something was frozen."""
    op.execute(
        "DO $$ BEGIN IF EXISTS (SELECT FROM kwartaaltoets WHERE status = 'vastgesteld') THEN "
        "RAISE EXCEPTION 'deze stap terug zou vastgestelde kwartaaltoetsen wissen'; END IF; END $$"
    )
    for table in TABLES:
        op.drop_table(table)
    op.execute("DROP FUNCTION bewaak_vastgestelde_regels()")
    op.execute("DROP FUNCTION bewaak_vastgestelde_toets()")

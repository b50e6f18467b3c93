"""Scored ruisfactoren, the steps of the meldcode, what the child told, and what a case discussion came to."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FACTS = ("ruisscore", "meldcodestap")
CODES = tuple(f"R{n:02d}" for n in range(1, 16))
#: added to casuistiekbespreking, all of them empty for what was recorded before
DISCUSSION = ("deelnemers", "gedragswetenschapper_aanwezig", "conclusie", "acties", "ruisfactor", "extra_inzet_id")

WOULD_LOSE = """
SELECT EXISTS (SELECT FROM ruisscore) OR EXISTS (SELECT FROM meldcodestap)
    OR EXISTS (SELECT FROM signaal WHERE onthulling)
    OR EXISTS (
        SELECT FROM casuistiekbespreking
        WHERE num_nonnulls(deelnemers, gedragswetenschapper_aanwezig, conclusie, acties, ruisfactor, extra_inzet_id) > 0
    )
"""


def column(name: str, kind: Any, *, null: bool = False) -> sa.Column[Any]:
    """Return a column."""
    return sa.Column(name, kind, nullable=null)


def codes(table: str, name: str, values: Sequence[str]) -> sa.CheckConstraint:
    """Return the check of a closed list."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{table}_{name}"))


def create_fact(table: str, *columns: sa.Column[Any], references: dict[str, str], checks: dict[str, str]) -> None:
    """Create a table of versioned facts (``app.models.base.Feit``) with its trigger and the app's rights."""
    chain = {
        "versie_keten": "(versie = 1) = (vervangt_id IS NULL) AND (versie = 1) = (eerste_id IS NULL)",
        "reden_bij_nieuwe_versie": "versie = 1 OR wijzigingsreden IS NOT NULL",
        "eerste_versie_niet_ingetrokken": "versie > 1 OR NOT ingetrokken",
    }
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), primary_key=True),
        column("eerste_id", sa.BigInteger(), null=True),
        sa.Column("feit_id", sa.BigInteger(), sa.Computed("coalesce(eerste_id, id)", persisted=True), nullable=False),
        column("uid", sa.Uuid()),
        column("organisatie_id", sa.BigInteger()),
        column("nummer", sa.Text()),
        column("versie", sa.BigInteger()),
        column("vervangt_id", sa.BigInteger(), null=True),
        column("ingetrokken", sa.Boolean()),
        column("wijzigingsreden", sa.Text(), null=True),
        column("vastgelegd_op", sa.DateTime(timezone=True)),
        column("vastgelegd_door", sa.BigInteger(), null=True),
        column("volgorde", sa.BigInteger()),
        *columns,
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{table}_organisatie_id")),
        sa.UniqueConstraint("uid", "versie", name=f"uq_{table}_uid_versie"),
        sa.ForeignKeyConstraint(["vervangt_id"], [f"{table}.id"], name=f"fk_{table}_vervangt_id"),
        sa.ForeignKeyConstraint(["eerste_id"], [f"{table}.id"], name=f"fk_{table}_eerste_id"),
        *(within_organisatie(table, name, target) for name, target in references.items()),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in (chain | checks).items()),
        *(codes(table, one.name, one.info["values"]) for one in columns if "values" in one.info),
    )
    create_indexes(table, next(iter(references)))
    op.execute(
        f"CREATE TRIGGER bewaak_versie BEFORE INSERT ON {table} FOR EACH ROW "
        "WHEN (NEW.versie > 1) EXECUTE FUNCTION bewaak_versie()"
    )
    op.execute(f"GRANT SELECT, INSERT ON {table} TO pleegzicht_app")


def within_organisatie(table: str, name: str, target: str) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", name], [f"{target}.organisatie_id", f"{target}.id"], name=f"fk_{table}_{name}"
    )


def create_indexes(table: str, owner: str) -> None:
    """Create the indexes by which a fact, its versions and those of its owner are found."""
    for name, columns, unique, where in (
        (f"uq_{table}_nummer", ["organisatie_id", "nummer"], True, "versie = 1"),
        (f"uq_{table}_vervangt_id", ["vervangt_id"], True, "vervangt_id IS NOT NULL"),
        (f"ix_{table}_eerste_id", ["eerste_id"], False, "eerste_id IS NOT NULL"),
    ):
        op.create_index(name, table, columns, unique=unique, postgresql_where=sa.text(where))
    op.create_index(f"ix_{table}_{owner}_datum", table, [owner, "datum"])


def upgrade() -> None:
    """Apply."""
    extend_signaal()
    extend_casuistiekbespreking()
    create_fact(
        "ruisscore",
        column("pleegkind_id", sa.BigInteger()),
        sa.Column("code", sa.String(40), nullable=False, info={"values": CODES}),
        column("datum", sa.Date()),
        column("geldt_tot", sa.Date()),
        column("reden", sa.Text()),
        column("medewerker_id", sa.BigInteger()),
        references={"pleegkind_id": "pleegkind", "medewerker_id": "medewerker"},
        checks={"hoogstens_12_maanden": "geldt_tot > datum AND geldt_tot <= datum + interval '12 months'"},
    )
    create_fact(
        "meldcodestap",
        column("signaal_id", sa.BigInteger()),
        column("stap", sa.BigInteger()),
        column("datum", sa.Date()),
        column("toelichting", sa.Text()),
        sa.Column("veilig_thuis", sa.String(40), nullable=False, info={"values": ("geen", "advies", "melding")}),
        column("medewerker_id", sa.BigInteger()),
        references={"signaal_id": "signaal", "medewerker_id": "medewerker"},
        checks={"een_van_vijf": "stap BETWEEN 1 AND 5"},
    )
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")


def at_once(rules: str, statement: str) -> None:
    """Run a statement that holds a lock while it looks at every row.

    Both tables are small (nationally 20,000 and 150,000 rows: a fraction of a second), the new columns are empty, and
    lock_timeout bounds the wait; concurrently, the migration could stop half way.
    """
    op.execute(f"-- squawk-ignore {rules}\n{statement}")


def extend_signaal() -> None:
    """Let a signaal say that the child told it, and let steps refer to it."""
    op.add_column("signaal", sa.Column("onthulling", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    at_once(
        "constraint-missing-not-valid, disallowed-unique-constraint",
        "ALTER TABLE signaal ADD CONSTRAINT uq_signaal_organisatie_id_id UNIQUE (organisatie_id, id)",
    )
    at_once("require-concurrent-index-creation", "CREATE INDEX ix_signaal_feit_id ON signaal (feit_id)")
    at_once("require-concurrent-index-deletion", "DROP INDEX ix_signaal_eerste_id")


def extend_casuistiekbespreking() -> None:
    """Let a case discussion say more than that it was held."""
    kinds = (sa.ARRAY(sa.Uuid()), sa.Boolean(), sa.Text(), sa.ARRAY(sa.Text()), sa.String(40), sa.BigInteger())
    for name, kind in zip(DISCUSSION, kinds, strict=True):
        op.add_column("casuistiekbespreking", column(name, kind, null=True))
    listed = ", ".join(f"'{value}'" for value in CODES)
    at_once(
        "constraint-missing-not-valid",
        "ALTER TABLE casuistiekbespreking "
        f"ADD CONSTRAINT ck_casuistiekbespreking_ruisfactor CHECK (ruisfactor IN ({listed}))",
    )
    at_once(
        "constraint-missing-not-valid, adding-foreign-key-constraint",
        "ALTER TABLE casuistiekbespreking ADD CONSTRAINT fk_casuistiekbespreking_extra_inzet_id "
        "FOREIGN KEY (organisatie_id, extra_inzet_id) REFERENCES extra_inzet (organisatie_id, id)",
    )


def downgrade() -> None:
    """Undo; refuses when that would drop facts."""
    if op.get_bind().execute(sa.text(WOULD_LOSE)).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    for table in reversed(FACTS):
        op.drop_table(table)
    op.drop_constraint("fk_casuistiekbespreking_extra_inzet_id", "casuistiekbespreking")
    for name in reversed(DISCUSSION):
        op.drop_column("casuistiekbespreking", name)
    later = sa.text("eerste_id IS NOT NULL")
    op.create_index("ix_signaal_eerste_id", "signaal", ["eerste_id"], postgresql_where=later)
    op.drop_index("ix_signaal_feit_id", "signaal")
    op.drop_constraint("uq_signaal_organisatie_id_id", "signaal")
    op.drop_column("signaal", "onthulling")

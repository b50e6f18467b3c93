"""That somebody put off a reminder of theirs: of a norm of a child, or that an uitzondering ends."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, release

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLE = "uitstel"
VERSION = (
    "eerste_id", "nummer", "versie", "vervangt_id", "ingetrokken", "vastgelegd_op", "vastgelegd_door", "volgorde",
    "eerst_vastgelegd_op", "verplaatst_van", "verplaatst_naar",
)  # fmt: skip
CONTENT = ("pleegkind_id", "norm", "uitzondering_id", "datum", "tot", "medewerker_id")
HIDDEN = ("wijzigingsreden", "reden")
NORMEN = (
    "KAG-3", "KAG-R", "VC-J", "MDO", "HB", "ONT-J", "HVP-6", "VP", "VGB-T", "VGB-12", "VGB-H", "EVAL-J", "POV-1",
    "CAL-3", "KAG-D", "ZIEN", "OPV-O", "OPV-B", "OPV-H", "ZP", "ACT",
)  # fmt: skip
CHECKS = {
    "versie_keten": "(versie = 1) = (vervangt_id IS NULL) AND (versie = 1) = (eerste_id IS NULL)",
    "reden_bij_nieuwe_versie": "versie = 1 OR wijzigingsreden IS NOT NULL",
    "eerste_versie_niet_ingetrokken": "versie > 1 OR NOT ingetrokken",
    "verplaatst_is_ingetrokken": "verplaatst_naar IS NULL OR ingetrokken",
    "verplaatst_begint": "verplaatst_van IS NULL OR (versie = 1 AND eerst_vastgelegd_op IS NOT NULL)",
    "een_onderwerp": "num_nonnulls(norm, uitzondering_id) = 1",
    "nooit_uitgesteld": "norm NOT IN ('CAL-3', 'OPV-B', 'OPV-H', 'OPV-O')",
    "niet_te_lang": "tot > datum AND tot <= datum + 28",
}
CAPTURED = Captured(TABLE, (*VERSION, *CONTENT), HIDDEN, kind="r.pleegkind_id", versions=True)


def upgrade() -> None:
    """Apply."""
    # Some thousands of rows nationally: the lock of a moment, which lock_timeout bounds.
    op.execute(
        "-- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid\n"
        "ALTER TABLE uitzondering ADD CONSTRAINT uq_uitzondering_organisatie_id_id UNIQUE (organisatie_id, id)"
    )
    create()
    op.execute(
        f"CREATE TRIGGER bewaak_versie BEFORE INSERT ON {TABLE} FOR EACH ROW "
        "WHEN (NEW.versie > 1) EXECUTE FUNCTION bewaak_versie()"
    )
    op.execute(f"GRANT SELECT, INSERT ON {TABLE} TO pleegzicht_app")
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")
    everything = ("id", "feit_id", "uid", "organisatie_id", *VERSION, *HIDDEN, *CONTENT)
    op.execute(f"GRANT SELECT ({', '.join(everything)}) ON {TABLE} TO pleegzicht_inzage")
    protect(TABLE)
    capture(CAPTURED)


def create() -> None:
    """Create the table."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), primary_key=True),
        sa.Column("eerste_id", sa.BigInteger(), nullable=True),
        sa.Column("feit_id", sa.BigInteger(), sa.Computed("coalesce(eerste_id, id)", persisted=True), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("nummer", sa.Text(), nullable=False),
        sa.Column("versie", sa.BigInteger(), nullable=False),
        sa.Column("vervangt_id", sa.BigInteger(), nullable=True),
        sa.Column("ingetrokken", sa.Boolean(), nullable=False),
        sa.Column("wijzigingsreden", sa.Text(), nullable=True),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vastgelegd_door", sa.BigInteger(), nullable=True),
        sa.Column("volgorde", sa.BigInteger(), nullable=False),
        sa.Column("verplaatst_van", sa.Uuid(), nullable=True),
        sa.Column("verplaatst_naar", sa.Uuid(), nullable=True),
        sa.Column("eerst_vastgelegd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pleegkind_id", sa.BigInteger(), nullable=False),
        sa.Column("norm", sa.Enum(*NORMEN, name="norm", native_enum=False, create_constraint=True, length=40)),
        sa.Column("uitzondering_id", sa.BigInteger(), nullable=True),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("medewerker_id", sa.BigInteger(), nullable=False),
        *references(),
        sa.UniqueConstraint("uid", "versie", name=f"uq_{TABLE}_uid_versie"),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
    )
    for name, on, unique, where in (
        (f"uq_{TABLE}_nummer", ["organisatie_id", "nummer"], True, "versie = 1"),
        (f"uq_{TABLE}_vervangt_id", ["vervangt_id"], True, "vervangt_id IS NOT NULL"),
        (f"ix_{TABLE}_eerste_id", ["eerste_id"], False, "eerste_id IS NOT NULL"),
    ):
        op.create_index(name, TABLE, on, unique=unique, postgresql_where=sa.text(where))
    op.create_index(f"ix_{TABLE}_pleegkind_id_datum", TABLE, ["pleegkind_id", "datum"])
    op.create_index(f"ix_{TABLE}_medewerker_id_tot", TABLE, ["medewerker_id", "tot"])


def references() -> list[sa.ForeignKeyConstraint]:
    """Return what it refers to: its own versions, and within its organisatie a child, an uitzondering, somebody."""
    within = [
        sa.ForeignKeyConstraint(
            ["organisatie_id", f"{target}_id"],
            [f"{target}.organisatie_id", f"{target}.id"],
            name=f"fk_{TABLE}_{target}_id",
        )
        for target in ("pleegkind", "uitzondering", "medewerker")
    ]
    return [
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{TABLE}_organisatie_id")),
        sa.ForeignKeyConstraint(["vervangt_id"], [f"{TABLE}.id"], name=f"fk_{TABLE}_vervangt_id"),
        sa.ForeignKeyConstraint(["eerste_id"], [f"{TABLE}.id"], name=f"fk_{TABLE}_eerste_id"),
        *within,
    ]


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    if op.get_bind().execute(sa.text(f"SELECT EXISTS (SELECT FROM {TABLE})")).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    release(TABLE)
    op.drop_table(TABLE)
    op.drop_constraint("uq_uitzondering_organisatie_id_id", "uitzondering")

"""An action that was agreed in a casuïstiekbespreking says in which: empty for every other, and for what was before."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.wijzigingslog import Captured, capture

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

#: what the change log held of an action, as 0026 has it
BEFORE = (
    "eerste_id", "nummer", "versie", "vervangt_id", "ingetrokken", "vastgelegd_op", "vastgelegd_door", "volgorde",
    "eerst_vastgelegd_op", "verplaatst_van", "verplaatst_naar", "pleegkind_id", "datum", "eigenaar_id", "uiterlijk",
    "gedaan_op", "vgb_id",
)  # fmt: skip
COLUMN = "casuistiekbespreking_id"


def captured(*columns: str) -> Captured:
    """Return how an action is captured, with columns more than it had."""
    hidden = ("wijzigingsreden", "omschrijving")
    return Captured("actie", (*BEFORE, *columns), hidden, kind="r.pleegkind_id", versions=True)


def upgrade() -> None:
    """Apply."""
    # Some thousands of rows nationally: the lock of a moment, which lock_timeout bounds.
    op.execute(
        "-- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid\n"
        "ALTER TABLE casuistiekbespreking "
        "ADD CONSTRAINT uq_casuistiekbespreking_organisatie_id_id UNIQUE (organisatie_id, id)"
    )
    op.add_column("actie", sa.Column(COLUMN, sa.BigInteger(), nullable=True))
    op.execute(
        "-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid\n"
        f"ALTER TABLE actie ADD CONSTRAINT fk_actie_{COLUMN} FOREIGN KEY (organisatie_id, {COLUMN}) "
        "REFERENCES casuistiekbespreking (organisatie_id, id)"
    )
    # Of a column that is still empty everywhere: one look at the table, and nothing to write.
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        f"CREATE INDEX ix_actie_{COLUMN} ON actie ({COLUMN}) WHERE {COLUMN} IS NOT NULL"
    )
    op.execute(f"GRANT SELECT ({COLUMN}) ON actie TO pleegzicht_inzage")
    capture(captured(COLUMN))


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    if op.get_bind().execute(sa.text(f"SELECT EXISTS (SELECT FROM actie WHERE {COLUMN} IS NOT NULL)")).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    capture(captured())
    op.drop_index(f"ix_actie_{COLUMN}", "actie")
    op.drop_constraint(f"fk_actie_{COLUMN}", "actie")
    op.drop_column("actie", COLUMN)
    op.drop_constraint("uq_casuistiekbespreking_organisatie_id_id", "casuistiekbespreking")

"""An action that follows from a VGB that was withdrawn says which one: empty for every action that people agreed on."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.wijzigingslog import Captured, capture

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

#: what the change log held of an action, as 0020 has it
BEFORE = (
    "eerste_id", "nummer", "versie", "vervangt_id", "ingetrokken", "vastgelegd_op", "vastgelegd_door", "volgorde",
    "eerst_vastgelegd_op", "verplaatst_van", "verplaatst_naar", "pleegkind_id", "datum", "eigenaar_id", "uiterlijk",
    "gedaan_op",
)  # fmt: skip


def captured(*columns: str) -> Captured:
    """Return how an action is captured, with columns more than it had."""
    hidden = ("wijzigingsreden", "omschrijving")
    return Captured("actie", (*BEFORE, *columns), hidden, kind="r.pleegkind_id", versions=True)


def upgrade() -> None:
    """Apply."""
    # Some thousands of rows nationally: the lock of a moment, which lock_timeout bounds.
    op.execute(
        "-- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid\n"
        "ALTER TABLE vgb ADD CONSTRAINT uq_vgb_organisatie_id_id UNIQUE (organisatie_id, id)"
    )
    op.add_column("actie", sa.Column("vgb_id", sa.BigInteger(), nullable=True))
    op.execute(
        "-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid\n"
        "ALTER TABLE actie ADD CONSTRAINT fk_actie_vgb_id FOREIGN KEY (organisatie_id, vgb_id) "
        "REFERENCES vgb (organisatie_id, id)"
    )
    # Of a column that is still empty everywhere: one look at the table, and nothing to write.
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX ix_actie_vgb_id ON actie (vgb_id) WHERE vgb_id IS NOT NULL"
    )
    op.execute("GRANT SELECT (vgb_id) ON actie TO pleegzicht_inzage")
    capture(captured("vgb_id"))


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    if op.get_bind().execute(sa.text("SELECT EXISTS (SELECT FROM actie WHERE vgb_id IS NOT NULL)")).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    capture(captured())
    op.drop_index("ix_actie_vgb_id", "actie")
    op.drop_constraint("fk_actie_vgb_id", "actie")
    op.drop_column("actie", "vgb_id")
    op.drop_constraint("uq_vgb_organisatie_id_id", "vgb")

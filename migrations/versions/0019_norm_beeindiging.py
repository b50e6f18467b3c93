"""An organisatie's own norm ends from a day on, or never holds: what was recorded of it stays."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, release

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLE = "norm_beeindiging"
COLUMNS = "id, organisatie_id, eigen_norm_id, vanaf, reden, vastgelegd_op, vastgelegd_door"
CAPTURED = Captured(TABLE, ("eigen_norm_id", "vanaf", "vastgelegd_op", "vastgelegd_door"), ("reden",), uid=False)
# Of a version that was withdrawn another may take the place, from the same day on.
OLD_UNIQUE = "uq_eigen_norm_organisatie_id_code_geldig_van"
WOULD_LOSE = f"SELECT EXISTS (SELECT FROM {TABLE})"


def upgrade() -> None:
    """Apply."""
    op.execute(f"-- squawk-ignore ban-drop-constraint\nALTER TABLE eigen_norm DROP CONSTRAINT {OLD_UNIQUE}")
    # A handful of rows for each organisatie: the lock of a moment, which lock_timeout bounds.
    op.execute(
        "-- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid\n"
        "ALTER TABLE eigen_norm ADD CONSTRAINT uq_eigen_norm_organisatie_id_id UNIQUE (organisatie_id, id)"
    )
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("eigen_norm_id", sa.BigInteger(), nullable=False),
        sa.Column("vanaf", sa.Date(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vastgelegd_door", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{TABLE}_organisatie_id")),
        within_organisatie("eigen_norm_id", "eigen_norm"),
        within_organisatie("vastgelegd_door", "medewerker"),
    )
    op.create_index(f"ix_{TABLE}_eigen_norm_id", TABLE, ["eigen_norm_id"])
    op.execute(f"GRANT SELECT, INSERT ON {TABLE} TO pleegzicht_app")
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")
    op.execute(f"GRANT SELECT ({COLUMNS}) ON {TABLE} TO pleegzicht_inzage")
    protect(TABLE)
    capture(CAPTURED)


def within_organisatie(column: str, other: str) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", column], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{TABLE}_{column}"
    )


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    if op.get_bind().execute(sa.text(WOULD_LOSE)).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    release(TABLE)
    op.drop_table(TABLE)
    op.drop_constraint("uq_eigen_norm_organisatie_id_id", "eigen_norm")
    op.create_unique_constraint(op.f(OLD_UNIQUE), "eigen_norm", ["organisatie_id", "code", "geldig_van"])

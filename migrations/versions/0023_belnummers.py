"""Whom a team calls in need: functie, number and hours, each row final; captured in the change log."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, release

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLE = "belnummer"
# A number that a team is reached at is of the organisatie, but may be somebody's own.
CAPTURED = Captured(TABLE, ("team_id", "functie", "uren", "vastgelegd_op", "vastgelegd_door"), ("telefoonnummer",))


def upgrade() -> None:
    """Apply."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("functie", sa.Text(), nullable=False),
        sa.Column("telefoonnummer", sa.Text(), nullable=True),
        sa.Column("uren", sa.Text(), nullable=True),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vastgelegd_door", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{TABLE}_uid")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{TABLE}_organisatie_id")),
        within_organisatie("team_id", "team"),
        within_organisatie("vastgelegd_door", "medewerker"),
        sa.CheckConstraint("(telefoonnummer IS NULL) = (uren IS NULL)", name=op.f(f"ck_{TABLE}_nummer_met_uren")),
    )
    op.create_index(f"ix_{TABLE}_team_id", TABLE, ["team_id"])
    op.execute(
        f"CREATE TRIGGER bewaak_wijzigingslog BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION bewaak_wijzigingslog()"
    )
    op.execute(f"GRANT SELECT, INSERT ON {TABLE} TO pleegzicht_app")
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO pleegzicht_app")
    protect(TABLE)
    capture(CAPTURED)


def within_organisatie(column: str, other: str) -> sa.ForeignKeyConstraint:
    """Return a reference that cannot leave the organisatie."""
    return sa.ForeignKeyConstraint(
        ["organisatie_id", column], [f"{other}.organisatie_id", f"{other}.id"], name=f"fk_{TABLE}_{column}"
    )


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    if op.get_bind().execute(sa.text(f"SELECT EXISTS (SELECT FROM {TABLE})")).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    release(TABLE)
    op.drop_table(TABLE)

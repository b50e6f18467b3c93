"""A mandate says on which day the visit was announced, so that what was recorded after that day can be seen as such."""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.wijzigingslog import Captured, capture

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLE, COLUMN = "toezichtsmandaat", "aangekondigd_op"
#: as 0007 has it
PLAIN = ("inspectie_id", "van", "tot", "dossiertekst", "gegeven_op", "gegeven_door")
HIDDEN = ("doel", "wettelijke_grond")


def upgrade() -> None:
    """Apply."""
    op.add_column(TABLE, sa.Column(COLUMN, sa.Date(), nullable=True))
    capture(Captured(TABLE, (*PLAIN, COLUMN), HIDDEN))


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    said = f"SELECT EXISTS (SELECT FROM {TABLE} WHERE {COLUMN} IS NOT NULL)"
    if op.get_bind().execute(sa.text(said)).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    capture(Captured(TABLE, PLAIN, HIDDEN))
    op.drop_column(TABLE, COLUMN)

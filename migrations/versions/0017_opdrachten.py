"""A command that gives out files is in the access log though nobody signs in; who freezes an audit is always known."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SIGNED_IN_OR_NOT = "(account_id IS NULL) = (medewerker = '00000000-0000-0000-0000-000000000000')"
# What a command froze before this names nobody, and what is frozen never changes: only new rows are held to it.
NAMED = "status <> 'vastgesteld' OR vastgesteld_door IS NOT NULL"
LOOKED_BY_COMMAND = "SELECT EXISTS (SELECT FROM inzage WHERE account_id IS NULL)"


def upgrade() -> None:
    """Apply; what is in the log already has an account, so neither check looks back."""
    op.execute("-- squawk-ignore ban-drop-not-null\nALTER TABLE inzage ALTER COLUMN account_id DROP NOT NULL")
    op.execute(
        f"ALTER TABLE inzage ADD CONSTRAINT ck_inzage_aangemeld_of_opdracht CHECK ({SIGNED_IN_OR_NOT}) NOT VALID"
    )
    op.execute(
        f"ALTER TABLE kwartaaltoets ADD CONSTRAINT ck_kwartaaltoets_door_wie_vastgesteld CHECK ({NAMED}) NOT VALID"
    )


def downgrade() -> None:
    """Undo; refuses when that would drop a line of the access log."""
    if op.get_bind().exec_driver_sql(LOOKED_BY_COMMAND).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    op.execute("ALTER TABLE kwartaaltoets DROP CONSTRAINT ck_kwartaaltoets_door_wie_vastgesteld")
    op.execute("ALTER TABLE inzage DROP CONSTRAINT ck_inzage_aangemeld_of_opdracht")
    op.execute("-- squawk-ignore adding-not-nullable-field\nALTER TABLE inzage ALTER COLUMN account_id SET NOT NULL")

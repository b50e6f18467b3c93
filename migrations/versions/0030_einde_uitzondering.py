"""A message before an uitzondering ends: another reason, and another kind of fact. Going down forgets those."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

REDENEN = ("onthulling", "onveilig", "calamiteit", "vgb_ingetrokken", "opvolging_laat", "weekbericht")
SOORTEN = ("kindgesprek", "veiligheidscheck", "signaal", "vgb", "medewerker")
NEW_REDENEN = (*REDENEN[:-1], "uitzondering_eindigt", REDENEN[-1])
NEW_SOORTEN = (*SOORTEN[:-1], "uitzondering", SOORTEN[-1])


def replace_check(name: str, column: str, values: tuple[str, ...]) -> None:
    """Put another closed list in the place of one."""
    listed = ", ".join(f"'{value}'" for value in values)
    op.execute(f"-- squawk-ignore ban-drop-constraint\nALTER TABLE bericht DROP CONSTRAINT ck_bericht_{name}")
    # Messages of some months: read through once, at the moment of lock that lock_timeout bounds.
    op.execute(
        "-- squawk-ignore constraint-missing-not-valid\n"
        f"ALTER TABLE bericht ADD CONSTRAINT ck_bericht_{name} CHECK ({column} IN ({listed}))"
    )


def upgrade() -> None:
    """Apply."""
    replace_check("reden", "reden", NEW_REDENEN)
    replace_check("bekende_soort", "feit_soort", NEW_SOORTEN)


def downgrade() -> None:
    """Undo."""
    ending = "SELECT id FROM bericht WHERE reden = 'uitzondering_eindigt'"
    op.execute(f"DELETE FROM bezorging WHERE bericht_id IN ({ending})")
    op.execute("DELETE FROM bericht WHERE reden = 'uitzondering_eindigt'")
    replace_check("bekende_soort", "feit_soort", SOORTEN)
    replace_check("reden", "reden", REDENEN)

"""The second catalogue of norms: its codes and subjects, and of which kind the last event of a stored deadline is.

``pleegzicht migrate`` asks the rule again for every organisatie of an older edition: a migration cannot.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

EERSTE = (
    "KAG-3", "KAG-R", "VC-J", "MDO", "HB", "ONT-J", "HVP-6", "VP", "VGB-T", "VGB-12", "VGB-H", "EVAL-J", "POV-1",
    "CAL-3",
)  # fmt: skip
NORMEN = (*EERSTE, "KAG-D", "ZIEN", "OPV-O", "OPV-B", "OPV-H", "ZP", "ACT")
EERSTE_SOORTEN = ("plaatsing", "pleegkind", "gezinslid", "pleeggezin", "signaal")
SOORTEN = (*EERSTE_SOORTEN, "kindgesprek", "veiligheidscheck", "uitzondering", "actie", "aanleiding")
VOORRANG = "CASE WHEN norm IN ('OPV-B', 'OPV-H', 'OPV-O') THEN 0 ELSE 1 END"
OLD_UNIQUE, UNIQUE = "uq_extra_inzet_toets_id_pleegkind_id", "uq_extra_inzet_toets_id_pleegkind_id_criteria"


def listed(codes: tuple[str, ...]) -> str:
    """Return codes as the list of an SQL condition."""
    return ", ".join(f"'{code}'" for code in codes)


def replace_check(table: str, name: str, condition: str) -> None:
    """Put another closed list in the place of one; what stands there was within the old one, which is narrower."""
    op.execute(f"-- squawk-ignore ban-drop-constraint\nALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}")
    # Read through once, at the moment of lock that lock_timeout bounds.
    op.execute(
        "-- squawk-ignore constraint-missing-not-valid\n"
        f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({condition})"
    )


def replace_lists(normen: tuple[str, ...], soorten: tuple[str, ...]) -> None:
    """Let every list of norms and subjects be these."""
    replace_check("termijn", "norm", f"norm IN ({listed(normen)})")
    replace_check("termijn", "onderwerp_soort", f"onderwerp_soort IN ({listed(soorten)})")
    replace_check("eigen_norm", "code", f"code IN ({listed(normen)})")
    named = f"cardinality(normen) > 0 AND normen <@ ARRAY[{listed(normen)}]::text[]"
    replace_check("uitzondering", "bekende_normen", named)


def upgrade() -> None:
    """Apply."""
    replace_lists(NORMEN, SOORTEN)
    op.add_column("termijn", sa.Column("laatste_soort", sa.Text(), nullable=True))
    # Rewrites a table of which every row is written anew right after: the lock of a moment, bounded by lock_timeout.
    op.execute(
        "-- squawk-ignore adding-field-with-default\n"
        f"ALTER TABLE termijn ADD COLUMN voorrang bigint NOT NULL GENERATED ALWAYS AS ({VOORRANG}) STORED"
    )
    op.execute("GRANT SELECT (laatste_soort, voorrang) ON termijn TO pleegzicht_inzage")
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX ix_termijn_organisatie_id_voorrang_uiterlijk ON termijn (organisatie_id, voorrang, uiterlijk, id)"
    )
    # A row of an audit can demand two: because it is not navolgbaar, and because nobody acted.
    op.execute(f"-- squawk-ignore ban-drop-constraint\nALTER TABLE extra_inzet DROP CONSTRAINT {OLD_UNIQUE}")
    # Some rows for each audit: the lock of a moment, which lock_timeout bounds.
    op.execute(
        "-- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid\n"
        f"ALTER TABLE extra_inzet ADD CONSTRAINT {UNIQUE} UNIQUE (toets_id, pleegkind_id, criteria)"
    )


def downgrade() -> None:
    """Undo; the rule gives the deadlines again. Refuses when that would lose what was recorded."""
    new = listed(NORMEN[len(EERSTE) :])
    would_lose = (
        f"SELECT EXISTS (SELECT FROM eigen_norm WHERE code IN ({new}))"
        f" OR EXISTS (SELECT FROM uitzondering WHERE normen && ARRAY[{new}]::text[])"
        f" OR EXISTS (SELECT FROM extra_inzet WHERE criteria && ARRAY[{new}]::text[])"
    )
    if op.get_bind().execute(sa.text(would_lose)).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    op.drop_constraint(UNIQUE, "extra_inzet")
    op.create_unique_constraint(op.f(OLD_UNIQUE), "extra_inzet", ["toets_id", "pleegkind_id"])
    op.execute("DELETE FROM termijn")
    op.execute("UPDATE vastlegteller SET termijnen_editie = 1")
    op.drop_column("termijn", "voorrang")
    op.drop_column("termijn", "laatste_soort")
    replace_lists(EERSTE, EERSTE_SOORTEN)

"""Since when somebody is in a team, and what becomes of a team: another name, joined with another, closed.

Of what was recorded before, a team that changed counts from the day of that change, and the first one since always.
An account that was withdrawn makes way for another with the same issuer and subject.
"""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.wijzigingslog import Captured, capture, release

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "teamwijziging"
SOORTEN = ("hernoeming", "samenvoeging", "sluiting")
CAPTURED = Captured(
    TABLE, ("team_id", "soort", "van", "naam", "opgegaan_in", "vastgelegd_op", "vastgelegd_door"), uid=False
)
PLAIN = (
    "eerste_id", "nummer", "versie", "vervangt_id", "ingetrokken", "vastgelegd_op", "vastgelegd_door", "volgorde",
    "rol", "team_id",
)  # fmt: skip
# A version that says the same team as the one before it goes on with that membership, and with its first day.
SINCE = """
UPDATE medewerker m SET team_sinds = (
    SELECT (c.vastgelegd_op AT TIME ZONE 'Europe/Amsterdam')::date
    FROM medewerker c JOIN medewerker p ON p.id = c.vervangt_id
    WHERE c.feit_id = m.feit_id AND c.versie <= m.versie AND c.team_id IS DISTINCT FROM p.team_id
    ORDER BY c.versie DESC LIMIT 1
)
WHERE m.versie > 1 AND EXISTS (
    SELECT FROM medewerker c JOIN medewerker p ON p.id = c.vervangt_id
    WHERE c.feit_id = m.feit_id AND c.versie <= m.versie AND c.team_id IS DISTINCT FROM p.team_id
)
"""
PAIR = ["issuer", "subject"]
WOULD_LOSE = """
SELECT EXISTS (SELECT FROM teamwijziging) OR EXISTS (SELECT FROM medewerker WHERE team_sinds IS NOT NULL)
    OR EXISTS (SELECT FROM account GROUP BY issuer, subject HAVING count(*) > 1)
"""


def medewerker(*more: str) -> Captured:
    """Return how the change log follows a medewerker, as 0007 has it and with columns since."""
    return Captured("medewerker", (*PLAIN, *more), ("wijzigingsreden", "naam", "email"), versions=True)


def upgrade() -> None:
    """Apply."""
    op.add_column("medewerker", sa.Column("team_sinds", sa.Date(), nullable=True))
    op.execute("GRANT SELECT (team_sinds) ON medewerker TO pleegzicht_inzage")
    capture(medewerker("team_sinds"))
    op.execute(SINCE)
    create_teamwijziging()
    free_accounts()


def create_teamwijziging() -> None:
    """Create what became of teams."""
    listed = ", ".join(f"'{soort}'" for soort in SOORTEN)
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("soort", sa.String(40), nullable=False),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=True),
        sa.Column("opgegaan_in", sa.BigInteger(), nullable=True),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vastgelegd_door", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{TABLE}_organisatie_id")),
        within_organisatie("team_id", "team"),
        within_organisatie("opgegaan_in", "team"),
        within_organisatie("vastgelegd_door", "medewerker"),
        sa.CheckConstraint(f"soort IN ({listed})", name=op.f(f"ck_{TABLE}_soort")),
        sa.CheckConstraint("(soort = 'hernoeming') = (naam IS NOT NULL)", name=op.f(f"ck_{TABLE}_naam_bij_hernoeming")),
        sa.CheckConstraint(
            "(soort = 'samenvoeging') = (opgegaan_in IS NOT NULL)", name=op.f(f"ck_{TABLE}_team_bij_samenvoeging")
        ),
        sa.CheckConstraint("opgegaan_in <> team_id", name=op.f(f"ck_{TABLE}_niet_in_zichzelf")),
    )
    op.create_index(f"ix_{TABLE}_team_id_van", TABLE, ["team_id", "van"])
    op.create_index(
        f"uq_{TABLE}_einde", TABLE, ["team_id"], unique=True, postgresql_where=sa.text("soort <> 'hernoeming'")
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


def free_accounts() -> None:
    """Let a pair belong to one account that works, whoever had it before."""
    # An index of accounts that work takes its place.
    op.execute("-- squawk-ignore ban-drop-constraint\nALTER TABLE account DROP CONSTRAINT uq_account_issuer_subject")
    # The table has one row for each user: the lock of a moment, which lock_timeout bounds.
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE UNIQUE INDEX uq_account_werkend ON account (issuer, subject) WHERE ingetrokken_op IS NULL"
    )
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX ix_account_medewerker_id ON account (medewerker_id)"
    )


def downgrade() -> None:
    """Undo; refuses when that would lose what was recorded."""
    if op.get_bind().execute(sa.text(WOULD_LOSE)).scalar_one():
        msg = "Deze stap terug zou vastgelegde feiten wissen en wordt geweigerd; herstel zo nodig een back-up"
        raise RuntimeError(msg)
    op.drop_index("ix_account_medewerker_id", "account")
    op.drop_index("uq_account_werkend", "account")
    op.create_unique_constraint(op.f("uq_account_issuer_subject"), "account", PAIR)
    release(TABLE)
    op.drop_table(TABLE)
    capture(medewerker())
    op.drop_column("medewerker", "team_sinds")

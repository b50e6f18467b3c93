"""Of which children nobody may be begeleider, kept by triggers: what a team's lists look up instead of asking of each.

Follows from the facts: going down forgets it.
"""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.stilstand import stand_still

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

NAME = "zonder_begeleider"
OOIT = "DATE '9999-12-31'"

# Of a plaatsing: the first day on which anybody guides it. A child can be without a begeleider on a day only when that
# lies after it of a plaatsing that has not ended either, or of every plaatsing that it ever had.
REST = f"""
    SELECT k.id, k.organisatie_id, coalesce(greatest(max(least(p.begin, p.tot)), min(p.begin)), {OOIT})
    FROM public.pleegkind k
    LEFT JOIN LATERAL (
        SELECT coalesce(v.tot, {OOIT}) AS tot, coalesce((
            SELECT min(b.van) FROM public.begeleiding b
            WHERE b.plaatsing_id = v.feit_id AND NOT b.ingetrokken
              AND NOT EXISTS (SELECT FROM public.begeleiding later WHERE later.vervangt_id = b.id)
        ), {OOIT}) AS begin
        FROM public.plaatsing v
        WHERE v.pleegkind_id = k.id AND NOT v.ingetrokken
          AND NOT EXISTS (SELECT FROM public.plaatsing later WHERE later.vervangt_id = v.id)
    ) p ON true
    WHERE {{which}}
    GROUP BY k.id, k.organisatie_id
"""
# It runs as the one who inserts (no SECURITY DEFINER). Of what went to another child, that one too.
KEEP = f"""
CREATE FUNCTION houd_zonder_begeleider_bij() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    kinderen bigint[];
BEGIN
    IF TG_TABLE_NAME = 'pleegkind' THEN
        kinderen := ARRAY(SELECT id FROM nieuw WHERE versie = 1);
    ELSIF TG_TABLE_NAME = 'plaatsing' THEN
        kinderen := ARRAY(
            SELECT DISTINCT p.pleegkind_id FROM public.plaatsing p WHERE p.feit_id IN (SELECT feit_id FROM nieuw)
        );
    ELSE
        kinderen := ARRAY(
            SELECT DISTINCT p.pleegkind_id FROM public.plaatsing p WHERE p.feit_id IN (
                SELECT plaatsing_id FROM nieuw UNION
                SELECT b.plaatsing_id FROM public.begeleiding b JOIN nieuw ON b.id = nieuw.vervangt_id
            )
        );
    END IF;
    INSERT INTO public.{NAME} AS z (pleegkind_id, organisatie_id, mogelijk_tot)
    {REST.format(which="k.id = ANY (kinderen)")}
    ON CONFLICT (pleegkind_id) DO UPDATE SET mogelijk_tot = EXCLUDED.mogelijk_tot
    WHERE z.mogelijk_tot <> EXCLUDED.mogelijk_tot;
    RETURN NULL;
END
$$
"""
TABLES = ("pleegkind", "plaatsing", "begeleiding")


def upgrade() -> None:
    """Apply."""
    stand_still(*TABLES)
    op.create_table(
        NAME,
        sa.Column("pleegkind_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("mogelijk_tot", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("pleegkind_id", name=op.f(f"pk_{NAME}")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{NAME}_organisatie_id")),
    )
    op.execute(f"INSERT INTO {NAME} (pleegkind_id, organisatie_id, mogelijk_tot) {REST.format(which='k.versie = 1')}")
    op.create_index(f"ix_{NAME}_organisatie_id_mogelijk_tot", NAME, ["organisatie_id", "mogelijk_tot"])
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {NAME} TO pleegzicht_app")
    protect(NAME)
    op.execute(KEEP)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER houd_zonder_begeleider_bij AFTER INSERT ON {table} REFERENCING NEW TABLE AS nieuw "
            "FOR EACH STATEMENT EXECUTE FUNCTION houd_zonder_begeleider_bij()"
        )
    # By who and since when, so that no plan reads every begeleiding by its day alone.
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX ix_begeleiding_medewerker_id_van ON begeleiding (medewerker_id, van)"
    )
    op.execute("-- squawk-ignore require-concurrent-index-deletion\nDROP INDEX ix_begeleiding_medewerker_id")
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX ix_medewerker_team_id ON medewerker (team_id)"
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_medewerker_team_id", "medewerker")
    op.create_index("ix_begeleiding_medewerker_id", "begeleiding", ["medewerker_id"])
    op.drop_index("ix_begeleiding_medewerker_id_van", "begeleiding")
    for table in TABLES:
        op.execute(f"DROP TRIGGER houd_zonder_begeleider_bij ON {table}")
    op.execute("DROP FUNCTION houd_zonder_begeleider_bij()")
    op.drop_table(NAME)

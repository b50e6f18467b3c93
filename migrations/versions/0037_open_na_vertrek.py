"""Which children left while somebody must still act, kept by triggers: what lists look up instead of asking of each.

Follows from the facts: going down forgets it.
"""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.stilstand import stand_still

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

NAME = "open_na_vertrek"
# The norms that run on for a child that is not in care (``normen.md`` §5b).
NORMEN = "('OPV-O', 'OPV-B', 'ACT')"

# Every plaatsing has an end, and a stored deadline says that something is open, on whatever day.
LEFT = f"""
    SELECT v.pleegkind_id, min(v.organisatie_id), max(v.tot)
    FROM public.plaatsing v
    WHERE {{which}} AND NOT v.ingetrokken
      AND NOT EXISTS (SELECT FROM public.plaatsing later WHERE later.vervangt_id = v.id)
      AND EXISTS (
          SELECT FROM public.termijn t
          WHERE t.pleegkind_id = v.pleegkind_id AND t.norm IN {NORMEN} AND t.uiterlijk IS NOT NULL
      )
    GROUP BY v.pleegkind_id
    HAVING bool_and(v.tot IS NOT NULL)
"""
# It runs as the one who writes (no SECURITY DEFINER). Of a plaatsing that went to another child, that one too.
KEEP = f"""
CREATE FUNCTION houd_open_na_vertrek_bij() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    kinderen bigint[];
BEGIN
    IF TG_TABLE_NAME = 'plaatsing' THEN
        kinderen := ARRAY(
            SELECT DISTINCT p.pleegkind_id FROM public.plaatsing p WHERE p.feit_id IN (SELECT feit_id FROM rijen)
        );
    ELSE
        kinderen := ARRAY(SELECT DISTINCT pleegkind_id FROM rijen WHERE norm IN {NORMEN});
    END IF;
    IF cardinality(kinderen) = 0 THEN
        RETURN NULL;
    END IF;
    DELETE FROM public.{NAME} WHERE pleegkind_id = ANY (kinderen);
    INSERT INTO public.{NAME} (pleegkind_id, organisatie_id, vertrokken_per)
    {LEFT.format(which="v.pleegkind_id = ANY (kinderen)")};
    RETURN NULL;
END
$$
"""
TRIGGERS = (("plaatsing", "INSERT", "NEW"), ("termijn", "INSERT", "NEW"), ("termijn", "DELETE", "OLD"))


def upgrade() -> None:
    """Apply."""
    stand_still("plaatsing", "termijn")
    op.create_table(
        NAME,
        sa.Column("pleegkind_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("vertrokken_per", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("pleegkind_id", name=op.f(f"pk_{NAME}")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{NAME}_organisatie_id")),
    )
    op.execute(f"INSERT INTO {NAME} (pleegkind_id, organisatie_id, vertrokken_per) {LEFT.format(which='true')}")
    op.create_index(f"ix_{NAME}_organisatie_id", NAME, ["organisatie_id"])
    op.execute(f"GRANT SELECT, INSERT, DELETE ON {NAME} TO pleegzicht_app")
    protect(NAME)
    op.execute(KEEP)
    for table, event, rows in TRIGGERS:
        op.execute(
            f"CREATE TRIGGER houd_open_na_vertrek_bij_{event.lower()} AFTER {event} ON {table} "
            f"REFERENCING {rows} TABLE AS rijen FOR EACH STATEMENT EXECUTE FUNCTION houd_open_na_vertrek_bij()"
        )


def downgrade() -> None:
    """Undo."""
    for table, event, _ in TRIGGERS:
        op.execute(f"DROP TRIGGER houd_open_na_vertrek_bij_{event.lower()} ON {table}")
    op.execute("DROP FUNCTION houd_open_na_vertrek_bij()")
    op.drop_table(NAME)

"""Who left with something open is found by who guided them, instead of being asked of everybody of the organisatie.

Of a child there is a row for everyone who ever guided it: by whom it was guided last, the facts say. Who was never
guided is found as a child without a begeleider. Follows from the facts: going down keeps none of it.
"""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.stilstand import stand_still

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

NAME = "open_na_vertrek"
TABLES = ("plaatsing", "begeleiding", "termijn")
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
GUIDED = f"""
    SELECT DISTINCT v.pleegkind_id, v.organisatie_id, v.vertrokken_per, b.medewerker_id
    FROM ({LEFT}) v (pleegkind_id, organisatie_id, vertrokken_per)
    JOIN public.kind_in_begeleiding b ON b.pleegkind_id = v.pleegkind_id
"""
COLUMNS = "pleegkind_id, organisatie_id, vertrokken_per"
# It runs as the one who writes (no SECURITY DEFINER). Of a plaatsing that went to another child, that one too; on one
# table triggers go by name, so whose begeleiding a child is in (``houd_kind_in_begeleiding_bij``) is known by then.
KEEP = f"""
CREATE OR REPLACE FUNCTION houd_open_na_vertrek_bij() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    kinderen bigint[];
BEGIN
    IF TG_TABLE_NAME = 'plaatsing' THEN
        kinderen := ARRAY(
            SELECT DISTINCT p.pleegkind_id FROM public.plaatsing p WHERE p.feit_id IN (SELECT feit_id FROM rijen)
        );
{{of_begeleiding}}    ELSE
        kinderen := ARRAY(SELECT DISTINCT pleegkind_id FROM rijen WHERE norm IN {NORMEN});
    END IF;
    IF cardinality(kinderen) = 0 THEN
        RETURN NULL;
    END IF;
    DELETE FROM public.{NAME} WHERE pleegkind_id = ANY (kinderen);
    INSERT INTO public.{NAME} ({{columns}})
    {{found}};
    RETURN NULL;
END
$$
"""
OF_BEGELEIDING = """\
    ELSIF TG_TABLE_NAME = 'begeleiding' THEN
        kinderen := ARRAY(
            SELECT DISTINCT p.pleegkind_id FROM public.plaatsing p
            WHERE p.feit_id IN (
                SELECT plaatsing_id FROM rijen UNION
                SELECT b.plaatsing_id FROM public.begeleiding b JOIN rijen ON b.id = rijen.vervangt_id
            )
        );
"""
OF_CHILDREN = "v.pleegkind_id = ANY (kinderen)"


def upgrade() -> None:
    """Apply."""
    stand_still(*TABLES)
    op.execute(f"DELETE FROM {NAME}")
    op.drop_index(f"ix_{NAME}_organisatie_id", NAME)
    op.add_column(NAME, sa.Column("medewerker_id", sa.BigInteger(), nullable=False))
    op.drop_constraint(f"pk_{NAME}", NAME)
    op.create_primary_key(f"pk_{NAME}", NAME, ["pleegkind_id", "medewerker_id"])
    columns = f"{COLUMNS}, medewerker_id"
    op.execute(f"INSERT INTO {NAME} ({columns}) {GUIDED.format(which='true')}")
    op.create_index(f"ix_{NAME}_medewerker_id", NAME, ["medewerker_id"])
    found = GUIDED.format(which=OF_CHILDREN)
    op.execute(KEEP.format(of_begeleiding=OF_BEGELEIDING, columns=columns, found=found))
    op.execute(
        "CREATE TRIGGER houd_open_na_vertrek_bij_insert AFTER INSERT ON begeleiding "
        "REFERENCING NEW TABLE AS rijen FOR EACH STATEMENT EXECUTE FUNCTION houd_open_na_vertrek_bij()"
    )


def downgrade() -> None:
    """Undo."""
    stand_still(*TABLES)
    op.execute("DROP TRIGGER houd_open_na_vertrek_bij_insert ON begeleiding")
    op.execute(KEEP.format(of_begeleiding="", columns=COLUMNS, found=LEFT.format(which=OF_CHILDREN)))
    op.execute(f"DELETE FROM {NAME}")
    op.drop_index(f"ix_{NAME}_medewerker_id", NAME)
    op.drop_constraint(f"pk_{NAME}", NAME)
    op.drop_column(NAME, "medewerker_id")
    op.create_primary_key(f"pk_{NAME}", NAME, ["pleegkind_id"])
    op.execute(f"INSERT INTO {NAME} ({COLUMNS}) {LEFT.format(which='true')}")
    op.create_index(f"ix_{NAME}_organisatie_id", NAME, ["organisatie_id"])

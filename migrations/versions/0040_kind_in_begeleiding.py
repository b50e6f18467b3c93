"""Whose begeleiding each child is in, kept by triggers: what scope looks up instead of joining versions of two facts.

Follows from the facts: going down forgets it.
"""

import sqlalchemy as sa
from alembic import op

from migrations.bevroren.beveiliging import protect
from migrations.bevroren.stilstand import stand_still

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

NAME = "kind_in_begeleiding"
COLUMNS = (
    "begeleiding_id, nummer, organisatie_id, plaatsing_id, pleegkind_id, pleeggezin_id, medewerker_id, van, tot,"
    " plaatsing_van, plaatsing_tot, opgevolgd_per"
)

# The versions that hold; who comes after one is the next of the same plaatsing, the one recorded later on the same day.
RUNS = """
    SELECT b.id, b.nummer, b.organisatie_id, b.plaatsing_id, p.pleegkind_id, p.pleeggezin_id, b.medewerker_id,
           b.van, b.tot, p.van, p.tot, lead(b.van) OVER (PARTITION BY b.plaatsing_id ORDER BY b.van, b.id)
    FROM public.begeleiding b
    JOIN public.plaatsing p ON p.feit_id = b.plaatsing_id
    WHERE {which} AND NOT b.ingetrokken AND NOT p.ingetrokken
      AND NOT EXISTS (SELECT FROM public.begeleiding later WHERE later.vervangt_id = b.id)
      AND NOT EXISTS (SELECT FROM public.plaatsing later WHERE later.vervangt_id = p.id)
"""
# It runs as the one who inserts (no SECURITY DEFINER). Of what went to another plaatsing, that one too.
KEEP = f"""
CREATE FUNCTION houd_kind_in_begeleiding_bij() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
DECLARE
    plaatsingen bigint[];
BEGIN
    IF TG_TABLE_NAME = 'plaatsing' THEN
        plaatsingen := ARRAY(SELECT DISTINCT feit_id FROM nieuw);
    ELSE
        plaatsingen := ARRAY(
            SELECT plaatsing_id FROM nieuw UNION
            SELECT b.plaatsing_id FROM public.begeleiding b JOIN nieuw ON b.id = nieuw.vervangt_id
        );
    END IF;
    DELETE FROM public.{NAME} WHERE plaatsing_id = ANY (plaatsingen);
    INSERT INTO public.{NAME} ({COLUMNS})
    {RUNS.format(which="b.plaatsing_id = ANY (plaatsingen)")};
    RETURN NULL;
END
$$
"""
TABLES = ("plaatsing", "begeleiding")


def upgrade() -> None:
    """Apply."""
    stand_still(*TABLES)
    op.create_table(
        NAME,
        sa.Column("begeleiding_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("nummer", sa.Text(), nullable=False),
        sa.Column("organisatie_id", sa.BigInteger(), nullable=False),
        sa.Column("plaatsing_id", sa.BigInteger(), nullable=False),
        sa.Column("pleegkind_id", sa.BigInteger(), nullable=False),
        sa.Column("pleeggezin_id", sa.BigInteger(), nullable=False),
        sa.Column("medewerker_id", sa.BigInteger(), nullable=False),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=True),
        sa.Column("plaatsing_van", sa.Date(), nullable=False),
        sa.Column("plaatsing_tot", sa.Date(), nullable=True),
        sa.Column("opgevolgd_per", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("begeleiding_id", name=op.f(f"pk_{NAME}")),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f(f"fk_{NAME}_organisatie_id")),
    )
    op.execute(f"INSERT INTO {NAME} ({COLUMNS}) {RUNS.format(which='true')}")
    op.create_index(f"ix_{NAME}_medewerker_id_van", NAME, ["medewerker_id", "van"])
    op.create_index(f"ix_{NAME}_plaatsing_id", NAME, ["plaatsing_id"])
    op.create_index(f"ix_{NAME}_pleegkind_id", NAME, ["pleegkind_id"])
    op.execute(f"GRANT SELECT, INSERT, DELETE ON {NAME} TO pleegzicht_app")
    protect(NAME)
    op.execute(KEEP)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER houd_kind_in_begeleiding_bij AFTER INSERT ON {table} REFERENCING NEW TABLE AS nieuw "
            "FOR EACH STATEMENT EXECUTE FUNCTION houd_kind_in_begeleiding_bij()"
        )


def downgrade() -> None:
    """Undo."""
    for table in TABLES:
        op.execute(f"DROP TRIGGER houd_kind_in_begeleiding_bij ON {table}")
    op.execute("DROP FUNCTION houd_kind_in_begeleiding_bij()")
    op.drop_table(NAME)

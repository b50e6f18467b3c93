"""Row-level security for a table, as every migration since 0006 applies it; later ones call ``protect``.

``pleegzicht.organisatie`` is the setting that ``app.db.namens`` makes at the start of each transaction. The sub-select
makes PostgreSQL read it once per statement instead of once per row, and lets an index on it be used.
"""

from alembic import op

SETTING = "(SELECT nullif(current_setting('pleegzicht.organisatie', true), '')::bigint)"
ACCOUNT = "(SELECT nullif(current_setting('pleegzicht.account', true), '')::bigint)"
OWN = f"organisatie_id = {SETTING}"


def protect(table: str, *, visible: str = OWN, writable: str = OWN, inspected: str = OWN) -> None:
    """Force row-level security on a table.

    Args:
        table: its name.
        visible: which rows exist for the application.
        writable: which rows it may write.
        inspected: which rows exist for the role that reads for inspecteurs, which has few rights to test them with.
    """
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY zien ON {table} FOR SELECT TO pleegzicht_app USING ({visible})")
    op.execute(f"CREATE POLICY inzien ON {table} FOR SELECT TO pleegzicht_inzage USING ({inspected})")
    op.execute(f"CREATE POLICY schrijven ON {table} FOR INSERT TO pleegzicht_app WITH CHECK ({writable})")
    op.execute(f"CREATE POLICY wijzigen ON {table} FOR UPDATE TO pleegzicht_app USING ({writable})")
    op.execute(f"CREATE POLICY wissen ON {table} FOR DELETE TO pleegzicht_app USING ({writable})")
    op.execute(f"CREATE POLICY beheren ON {table} TO pleegzicht_migratie USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY reservekopie ON {table} FOR SELECT TO pleegzicht_backup USING (true)")


def expose(table: str) -> None:
    """Undo ``protect``."""
    for policy in ("zien", "inzien", "schrijven", "wijzigen", "wissen", "beheren", "reservekopie"):
        op.execute(f"DROP POLICY {policy} ON {table}")
    op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

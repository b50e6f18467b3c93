"""What is in a database and of what it is made, to compare before and after a step."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, Engine, RowMapping, Text, literal_column, select, table, text

from app.services.beheer import schema
from app.services.beheer.controle import renew_old_editions
from tests import database

VANDAAG = date(2026, 11, 21)

# Everything of the catalog that a migration makes, in words: constraints, indexes, triggers, functions, rights.
CATALOG = text("""
SELECT 'constraint', conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'right', table_name, grantee || ' ' || privilege_type FROM information_schema.role_table_grants
WHERE table_schema = 'public'
UNION ALL SELECT 'column', table_name, column_name || ' ' || data_type || ' ' || is_nullable
FROM information_schema.columns WHERE table_schema = 'public'
""")


Content = dict[str, list[dict[str, str]]]


def content(engine: Engine) -> Content:
    """Return every row of every table that is there, each column as text."""
    with engine.connect() as connection:
        names = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        return {str(name): rows_of(connection, str(name)) for name in names}


def rows_of(connection: Connection, name: str) -> list[dict[str, str]]:
    every = select(literal_column("*", Text)).select_from(table(name))
    return sorted(map(_as_text, connection.execute(every).mappings()), key=str)


def _as_text(row: RowMapping) -> dict[str, str]:
    return {column: str(row[column]) for column in sorted(map(str, row))}


def kept(before: Content, after: Content) -> bool:
    """Tell whether all that was in the tables and columns that are still there is there, and the others were empty.

    Stored deadlines are the rule's, asked again after the last step up: a step may throw them away. Who may be
    without a begeleider follows from the facts.
    """
    return all(
        without_edition(after[name]) == without_edition(of_columns(rows, after[name][0]))
        if rows and after.get(name)
        else not rows
        for name, rows in before.items()
        if name not in {"alembic_version", "termijn", "kind_in_begeleiding", "zonder_begeleider", "open_na_vertrek"}
    )


def of_columns(rows: list[dict[str, str]], columns: Iterable[str]) -> list[dict[str, str]]:
    return sorted(({column: row[column] for column in columns} for row in rows), key=str)


def without_edition(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: value for name, value in row.items() if name != "termijnen_editie"} for row in rows]


def catalog(engine: Engine) -> set[tuple[str, ...]]:
    with engine.connect() as connection:
        return {tuple(map(str, row)) for row in connection.execute(CATALOG)}


def step_down(engine: Engine) -> bool:
    """Go one step down and return whether it went; one that refuses leaves everything."""
    before = content(engine)
    try:
        schema.downgrade(engine, "-1")
    except RuntimeError as refusal:
        assert "zou vastgelegde feiten wissen" in str(refusal)
        assert content(engine) == before
        return False
    after = content(engine)
    assert after["alembic_version"] != before["alembic_version"]
    assert kept(before, after)
    return True


def ask_the_rule_again(owner: Engine) -> None:
    """Make stored deadlines anew where a step left those of an older edition, as ``pleegzicht migrate`` does."""
    with owner.connect() as connection:
        organisaties = connection.scalars(text("SELECT id FROM organisatie ORDER BY id")).all()
    engine = database.app_engine(owner.url.render_as_string(hide_password=False))
    renew_old_editions(engine, organisaties, VANDAAG)
    engine.dispose()


def apart_from_keys(whole: Content) -> Content:
    """Return the content with stored deadlines by what they say: made anew they have other keys."""
    said = [{name: value for name, value in row.items() if name != "id"} for row in whole["termijn"]]
    return {**whole, "termijn": sorted(said, key=str)}

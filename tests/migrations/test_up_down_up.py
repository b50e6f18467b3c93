"""Migrations on a filled database: what goes down and up again keeps its content, and nothing is dropped in silence."""

import re
import time

import pytest
from alembic import command
from psycopg import errors
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError

from app.services.beheer import schema
from tests.migrations.inhoud import apart_from_keys, ask_the_rule_again, catalog, content, step_down

WITHOUT_ORGANISATIE = {"organisatie", "alembic_version"}


def test_every_step_down_and_up_again_keeps_every_row_or_refuses(filled: Engine) -> None:
    before, made = content(filled), catalog(filled)
    assert len(before["kindgesprek"]) > 100
    while step_down(filled):
        pass
    schema.upgrade(filled)
    ask_the_rule_again(filled)
    assert apart_from_keys(content(filled)) == apart_from_keys(before)
    assert catalog(filled) == made


def test_a_step_that_would_drop_facts_refuses_and_leaves_everything(filled: Engine) -> None:
    before = content(filled)
    with pytest.raises(RuntimeError, match="zou vastgelegde feiten wissen"):
        schema.downgrade(filled, "base")
    # The steps before it went down, each in its own transaction; up again nothing is lost.
    schema.upgrade(filled)
    ask_the_rule_again(filled)
    assert apart_from_keys(content(filled)) == apart_from_keys(before)


def test_an_empty_database_goes_down_to_nothing_and_up_again(empty: Engine) -> None:
    made = catalog(empty)
    schema.downgrade(empty, "base")
    assert {row for row in catalog(empty) if row[1] != "alembic_version"} == set()
    schema.upgrade(empty)
    assert catalog(empty) == made


# SQLAlchemy 2.1 trips over what it reflects of a constraint that is NOT VALID (0017); it says so and reads the rest.
@pytest.mark.filterwarnings("ignore:Can't validate argument 'dialect_options'")
def test_the_models_say_what_the_migrations_made(empty: Engine) -> None:
    with empty.connect() as connection:
        config = schema.alembic_config()
        config.attributes["connection"] = connection
        command.check(config)


_REFERENCES = text("""
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,
    string_agg(format('hier.%I = daar.%I', h.attname, d.attname), ' AND ')
FROM pg_constraint c
CROSS JOIN unnest(c.conkey, c.confkey) AS pair (here, there)
JOIN pg_attribute h ON h.attrelid = c.conrelid AND h.attnum = pair.here
JOIN pg_attribute d ON d.attrelid = c.confrelid AND d.attnum = pair.there
WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND c.confrelid <> 'organisatie'::regclass
GROUP BY c.oid, c.conrelid, c.confrelid
""")


def test_no_reference_leads_out_of_an_organisatie(filled: Engine) -> None:
    """So that one can go to a database of its own (ADR 32)."""
    with filled.connect() as connection:
        references = connection.execute(_REFERENCES).all()
        out = {
            (here, there)
            for here, there, same in references
            if here not in WITHOUT_ORGANISATIE
            and there not in WITHOUT_ORGANISATIE
            and connection.scalar(
                text(
                    f"SELECT EXISTS (SELECT FROM {here} hier JOIN {there} daar ON {same} "
                    "WHERE hier.organisatie_id <> daar.organisatie_id)"
                )
            )
        }
    assert len(references) > 100
    assert out == set()


def test_every_table_has_its_organisatie(empty: Engine) -> None:
    with empty.connect() as connection:
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        columns = text("""
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'organisatie_id' AND is_nullable = 'NO'
        """)
        assert set(tables) - set(connection.scalars(columns)) == WITHOUT_ORGANISATIE
        refer = text(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
        )
        reach, pairs = {"organisatie"}, [tuple(pair) for pair in connection.execute(refer)]
        while more := {here for here, there in pairs if there in reach} - reach:
            reach |= more
        left = {re.sub(r"_(overig|\d{4}_\d{2})$", "", table) for table in set(tables) - reach - WITHOUT_ORGANISATIE}
        # what everybody writes all day locks no row of the organisatie (ADR 0037)
        assert left == {"inzage_afloop", "termijn", "wijziging", "wijzigingspakket", "wijzigingsschakel"}


@pytest.mark.parametrize("richting", ["down", "up"])
def test_a_migration_does_not_wait_for_a_lock_for_long(empty: Engine, richting: str) -> None:
    """While somebody writes to a table it gives up; the limit that it sets is shortened here, to see it work."""
    seen = shorten_lock_timeout(empty)
    if richting == "up":
        schema.downgrade(empty, "0001")
    with empty.connect() as writer:
        writer.execute(text("LOCK TABLE plaatsing IN ROW EXCLUSIVE MODE"))
        began = time.perf_counter()
        with pytest.raises(OperationalError) as refusal:
            (schema.downgrade if richting == "down" else schema.upgrade)(
                empty, "0001" if richting == "down" else "head"
            )
        assert isinstance(refusal.value.orig, errors.LockNotAvailable)
        assert time.perf_counter() - began < 5
    assert seen
    assert 0 < max(seen) <= 10


def shorten_lock_timeout(engine: Engine) -> list[int]:
    """Let the migrations' own SET lock_timeout say 0.2 s, and return the seconds that it said."""
    seen: list[int] = []

    def shorten(
        connection: Connection,
        cursor: object,
        statement: str,
        parameters: object,
        context: object,
        many: bool,  # noqa: FBT001
    ) -> tuple[str, object]:
        if statement.startswith("SET lock_timeout"):
            seen.append(int(statement.split("'")[1].removesuffix("s")))
            statement = "SET lock_timeout = '200ms'"
        return statement, parameters

    event.listen(engine, "before_cursor_execute", shorten, retval=True)
    return seen

"""Migrations on a filled database: what goes down and up again keeps its content, and nothing is dropped in silence."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from alembic import command
from psycopg import errors
from sqlalchemy import Connection, Engine, Text, event, literal_column, select, table, text
from sqlalchemy.exc import OperationalError

from app import db
from app.models import Base
from app.security.secrets import load_secrets
from app.services import schema
from app.services.demo import load_demo
from tests import database

NU = datetime(2026, 11, 21, 8, tzinfo=UTC)
VANDAAG = date(2026, 11, 21)
WITHOUT_ORGANISATIE = {"organisatie", "alembic_version"}

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


def new_database(name: str, worker_id: str) -> str:
    return database.create_database(f"pleegzicht_{name}_{worker_id}")


def owner_of(url: str) -> Iterator[Engine]:
    owner = db.make_engine(url, role=None, long_work=True)
    yield owner
    owner.dispose()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Engine]:
    """Yield the owner's engine of a database with the small demo."""
    url = new_database("migratie", worker_id)
    database.migrate(url)
    sleutels = load_secrets(tmp_path_factory.mktemp("migratie") / "sleutels.json", create=True)
    engine = database.app_engine(url)
    load_demo(engine, "klein", seed=1, today=VANDAAG, now=NU, secrets=sleutels)
    engine.dispose()
    yield from owner_of(url)


@pytest.fixture
def empty(worker_id: str) -> Iterator[Engine]:
    """Yield the owner's engine of a migrated database without a row."""
    url = new_database("leeg", worker_id)
    database.migrate(url)
    yield from owner_of(url)


def content(engine: Engine) -> dict[str, list[str]]:
    """Return every row of every table, as text."""
    with engine.connect() as connection:
        return {
            name: sorted(
                connection.scalars(select(literal_column("t.*::text", Text)).select_from(table(name).alias("t")))
            )
            for name in (*Base.metadata.tables, "alembic_version")
        }


def catalog(engine: Engine) -> set[tuple[str, ...]]:
    with engine.connect() as connection:
        return {tuple(map(str, row)) for row in connection.execute(CATALOG)}


def test_one_step_down_and_up_again_keeps_every_row(filled: Engine) -> None:
    before, made = content(filled), catalog(filled)
    assert len(before["kindgesprek"]) > 100
    schema.downgrade(filled, "-1")
    assert schema.current_revision(filled) != schema.head_revision()
    down = content(filled)
    assert down.pop("alembic_version") != before["alembic_version"]
    assert down == {name: rows for name, rows in before.items() if name != "alembic_version"}
    schema.upgrade(filled)
    assert content(filled) == before
    assert catalog(filled) == made


def test_a_step_that_would_drop_facts_refuses_and_leaves_everything(filled: Engine) -> None:
    before = content(filled)
    with pytest.raises(RuntimeError, match="zou vastgelegde feiten wissen"):
        schema.downgrade(filled, "base")
    # The steps before it went down, each in its own transaction; up again nothing is lost.
    schema.upgrade(filled)
    assert content(filled) == before


def test_an_empty_database_goes_down_to_nothing_and_up_again(empty: Engine) -> None:
    made = catalog(empty)
    schema.downgrade(empty, "base")
    assert {row for row in catalog(empty) if row[1] != "alembic_version"} == set()
    schema.upgrade(empty)
    assert catalog(empty) == made


def test_the_models_say_what_the_migrations_made(empty: Engine) -> None:
    with empty.connect() as connection:
        config = schema.alembic_config()
        config.attributes["connection"] = connection
        command.check(config)


def test_every_table_has_its_organisatie(empty: Engine) -> None:
    with empty.connect() as connection:
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        columns = text("""
        SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'organisatie_id' AND is_nullable = 'NO'
        """)
        assert set(tables) - set(connection.scalars(columns)) == WITHOUT_ORGANISATIE
        constraints = text("""
        SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = 'organisatie'::regclass
        """)
        assert set(tables) - set(connection.scalars(constraints)) == WITHOUT_ORGANISATIE


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

"""The planner knows a young installation: what the schema holds from ``migrate`` on, and what came since each hour."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from app.db import sessions
from app.db.statistics import refresh_changed, refresh_statistics
from app.services.beheer.onderhoud import maintain
from tests import database
from tests.cli.conftest import runner

_UNCOUNTED = text("""
SELECT relname FROM pg_class
WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND reltuples < 0
""")


@pytest.fixture
def url(worker_id: str) -> str:
    return database.create_migrated(f"pleegzicht_statistieken_{worker_id}")


@pytest.fixture
def owner(url: str) -> Iterator[Engine]:
    engine = sessions.make_engine(url, role=None)
    yield engine
    engine.dispose()


def rows_known(owner: Engine, table: str) -> int:
    """Return how many rows the planner thinks that a table has; -1 when nobody ever counted."""
    with owner.connect() as connection:
        return int(connection.scalar(text("SELECT reltuples FROM pg_class WHERE oid = to_regclass(:t)"), {"t": table}))


def add_organisaties(owner: Engine, first: int, last: int) -> None:
    """Add some, and let PostgreSQL know at once that it did: it tells itself once a second, and when a login ends."""
    with owner.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO organisatie (id, uid, code, naam, soort) "
                "SELECT n, gen_random_uuid(), 'S' || n, 'S', 'aanbieder' "
                "FROM generate_series(CAST(:first AS int), :last) n"
            ),
            {"first": first, "last": last},
        )
    owner.dispose()


def test_after_migrate_every_table_was_counted(
    worker_id: str,
    tmp_path: Path,
    schone_instellingen: None,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    url = database.create_database(f"pleegzicht_statistieken_leeg_{worker_id}")
    run = runner(url, tmp_path, monkeypatch, capfd)
    assert run("migrate").code == 0
    engine = sessions.make_engine(url, role=None)
    with engine.connect() as connection:
        assert connection.scalars(_UNCOUNTED).all() == []
    engine.dispose()


def test_maintenance_counts_a_few_rows_that_postgresql_would_leave(owner: Engine) -> None:
    refresh_statistics(owner)
    add_organisaties(owner, 1, 5)
    assert rows_known(owner, "organisatie") == 0
    maintain(owner, datetime(2041, 11, 20, 8, tzinfo=UTC))
    assert rows_known(owner, "organisatie") == 5


def test_what_did_not_change_much_is_not_counted_again(owner: Engine) -> None:
    refresh_statistics(owner)
    for first, last, counted in ((1, 20, True), (21, 22, False), (23, 23, True)):
        add_organisaties(owner, first, last)
        assert ("organisatie" in refresh_changed(owner)) is counted, (first, last)
    assert "organisatie" not in refresh_changed(owner)


def test_a_table_in_parts_is_counted_as_a_whole(owner: Engine) -> None:
    """PostgreSQL counts the parts by itself, and the whole never."""
    with owner.begin() as connection:
        connection.execute(text("CREATE TABLE delen (n int) PARTITION BY LIST (n)"))
        connection.execute(text("CREATE TABLE deel PARTITION OF delen DEFAULT"))
    refresh_statistics(owner)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("INSERT INTO delen SELECT generate_series(1, 60)"))
        connection.execute(text("ANALYZE deel"))
    owner.dispose()
    assert rows_known(owner, "delen") == 0
    assert refresh_changed(owner) == ["delen"]
    assert rows_known(owner, "delen") == 60


def test_who_owns_nothing_counts_nothing(owner: Engine, url: str, worker_id: str) -> None:
    """Without a warning for each table, which the log of the server would hold every hour."""
    login, password = f"pleegzicht_vreemd_{worker_id}", secrets.token_hex(16)
    with owner.begin() as connection:
        connection.exec_driver_sql(f"DROP ROLE IF EXISTS {login}")
        connection.exec_driver_sql(f"CREATE ROLE {login} LOGIN PASSWORD '{password}'")
    try:
        other = make_url(url).set(username=login, password=password)
        stranger = sessions.make_engine(other.render_as_string(hide_password=False), role=None)
        assert refresh_statistics(stranger) == []
        stranger.dispose()
    finally:
        with owner.begin() as connection:
            connection.exec_driver_sql(f"DROP ROLE {login}")

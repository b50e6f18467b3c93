"""``pleegzicht onderhoud``: the months of the access log are there before they begin, and no wall is lower in them."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, text

from app import db
from app.models import Base
from app.services.onderhoud import LOGBOEKEN, make_months
from tests import database
from tests.cli.conftest import Run

LATER = date(2041, 11, 20)


@pytest.fixture
def owner(worker_id: str) -> Iterator[Engine]:
    engine = db.make_engine(database.create_migrated(f"pleegzicht_onderhoud_{worker_id}"), role=None)
    yield engine
    engine.dispose()


def test_the_command_makes_what_is_missing_once(run: Run) -> None:
    run("onderhoud")
    again = run("onderhoud")
    assert (again.code, again.line) == (0, "0 maanden aangemaakt.")


def test_months_ahead_over_the_turn_of_the_year(owner: Engine) -> None:
    made = make_months(owner, LATER, 2)
    assert made == [f"{table}_{month}" for table in LOGBOEKEN for month in ("2041_11", "2041_12", "2042_01")]
    assert make_months(owner, LATER, 2) == []


def test_only_through_the_log_itself_can_a_month_be_read_or_written(owner: Engine) -> None:
    """A month of its own would have no row-level security in between."""
    make_months(owner, LATER, 0)
    rights = text(
        "SELECT count(*) FROM pg_roles r, unnest(CAST(:namen AS text[])) naam WHERE r.rolname LIKE 'pleegzicht%' "
        "AND has_table_privilege(r.rolname, naam, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')"
    )
    with owner.connect() as connection:
        months = [f"{table}_2041_11" for table in LOGBOEKEN]
        assert connection.execute(rights, {"namen": months}).scalar_one() == 0


def test_what_lay_in_the_rest_moves_to_its_month(owner: Engine) -> None:
    """A forgotten run loses nothing, and changes nothing of what was written meanwhile."""
    columns = {"organisatie_id": "1", "naam": "'Test'", "rol": "'teamleider'", "soort": "'lezen'", "op": "'2041-11-30'"}
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(_insert(columns)))
        before = connection.execute(text("SELECT i::text, tableoid::regclass::text FROM inzage i")).one()
    assert before[1] == "inzage_overig"
    make_months(owner, LATER, 0)
    with owner.connect() as connection:
        after = connection.execute(text("SELECT i::text, tableoid::regclass::text FROM inzage i")).one()
    assert after == (before[0], "inzage_2041_11")


def _insert(columns: dict[str, str]) -> str:
    """Return the insert of a look, with something in every column that must have it."""
    table = Base.metadata.tables["inzage"]
    filler = {"uid": "gen_random_uuid()", "medewerker": "gen_random_uuid()", "account_id": "1"}
    needed = [c.name for c in table.columns if not c.nullable and c.server_default is None and c.name not in columns]
    values = {**columns, **{name: filler.get(name, "''") for name in needed}}
    return f"INSERT INTO inzage ({', '.join(values)}) VALUES ({', '.join(values.values())})"  # noqa: S608 - constants

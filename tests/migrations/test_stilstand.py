"""What is being recorded while a migration fills a table from the facts is in that table when both are done."""

import threading
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from app.services.beheer import schema
from tests.migrations.test_stappen import NU, add_medewerker
from tests.models.weigeren import PATIENCE, Kind

#: of each table that a migration fills: which rows of the child say what is being recorded
FILLED = {
    "0033": "SELECT count(*) FROM zonder_begeleider WHERE pleegkind_id = :kind AND mogelijk_tot = DATE '2026-01-05'",
    "0037": "SELECT count(*) FROM open_na_vertrek WHERE pleegkind_id = :kind AND vertrokken_per = DATE '2026-02-01'",
    "0040": "SELECT count(*) FROM kind_in_begeleiding WHERE pleegkind_id = :kind AND medewerker_id = :wie",
    "0043": "SELECT count(*) FROM open_na_vertrek WHERE pleegkind_id = :kind AND medewerker_id = :wie",
}
_NEW = "gen_random_uuid(), :organisatie, :nummer, 1, false, :op, 1"
_FACT = "uid, organisatie_id, nummer, versie, ingetrokken, vastgelegd_op, volgorde"
PLACED = text(f"""
INSERT INTO plaatsing ({_FACT}, pleegkind_id, pleeggezin_id, vorm, zorgvorm, van, tot)
VALUES ({_NEW}, :kind, :gezin, 'voltijd', 'pleegzorg', DATE '2026-01-05', DATE '2026-02-01') RETURNING feit_id
""")
GUIDED = text(f"""
INSERT INTO begeleiding ({_FACT}, plaatsing_id, medewerker_id, van)
VALUES ({_NEW}, :plaatsing, :wie, DATE '2026-01-05')
""")
OPEN = text("""
INSERT INTO termijn (organisatie_id, pleegkind_id, norm, onderwerp_soort, onderwerp_id, zwaarte, van, uiterlijk)
VALUES (:organisatie, :kind, 'ACT', 'pleegkind', :kind, 'norm', DATE '2026-02-01', DATE '2026-03-01')
""")


def record_who_left(connection: Connection, kind: Kind, wie: int) -> None:
    """Record, as any schema since 0032 has it, a child that was guided and left."""
    row = {**row_of(kind), "gezin": kind.pleeggezin_id, "op": NU, "wie": wie, "nummer": uuid4().hex[:8]}
    plaatsing = connection.execute(PLACED, row).scalar_one()
    connection.execute(GUIDED, {**row, "plaatsing": plaatsing})


def record_what_is_open(connection: Connection, kind: Kind) -> None:
    connection.execute(OPEN, row_of(kind))


def row_of(kind: Kind) -> dict[str, object]:
    return {"organisatie": kind.organisatie_id, "kind": kind.pleegkind_id}


def while_recording(owner: Engine, connection: Connection, migrate: Callable[[], None]) -> None:
    """Migrate while a transaction has recorded something and not committed it; commit it when the migration waits."""
    faults: list[Exception] = []

    def migrating() -> None:
        try:
            migrate()
        except Exception as error:  # noqa: BLE001 — told below
            faults.append(error)

    thread = threading.Thread(target=migrating)
    thread.start()
    wait_until_somebody_waits_for(owner, connection)
    connection.commit()
    thread.join()
    assert faults == []


def wait_until_somebody_waits_for(owner: Engine, connection: Connection) -> None:
    """Return when somebody waits for what a transaction holds."""
    pid, found = connection.connection.dbapi_connection.info.backend_pid, None  # type: ignore[union-attr]
    asked = text("SELECT pid FROM pg_stat_activity WHERE :pid = ANY (pg_blocking_pids(pid))")
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        until = time.monotonic() + PATIENCE
        while found is None:
            assert time.monotonic() < until, "nobody ever waited"
            found = watching.execute(asked, {"pid": pid}).scalar()


@pytest.fixture
def kind(empty: Engine) -> Kind:
    return Kind(empty)


@pytest.fixture
def wie(empty: Engine, kind: Kind) -> int:
    with Session(empty) as session:
        found = add_medewerker(session, kind.organisatie_id)
        session.commit()
    return found


def counted(owner: Engine, statement: str, kind: Kind, wie: int) -> int:
    with owner.connect() as connection:
        found: int = connection.execute(text(statement), {"kind": kind.pleegkind_id, "wie": wie}).scalar_one()
        return found


@pytest.mark.parametrize("revision", FILLED)
def test_what_is_being_recorded_is_waited_for(empty: Engine, kind: Kind, wie: int, revision: str) -> None:
    schema.downgrade(empty, f"{int(revision) - 1:04d}")
    with empty.connect() as recording:
        record_who_left(recording, kind, wie)
        record_what_is_open(recording, kind)
        while_recording(empty, recording, lambda: schema.upgrade(empty, revision))
    assert counted(empty, FILLED[revision], kind, wie) == 1


def test_it_is_waited_for_on_the_way_back_too(empty: Engine, kind: Kind, wie: int) -> None:
    with empty.connect() as recording:
        record_who_left(recording, kind, wie)
        recording.commit()
        record_what_is_open(recording, kind)
        while_recording(empty, recording, lambda: schema.downgrade(empty, "0042"))
    assert counted(empty, FILLED["0037"], kind, wie) == 1

"""Audits and inspecteurs read from the replica when it has everything that was committed, and otherwise do not notice.

The server of the tests has no replica: what one would say about how far it is, is said by the database itself. A real
one is in ``make drill-cluster``.
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from app.db import replica
from app.db.replica import Replica, position_of
from tests.api.client import Dienst, Gebruiker
from tests.api.conftest import DemoUser
from tests.api.toezicht import Onderzoek, investigate

#: what a replica says that has everything, and one that never comes that far
HAS_ALL = "SELECT pg_current_wal_flush_lsn() >= %s::pg_lsn, true"
BEHIND = "SELECT pg_current_wal_flush_lsn() < %s::pg_lsn, true"
READINGS: dict[str, Callable[[Onderzoek], tuple[Gebruiker, str]]] = {
    "vergelijking": lambda one: (one.kwaliteit, f"/kwartaaltoetsen/{one.toets}/vergelijking"),
    "export": lambda one: (one.kwaliteit, f"/kwartaaltoetsen/{one.toets}/export?formaat=json"),
    "inspecteur": lambda one: (one.inspecteur, "/toezicht/kengetallen"),
    "export van een inspecteur": lambda one: (one.inspecteur, f"/toezicht/kwartaaltoetsen/{one.toets}/export"),
}


@pytest.fixture(scope="module")
def onderzoek(demo: DemoUser, dienst: Dienst, module_at_work: None) -> Onderzoek:
    return investigate(demo, dienst)


def url_of(dienst: Dienst) -> str:
    return dienst.engine.url.render_as_string(hide_password=False)


@contextmanager
def following(dienst: Dienst, monkeypatch: pytest.MonkeyPatch, url: str, hoogstens: float = 0.1) -> Iterator[Replica]:
    made = Replica(url, hoogstens)
    monkeypatch.setitem(vars(dienst.engines), "replica", made)
    yield made
    made.dispose()


@contextmanager
def counted(*engines: Engine) -> Iterator[list[str]]:
    """Yield what the engines are asked through SQLAlchemy or begin on psycopg."""
    asked: list[str] = []

    def note(*_arguments: object) -> None:
        asked.append("")

    for engine in engines:
        event.listen(engine, "begin", note)
    yield asked
    for engine in engines:
        event.remove(engine, "begin", note)


def read(reading: str, onderzoek: Onderzoek) -> bytes:
    who, path = READINGS[reading](onderzoek)
    answer = who.get(path)
    assert answer.status_code == 200, answer.text
    return bytes(answer.content)


@pytest.mark.parametrize("reading", READINGS)
def test_it_is_read_from_a_replica_that_has_everything(
    dienst: Dienst, onderzoek: Onderzoek, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    before = read(reading, onderzoek)
    monkeypatch.setattr(replica, "_HAS", HAS_ALL)
    with following(dienst, monkeypatch, url_of(dienst)) as there, counted(there.app, there.inspector) as asked:
        assert read(reading, onderzoek) == before
    assert len(asked) == 1


@pytest.mark.parametrize("reading", READINGS)
def test_one_that_is_too_far_behind_is_waited_for_once(
    dienst: Dienst, onderzoek: Onderzoek, monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    before = read(reading, onderzoek)
    monkeypatch.setattr(replica, "_HAS", BEHIND)
    with following(dienst, monkeypatch, url_of(dienst), 0.3) as there, counted(there.app, there.inspector) as asked:
        assert read(reading, onderzoek) == before
        monkeypatch.setattr(replica, "_HAS", HAS_ALL)
        assert read(reading, onderzoek) == before
        assert asked == []
        monkeypatch.setattr(there, "_away_until", 0.0)
        assert read(reading, onderzoek) == before
        assert len(asked) == 1


def test_one_that_comes_far_enough_in_time_is_waited_for(
    dienst: Dienst, onderzoek: Onderzoek, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is behind when it is first asked, and has everything a moment later."""
    with dienst.owner.connect() as connection:
        later = connection.execute(text("SELECT clock_timestamp() + interval '0.3 seconds'")).scalar_one()
    soon = f"SELECT %s::pg_lsn IS NOT NULL AND clock_timestamp() > '{later.isoformat()}', true"
    monkeypatch.setattr(replica, "_HAS", soon)
    with following(dienst, monkeypatch, url_of(dienst), 5) as there, counted(there.app) as asked:
        read("vergelijking", onderzoek)
    assert len(asked) == 1
    with dienst.owner.connect() as connection:
        assert connection.execute(text("SELECT clock_timestamp()")).scalar_one() > later


def test_a_database_that_follows_nobody_is_no_replica(dienst: Dienst) -> None:
    there = Replica(url_of(dienst), 5)
    began = time.monotonic()
    with Session(dienst.owner) as session:
        position = position_of(session)
    assert position is not None
    assert there.has(position) is False
    assert time.monotonic() - began < 3
    assert there.lag(position) is None
    there.dispose()


@pytest.mark.parametrize(("seconds", "least", "most"), [(0.3, 0.1, 2.0), (60, 3600, 3600)], ids=["soon", "never"])
def test_one_that_comes_there_at_once_is_not_as_far_behind_as_its_last_work_is_old(
    dienst: Dienst, monkeypatch: pytest.MonkeyPatch, seconds: float, least: float, most: float
) -> None:
    """A database in which nobody recorded for an hour writes something of its own now and then."""
    with dienst.owner.connect() as connection:
        later = connection.execute(text(f"SELECT clock_timestamp() + interval '{seconds} seconds'")).scalar_one()
    behind = f"CASE WHEN clock_timestamp() > '{later.isoformat()}' THEN 0 ELSE 3600 END"
    monkeypatch.setattr(replica, "_LAG", f"SELECT {behind} WHERE %s::pg_lsn IS NOT NULL")
    there = Replica(url_of(dienst), 1)
    found = there.lag("0/1")
    assert found is not None
    assert least <= found <= most
    there.dispose()


@pytest.mark.parametrize("how", ["gone", "hangs"])
def test_one_that_is_gone_or_hangs_is_not_noticed(
    dienst: Dienst, onderzoek: Onderzoek, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    before = read("vergelijking", onderzoek)
    monkeypatch.setattr(replica, "_GRACE", 0.2)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        if how == "hangs":
            door.listen()
        url = f"postgresql+psycopg://iemand@127.0.0.1:{door.getsockname()[1]}/weg"
        with following(dienst, monkeypatch, url):
            assert read("vergelijking", onderzoek) == before
            began = time.monotonic()
            assert read("export", onderzoek)
            assert time.monotonic() - began < replica.AWAY / 2


def test_who_may_not_is_refused_whatever_the_replica_says(
    dienst: Dienst, onderzoek: Onderzoek, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replica, "_HAS", HAS_ALL)
    nobody = Gebruiker(dienst.client, "onbekend", onderzoek.kwaliteit.rol, {}, dienst.secrets).again()
    with following(dienst, monkeypatch, url_of(dienst)) as there, counted(there.app, there.inspector) as asked:
        assert nobody.get(f"/kwartaaltoetsen/{onderzoek.toets}/export").status_code == 401
        assert onderzoek.inspecteur.get(f"/kwartaaltoetsen/{onderzoek.toets}/export").status_code == 403
        assert asked == []

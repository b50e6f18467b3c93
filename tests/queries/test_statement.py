"""Fast statements on a connection of the service: the same rows and errors as psycopg's own way, and none forgotten."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import ARRAY, BigInteger, Date, DateTime, Engine, LargeBinary, Text, Uuid, bindparam, func, select, text
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.statement import FastStatement, compile_all

MOMENT = datetime(2026, 7, 1, 12, 30, 5, 123456, tzinfo=timezone(timedelta(hours=2)))
VALUES: list[tuple[Any, Any]] = [
    (BigInteger, 1), (BigInteger, 40_000), (BigInteger, 2**40), (BigInteger, None), (Text, "a% 'b' \\ ë"), (Text, None),
    (Date, date(2026, 7, 1)), (DateTime(timezone=True), MOMENT), (Uuid, UUID(int=7)), (LargeBinary, b"\x00\xff"),
    (ARRAY(BigInteger), [1, 2**40, 3]), (ARRAY(BigInteger), []), (ARRAY(Text), ["a", "b,c"]),
    (ARRAY(Uuid), [UUID(int=1)]),
]  # fmt: skip


@pytest.fixture(scope="module")
def direct(database_url: str) -> Iterator[Engine]:
    """The engine of requests: its fast statements go to libpq."""
    engine = sessions.make_engine(database_url, pool_size=1)
    yield engine
    engine.dispose()


def echo(kind: Any) -> FastStatement:
    return FastStatement(select(bindparam("waarde", type_=kind), bindparam("n", type_=BigInteger)))


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_value_comes_back_the_same_whichever_way(direct: Engine, engine: Engine, kind: Any, value: Any) -> None:
    statement = echo(kind)
    for _ in range(3):
        with sessions.reading(direct) as fast, sessions.reading(engine) as slow:
            fast.execute(text("SELECT 1"))  # the transaction has begun: what follows goes to libpq
            assert statement.rows(fast, waarde=value, n=5) == statement.rows(slow, waarde=value, n=5) == [(value, 5)]


def test_who_serves_compiles_before_anybody_asks_and_a_command_what_it_uses() -> None:
    statement = echo(Text)
    assert kept(statement) == {"_statement"}
    assert "waarde" in statement.sql
    assert kept(statement) == {"_statement", "_named"}
    compile_all()
    assert kept(statement) == {"_named", "_numbered"}  # what they were made of goes


def kept(statement: FastStatement) -> set[str]:
    return {name for name, value in vars(statement).items() if value is not None}


def sent(monkeypatch: pytest.MonkeyPatch) -> list[FastStatement]:
    """Return what goes to libpq from here on."""
    seen: list[FastStatement] = []
    send = FastStatement.send

    def listening(self: FastStatement, *given: Any) -> Any:
        seen.append(self)
        return send(self, *given)

    monkeypatch.setattr(FastStatement, "send", listening)
    return seen


def prepared(session: Session) -> int:
    count = "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE '\\_snel%'"
    return int(session.execute(text(count)).scalar_one())


def test_numbers_of_all_sizes_share_one_plan(direct: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, statement = sent(monkeypatch), echo(BigInteger)
    with sessions.reading(direct) as session:
        before = prepared(session)
        for value in (1, 70_000, 2**40, 2):
            assert statement.rows(session, waarde=value, n=value) == [(value, value)]
        assert prepared(session) == before + 1
    assert len(seen) == 4


@pytest.mark.parametrize("ending", ["FAILED", "DROP"])
def test_what_psycopg_let_be_forgotten_is_prepared_anew(direct: Engine, ending: str) -> None:
    statement = echo(BigInteger)
    for _ in range(4):  # psycopg has statements of its own to forget
        with Session(direct) as session:
            session.execute(text("SELECT 1"))
            assert statement.rows(session, waarde=1, n=2) == [(1, 2)]
            if ending == "DROP":
                session.execute(text("CREATE TEMPORARY TABLE weg (a int)"))
                session.execute(text("DROP TABLE weg"))
                assert statement.rows(session, waarde=1, n=2) == [(1, 2)]
                session.commit()
            else:
                with pytest.raises(DataError):
                    session.execute(text("SELECT 1 / 0"))


def test_who_is_refused_costs_nobody_a_plan(direct: Engine) -> None:
    fast, slow = echo(BigInteger), text("SELECT 'gewoon'")

    def ask(session: Session) -> set[str]:
        for _ in range(4):
            session.execute(slow)
            assert fast.rows(session, waarde=1, n=2) == [(1, 2)]
        return set(session.scalars(text("SELECT name FROM pg_prepared_statements")))

    with Session(direct) as session:
        before = ask(session)
        session.rollback()
        assert before <= ask(session)
        with pytest.raises(DataError):
            session.execute(text("SELECT 1 / 0"))
        session.rollback()
        assert not before & ask(session)  # what failed is on the server under a name that nobody knows


def test_a_refusal_is_the_error_that_psycopg_gives(direct: Engine) -> None:
    by_zero = FastStatement(select(func.div(1, bindparam("n", type_=BigInteger))))
    with Session(direct) as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(psycopg.errors.DivisionByZero):
            by_zero.rows(session, n=0)
        with pytest.raises(psycopg.errors.InFailedSqlTransaction):
            by_zero.rows(session, n=1)


def test_a_lost_connection_is_an_operational_error(direct: Engine) -> None:
    statement = echo(BigInteger)
    with Session(direct) as session:
        pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        owner = sessions.make_engine(direct.url.render_as_string(hide_password=False), role=None)
        with owner.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        owner.dispose()
        with pytest.raises(psycopg.OperationalError):
            statement.rows(session, waarde=1, n=2)
        session.invalidate()

"""Versions form one chain per fact: none is skipped, forked or grafted on another fact, also by two writers at once."""

import threading
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.db.namens import Namens, act_for
from app.models import Feit, Kindgesprek, Plaatsing
from app.services.demo.load import MODELLEN
from tests.models.weigeren import PATIENCE, Kind, copy_row, refused, wait_until_waiting

JAN, FEB, MRT = (date(2026, month, 1) for month in (1, 2, 3))


@pytest.fixture
def gesprek(session: Session, beide: tuple[int, int]) -> Iterator[Kindgesprek]:
    """Return the talk of the first organisatie; nothing of the test stays."""
    act_for(session, Namens(beide[0]))
    yield session.scalars(select(Kindgesprek).where(Kindgesprek.organisatie_id == beide[0])).one()
    session.rollback()


def next_version(gesprek: Kindgesprek, **changes: Any) -> dict[str, Any]:
    """Return a row that rightly continues a first version, with some columns changed."""
    row = {column.key: getattr(gesprek, column.key) for column in Kindgesprek.__table__.columns}
    for name in ("id", "feit_id"):
        del row[name]
    row |= {"eerste_id": gesprek.id, "vervangt_id": gesprek.id, "versie": 2, "wijzigingsreden": "test", "volgorde": 999}
    return row | changes


def test_a_version_that_continues_its_predecessor_is_taken(session: Session, gesprek: Kindgesprek) -> None:
    session.execute(insert(Kindgesprek).values(next_version(gesprek)))


@pytest.mark.parametrize(
    ("kolom", "waarde"),
    [
        ("uid", uuid4()),
        ("nummer", "T-ANDERS"),
        ("versie", 3),
        ("versie", 2**31),
        ("eerste_id", None),
        ("vervangt_id", None),
        ("vervangt_id", 2**60),
        ("wijzigingsreden", None),
    ],
)
def test_a_version_that_does_not_is_refused(session: Session, gesprek: Kindgesprek, kolom: str, waarde: Any) -> None:
    row = next_version(gesprek, **{kolom: waarde})
    refusal = refused(lambda: session.execute(insert(Kindgesprek).values(row)))
    assert isinstance(refusal, errors.CheckViolation)


def test_a_version_of_another_organisatie_is_refused(
    session: Session, gesprek: Kindgesprek, beide: tuple[int, int]
) -> None:
    row = next_version(gesprek, organisatie_id=beide[1])
    assert isinstance(
        refused(lambda: session.execute(insert(Kindgesprek).values(row))),
        errors.CheckViolation | errors.ForeignKeyViolation | errors.InsufficientPrivilege,
    )


def test_a_first_version_is_not_withdrawn_and_replaces_nothing(session: Session, gesprek: Kindgesprek) -> None:
    alone = {"uid": uuid4(), "nummer": "T-NIEUW", "versie": 1, "wijzigingsreden": None}
    for wrong in ({"ingetrokken": True, "eerste_id": None, "vervangt_id": None}, {"eerste_id": None}):
        row = next_version(gesprek, **alone, **wrong)
        refusal = refused(lambda row=row: session.execute(insert(Kindgesprek).values(row)))  # type: ignore[misc]
        assert isinstance(refusal, errors.CheckViolation)
        session.rollback()


def test_a_chain_never_forks(session: Session, gesprek: Kindgesprek) -> None:
    session.execute(insert(Kindgesprek).values(next_version(gesprek)))
    fork = next_version(gesprek)
    refusal = refused(lambda: session.execute(insert(Kindgesprek).values(fork)))
    assert isinstance(refusal, errors.UniqueViolation)


def test_two_transactions_that_replace_one_version_do_not_both_succeed(owner: Engine, kind: Kind) -> None:
    with kind.session() as session:
        plaatsing = kind.place(session, JAN, None)
        session.commit()
        key = plaatsing.id
    outcome: list[Any] = []
    with kind.session() as first, kind.session() as second:
        pid = second.execute(text("SELECT pg_backend_pid()")).scalar_one()
        kind.correct(first, first.get_one(Plaatsing, key), tot=FEB)

        def correct() -> None:
            try:
                kind.correct(second, second.get_one(Plaatsing, key), tot=MRT)
                second.commit()
            except (DBAPIError, psycopg.Error) as error:
                outcome.append(getattr(error, "orig", error))

        thread = threading.Thread(target=correct)
        thread.start()
        wait_until_waiting(owner, pid)
        first.commit()
        thread.join(PATIENCE)
    assert [type(error) for error in outcome] == [errors.UniqueViolation]


@pytest.mark.parametrize("model", MODELLEN, ids=lambda model: model.__tablename__)
def test_every_kind_of_fact_guards_its_chain(session: Session, beide: tuple[int, int], model: type[Feit]) -> None:
    """A second version with the nummer of another fact: refused by the trigger that each table must have."""
    table: Any = model.__table__
    changes = {
        "versie": 2,
        "wijzigingsreden": "test",
        "nummer": "ANDERS",
        "eerste_id": table.c.id,
        "vervangt_id": table.c.id,
    }
    refusal = refused(lambda: copy_row(session, table, beide[0], changes))
    assert isinstance(refusal, errors.CheckViolation)
    assert "sluit niet aan" in str(refusal)

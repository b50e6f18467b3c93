"""A child never has two voltijd or crisis plaatsingen on one day: the database refuses, also two writers at once."""

import threading
from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.models import Plaatsing
from app.services.feiten.versions import replace_feit
from app.terms import PlaatsingVorm
from tests.models.weigeren import PATIENCE, Kind, refused, wait_until_waiting

JAN, FEB, MRT, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("van", "tot", "vorm"),
    [
        (JAN, None, "voltijd"),
        (date(2026, 2, 28), APR, "crisis"),
        (date(2025, 1, 1), date(2026, 1, 2), "voltijd"),
        (FEB, date(2026, 2, 2), "crisis"),
        (date(2025, 1, 1), None, "crisis"),
    ],
)
def test_two_stays_never_share_a_day(session: Session, kind: Kind, van: date, tot: date | None, vorm: str) -> None:
    kind.place(session, JAN, MRT)
    refusal = refused(lambda: kind.place(session, van, tot, vorm))
    assert isinstance(refusal, errors.ExclusionViolation)


@pytest.mark.parametrize(
    ("van", "tot", "vorm"),
    [(MRT, None, "voltijd"), (date(2025, 1, 1), JAN, "crisis"), (FEB, None, "deeltijd"), (FEB, FEB, "voltijd")],
    ids=["leaves and enters", "until the first day", "deeltijd", "empty"],
)
def test_what_shares_no_day_may_stand_beside_it(
    session: Session, kind: Kind, van: date, tot: date | None, vorm: str
) -> None:
    kind.place(session, JAN, MRT)
    kind.place(session, van, tot, vorm)
    session.commit()


def test_a_correction_may_not_bring_an_overlap_and_a_withdrawal_makes_room(session: Session, kind: Kind) -> None:
    first = kind.place(session, JAN, FEB)
    kind.place(session, FEB, MRT)
    session.commit()
    assert isinstance(refused(lambda: kind.correct(session, first, tot=None)), errors.ExclusionViolation)
    session.rollback()
    first = session.get_one(Plaatsing, first.id)
    replace_feit(kind.recording(session), first, {}, reden="test", withdraw=True)
    kind.place(session, JAN, FEB, "crisis")
    session.commit()


def test_deeltijd_becomes_voltijd_only_where_there_is_room(session: Session, kind: Kind) -> None:
    kind.place(session, JAN, MRT)
    deeltijd = kind.place(session, FEB, None, "deeltijd")
    changed = refused(lambda: kind.correct(session, deeltijd, vorm=PlaatsingVorm.CRISIS))
    assert isinstance(changed, errors.ExclusionViolation)


def test_two_transactions_at_once_cannot_both_place(owner: Engine, kind: Kind) -> None:
    """The second one waits for the first, and is refused when that one commits."""
    outcome: list[Any] = []
    with kind.session() as first, kind.session() as second:
        pid = second.execute(text("SELECT pg_backend_pid()")).scalar_one()
        kind.place(first, JAN, None)

        def place() -> None:
            try:
                kind.place(second, FEB, None)
            except (DBAPIError, psycopg.Error) as error:
                outcome.append(getattr(error, "orig", error))
            else:
                outcome.append(None)

        thread = threading.Thread(target=place)
        thread.start()
        wait_until_waiting(owner, pid)
        assert outcome == []
        first.commit()
        thread.join(PATIENCE)
    assert [type(error) for error in outcome] == [errors.ExclusionViolation]


def _past_each_other(session: Session, kind: Kind) -> None:
    """Let two plaatsingen change places, one correction after the other."""
    first, second = kind.place(session, JAN, FEB), kind.place(session, FEB, MRT)
    session.flush()
    kind.correct(session, first, van=FEB, tot=MRT)
    kind.correct(session, second, van=JAN, tot=FEB)
    session.commit()


def test_one_transaction_may_move_two_past_each_other_when_it_says_so(session: Session, kind: Kind) -> None:
    assert isinstance(refused(lambda: _past_each_other(session, kind)), errors.ExclusionViolation)
    session.rollback()
    session.execute(text("SET CONSTRAINTS ex_plaatsing_bezetting_overlap DEFERRED"))
    _past_each_other(session, kind)
    found = session.execute(
        text("SELECT lower(periode) FROM plaatsing_bezetting WHERE pleegkind_id = :kind ORDER BY plaatsing_id"),
        {"kind": kind.pleegkind_id},
    )
    assert list(found.scalars()) == [FEB, JAN]


def test_what_still_overlaps_at_the_end_is_refused_at_commit(session: Session, kind: Kind) -> None:
    session.execute(text("SET CONSTRAINTS ex_plaatsing_bezetting_overlap DEFERRED"))
    kind.place(session, JAN, None)
    kind.place(session, FEB, None)
    assert isinstance(refused(session.commit), errors.ExclusionViolation)

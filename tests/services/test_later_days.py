"""Stored deadlines on later days: birthdays, planned ends, norms that start, exceptions that end; none rewritten."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import InternalError
from sqlalchemy.orm import Session

from app.db.namens import Namens
from app.db.sessions import reading, unit_of_work
from app.models import Pleegkind, Termijn, Vastlegteller
from app.norms.calendar import birthday
from app.norms.course import EDITION
from app.queries.accounts.actor import get_actor
from app.schemas.norm import NormIn
from app.security.demo_issuer import ISSUER
from app.security.secrets import Secrets
from app.services.beheer.controle import control, renew_old_editions
from app.services.beheer.organisaties import find_organisatie
from app.services.demo.load import load_demo
from app.services.feiten.recording import RequestTime
from app.services.normen import tighten_norm
from app.services.termijnen import check_termijnen
from app.terms import NormCode, Zwaarte
from tests import database

VANDAAG = date(2026, 11, 21)
NU = datetime(2026, 11, 21, 8, tzinfo=UTC)
#: the first days one by one, then every 19th, and the days on which the stricter norms begin and end
DAGEN = sorted({0, 1, 2, 3, *range(7, 401, 19), 39, 40, 74, 75, 129, 130, 400})


@dataclass(frozen=True)
class Demo:
    """The demo organisatie in a database of its own."""

    engine: Engine
    organisatie_id: int


@pytest.fixture(scope="module")
def demo(sleutels: Secrets, worker_id: str) -> Iterator[Demo]:
    """Yield the small demo, with two stricter norms that have yet to begin; one of them ends again."""
    url = database.create_migrated(f"pleegzicht_dagen_{worker_id}")
    engine = database.app_engine(url)
    load_demo(engine, "klein", seed=5, today=VANDAAG, now=NU, secrets=sleutels)
    with Session(engine) as session:
        organisatie = find_organisatie(session, "DEMO")
        assert organisatie is not None
        organisatie_id = organisatie.id
        _tighten(session, NormCode.KAG_R, {"maanden": 3}, 40, 130)
        _tighten(session, NormCode.MDO, {"maanden": 5}, 75, None)
        session.commit()
    yield Demo(engine, organisatie_id)
    engine.dispose()


def _tighten(session: Session, code: NormCode, parameters: dict[str, int], begin: int, end: int | None) -> None:
    beheerder = get_actor(session, ISSUER, "beheerder", VANDAAG)
    assert beheerder is not None
    body = {
        "code": code,
        "geldigVan": VANDAAG + timedelta(days=begin),
        "geldigTot": None if end is None else VANDAAG + timedelta(days=end),
        "waarschuwingDagen": 40,
        "parameters": parameters,
        "toelichting": "strenger",
    }
    tighten_norm(session, beheerder, NormIn.model_validate(body), RequestTime(NU, VANDAAG))


def rows(session: Session, demo: Demo) -> list[tuple[Any, ...]]:
    statement = select(Termijn.__table__).where(Termijn.organisatie_id == demo.organisatie_id).order_by(Termijn.id)
    return [tuple(row) for row in session.execute(statement)]


def test_on_every_later_day_they_are_what_the_rule_says_then(demo: Demo) -> None:
    with reading(demo.engine, Namens(demo.organisatie_id)) as session:
        before = rows(session, demo)
        for dagen in DAGEN:
            controle = check_termijnen(session, demo.organisatie_id, VANDAAG + timedelta(days=dagen))
            assert controle.afwijkingen == (), dagen
            assert controle.termijnen > 100
        assert rows(session, demo) == before


def test_in_these_days_time_alone_changes_something_of_every_kind(demo: Demo) -> None:
    """Without this the test above could pass because nothing happened."""
    end = VANDAAG + timedelta(days=400)
    ahead = Termijn.van > VANDAAG, Termijn.van <= end, Termijn.organisatie_id == demo.organisatie_id
    with reading(demo.engine, Namens(demo.organisatie_id)) as session:

        def count(*conditions: Any) -> int:
            return session.execute(select(func.count()).select_from(Termijn).where(*conditions)).scalar_one()

        for norm, dagen in ((NormCode.KAG_R, 40), (NormCode.KAG_R, 130), (NormCode.MDO, 75)):
            assert count(*ahead, Termijn.norm == norm, Termijn.van == VANDAAG + timedelta(days=dagen))
        ended = Termijn.uitzondering_id.is_not(None), Termijn.tot > VANDAAG, Termijn.tot <= end
        assert count(*ended, Termijn.organisatie_id == demo.organisatie_id)
        assert count(*ahead, Termijn.norm == NormCode.VGB_12)
        born = session.scalars(select(Pleegkind.geboortedatum).where(Pleegkind.organisatie_id == demo.organisatie_id))
        grown_up = [birthday(geboren, 18) for geboren in born]
        assert any(count(*ahead, Termijn.van == dag) for dag in grown_up if VANDAAG < dag <= end)


WRONG: dict[str, Any] = {
    "another uiterlijk": lambda key: update(Termijn).where(Termijn.id == key).values(uiterlijk=date(2030, 1, 1)),
    "another last event": lambda key: update(Termijn).where(Termijn.id == key).values(laatste_datum=date(2019, 1, 1)),
    "another zwaarte": lambda key: update(Termijn).where(Termijn.id == key).values(zwaarte="streef"),
    "an exception that is none": lambda key: update(Termijn).where(Termijn.id == key).values(uitzondering_id=1),
    "an early end": lambda key: update(Termijn).where(Termijn.id == key).values(tot=VANDAAG + timedelta(days=9)),
    "a missing one": lambda key: delete(Termijn).where(Termijn.id == key),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_row_is_found_and_repaired(demo: Demo, wrong: str) -> None:
    with database.nothing_stays(demo.engine, Namens(demo.organisatie_id)) as session:
        key = session.scalars(
            select(Termijn.id).where(
                Termijn.organisatie_id == demo.organisatie_id,
                Termijn.norm == NormCode.VC_J,
                Termijn.zwaarte == Zwaarte.NORM,
                Termijn.van <= VANDAAG,
                Termijn.tot > VANDAAG + timedelta(days=30),
            )
        ).first()
        assert key is not None
        session.execute(WRONG[wrong](key))
        found = control(session, [demo.organisatie_id], VANDAAG)
        assert 1 <= len(found.afwijkingen) <= 2
        assert len(found.kinderen) == 1
        repaired = control(session, [demo.organisatie_id], VANDAAG, repair=True)
        assert repaired.afwijkingen == found.afwijkingen
        assert control(session, [demo.organisatie_id], VANDAAG).afwijkingen == ()


def test_a_deadline_of_nobody_is_found(demo: Demo) -> None:
    with database.nothing_stays(demo.engine, Namens(demo.organisatie_id)) as session:
        wanted = select(Termijn.__table__).where(Termijn.organisatie_id == demo.organisatie_id)
        first = session.execute(wanted).mappings().first()
        assert first is not None
        row = {**first, "pleegkind_id": 2**40}
        del row["id"], row["voorrang"]  # the database gives them
        session.execute(insert(Termijn).values(row))
        found = control(session, [demo.organisatie_id], VANDAAG)
        assert len(found.afwijkingen) == 1
        assert "hoort bij geen kind" in found.afwijkingen[0]


def test_what_reads_cannot_write(demo: Demo) -> None:
    with (
        reading(demo.engine, Namens(demo.organisatie_id)) as session,
        pytest.raises(InternalError, match="read-only transaction"),
    ):
        session.execute(delete(Termijn))


def test_deadlines_of_an_older_edition_of_the_rule_are_made_anew(demo: Demo) -> None:
    key, head = demo.organisatie_id, update(Vastlegteller).values(termijnen_editie=EDITION - 1)
    with reading(demo.engine, Namens(key)) as session:
        before = [row[1:] for row in rows(session, demo)]
    assert renew_old_editions(demo.engine, [key], VANDAAG) == 0
    with unit_of_work(demo.engine, Namens(key)) as session:
        session.execute(delete(Termijn).where(Termijn.organisatie_id == key, Termijn.norm == NormCode.KAG_R))
        session.execute(head.where(Vastlegteller.organisatie_id == key))
    assert renew_old_editions(demo.engine, [key], VANDAAG) == 1
    with reading(demo.engine, Namens(key)) as session:
        assert sorted(map(str, (row[1:] for row in rows(session, demo)))) == sorted(map(str, before))
    assert renew_old_editions(demo.engine, [key], VANDAAG) == 0

"""What scope and lists look things up in is proved against the facts, and made anew when it is not so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, select, text, update
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.namens import Namens
from app.db.sessions import unit_of_work
from app.models import Begeleiding, KindInBegeleiding, OpenNaVertrek, Plaatsing, Pleegkind, Termijn, ZonderBegeleider
from app.models.versions import holds
from app.norms.opvolging import NA_VERTREK
from app.queries.opzoektabellen import WANTED, compare_opzoektabellen
from app.security.secrets import Secrets
from app.services.beheer.controle import control
from app.services.beheer.organisaties import find_organisatie
from app.services.demo.load import load_demo
from app.services.feiten.locks import lock_child
from app.services.feiten.versions import begin_recording, replace_feit
from app.services.termijnen import refresh_termijnen
from tests import database
from tests.models.weigeren import wait_until_waiting

VANDAAG = date(2026, 11, 21)
NU = datetime(2026, 11, 21, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Demo:
    """The demo organisatie in a database of its own."""

    engine: Engine
    organisatie_id: int
    url: str


@pytest.fixture(scope="module")
def demo(sleutels: Secrets, worker_id: str) -> Iterator[Demo]:
    url = database.create_migrated(f"pleegzicht_opzoeken_{worker_id}")
    engine = database.app_engine(url)
    load_demo(engine, "klein", seed=3, today=VANDAAG, now=NU, secrets=sleutels)
    with Session(engine) as session:
        organisatie = find_organisatie(session, "DEMO")
        assert organisatie is not None
        key = organisatie.id
        leave_with_something_open(session, key)
        session.commit()
    yield Demo(engine, key, url)
    engine.dispose()


def leave_with_something_open(session: Session, organisatie: int) -> None:
    """End where a child lives of whom somebody must still do something."""
    recording = begin_recording(session, organisatie, NU, None)
    must = select(Termijn.pleegkind_id).where(Termijn.norm.in_(NA_VERTREK), Termijn.uiterlijk.is_not(None))
    kind = session.scalars(must.where(Termijn.pleegkind_id.in_(select(KindInBegeleiding.pleegkind_id)))).first()
    assert kind is not None
    homes = select(Plaatsing).where(Plaatsing.pleegkind_id == kind, Plaatsing.tot.is_(None), holds(Plaatsing))
    for home in session.scalars(homes).all():
        replace_feit(recording, home, {"tot": VANDAAG}, reden="test")
    refresh_termijnen(session, organisatie, {kind}, VANDAAG)


def first(session: Session, tabel: Any) -> dict[str, Any]:
    row = session.execute(select(tabel.__table__).order_by(*tabel.__table__.primary_key)).mappings().first()
    assert row is not None, tabel
    return dict(row)


def forget(session: Session, tabel: Any) -> int:
    row = first(session, tabel)
    keys = tabel.__table__.primary_key
    session.execute(delete(tabel.__table__).where(*(key == row[key.name] for key in keys)))
    return int(row["pleegkind_id"])


def give_away(session: Session, tabel: Any) -> int:
    """Let a row say that it is of a child that it is not of."""
    row = first(session, tabel)
    session.execute(delete(tabel).where(tabel.pleegkind_id == row["pleegkind_id"]))
    session.execute(insert(tabel), [{**row, "pleegkind_id": 2**40}])
    return int(row["pleegkind_id"])


def end_too_soon(session: Session, tabel: Any) -> int:
    row = first(session, tabel)
    mine = tabel.pleegkind_id == row["pleegkind_id"]
    session.execute(update(tabel).where(mine).values(mogelijk_tot=date(2000, 1, 1)))
    return int(row["pleegkind_id"])


WRONG = [*product(WANTED, (forget, give_away)), (ZonderBegeleider, end_too_soon)]


@pytest.mark.parametrize(("tabel", "break_it"), WRONG)
def test_a_wrong_row_is_found_and_made_anew(demo: Demo, tabel: Any, break_it: Any) -> None:
    with database.nothing_stays(demo.engine, Namens(demo.organisatie_id)) as session:
        assert control(session, [demo.organisatie_id], VANDAAG).afwijkingen == ()
        kind = break_it(session, tabel)
        found = control(session, [demo.organisatie_id], VANDAAG)
        assert kind in found.kinderen
        assert all(tabel.__tablename__ in one for one in found.afwijkingen)
        assert control(session, [demo.organisatie_id], VANDAAG, repair=True).afwijkingen == found.afwijkingen
        assert control(session, [demo.organisatie_id], VANDAAG).afwijkingen == ()


def test_what_triggers_missed_is_in_none_of_the_tables(demo: Demo) -> None:
    """The planted fault: facts that come while nothing keeps the tables."""
    owner = sessions.make_engine(demo.url, role=None)
    with database.nothing_stays(owner, Namens(demo.organisatie_id)) as session:
        for tabel in ("pleegkind", "plaatsing", "begeleiding"):
            session.execute(text(f"ALTER TABLE {tabel} DISABLE TRIGGER USER"))
        who = copy_first(session, Pleegkind, eerste_id=None, versie=1)
        home = copy_first(session, Plaatsing, pleegkind_id=who, tot=None)
        copy_first(session, Begeleiding, plaatsing_id=home)
        found = {one.tabel.__tablename__ for one in compare_opzoektabellen(session, demo.organisatie_id)}
        assert found >= {"plaatsing_bezetting", "kind_in_begeleiding", "zonder_begeleider"}
    owner.dispose()


def copy_first(session: Session, model: Any, **changes: Any) -> int:
    """Add a fact like one that is there, and return its id."""
    statement = select(model.__table__).where(model.versie == 1, model.ingetrokken.is_(False)).limit(1)
    row = {**session.execute(statement).mappings().one(), **changes}
    kept = {column.name: row[column.name] for column in model.__table__.columns if column.computed is None}
    del kept["id"]
    kept |= {"uid": text("gen_random_uuid()"), "nummer": text("gen_random_uuid()::text")}
    return int(session.execute(insert(model.__table__).values(kept).returning(model.__table__.c.id)).scalar_one())


def test_who_makes_it_anew_waits_for_who_records(demo: Demo) -> None:
    """Else what is recorded meanwhile is made anew without it."""
    with unit_of_work(demo.engine, Namens(demo.organisatie_id)) as session:
        kind = forget(session, OpenNaVertrek)
    with Session(demo.engine) as recording, Session(demo.engine) as repairing:
        lock_child(recording, demo.organisatie_id, kind, Plaatsing)
        pid = repairing.scalars(text("SELECT pg_backend_pid()")).one()
        at_work = Thread(target=lambda: control(repairing, [demo.organisatie_id], VANDAAG, repair=True))
        at_work.start()
        owner = sessions.make_engine(demo.url, role=None)
        wait_until_waiting(owner, pid)
        owner.dispose()
        recording.rollback()
        at_work.join()
        repairing.commit()
    with unit_of_work(demo.engine, Namens(demo.organisatie_id)) as session:
        assert compare_opzoektabellen(session, demo.organisatie_id) == []

"""Recording at the same time: numbers in the order of commits, one winner per version, a clock that never runs back."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.namens import Namens
from app.db.sessions import reading, unit_of_work
from app.errors import PreconditionFailed
from app.models import Evaluatie, Organisatie, Pleeggezin
from app.models.soorten import SOORTEN
from app.queries.feiten.regels import FeitRegel
from app.services.feiten import recording
from app.services.feiten.recording import RequestTime
from app.services.termijnen import check_termijnen
from tests import database
from tests.services.conftest import MakeActor
from tests.services.inhoud import versions
from tests.services.momenten import NU, VANDAAG

WRITERS, EACH = 4, 15
NOW = RequestTime(NU, VANDAAG)
EVALUATIE, GEZIN = SOORTEN["evaluatie"], SOORTEN["pleeggezin"]


@dataclass(frozen=True)
class Gezin:
    """A family with a child, and somebody who records about it."""

    engine: Engine
    actor: Actor
    uid: UUID
    feit_id: int

    @property
    def namens(self) -> Namens:
        """For whom its sessions work."""
        return Namens(self.actor.organisatie_id)

    def evaluate(self, dag: date, moment: RequestTime = NOW) -> FeitRegel:
        """Record an evaluatie in a transaction of its own."""
        with unit_of_work(self.engine, self.namens) as session:
            return recording.record(
                session, self.actor, EVALUATIE, {"pleeggezin_id": self.feit_id, "datum": dag}, moment
            )


@pytest.fixture
def gezin(engine: Engine, session: Session, organisatie: Organisatie, make_actor: MakeActor) -> Gezin:
    actor = make_actor(session, organisatie)
    moment = NOW
    inhoud = {"naam": "Gezin", "soort": "netwerk", "gemeente": None, "pleegcontract_op": None}
    gezin = recording.record(session, actor, GEZIN, inhoud, moment)
    naam = {"roepnaam": "Test", "achternaam": "Verzonnen", "geboortedatum": date(2015, 1, 1), "geslacht": None}
    kind = recording.record(session, actor, SOORTEN["pleegkind"], naam, moment)
    plaatsing = {"vorm": "voltijd", "zorgvorm": "pleegzorg", "van": date(2026, 1, 1), "tot": None, "eindreden": None}
    refs = {"pleegkind_id": kind["uid"], "pleeggezin_id": gezin["uid"]}
    recording.record(session, actor, SOORTEN["plaatsing"], {**plaatsing, **refs}, moment)
    session.commit()
    return Gezin(engine, actor, gezin["uid"], gezin["feit_id"])


def test_numbers_are_given_in_the_order_of_commits(gezin: Gezin, engine: Engine) -> None:
    """At every moment what is visible is an unbroken beginning of the sequence: nothing slips in behind."""
    seen: list[tuple[int, int, int]] = []
    done = threading.Event()

    def watch() -> None:
        statement = select(func.count(), func.min(Evaluatie.volgorde), func.max(Evaluatie.volgorde)).where(
            Evaluatie.organisatie_id == gezin.actor.organisatie_id
        )
        with reading(engine, gezin.namens) as session:
            while not done.is_set():
                count, first, last = session.execute(statement).one()
                session.rollback()  # the next look is a new snapshot
                if count:
                    seen.append((count, first, last))

    def write(number: int) -> None:
        for i in range(EACH):
            gezin.evaluate(VANDAAG - timedelta(days=number * EACH + i))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, range(WRITERS)))
    finally:
        done.set()
        watcher.join()
    assert len({count for count, _, _ in seen}) > 5
    assert [look for look in seen if look[2] - look[1] + 1 != look[0]] == []
    with reading(engine, gezin.namens) as session:
        rows = session.scalars(
            select(Evaluatie).where(Evaluatie.organisatie_id == gezin.actor.organisatie_id).order_by(Evaluatie.volgorde)
        ).all()
        moments = [row.vastgelegd_op for row in rows]
        assert len(rows) == WRITERS * EACH
        assert moments == sorted(set(moments))
        assert check_termijnen(session, gezin.actor.organisatie_id, VANDAAG).afwijkingen == ()


def seen_version(versie: int) -> Callable[[FeitRegel], None]:
    """Return the check that If-Match makes: the version that holds is the one that the author saw."""

    def check(current: FeitRegel) -> None:
        if current["versie"] != versie:
            raise PreconditionFailed

    return check


def test_of_two_corrections_of_one_version_exactly_one_wins(gezin: Gezin, engine: Engine) -> None:
    rounds = 5
    for versie in range(1, rounds + 1):
        together = threading.Barrier(2)

        def correct(naam: str, versie: int = versie, together: threading.Barrier = together) -> str | None:
            with unit_of_work(engine, gezin.namens) as session:
                together.wait()
                try:
                    recording.correct(
                        session,
                        gezin.actor,
                        GEZIN,
                        gezin.uid,
                        {"naam": naam},
                        NOW,
                        reden="naam",
                        check_version=seen_version(versie),
                    )
                except PreconditionFailed:
                    return None
            return naam

        with ThreadPoolExecutor(2) as pool:
            outcome = list(pool.map(correct, ("links", "rechts")))
        (winner,) = [naam for naam in outcome if naam]
        with reading(engine, gezin.namens) as session:
            nummer = session.get_one(Pleeggezin, gezin.feit_id).nummer
            chain = versions(session, Pleeggezin, gezin.actor.organisatie_id, nummer)
        assert [version.versie for version in chain] == list(range(1, versie + 2))
        assert chain[-1].naam == winner


def test_the_moment_of_recording_never_runs_back(gezin: Gezin, engine: Engine) -> None:
    """A clock set back by a day or standing still: later recordings still come later."""
    moments = [
        gezin.evaluate(VANDAAG, RequestTime(NU + timedelta(hours=hours), VANDAAG))["vastgelegd_op"]
        for hours in (1, 0, -24, -24, 2, 2)
    ]
    assert moments == sorted(set(moments))
    assert moments[0] == NU + timedelta(hours=1)
    assert moments[3] - moments[0] == timedelta(microseconds=3)
    assert moments[4] == NU + timedelta(hours=2)


def test_what_is_rolled_back_leaves_no_gap(gezin: Gezin, engine: Engine) -> None:
    first = gezin.evaluate(VANDAAG)
    with database.nothing_stays(engine, gezin.namens) as session:
        values = {"pleeggezin_id": gezin.feit_id, "datum": VANDAAG}
        recording.record(session, gezin.actor, EVALUATIE, values, NOW)
        session.rollback()
    second = gezin.evaluate(VANDAAG)
    with reading(engine, gezin.namens) as session:
        numbers = select(Evaluatie.volgorde).where(Evaluatie.uid.in_([first["uid"], second["uid"]]))
        one, two = sorted(session.scalars(numbers))
    assert two == one + 1

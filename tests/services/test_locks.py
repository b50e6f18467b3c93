"""Who waits for whom, and that no judgement is lost: talks of several children at once, and what is everybody's."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.namens import Namens
from app.db.sessions import reading, unit_of_work
from app.models import Kindgesprek, Organisatie, Plaatsing
from app.models.soorten import SOORTEN
from app.queries.oordelen import bewaard
from app.queries.oordelen.dossiers import load_dossiers
from app.queries.oordelen.nieuw import NewFact, can_be_new
from app.queries.oordelen.standen import judge_kinderen
from app.schemas.norm import NormIn
from app.services.feiten import recording
from app.services.feiten.locks import lock_child, lock_organisatie
from app.services.feiten.recording import RequestTime
from app.services.feiten.versions import record_at_head, record_feit, take_head
from app.services.normen import tighten_norm
from app.services.termijnen import check_termijnen
from tests import database
from tests.services.conftest import MakeActor
from tests.services.momenten import NU, VANDAAG

NOW = RequestTime(NU, VANDAAG)
TALK: dict[str, Any] = {
    "doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheid_besproken": True, "reden_niet_alleen": None,
    "kind_voelde_zich_veilig": None, "stem_van_het_kind": None, "themas": None, "vervolgactie": None,
}  # fmt: skip
#: of each kind of which the rule is asked before it is written
CONTENT: dict[str, dict[str, Any]] = {
    "kindgesprek": TALK,
    "veiligheidscheck": {"instrument": "ARIJ", "uitkomst": "veilig"},
    "huisbezoek": {},
}


@dataclass(frozen=True)
class Huis:
    """A family with three children, each by the keys of child and plaatsing."""

    engine: Engine
    actor: Actor
    gezin: int
    kinderen: tuple[tuple[int, int], ...]

    @property
    def namens(self) -> Namens:
        return Namens(self.actor.organisatie_id)

    def talk(self, kind: int, dag: date, **over: Any) -> None:
        """Record a talk in a transaction of its own."""
        key, plaatsing = self.kinderen[kind]
        values = {**TALK, "plaatsing_id": plaatsing, "datum": dag, **over}
        with unit_of_work(self.engine, self.namens) as session:
            recording.record(session, self.actor, SOORTEN["kindgesprek"], values, NOW, of_child=key)

    def evaluate(self, dag: date) -> None:
        """Record what is everybody's in the family."""
        values = {"pleeggezin_id": self.gezin, "datum": dag}
        with unit_of_work(self.engine, self.namens) as session:
            recording.record(session, self.actor, SOORTEN["evaluatie"], values, NOW)

    def afwijkingen(self) -> tuple[str, ...]:
        """Return where the stored deadlines differ from the rule."""
        with reading(self.engine, self.namens) as session:
            return check_termijnen(session, self.actor.organisatie_id, VANDAAG).afwijkingen


@pytest.fixture
def huis(engine: Engine, session: Session, organisatie: Organisatie, make_actor: MakeActor) -> Huis:
    actor = make_actor(session, organisatie)
    inhoud = {"naam": "Gezin", "soort": "netwerk", "gemeente": None, "pleegcontract_op": None}
    gezin = recording.record(session, actor, SOORTEN["pleeggezin"], inhoud, NOW)
    kinderen = []
    for naam in ("Een", "Twee", "Drie"):
        who = {"roepnaam": naam, "achternaam": "Verzonnen", "geboortedatum": date(2015, 1, 1), "geslacht": None}
        kind = recording.record(session, actor, SOORTEN["pleegkind"], who, NOW)
        period = {"van": date(2026, 1, 1), "tot": None, "eindreden": None}
        lives = {"pleegkind_id": kind["uid"], "pleeggezin_id": gezin["uid"], "vorm": "voltijd", "zorgvorm": "pleegzorg"}
        made = recording.record(session, actor, SOORTEN["plaatsing"], {**lives, **period}, NOW)
        kinderen.append((kind["feit_id"], made["feit_id"]))
    session.commit()
    return Huis(engine, actor, gezin["feit_id"], tuple(kinderen))


def test_a_talk_and_a_list_go_by_the_norms_of_the_organisatie_itself(huis: Huis) -> None:
    body = NormIn.model_validate({
        "code": "KAG-R", "geldigVan": (VANDAAG + timedelta(1)).isoformat(), "waarschuwingDagen": 60,
        "parameters": {"maanden": 3}, "toelichting": "Wij kijken vaker.",
    })  # fmt: skip
    with unit_of_work(huis.engine, huis.namens) as session:
        tighten_norm(session, huis.actor, body, NOW)
    huis.talk(0, VANDAAG)
    assert huis.afwijkingen() == ()
    kind, dag = huis.kinderen[0][0], VANDAAG + timedelta(45)
    with reading(huis.engine, huis.namens) as session:
        organisatie_id = huis.actor.organisatie_id
        judged = judge_kinderen(session, organisatie_id, [kind], dag)[kind]
        with mock.patch.object(bewaard, "summarize", list):
            listed: Any = bewaard.read_samenvattingen(session, organisatie_id, [kind], dag)[kind]
    assert sorted(map(str, listed)) == sorted(str((one.zwaarte.value, one.stand, one.uiterlijk)) for one in judged)


def held_before_the_head(waiting: threading.Event, go: threading.Event) -> Callable[..., Any]:
    """Return ``record_at_head`` that says when it is reached, and goes on when it may."""

    def held(*given: Any) -> Any:
        waiting.set()
        assert go.wait(20)
        return record_at_head(*given)

    return held


def test_who_asks_the_rule_about_a_child_holds_up_nobody_else(huis: Huis) -> None:
    waiting, go = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as pool:
        with mock.patch.object(recording, "record_at_head", held_before_the_head(waiting, go)):
            first = pool.submit(huis.talk, 0, VANDAAG)
            assert waiting.wait(20)
        huis.talk(1, VANDAAG)  # while the first has its child
        evaluation = pool.submit(huis.evaluate, VANDAAG)  # everybody's: waits
        with pytest.raises(TimeoutError):
            evaluation.result(0.5)
        go.set()
        first.result(20)
        evaluation.result(20)
    assert huis.afwijkingen() == ()


def test_nobody_waits_for_the_row_of_the_organisatie(huis: Huis) -> None:
    """Who refers to it locks it, and everybody of it would meet there with all that they record (ADR 0037)."""
    own = select(Organisatie.id).where(Organisatie.id == huis.actor.organisatie_id)
    with ThreadPoolExecutor(1) as pool, huis.engine.begin() as held:
        held.execute(text("SET LOCAL ROLE NONE"))  # a role of ours may not
        assert held.scalar(own.with_for_update()) == huis.actor.organisatie_id
        pool.submit(huis.talk, 0, VANDAAG).result(20)
    assert huis.afwijkingen() == ()


def talks_at_once(huis: Huis) -> tuple[str, ...]:
    """Record two talks of one child, the second as soon as the first asked the rule; the earlier day goes last."""
    meet = threading.Barrier(2)

    def together(*given: Any) -> Any:
        with suppress(threading.BrokenBarrierError):
            meet.wait(1)
        return record_at_head(*given)

    with mock.patch.object(recording, "record_at_head", together), ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda days: huis.talk(0, VANDAAG - timedelta(days)), (0, 40)))
    return huis.afwijkingen()


def test_two_talks_of_one_child_both_count(huis: Huis) -> None:
    assert talks_at_once(huis) == ()


def test_without_the_lock_of_the_child_a_judgement_is_lost(huis: Huis) -> None:
    """The planted fault: both ask the rule before either has written."""

    def only_a_key(session: Session, *_: Any) -> int:
        return int(session.scalar(select(func.nextval("kindgesprek_id_seq"))) or 0)

    with mock.patch.object(recording, "lock_child", only_a_key):
        assert talks_at_once(huis) != ()


def test_many_at_once_leave_what_the_rule_says_and_an_unbroken_order(huis: Huis) -> None:
    def write(number: int) -> None:
        if number % 4 == 3:
            huis.evaluate(VANDAAG - timedelta(number))
        else:
            huis.talk(number % 4, VANDAAG - timedelta(number))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(24)))
    assert huis.afwijkingen() == ()
    with reading(huis.engine, huis.namens) as session:
        rows = session.execute(
            select(Kindgesprek.volgorde, Kindgesprek.vastgelegd_op)
            .where(Kindgesprek.organisatie_id == huis.actor.organisatie_id)
            .order_by(Kindgesprek.volgorde)
        ).all()
    assert len(rows) == 18
    assert [at for _, at in rows] == sorted({at for _, at in rows})


@pytest.mark.parametrize("naam", [naam for naam in SOORTEN if can_be_new(naam)])
@pytest.mark.parametrize("tot", [None, VANDAAG - timedelta(10)])
def test_the_rule_sees_a_new_fact_as_it_will_stand(huis: Huis, engine: Engine, naam: str, tot: date | None) -> None:
    """Also in a plaatsing that has ended: there both leave it out."""
    kind, plaatsing = huis.kinderen[0]
    model = SOORTEN[naam].model
    with database.nothing_stays(engine, huis.namens) as session:
        if tot is not None:
            end_plaatsing(session, huis, tot)
        key = lock_child(session, huis.actor.organisatie_id, kind, model)
        content = {**CONTENT[naam], "plaatsing_id": plaatsing, "datum": VANDAAG - timedelta(20)}
        content["medewerker_id"] = huis.actor.medewerker_id
        before = load_dossiers(session, [kind], VANDAAG, also=NewFact(naam, key, content))
        without = load_dossiers(session, [kind], VANDAAG)
        head = take_head(session, huis.actor.organisatie_id, NU, huis.actor.medewerker_id)
        record_feit(head, model, {**content, "id": key})
        assert load_dossiers(session, [kind], VANDAAG) == before
        assert (before == without) == (tot is not None)


def end_plaatsing(session: Session, huis: Huis, tot: date) -> None:
    """End the plaatsing of the first child."""
    uid = session.scalars(select(Plaatsing.uid).where(Plaatsing.feit_id == huis.kinderen[0][1])).one()
    changes = {"tot": tot, "eindreden": "verhuist"}
    recording.correct(
        session, huis.actor, SOORTEN["plaatsing"], uid, changes, NOW, reden="einde", check_version=lambda _: None
    )


def test_who_shares_the_organisatie_does_not_take_it(huis: Huis) -> None:
    """Two who do would wait for each other."""
    with unit_of_work(huis.engine, huis.namens) as session:
        lock_child(session, huis.actor.organisatie_id, huis.kinderen[0][0], Kindgesprek)
        with pytest.raises(RuntimeError):
            lock_organisatie(session, huis.actor.organisatie_id)

"""The audits of the demo: frozen at loading and saying so, and nothing that is judged today is other for it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, true
from sqlalchemy.orm import Session

from app.db import sessions
from app.demo.gebruikers import DEMO, KWALITEIT
from app.models import Casuistiekbespreking, ExtraInzet, Kwartaaltoets, Medewerker, Publicatie
from app.queries.extra_inzetten import last_step
from app.queries.publicaties import list_regels_of
from app.security.secrets import load_secrets
from app.services.beheer.organisaties import find_organisatie
from app.services.demo.load import load_demo
from app.services.demo.toetsen import freeze_demo_toetsen
from app.services.feiten.recording import RequestTime
from app.services.termijnen import check_termijnen
from app.terms import ExtraInzetStapSoort, ToetsStatus
from tests.services.test_demo import fresh_engine

MOMENT = RequestTime(datetime(2026, 11, 21, 8, 0, tzinfo=UTC), date(2026, 11, 21))
KWARTALEN = ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]


@pytest.fixture(scope="module")
def geladen(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Yield the engine of a small demo whose audits were frozen."""
    engine = fresh_engine(database_url, "demotoetsen")
    path: Path = tmp_path_factory.mktemp("geheimen") / "geheimen.json"
    secrets = load_secrets(path, create=True)
    load_demo(engine, "klein", seed=1, today=MOMENT.vandaag, now=MOMENT.nu, secrets=secrets)
    freeze_demo_toetsen(engine, MOMENT)
    yield engine
    engine.dispose()


@pytest.fixture
def bestand(geladen: Engine) -> Iterator[Session]:
    """Yield a session of the owner, who sees everything."""
    owner = sessions.make_engine(geladen.url.render_as_string(hide_password=False), role=None)
    with Session(owner) as session:
        yield session
    owner.dispose()


def test_eight_quarters_are_frozen_at_loading_by_somebody_who_may(bestand: Session) -> None:
    toetsen = bestand.scalars(select(Kwartaaltoets).order_by(Kwartaaltoets.kwartaal)).all()
    assert [toets.kwartaal for toets in toetsen] == KWARTALEN
    assert {(toets.status, toets.vastgesteld_op) for toets in toetsen} == {(ToetsStatus.VASTGESTELD, MOMENT.nu)}
    wie = bestand.scalars(
        select(Medewerker.naam).where(Medewerker.id.in_({toets.vastgesteld_door for toets in toetsen}))
    )
    assert set(wie) == {KWALITEIT.naam}
    assert all(toets.rijen >= 5 for toets in toetsen)  # enough for a chart


def test_what_must_follow_runs_from_the_loading_and_some_of_it_was_discussed(bestand: Session) -> None:
    stap = last_step(ExtraInzet.id)
    statement = (
        select(ExtraInzet, stap.c.soort, Kwartaaltoets.kwartaal)
        .select_from(ExtraInzet)
        .join(Kwartaaltoets, Kwartaaltoets.id == ExtraInzet.toets_id)
        .join(stap, true())
    )
    opened = [
        (extra, soort is ExtraInzetStapSoort.AFSLUITING, kwartaal)
        for extra, soort, kwartaal in bestand.execute(statement)
    ]
    assert {extra.uiterlijk for extra, *_ in opened} == {MOMENT.vandaag + timedelta(days=28)}
    assert {kwartaal for *_, kwartaal in opened} == set(KWARTALEN)
    closed = [extra for extra, done, _ in opened if done]
    assert closed
    assert not any(done for _, done, kwartaal in opened if kwartaal == KWARTALEN[-1])
    discussed = bestand.scalars(select(Casuistiekbespreking.extra_inzet_id)).all()
    assert {extra.id for extra in closed} <= set(discussed)


def test_the_stored_judgements_are_still_the_rules(bestand: Session) -> None:
    demo = find_organisatie(bestand, DEMO)
    assert demo is not None
    controle = check_termijnen(bestand, demo.id, MOMENT.vandaag)
    assert controle.termijnen > 500
    assert controle.afwijkingen == ()


def test_two_quarters_went_out_and_in_both_there_is_something_to_see(bestand: Session) -> None:
    gone_out = bestand.scalars(select(Publicatie).order_by(Publicatie.kwartaal)).all()
    assert [one.kwartaal for one in gone_out] == ["2025-Q2", "2026-Q2"]
    for publicatie in gone_out:
        shown = [one for one in list_regels_of(bestand, publicatie) if one.teller]
        assert len(shown) >= 10, publicatie.kwartaal
        assert all(one.teller >= 5 for one in shown if one.teller)

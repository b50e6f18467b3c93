"""``pleegzicht vernietigen``: nightly, in a database where something is due and something is not."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import clock
from app.db import sessions
from app.db.namens import Namens, act_for
from app.models import Medewerker, Organisatie, Vernietiging, VernietigingOordeel
from app.models.versions import newest
from app.terms import Vernietigingsoordeel
from tests import database
from tests.cli.conftest import Run
from tests.imports import bouw


@pytest.fixture
def database_url(worker_id: str) -> str:
    """A database of its own: the command works for every organisatie in it."""
    return database.create_migrated(f"pleegzicht_vernietigen_{worker_id}")


@pytest.fixture
def code(run: Run, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An organisatie with one child whose care ended; and it is twenty-one years later."""
    path = tmp_path / "boek.xlsx"
    boek = bouw.boek_met(plaatsingen=[{"tot": "2026-10-01", "eindreden": "naar huis"}])
    kept = ("pleegkinderen", "pleeggezinnen", "plaatsingen", "medewerkers")
    path.write_bytes(bouw.xlsx_of({blad: rows if blad in kept else [] for blad, rows in boek.items()}))
    done = run("importeer", str(path), "--organisatie", code, "--nieuw")
    assert done.code == 0, done.err
    nu = clock.now() + timedelta(days=21 * 366)
    monkeypatch.setattr(clock, "now", lambda: nu)
    return code


@pytest.fixture
def owner(database_url: str) -> Iterator[Session]:
    engine = sessions.make_engine(database_url, role=None)
    with Session(engine) as session:
        yield session
    engine.dispose()


def approve(owner: Session, code: str) -> None:
    """Let every medewerker approve the one proposal."""
    organisatie = owner.scalars(select(Organisatie).where(Organisatie.code == code)).one()
    act_for(owner, Namens(organisatie.id))
    voorstel = owner.scalars(select(Vernietiging)).one()
    wie = owner.scalars(select(Medewerker.feit_id).where(newest(Medewerker))).all()
    assert len(wie) >= 2
    for een in wie:
        owner.add(
            VernietigingOordeel(
                organisatie_id=organisatie.id,
                vernietiging_id=voorstel.id,
                oordeel=Vernietigingsoordeel.GOEDGEKEURD,
                op=clock.now(),
                door=een,
            )
        )
    owner.commit()


def test_it_proposes_locks_away_and_destroys(
    run: Run, code: str, owner: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("vernietigen").out == "1 dossiers voorgesteld, 0 verzegeld, 0 hersteld, 0 vernietigd\n"
    assert run("vernietigen").out == "0 dossiers voorgesteld, 0 verzegeld, 0 hersteld, 0 vernietigd\n"
    approve(owner, code)
    assert run("vernietigen", "--proef").out == "0 dossiers voorgesteld, niets uitgevoerd\n"
    assert run("vernietigen", "--organisatie", code).out == (
        "0 dossiers voorgesteld, 1 verzegeld, 0 hersteld, 0 vernietigd\n"
    )
    assert owner.scalar(text("SELECT count(*) FROM pleegkind")) == 0
    (key,) = (tmp_path / "data" / "dossiersleutels").iterdir()
    again = run("importeer", str(tmp_path / "boek.xlsx"), "--organisatie", code)
    assert (again.code, "Dit dossier is vernietigd" in again.err) == (1, True)
    nu = clock.now()
    monkeypatch.setattr(clock, "now", lambda: nu + timedelta(days=91))
    assert run("vernietigen").out == "0 dossiers voorgesteld, 0 verzegeld, 0 hersteld, 1 vernietigd\n"
    assert not key.exists()
    assert run("verifieer").code == 0
    assert run("controleer", "--organisatie", code).code == 0


def test_an_organisatie_that_is_not_there(run: Run, code: str) -> None:
    done = run("vernietigen", "--organisatie", "NIEMAND")
    assert (done.code, done.line) == (2, "Fout: Er is geen organisatie met code NIEMAND")

"""Of an uitzondering that an import brought people hear that it ends, as of one that somebody recorded."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.models import Bericht
from app.security.secrets import Secrets
from app.terms import Berichtreden
from tests.imports import bouw
from tests.services.importeer import Importeur
from tests.services.momenten import NU, VANDAAG

VAN, EINDE = VANDAAG - timedelta(days=10), VANDAAG + timedelta(days=50)


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    return Importeur(engine, sleutels, code, tmp_path)


def imported(importeur: Importeur, *, nu: datetime = NU, **more: Any) -> list[tuple[Berichtreden, str, datetime]]:
    """Import a workbook in which one uitzondering is so, and return what is announced."""
    boek = bouw.boek_met(uitzonderingen=[{"van": VAN, "herzien_uiterlijk": EINDE, **more}])
    assert importeur.boek(boek, nu=nu).exit_code == 0
    with Session(importeur.engine) as session:
        own = Bericht.organisatie_id == importeur.organisatie(session).id
        found = session.scalars(select(Bericht).where(own).order_by(Bericht.id)).all()
        return [(one.reden, one.tijdvak, one.vanaf) for one in found]


def heard_on(end: date) -> tuple[Berichtreden, str, datetime]:
    day = end - timedelta(days=14)
    return Berichtreden.UITZONDERING_EINDIGT, end.isoformat(), datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def test_its_end_is_announced_once(importeur: Importeur) -> None:
    """Of the rest of an import, a calamiteit among it, nothing is: it is history."""
    assert imported(importeur) == [heard_on(EINDE)]
    assert imported(importeur, nu=NU + timedelta(hours=1)) == [heard_on(EINDE)]


def test_another_end_is_announced_as_well(importeur: Importeur) -> None:
    imported(importeur)
    later = EINDE + timedelta(days=5)
    assert imported(importeur, nu=NU + timedelta(hours=1), herzien_uiterlijk=later) == [
        heard_on(EINDE),
        heard_on(later),
    ]


def test_who_should_have_heard_by_now_hears_at_once(importeur: Importeur) -> None:
    assert imported(importeur, van=VANDAAG - timedelta(days=60), herzien_uiterlijk=VANDAAG) == [heard_on(VANDAAG)]


@pytest.mark.parametrize(
    "more",
    [
        {"goedgekeurd_door": None},
        {"van": VANDAAG - timedelta(days=7), "herzien_uiterlijk": VANDAAG + timedelta(days=6)},
        {"van": VANDAAG - timedelta(days=60), "herzien_uiterlijk": VANDAAG - timedelta(days=1)},
    ],
    ids=["nobody approved it", "it is a short one", "it has ended"],
)
def test_of_what_does_not_hold_or_just_began_nothing_is(importeur: Importeur, more: dict[str, Any]) -> None:
    assert imported(importeur, **more) == []

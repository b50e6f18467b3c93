"""Fixtures of the services: keys, a code that nobody uses, and somebody who sees a whole organisatie."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Medewerker, Organisatie
from app.security.secrets import Secrets, load_secrets
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import Rol
from tests.services.momenten import NU

MakeActor = Callable[[Session, Organisatie], Actor]


@pytest.fixture(scope="session")
def sleutels(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    path: Path = tmp_path_factory.mktemp("sleutels") / "sleutels.json"
    return load_secrets(path, create=True)


@pytest.fixture
def code() -> str:
    """Return the code of an organisatie that is not there yet."""
    return f"I{uuid4().hex[:10]}".upper()


@pytest.fixture
def make_actor() -> MakeActor:
    """Return a function that gives an organisatie a beheerder; the caller commits."""

    def make(session: Session, organisatie: Organisatie) -> Actor:
        recording = begin_recording(session, organisatie.id, NU, None)
        inhoud = {"naam": "Bea Beheer", "email": None, "rol": Rol.BEHEERDER, "team_id": None}
        medewerker = record_feit(recording, Medewerker, inhoud)
        return Actor(
            account_id=0,
            medewerker_id=medewerker.feit_id,
            medewerker_uid=medewerker.uid,
            naam="Bea Beheer",
            rol=Rol.BEHEERDER,
            team_id=None,
            organisatie_id=organisatie.id,
            organisatie_uid=organisatie.uid,
            organisatie_code=organisatie.code,
            organisatie_naam=organisatie.naam,
        )

    return make

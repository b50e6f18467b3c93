"""A database of its own with the table of the test application, two users, and clients."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import CursorResult, Engine, delete, text, update
from starlette.testclient import TestClient

from app import clock
from app.db import sessions
from app.db.engines import Engines
from app.models import Account, Medewerker
from app.security.demo_issuer import ISSUER, issue_token
from app.security.secrets import Secrets, load_secrets
from app.security.sign_in import demo_sign_in
from app.services.beheer.organisaties import create_organisatie, find_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.settings import Settings
from app.terms import OrganisatieSoort, Rol
from tests import database
from tests.web import proefapp


@dataclass(frozen=True)
class Gebruiker:
    """Someone who can sign in."""

    subject: str
    headers: dict[str, str]


@pytest.fixture(scope="session")
def web_engines(worker_id: str) -> Iterator[Engines]:
    name = f"pleegzicht_web_{worker_id}"
    url = database.create_migrated(name)
    owner = sessions.make_engine(url, role=None)
    with owner.begin() as connection:
        proefapp.ding.create(connection)
        connection.execute(text(f"GRANT ALL ON {proefapp.ding.name} TO {sessions.APP_ROLE}"))
    owner.dispose()
    engines = Engines(Settings(database_url=url, demo=True))
    yield engines
    engines.dispose()


@pytest.fixture(scope="session")
def web_engine(web_engines: Engines) -> Engine:
    return web_engines.app


@pytest.fixture(scope="session")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    return load_secrets(Path(tmp_path_factory.mktemp("geheim")) / "geheimen.json", create=True)


@pytest.fixture(scope="session")
def api(web_engines: Engines, secrets: Secrets) -> FastAPI:
    return proefapp.proef_api(web_engines, demo_sign_in(secrets))


@pytest.fixture
def client(api: FastAPI) -> TestClient:
    return TestClient(proefapp.wrap(api))


NewUser = Callable[[Rol], Gebruiker]


@pytest.fixture(scope="session")
def new_user(web_engine: Engine, secrets: Secrets) -> NewUser:
    """Return a function that makes a medewerker with an account, each in an organisatie of its own."""

    def make(rol: Rol) -> Gebruiker:
        subject = f"u{uuid4().hex[:10]}"
        with sessions.unit_of_work(web_engine) as session:
            organisatie = create_organisatie(session, subject.upper(), subject, OrganisatieSoort.AANBIEDER)
            recording = begin_recording(session, organisatie.id, clock.now(), None)
            values = {"naam": "Noor", "email": None, "rol": rol, "team_id": None}
            medewerker = record_feit(recording, Medewerker, values)
            account = Account(issuer=ISSUER, subject=subject, medewerker_id=medewerker.feit_id)
            account.organisatie_id = organisatie.id
            session.add(account)
            session.flush()
        token = issue_token(subject, clock.now(), secrets)
        return Gebruiker(subject, {"Authorization": f"Bearer {token}"})

    return make


Revoke = Callable[[Gebruiker], None]


@pytest.fixture(scope="session")
def revoke(web_engine: Engine) -> Revoke:
    """Return a function that takes somebody's account away."""

    def take(gebruiker: Gebruiker) -> None:
        with sessions.unit_of_work(web_engine) as session:
            assert find_organisatie(session, gebruiker.subject.upper())  # and works for it
            revoked = update(Account).where(Account.subject == gebruiker.subject).values(ingetrokken_op=clock.now())
            assert cast("CursorResult[Any]", session.execute(revoked)).rowcount == 1

    return take


@pytest.fixture
def begeleider(new_user: NewUser) -> Gebruiker:
    return new_user(Rol.PLEEGZORGBEGELEIDER)


@pytest.fixture
def kwaliteit(new_user: NewUser) -> Gebruiker:
    return new_user(Rol.KWALITEITSMEDEWERKER)


@pytest.fixture
def empty_dingen(web_engine: Engine) -> None:
    with sessions.unit_of_work(web_engine) as session:
        session.execute(delete(proefapp.ding))

"""The real application with pages on a database of its own, a provider in this process, and browsers."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from app import clock
from app.db import sessions as db
from app.db.engines import Engines
from app.db.namens import Namens, act_for
from app.main import create_app
from app.models import Account, Medewerker
from app.security.code_flow import ClientSettings, CodeFlow
from app.security.rollen import RolMapping
from app.security.secrets import load_secrets
from app.security.sign_in import SignIn
from app.services.beheer.organisaties import create_organisatie
from app.services.feiten.versions import begin_recording, record_feit, replace_feit
from app.settings import Settings
from app.terms import OrganisatieSoort, Rol
from tests import database
from tests.routers.pages.provider import CLIENT, ISSUER, KEYS, Provider

BASE = "https://pleegzicht.example"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SESSIE, AANMELDING = "__Host-pleegzicht", "__Host-pleegzicht-aanmelding"


@pytest.fixture(scope="session")
def page_url(worker_id: str) -> str:
    return database.create_migrated(f"pleegzicht_paginas_{worker_id}")


@dataclass
class Persoon:
    """Somebody with an account; ``medewerker`` is the first version."""

    engine: Engine
    organisatie_id: int
    medewerker: Medewerker
    subject: str
    organisatie: str

    def revoke(self) -> None:
        with db.unit_of_work(self.engine) as session:
            act_for(session, Namens(self.organisatie_id))
            recording = begin_recording(session, self.organisatie_id, clock.now(), None)
            replace_feit(recording, self.medewerker, {}, reden="uit dienst", withdraw=True)

    def become(self, rol: Rol) -> None:
        with db.unit_of_work(self.engine) as session:
            act_for(session, Namens(self.organisatie_id))
            recording = begin_recording(session, self.organisatie_id, clock.now(), None)
            replace_feit(recording, self.medewerker, {"rol": rol}, reden="andere functie")

    def hand_account_to(self, naam: str) -> None:
        with db.unit_of_work(self.engine) as session:
            act_for(session, Namens(self.organisatie_id))
            recording = begin_recording(session, self.organisatie_id, clock.now(), None)
            content = {"naam": naam, "email": None, "rol": Rol.TEAMLEIDER, "team_id": None}
            other = record_feit(recording, Medewerker, content)
            session.flush()
            mine = {"medewerker": other.feit_id, "s": self.subject}
            session.execute(text("UPDATE account SET medewerker_id = :medewerker WHERE subject = :s"), mine)

    def close_account(self) -> None:
        with db.unit_of_work(self.engine) as session:
            act_for(session, Namens(self.organisatie_id))
            session.execute(text("UPDATE account SET ingetrokken_op = now() WHERE subject = :s"), {"s": self.subject})


NewPerson = Callable[..., Persoon]


@pytest.fixture
def new_person(page_engine: Engine) -> NewPerson:
    def make(rol: Rol = Rol.TEAMLEIDER, issuer: str = ISSUER) -> Persoon:
        code = f"P{uuid4().hex[:10]}".upper()
        with db.unit_of_work(page_engine) as session:
            organisatie = create_organisatie(session, code, f"Pleegzorg <b>{code}</b>", OrganisatieSoort.AANBIEDER)
            recording = begin_recording(session, organisatie.id, clock.now(), None)
            content = {"naam": "Noor <script>", "email": None, "rol": rol, "team_id": None}
            medewerker = record_feit(recording, Medewerker, content)
            keys = {"organisatie_id": organisatie.id, "medewerker_id": medewerker.feit_id}
            session.add(Account(issuer=issuer, subject=f"sub-{code}", **keys))
            session.flush()
        return Persoon(page_engine, organisatie.id, medewerker, f"sub-{code}", code)

    return make


@dataclass
class Huis:
    """The application, its provider, and browsers that come to it."""

    api: FastAPI
    app: Any
    provider: Provider
    engine: Engine

    def browser(self) -> "Browser":
        return Browser(self, TestClient(self.app, base_url=BASE, follow_redirects=False, headers=HTML))

    def map_rollen(self, claim: str, rollen: dict[str, Rol]) -> None:
        """Ask for a rol in every token from here on."""
        self.set_up(RolMapping(claim, rollen))

    def set_up(self, rollen: RolMapping | None = None, secret: str | None = None) -> None:
        sign_in = SignIn(KEYS, ISSUER, "pleegzicht", require_nbf=False, rollen=rollen)
        client = ClientSettings(CLIENT, secret, "openid", BASE)
        self.api.state.sign_in = sign_in
        self.api.state.code_flow = CodeFlow(sign_in, client, self.provider.client())

    def sessies(self) -> int:
        owner = db.make_engine(self.engine.url.render_as_string(hide_password=False), role=None)
        with owner.connect() as connection:  # the application's role sees those of one organisatie
            found = int(connection.execute(text("SELECT count(*) FROM sessie")).scalar_one())
        owner.dispose()
        return found


@dataclass
class Browser:
    """A browser with its cookies."""

    huis: Huis
    client: TestClient

    def begin(self, terug: str | None = None) -> str:
        """Press Aanmelden; return the address at the provider."""
        answer = self.client.get("/aanmelden", params={"terug": terug} if terug is not None else {})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def back(self, parameters: Any) -> Response:
        """Come back from the provider."""
        return self.client.get("/aanmelden/terug", params=parameters)

    def sign_in(self, person: Persoon) -> Response:
        return self.back(self.huis.provider.approve(self.begin(), person.subject))

    def cookie(self, name: str = SESSIE) -> str | None:
        return self.client.cookies.get(name)

    def home(self) -> Response:
        """Return the first page; who is signed in is sent on to where they begin."""
        return self.client.get("/", follow_redirects=True)

    def form_token(self) -> str:
        found = re.search(r'name="formulier" value="([0-9a-f]{64})"', self.home().text)
        assert found
        return found[1]

    def is_in(self) -> bool:
        """Tell whether the first page knows who this is."""
        text = self.home().text
        assert ("Afmelden" in text) != ("<h1>Aanmelden</h1>" in text)
        return "Afmelden" in text


@pytest.fixture(scope="session")
def page_app(page_url: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the application as it is served; its provider is replaced in each test."""
    return create_app(
        Settings(
            database_url=page_url,
            oidc_issuer=ISSUER,
            oidc_jwks_url=f"{ISSUER}/jwks",
            oidc_client_id=CLIENT,
            public_url=BASE,
            secrets_file=_secrets(tmp_path_factory.mktemp("geheim")),
        )
    )


@pytest.fixture
def huis(page_engine: Engine, page_app: Any) -> Huis:
    found = Huis(fastapi_in(page_app), page_app, Provider(), page_engine)
    found.set_up()
    return found


@pytest.fixture(scope="session")
def page_engine(page_app: Any) -> Iterator[Engine]:
    engines: Engines = fastapi_in(page_app).state.engines
    yield engines.app
    engines.dispose()


def fastapi_in(app: Any) -> FastAPI:
    """Return the application inside its layers."""
    while not isinstance(app, FastAPI):
        app = app.app
    return app


def _secrets(folder: Path) -> Path:
    load_secrets(folder / "geheimen.json", create=True)
    return folder / "geheimen.json"


@pytest.fixture
def browser(huis: Huis) -> Browser:
    return huis.browser()


@pytest.fixture
def person(new_person: NewPerson) -> Persoon:
    return new_person()


@contextmanager
def later(by: timedelta) -> Iterator[datetime]:
    """Let it be later."""
    moment = clock.now() + by
    with mock.patch.object(clock, "now", return_value=moment):
        yield moment

"""The real application on a migrated database of its own, with a clock that stands still; the demo, and a world."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import FastAPI

from app.db.engines import Engines
from app.db.sessions import make_engine
from app.demo.gebruikers import BUITEN_TEAM, BUITENSTAANDER, IN_TEAM, INSPECTEUR
from app.main import create_app
from app.security.secrets import load_secrets
from app.services.demo.load import load_demo
from app.settings import Settings
from app.web.around.body_limit import BodyLimit
from app.web.around.envelope import Envelope
from app.web.openapi import describe
from app.web.spoor import Sporen
from tests import database, kanarie
from tests.api.asgi import asgi_client
from tests.api.client import NU, VANDAAG, Dienst, Gebruiker, standing_still
from tests.api.inzagedossier import REDEN, Dossier, Vraag, build_dossier
from tests.api.rustdossier import LATER, Rust, full_file, small_file
from tests.api.spoorzoeker import listening
from tests.api.toetswereld import Audit, small_audit
from tests.api.world import World, at_work, audit_world, build_world, oversee_world
from tests.cli.conftest import Run, Uitkomst, forget_settings, runner

_ROLLEN = {user.gebruikersnaam: user.rol for user in (*IN_TEAM, *BUITEN_TEAM, INSPECTEUR, BUITENSTAANDER)}


@pytest.fixture(scope="session")
def dienst(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Dienst]:
    with open_dienst(f"pleegzicht_api_{worker_id}", tmp_path_factory.mktemp("geheim") / "geheimen.json") as opened:
        yield opened


@contextmanager
def open_dienst(name: str, file: Path) -> Iterator[Dienst]:
    """Yield the service on a new database, with its secrets in a file."""
    url = database.create_migrated(name)
    app = create_app(Settings(database_url=url, demo=True, secrets_file=file, data_dir=file.parent))
    api = cast("FastAPI", cast("Sporen", cast("BodyLimit", cast("Envelope", app).app).app).app)
    engines: Engines = api.state.engines
    owner = make_engine(url, role=None)
    with listening(), asgi_client(app) as client:
        yield Dienst(app, api, engines, owner, load_secrets(file, create=False), client)
    kanarie.look_in_logs(owner)
    engines.dispose()
    owner.dispose()


@pytest.fixture(autouse=True)
def service_at_work(request: pytest.FixtureRequest) -> Iterator[None]:
    """Only while a test of this folder runs: other folders have a clock of their own."""
    with at_work(request):
        yield


@pytest.fixture(scope="session")
def document(dienst: Dienst) -> dict[str, Any]:
    """Return the description of the API."""
    return describe(dienst.api)


DemoUser = Callable[[str], Gebruiker]


@pytest.fixture(scope="session")
def demo(dienst: Dienst) -> DemoUser:
    """Load the small demo and return how to become one of its users."""
    load_demo(dienst.engine, "klein", seed=1, today=VANDAAG, now=NU, secrets=dienst.secrets)

    def become(naam: str) -> Gebruiker:
        return dienst.sign_in(naam, _ROLLEN[naam])

    return become


@pytest.fixture(scope="session")
def world(dienst: Dienst) -> World:
    """A world that tests only read, or add to without touching what is there."""
    with standing_still():
        return oversee_world(dienst, audit_world(dienst, build_world(dienst)))


@pytest.fixture(scope="module")
def untouched_world(dienst: Dienst) -> World:
    """A world that only the tests of one file know."""
    with standing_still():
        return oversee_world(dienst, audit_world(dienst, build_world(dienst)))


@pytest.fixture
def lean_world(dienst: Dienst) -> World:
    """A world to spoil, in which little was recorded."""
    return build_world(dienst, full=False)


@pytest.fixture
def audit(dienst: Dienst, world: World) -> Audit:
    """A small organisatie to audit, and to spoil."""
    return small_audit(dienst, world)


@pytest.fixture(scope="module")
def module_at_work(dienst: Dienst) -> Iterator[None]:
    """For fixtures of a whole file that ask the service something."""
    with standing_still():
        yield


@pytest.fixture(scope="module")
def dossier(dienst: Dienst, module_at_work: None) -> Dossier:
    return build_dossier(dienst)


@pytest.fixture
def run(
    dienst: Dienst,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Run]:
    """Run commands on the database of the service; what its logging would say of migrations is no part of them."""
    caplog.set_level(logging.WARNING, logger="alembic")
    forget_settings()
    yield runner(dienst.engine.url.render_as_string(hide_password=False), tmp_path, monkeypatch, capfd)
    forget_settings()


@pytest.fixture
def vraag(run: Run, dossier: Dossier) -> Vraag:
    """Return a function that asks for the file; options by name replace those of the child's own request."""

    def ask(nummer: str = dossier.kindnummer, *more: str, **over: str) -> Uitkomst:
        options = {
            "organisatie": dossier.code,
            "verzoeker": "kind",
            "reden": REDEN,
            "door": dossier.beheerder_nummer,
            "formaat": "json",
            "weglaten": "Wielewaal",
            **over,
        }
        return run("inzageverzoek", nummer, *more, *(part for k, v in options.items() for part in (f"--{k}", v)))

    return ask


@pytest.fixture
def rust(dienst: Dienst, tmp_path: Path) -> Iterator[Rust]:
    made = small_file(dienst, tmp_path / "sleutels")
    with standing_still(LATER):
        yield made


@pytest.fixture
def vol(dienst: Dienst, tmp_path: Path) -> Iterator[Rust]:
    made = full_file(dienst, tmp_path / "sleutels")
    with standing_still(LATER):
        yield made

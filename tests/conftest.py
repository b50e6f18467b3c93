"""Fixtures that every test may use: a migrated database, a session, and an organisatie of one's own."""

import gc
import logging
import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
import structlog
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db import sessions
from app.models import Organisatie
from app.services.beheer.organisaties import create_organisatie
from app.terms import OrganisatieSoort
from tests import database
from tests.delen import Deel, deel_of
from tests.kanarie import (
    pytest_configure,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)
from tests.keuze import NACHT
from tests.migraties import one_process_at_a_time
from tests.motor import asks_nothing
from tests.volgorde import shuffled

__all__ = ["pytest_configure", "pytest_sessionfinish", "pytest_terminal_summary", "pytest_testnodedown"]

# What a run makes lives as long as it does: a collector that looks often walks it all in vain, for a tenth of the time.
gc.set_threshold(200_000, 20, 50)

for profile in ("pleegzicht", NACHT):
    settings.register_profile(profile, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("pleegzicht")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tell the modules that are yet to be imported how much there is to draw."""
    if session.config.getoption("--heel"):
        settings.load_profile(NACHT)


#: folders that build a world each, and tests of half a minute: what either worker begins with
_EERST = ("tests/api/",)
_HALVERWEGE = ("tests/beleid/", "tests/verdict/", "tests/cli/test_embedded")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of another order, of a part, of another engine, and of the nightly drill."""
    parser.addoption("--volgorde", type=int, metavar="ZAAD", help="de tests in de toevallige volgorde van dit getal")
    parser.addoption("--deel", choices=list(Deel), help="alleen wat bij elke wijziging hoort, of alleen wat lang duurt")
    parser.addoption("--motor", choices=("andere", "geen"), help="alleen wat een database vraagt, of alleen de rest")
    parser.addoption("--heel", action="store_true", help="alles wat de tests zelf toetst, in plaats van een keuze")


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say in which order of chance the tests run, to run them so again."""
    zaad = config.getoption("--volgorde")
    return None if zaad is None else f"volgorde: --volgorde {zaad}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what the run is about, and put the heavy tests where the two workers begin; they steal the light ones."""
    if deel := config.getoption("--deel"):
        items[:] = [item for item in items if deel_of(item.nodeid) == deel]
    if motor := config.getoption("--motor"):
        items[:] = [item for item in items if asks_nothing(item.nodeid) == (motor == "geen")]
    zaad = config.getoption("--volgorde")
    if zaad is not None:
        items[:] = shuffled(items, lambda item: str(item.path), zaad)
        return
    first = [item for item in items if item.nodeid.startswith(_EERST)]
    second = [item for item in items if item.nodeid.startswith(_HALVERWEGE)]
    light = [item for item in items if not item.nodeid.startswith((*_EERST, *_HALVERWEGE))]
    room = max(0, len(items) // 2 - len(first))
    items[:] = [*first, *light[:room], *second, *light[room:]]


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Let a test set up logging for itself alone: what it hides, no canary would see afterwards."""
    before = structlog.get_config() if structlog.is_configured() else None
    level = logging.getLogger().level
    yield
    structlog.reset_defaults() if before is None else structlog.configure(**before)
    logging.getLogger().setLevel(level)


@pytest.fixture(scope="session", autouse=True)
def migrations_one_process_at_a_time() -> Iterator[None]:
    """Let workers change the roles of the server in turn, not at once."""
    with one_process_at_a_time():
        yield


@pytest.fixture(scope="session")
def heel(pytestconfig: pytest.Config) -> bool:
    """Tell whether everything is asked (``make drill-tests``), or what is chosen to be asked at every change."""
    return bool(pytestconfig.getoption("--heel"))


@pytest.fixture(scope="session")
def database_url() -> str:
    """Return the URL of this worker's migrated database."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return database.create_migrated(f"pleegzicht_test_{worker}")


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """Yield an engine with the app's role, as the application uses it."""
    engine = database.app_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def impatient_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let engines that are made from here on wait a fifth of a second for the access log, not three."""
    options = sessions._LOG_OPTIONS
    assert "lock_timeout=3s" in options
    monkeypatch.setattr(sessions, "_LOG_OPTIONS", options.replace("lock_timeout=3s", "lock_timeout=200ms"))


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Yield a session; what it does not commit is rolled back."""
    with Session(engine, expire_on_commit=False, autoflush=False) as session:
        yield session


@pytest.fixture
def organisatie(session: Session) -> Organisatie:
    """Return a new, empty organisatie that no other test uses."""
    code = f"T{uuid4().hex[:10]}".upper()
    organisatie = create_organisatie(session, code, f"Testorganisatie {code}", OrganisatieSoort.AANBIEDER)
    session.commit()
    return organisatie

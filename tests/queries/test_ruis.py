"""From the database to the ruisfactoren: in one statement, child by child as all together, and as known at a moment.

The pure functions have their own tables of edges (``tests/norms/ruis``); here it is about what reaches them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.models import Pleegkind
from app.norms.ruis.find import Ruisbevinding
from app.queries.kinderen import list_kinderen
from app.queries.ruis import load_ruis
from app.security.secrets import load_secrets
from app.services.demo import load_demo
from app.services.organisaties import find_organisatie
from tests import database
from tests.api.database import counting_statements
from tests.demo.ruisfeiten import find_in_delen

VANDAAG, NU = date(2026, 11, 21), datetime(2026, 11, 21, 8, tzinfo=UTC)
SEED = 7


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Engine]:
    url = database.create_database(f"pleegzicht_ruis_{worker_id}")
    database.migrate(url)
    engine = database.app_engine(url)
    sleutels = load_secrets(tmp_path_factory.mktemp("ruis") / "sleutels.json", create=True)
    load_demo(engine, "klein", seed=SEED, today=VANDAAG, now=NU, secrets=sleutels)
    yield engine
    engine.dispose()


@pytest.fixture
def session(demo: Engine) -> Iterator[Session]:
    with Session(demo) as session:
        yield session


def own(session: Session, code: str = "DEMO") -> int:
    organisatie = find_organisatie(session, code)
    assert organisatie is not None
    return organisatie.id


def load(session: Session, op: date, bekend_op: datetime | None = None) -> dict[int, list[Ruisbevinding]]:
    organisatie = own(session)
    return load_ruis(session, organisatie, dict.fromkeys(list_kinderen(session, organisatie), op), bekend_op)

"""A database with the small demo, and one without a row."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from app.db import sessions
from app.security.secrets import load_secrets
from app.services.demo.load import load_demo
from tests import database
from tests.migrations.inhoud import VANDAAG

NU = datetime(2026, 11, 21, 8, tzinfo=UTC)


def new_database(name: str, worker_id: str) -> str:
    return database.create_migrated(f"pleegzicht_{name}_{worker_id}")


def owner_of(url: str) -> Iterator[Engine]:
    owner = sessions.make_engine(url, role=None, long_work=True)
    yield owner
    owner.dispose()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Engine]:
    """Yield the owner's engine of a database with the small demo."""
    url = new_database("migratie", worker_id)
    sleutels = load_secrets(tmp_path_factory.mktemp("migratie") / "sleutels.json", create=True)
    engine = database.app_engine(url)
    load_demo(engine, "klein", seed=1, today=VANDAAG, now=NU, secrets=sleutels)
    engine.dispose()
    yield from owner_of(url)


@pytest.fixture
def empty(worker_id: str) -> Iterator[Engine]:
    """Yield the owner's engine of a migrated database without a row."""
    yield from owner_of(new_database("leeg", worker_id))

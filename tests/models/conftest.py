"""Two organisaties with a row of every kind, a child to place, and an engine that sees who waits."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db import sessions
from app.security.secrets import load_secrets
from tests.imports import bouw
from tests.models.rijen import add_certificate, add_one_of_each
from tests.models.weigeren import NU, Kind
from tests.services.importeer import Importeur


@pytest.fixture(scope="module")
def beide(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, int]:
    """Return two organisaties with one row of every kind."""
    folder = tmp_path_factory.mktemp("weigeringen")
    sleutels = load_secrets(folder / "sleutels.json", create=True)
    ids = []
    for _ in range(2):
        importeur = Importeur(engine, sleutels, f"R{uuid4().hex[:10]}", folder)
        assert importeur.boek(bouw.boek_met(plaatsingen=[{"tot": ""}]), nu=NU).exit_code == 0
        with Session(engine) as session:
            ids.append(importeur.organisatie(session).id)
            add_one_of_each(session, ids[-1])
            session.commit()
        add_certificate(engine, ids[-1])
    return ids[0], ids[1]


@pytest.fixture
def owner(database_url: str) -> Iterator[Engine]:
    """Yield an engine that sees what other backends wait for."""
    owner = sessions.make_engine(database_url, role=None)
    yield owner
    owner.dispose()


@pytest.fixture
def kind(engine: Engine) -> Kind:
    return Kind(engine)

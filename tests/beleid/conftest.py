"""The service on a database of this folder alone, and the world in which every relation of the policy table exists."""

from collections.abc import Iterator

import pytest

from app.db.statistics import refresh_statistics
from tests.api.client import Dienst, standing_still
from tests.api.conftest import open_dienst
from tests.beleid.wereld import Wereld, build_wereld


@pytest.fixture(scope="session")
def dienst(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Dienst]:
    with open_dienst(f"pleegzicht_beleid_{worker_id}", tmp_path_factory.mktemp("geheim") / "geheimen.json") as opened:
        yield opened


@pytest.fixture(autouse=True)
def service_at_work(dienst: Dienst) -> Iterator[None]:
    with standing_still():
        yield


@pytest.fixture(scope="session")
def wereld(dienst: Dienst) -> Wereld:
    """Made once: whatever the matrix asks, it changes nothing that the matrix sees."""
    with standing_still():
        wereld = build_wereld(dienst)
    refresh_statistics(dienst.owner)  # as autovacuum does where people work
    return wereld


@pytest.fixture(scope="module")
def module_at_work(dienst: Dienst) -> Iterator[None]:
    """For fixtures of a whole file that ask the service something."""
    with standing_still():
        yield

"""Living and ready are two things; neither tells anything more."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import anyio
import anyio.to_thread
import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

from app.db import sessions
from app.db.engines import Engines
from app.main import create_app
from app.routers.api import livez, openapi
from app.settings import Settings
from tests.database import create_migrated

AppOn = Callable[[str], ASGIApp]
NOWHERE = "postgresql+psycopg://niemand@127.0.0.1:1/niets"


@pytest.fixture
def app_on(tmp_path: Path) -> Iterator[AppOn]:
    """Return a function that makes the application on a database."""
    made: list[Engines] = []

    def make(url: str) -> ASGIApp:
        app = create_app(Settings(demo=True, data_dir=tmp_path, database_url=url, log_level="ERROR"))
        made.append(engines_in(app))
        return app

    yield make
    for engines in made:
        engines.dispose()


@pytest.fixture
def client(app_on: AppOn, database_url: str) -> TestClient:
    return TestClient(app_on(database_url))


@pytest.fixture
def nowhere(app_on: AppOn) -> TestClient:
    return TestClient(app_on(NOWHERE))


def engines_in(app: Any) -> Engines:
    while not isinstance(app, FastAPI):
        app = app.app
    found: Engines = app.state.engines
    return found


def test_it_lives_without_a_database(nowhere: TestClient) -> None:
    answer = nowhere.get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_it_is_ready_on_a_database_with_our_schema(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_it_is_not_ready_without_a_database(nowhere: TestClient) -> None:
    answer = nowhere.get("/readyz")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_each_application_has_the_database_of_its_own_settings(
    client: TestClient, nowhere: TestClient, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the environment says, and whoever asked first."""
    monkeypatch.setenv("PLEEGZICHT_DATABASE_URL", NOWHERE)
    assert [one.get("/readyz").status_code for one in (client, nowhere, client)] == [200, 503, 200]
    monkeypatch.setenv("PLEEGZICHT_DATABASE_URL", database_url)
    assert [one.get("/readyz").status_code for one in (client, nowhere, client)] == [200, 503, 200]


@pytest.mark.parametrize(("head", "status"), [("9999", 503), ("0001", 200)], ids=["an older one", "a newer one"])
def test_an_older_schema_is_not_ours_and_a_newer_one_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, head: str, status: int
) -> None:
    """When a migration ran, workers of before go on until they are replaced in turn: else nobody answers then."""
    monkeypatch.setattr(livez, "_head", lambda: head)
    assert client.get("/readyz").status_code == status


@pytest.mark.usefixtures("impatient_log")
@pytest.mark.parametrize("table", ["inzage", "inzage_afloop"])
def test_it_is_not_ready_while_the_access_log_is_held(client: TestClient, database_url: str, table: str) -> None:
    owner = sessions.make_engine(database_url, role=None)
    with owner.connect() as holding:
        holding.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))
        assert client.get("/readyz").status_code == 503
        holding.rollback()
    assert client.get("/readyz").status_code == 200
    owner.dispose()


@pytest.mark.parametrize(
    "right",
    ["INSERT ON inzage", "INSERT ON inzage_afloop", "USAGE ON SEQUENCE inzage_volgorde"],
)
def test_it_is_not_ready_without_a_right_to_the_access_log(app_on: AppOn, right: str) -> None:
    own = create_migrated(f"pleegzicht_zonder_recht_{uuid4().hex[:8]}")
    client, owner = TestClient(app_on(own)), sessions.make_engine(own, role=None)
    assert client.get("/readyz").status_code == 200
    with owner.begin() as connection:
        connection.execute(text(f"REVOKE {right} FROM pleegzicht_app"))
    assert client.get("/readyz").status_code == 503
    owner.dispose()


def test_asking_leaves_no_line_in_the_access_log(client: TestClient, database_url: str) -> None:
    owner = sessions.make_engine(database_url, role=None)
    count = text("SELECT (SELECT count(*) FROM inzage) + (SELECT count(*) FROM inzage_afloop)")
    with owner.connect() as connection:
        before = connection.execute(count).scalar_one()
        assert client.get("/readyz").status_code == 200
        assert connection.execute(count).scalar_one() == before
    owner.dispose()


def test_ready_is_asked_on_threads_of_its_own(app_on: AppOn, database_url: str) -> None:
    """When every other thread waits for the database, this must still answer."""
    app, release = app_on(database_url), Event()

    async def ask() -> int:
        anyio.to_thread.current_default_thread_limiter().total_tokens = 1
        busy = asyncio.create_task(_occupy(release))
        await asyncio.sleep(0.05)
        try:
            return await asyncio.wait_for(_status(app, "/readyz"), 10)
        finally:
            release.set()
            await busy

    assert anyio.run(ask) == 200


def test_it_lives_while_the_description_of_the_api_is_made(
    app_on: AppOn, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That takes a second of a processor, once for each worker, and anybody may ask for it."""
    app = app_on(database_url)

    def make(_app: FastAPI) -> bytes:
        time.sleep(1.5)
        return b"{}"

    monkeypatch.setattr(openapi, "_document", make)

    async def ask() -> float:
        made = asyncio.create_task(_status(app, "/v1/openapi.json"))
        await asyncio.sleep(0.1)
        began = time.perf_counter()
        assert await _status(app, "/livez") == 200
        took = time.perf_counter() - began
        assert await made == 200
        return took

    assert anyio.run(ask) < 0.7


async def _occupy(release: Event) -> None:
    await anyio.to_thread.run_sync(release.wait, 20)


async def _status(app: ASGIApp, path: str) -> int:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }
    await app(scope, receive, send)
    status: int = sent[0]["status"]
    return status


def test_an_exhausted_pool_is_not_ready_but_alive(app_on: AppOn, database_url: str) -> None:
    small = create_engine(database_url, pool_size=1, max_overflow=0, pool_timeout=1)
    app = app_on(database_url)
    engines_in(app).app, client = small, TestClient(app)
    with small.connect() as busy, ThreadPoolExecutor(4) as threads:
        busy.execute(text("SELECT 1"))
        ready = [threads.submit(client.get, "/readyz") for _ in range(3)]
        started = time.perf_counter()
        assert client.get("/livez").status_code == 200
        assert time.perf_counter() - started < 0.5
        assert {answer.result().status_code for answer in ready} == {503}
    assert client.get("/readyz").status_code == 200

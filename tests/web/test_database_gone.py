"""The pool exhausted, the connections cut: 503 with Retry-After, and well again without a restart."""

import psycopg
import pytest
from sqlalchemy import create_engine, text
from starlette.testclient import TestClient

from app.db.engines import Engines
from tests import database
from tests.web.conftest import Gebruiker


@pytest.mark.parametrize("path", ["/v1/ik", "/v1/dingen"])
def test_an_exhausted_pool_is_503_with_a_time_to_wait(
    client: TestClient, web_engines: Engines, begeleider: Gebruiker, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """The first is FastAPI's to do, the second is done on one thread (``app.web.work``)."""
    small = create_engine(web_engines.app.url, pool_size=1, max_overflow=0, pool_timeout=0.2)
    monkeypatch.setitem(vars(web_engines), "app", small)
    with small.connect() as busy:
        busy.execute(text("SELECT 1"))
        answer = client.get(path, headers=begeleider.headers)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert client.get(path, headers=begeleider.headers).status_code == 200
    small.dispose()


@pytest.mark.parametrize("path", ["/v1/ik", "/v1/dingen"])
def test_cut_connections_are_503_and_soon_forgotten(
    client: TestClient, web_engines: Engines, begeleider: Gebruiker, path: str
) -> None:
    """One 503, however many connections lay in however many pools: who finds one cut, lets all of them forget."""
    pools = (web_engines.app, web_engines.write, web_engines.log)
    for engine in pools:
        engine.dispose()
        for connection in [engine.connect() for _ in range(4)]:
            connection.close()
    name = web_engines.app.url.database
    with psycopg.connect(database.server_url(), autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    answers = [client.get(path, headers=begeleider.headers) for _ in range(12)]
    web_engines.dispose()  # of a pool that this path does not use the next test would hear
    assert {answer.status_code for answer in answers} <= {200, 503}
    refused = [answer for answer in answers if answer.status_code == 503]
    assert all("Retry-After" in answer.headers for answer in refused)
    assert len(refused) == 1
    assert answers[len(refused)].status_code == 200

"""``/metrics`` of a service with two workers: what both counted, and never a name, a number or an id."""

import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import psycopg.conninfo
import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.db.sessions import POOL_SIZE
from tests.cli.processen import KLAAR, Dienst, serve

_REQUESTS = "pleegzicht_requests_total"


@pytest.fixture
def metrics_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def measured(bediend: Dienst, port: int, metrics_port: int) -> Iterator[Dienst]:
    """Yield a demo that two workers serve."""
    asked = Dienst(bediend.folder)
    asked.environment = {
        **bediend.environment, "PLEEGZICHT_DEMO": "1", "PLEEGZICHT_METRICS_PORT": str(metrics_port),
        "PLEEGZICHT_BACKUP_MERK": str(bediend.postmaster / "achter-een-bestand"),
    }  # fmt: skip
    service = serve(asked, port, "--workers", "2")
    service.wait_for(KLAAR)
    yield asked
    service.process.terminate()
    assert service.ended() == 0


def _get(port: int, path: str, token: str = "") -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 — loopback
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def _secret_words(bediend: Dienst) -> set[str]:
    """Return every name, number and id of children, and of everybody else."""
    _, _, _, server_port, folder, *_ = bediend.postmaster.read_text().splitlines()
    # Not through the package: who joined its server would keep it alive.
    with psycopg.connect(host=folder, port=server_port, user="postgres", dbname="pleegzicht") as connection:
        rows = connection.execute(
            "SELECT roepnaam, achternaam, nummer, uid::text FROM pleegkind "
            "UNION SELECT naam, nummer, uid::text, uid::text FROM medewerker "
            "UNION SELECT naam, code, uid::text, uid::text FROM organisatie"
        ).fetchall()
    return {word for row in rows for word in row}


def _figures(told: str) -> dict[tuple[object, ...], float]:
    """Return name and labels → value."""
    families = text_string_to_metric_families(told)
    return {(one.name, *sorted(one.labels.items())): one.value for family in families for one in family.samples}


def _told_of(metrics_port: int, requests: int) -> str:
    """Return what is told once that many requests are counted: one is counted after its last byte was handed over."""
    until = time.monotonic() + 20
    while True:
        status, told = _get(metrics_port, "/metrics")
        assert status == 200
        counted = sum(value for (name, *_), value in _figures(told).items() if name == _REQUESTS)
        if counted >= requests:
            return told
        assert time.monotonic() < until, f"{counted} of {requests} requests counted"
        time.sleep(0.05)


def test_workers_are_counted_together_and_nobody_is_named(measured: Dienst, port: int, metrics_port: int) -> None:
    code, token, err = measured.run("token", "--gebruiker", "begeleider")
    assert code == 0, err
    status, children = _get(port, "/v1/pleegkinderen", token.strip())
    shown = [child["id"] for child in json.loads(children)["resultaten"]]
    assert status == 200
    assert shown
    unknown = [str(uuid4()) for _ in range(6)]
    asked = [_get(port, f"/v1/pleegkinderen/{uid}", token.strip())[0] for uid in (*shown, *unknown)]
    assert asked == [200] * len(shown) + [404] * 6
    assert _get(port, f"/weg/{unknown[0]}")[0] == 404

    told = _told_of(metrics_port, 1 + len(asked) + 1)
    figures = _figures(told)

    def requests(route: str, status: int) -> float:
        labels = {"method": "GET", "route": route, "status": str(status)}
        return figures.get((_REQUESTS, *sorted(labels.items())), 0)

    assert requests("/v1/pleegkinderen/{id}", 404) == 6
    assert requests("/v1/pleegkinderen/{id}", 200) == len(shown)
    assert requests("/v1/pleegkinderen", 200) == requests("-", 404) == 1
    assert figures["pleegzicht_database_up",] == 1
    assert figures["pleegzicht_backup_timestamp_seconds",] == 0  # it cannot be seen, and takes no other figure along
    assert figures["pleegzicht_seal_oldest_timestamp_seconds",] == 0
    assert figures["pleegzicht_pool_connections", ("pool", "app")] == 0
    assert figures["pleegzicht_pool_size", ("pool", "app")] == 2 * POOL_SIZE
    assert [word for word in (*_secret_words(measured), *unknown, token.strip()) if word in told] == []


_WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'pleegzicht'"


def _server_of(bediend: Dienst) -> dict[str, str]:
    _, _, _, server_port, folder, *_ = bediend.postmaster.read_text().splitlines()
    return {"host": folder, "port": server_port, "user": "postgres", "dbname": "pleegzicht"}


def _taken_of(metrics_port: int) -> float:
    return _figures(_get(metrics_port, "/metrics")[1])["pleegzicht_pool_connections", ("pool", "app")]


def _wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_connections_in_use_are_seen_and_let_go_also_when_the_database_cuts_them(
    measured: Dienst, port: int, metrics_port: int
) -> None:
    _, token, _ = measured.run("token", "--gebruiker", "begeleider")
    server = psycopg.conninfo.make_conninfo(**_server_of(measured))
    with (
        psycopg.connect(server) as holder,
        psycopg.connect(server, autocommit=True) as looks,
        ThreadPoolExecutor(3) as pool,
    ):
        holder.execute("LOCK TABLE pleegkind")
        asked = [pool.submit(_get, port, "/v1/pleegkinderen", token.strip()) for _ in range(3)]
        _wait_until(lambda: len(looks.execute(_WAITING).fetchall()) == len(asked))
        assert _taken_of(metrics_port) == len(asked)
        looks.execute("SELECT pg_terminate_backend(%s)", looks.execute(_WAITING).fetchone())
        holder.rollback()
        assert sorted(one.result()[0] for one in asked) == [200, 200, 503]
    _wait_until(lambda: _taken_of(metrics_port) == 0)


def test_a_taken_port_refuses_the_start(bediend: Dienst, port: int, metrics_port: int) -> None:
    asked = Dienst(bediend.folder)
    asked.environment = {**bediend.environment, "PLEEGZICHT_METRICS_PORT": str(metrics_port)}
    with socket.create_server(("127.0.0.1", metrics_port)):
        service = serve(asked, port)
        assert service.ended() == 2
    said = f"Fout: Op 127.0.0.1, poort {metrics_port} kan /metrics niet luisteren: bezet of onbekend\n"
    assert service.said.read_text() == said

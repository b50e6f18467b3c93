"""A body over the limit is refused by its announced length, and while it streams in; on a real server too."""

import socket
import threading
from collections.abc import Iterator
from importlib import metadata

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.web.around.body_limit import MAX_BODY, BodyLimit
from tests.web import proefapp

_JSON = {"Content-Type": "application/json"}


def _body(size: int) -> bytes:
    return b'{"naam":' + b" " * (size - 12) + b'"x"}'


def test_a_body_of_the_limit_is_read(client: TestClient) -> None:
    body = _body(MAX_BODY)
    assert len(body) == MAX_BODY
    assert client.post("/v1/stroom", content=body, headers=_JSON).json() == {"naam": "x"}


def test_a_byte_more_is_413_and_closes_the_connection(client: TestClient) -> None:
    answer = client.post("/v1/stroom", content=_body(MAX_BODY + 1), headers=_JSON)
    assert answer.status_code == 413
    assert answer.headers["Connection"] == "close"
    assert answer.json()["code"] == "te_groot"


def test_a_body_of_unknown_length_is_counted(client: TestClient) -> None:
    chunks = iter([b'{"naam":"'] + [b" " * 100_000] * 20)
    answer = client.post("/v1/stroom", content=chunks, headers=_JSON)
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_upload_may_have_a_limit_of_its_own(api: FastAPI) -> None:
    client = TestClient(BodyLimit(api, larger={"/v1/stroom": 3 * MAX_BODY}))
    body = _body(2 * MAX_BODY)
    assert client.post("/v1/stroom", content=body, headers=_JSON).status_code == 200
    assert client.post("/v1/dingen", content=body, headers=_JSON).status_code == 413


@pytest.fixture(scope="module")
def server(api: FastAPI) -> Iterator[int]:
    """Serve the test application on a free port of this machine; yields the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(proefapp.wrap(api), server_header=False, access_log=False, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(10)


def _send(port: int, head: str, chunks: Iterator[bytes]) -> tuple[bytes, int]:
    """Send until the server has answered or cut the connection; return its answer and what was sent."""
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head.encode())
        connection.setblocking(False)  # noqa: FBT003
        answer = b""
        for chunk in chunks:
            try:
                answer += connection.recv(65536)
                break
            except BlockingIOError:
                pass
            connection.setblocking(True)  # noqa: FBT003
            try:
                connection.sendall(chunk)
            except (ConnectionError, TimeoutError):
                break
            sent += len(chunk)
            connection.setblocking(False)  # noqa: FBT003
        connection.settimeout(10)
        try:
            while more := connection.recv(65536):
                answer += more
        except (ConnectionError, TimeoutError):
            pass
    return answer, sent


HEAD = "POST /v1/stroom HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


def test_50_mb_in_chunks_is_refused_while_it_streams(server: int) -> None:
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    answer, sent = _send(server, HEAD + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n", iter([chunk] * 800))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"te_groot" in answer
    assert sent < 50_000_000


def test_50_mb_announced_is_refused_before_it_is_sent(server: int) -> None:
    answer, sent = _send(server, HEAD + "Content-Length: 50000000\r\n\r\n", iter([b" " * 65536] * 760))
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert f"api-version: {metadata.version('pleegzicht')}".encode() in answer.lower()
    assert sent < 20_000_000


def test_a_real_server_names_itself_nowhere(server: int) -> None:
    answer, _ = _send(server, "HEAD /v1/openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", iter([]))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert b"uvicorn" not in answer.lower()
    assert b"\r\nserver:" not in head.lower()
    assert body == b""

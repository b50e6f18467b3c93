"""What comes over the wire has bounds: the size of a head, its time, its lengths; who hangs up makes no error."""

import json
import logging
import socket
import struct
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress

import pytest
import uvicorn
from fastapi import FastAPI

from app.web.around import protocol
from app.web.around.protocol import MAX_HEAD, BoundedHttp
from tests.web import proefapp

GET = b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /v1/stroom HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def port(api: FastAPI) -> Iterator[int]:
    """Serve the test application as ``app.cli.server`` does, on a free port of this machine; yields the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        proefapp.wrap(api), http=BoundedHttp, ws="none", access_log=False, log_config=None, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(10)


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def _all(connection: socket.socket) -> bytes:
    answer = b""
    with suppress(ConnectionError):
        while more := connection.recv(65536):
            answer += more
    return answer


def _ask(port: int, request: bytes) -> bytes:
    with _connect(port) as connection:
        with suppress(ConnectionError):
            connection.sendall(request)
        return _all(connection)


def _problem(answer: bytes, status: int) -> str:
    """Return the code of a refusal, which is a problem with the headers of every answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), answer[:200]
    lines = head.lower().split(b"\r\n")
    assert b"content-type: application/problem+json" in lines
    assert {b"connection: close", b"cache-control: no-store"} <= set(lines)
    assert any(line.startswith(b"api-version: ") for line in lines)
    problem = json.loads(body)
    assert problem["status"] == status
    return str(problem["code"])


def _head_of(size: int) -> bytes:
    begin, end = GET + b"Connection: close\r\nX-Lang: ", b"\r\n\r\n"
    return begin + b"a" * (size - len(begin) - len(end)) + end


def test_a_head_of_the_limit_is_read(port: int) -> None:
    assert len(_head_of(MAX_HEAD)) == 65536
    assert _ask(port, _head_of(MAX_HEAD)).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "request_",
    [
        _head_of(MAX_HEAD + 1),
        _head_of(200_000),
        GET + b"X: y\r\n" * 12_000 + b"\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a" * 70_000 + b": b\r\n\r\n",
    ],
    ids=["a byte more", "one long header", "many headers", "a long address", "a long name"],
)
def test_a_larger_head_is_431(port: int, request_: bytes) -> None:
    assert _problem(_ask(port, request_), 431) == "kop_te_groot"


def test_300_mb_of_headers_take_no_memory(port: int) -> None:
    header = b"X-" + b"a" * 8000 + b": " + b"b" * 57_000 + b"\r\n"
    tracemalloc.start()
    sent = 0
    with _connect(port) as connection, suppress(ConnectionError):
        connection.sendall(GET)
        while sent < 300_000_000:
            connection.sendall(header)
            sent += len(header)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent < 20_000_000  # what the kernel holds for both sides
    assert peak < 5_000_000


def test_one_header_that_never_ends_is_431(port: int) -> None:
    """The parser tells of a header when it is whole, and keeps it until then."""
    with _connect(port) as connection:
        with suppress(ConnectionError):
            connection.sendall(GET + b"X: ")
            for _ in range(1000):
                connection.sendall(b"a" * 4096)
        assert _problem(_all(connection), 431) == "kop_te_groot"


def test_what_trails_a_body_counts_too_and_is_no_header(port: int) -> None:
    begin = POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    body = b'c\r\n{"naam":"x"}\r\n0\r\n'
    assert b'{"naam":"x"}' in _ask(port, begin + body + b"Authorization: Bearer x\r\n\r\n")
    answer = _ask(port, begin + body + b"X: " + b"a" * 200_000 + b"\r\n\r\n")
    assert not answer.startswith(b"HTTP/1.1 5"), answer[:200]


@pytest.mark.parametrize("sent", [b"", b"\r\n\r\n", GET, GET + b"\r\n" + GET])
def test_a_head_has_its_time(port: int, sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.5)
    with _connect(port) as connection:
        started = time.monotonic()
        connection.sendall(sent)
        answer = _all(connection)
        assert 0.3 < time.monotonic() - started < 10
    if sent.strip():
        assert _problem(answer[answer.rindex(b"HTTP/1.1 ") :], 408) == "te_traag"
    else:
        assert answer == b""


def test_a_byte_now_and_then_buys_no_time(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.5)
    with _connect(port) as connection, suppress(ConnectionError):
        started = time.monotonic()
        for _ in range(100):
            connection.sendall(b"G" if time.monotonic() - started < 0.05 else b"E")
            time.sleep(0.1)
    assert time.monotonic() - started < 5


def test_a_head_of_ten_seconds_is_the_promise() -> None:
    assert protocol.HEAD_SECONDS == 10


def test_a_slow_body_is_not_a_slow_head(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    with _connect(port) as connection:
        connection.sendall(POST + b"Content-Length: 12\r\nConnection: close\r\n\r\n")
        time.sleep(0.8)
        connection.sendall(b'{"naam":"x"}')
        assert _all(connection).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "begun",
    [b"Content-Length: 12\r\n\r\n{", b"Transfer-Encoding: chunked\r\n\r\nc\r\n{", b"Content-Length: 12\r\n\r\n"],
)
def test_a_body_has_its_time(port: int, begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.5)
    with _connect(port) as connection:
        started = time.monotonic()
        connection.sendall(POST + begun)
        assert _problem(_all(connection), 408) == "te_traag"
        assert 0.3 < time.monotonic() - started < 10


def test_a_byte_of_a_body_now_and_then_buys_no_time(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.5)
    with _connect(port) as connection:
        started = time.monotonic()
        connection.sendall(POST + b"Content-Length: 900\r\n\r\n{")
        with suppress(ConnectionError):
            for _ in range(100):
                connection.sendall(b" ")
                time.sleep(0.1)
    assert time.monotonic() - started < 5


def test_a_large_body_over_a_poor_line_comes_through(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.3)
    body = b'{"naam":"x"}' + b" " * 3988
    with _connect(port) as connection:
        connection.sendall(POST + b"Content-Length: 4000\r\nConnection: close\r\n\r\n")
        for part in range(8):
            connection.sendall(body[part * 500 : (part + 1) * 500])
            time.sleep(0.15)
        assert _all(connection).startswith(b"HTTP/1.1 200 ")


def test_after_a_body_the_next_request_has_its_time_too(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.3)
    with _connect(port) as connection:
        for _ in range(2):
            connection.sendall(POST + b'Content-Length: 12\r\n\r\n{"naam":"x"}')
            assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
            time.sleep(0.6)


def test_who_has_the_answer_and_sends_no_body_is_hung_up_on(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "BODY_SECONDS", 0.5)
    with _connect(port) as connection:
        connection.sendall(b"POST /nergens HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n")
        answer = _all(connection)
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.count(b"HTTP/1.1 ") == 1


def test_half_a_minute_and_a_kilobyte_a_second_is_the_promise() -> None:
    assert (protocol.BODY_SECONDS, protocol.BODY_RATE) == (30, 1000)


def test_a_connection_is_used_again(port: int) -> None:
    with _connect(port) as connection:
        for _ in range(3):
            connection.sendall(POST + b'Content-Length: 12\r\n\r\n{"naam":"x"}')
            assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")
        connection.sendall(POST + b'Connection: close\r\nContent-Length: 12\r\n\r\n{"naam":"x"}')
        assert _all(connection).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "length",
    ["0" * 5000 + "12", "012", "00", "-1", "+12", "12, 12", "1e2", "0x0c", "", "12 12", "9" * 30, "9" * 5000, "١٢"],
)
def test_a_length_that_is_none_is_400(port: int, length: str) -> None:
    request = POST + b"Connection: close\r\nContent-Length: " + length.encode() + b'\r\n\r\n{"naam":"x"}'
    assert _problem(_ask(port, request), 400) == "ongeldige_invoer"


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 12\r\nContent-Length: 13\r\n",
        b"Content-Length: 12\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip\r\n",
    ],
)
def test_lengths_that_contradict_each_other_are_400(port: int, headers: bytes) -> None:
    request = POST + b"Connection: close\r\n" + headers + b'\r\n{"naam":"x"}'
    assert _problem(_ask(port, request), 400) == "ongeldige_invoer"


@pytest.mark.parametrize(
    "rubbish", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"hallo\r\n\r\n", b"GET  HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_http_is_400(port: int, rubbish: bytes) -> None:
    assert _problem(_ask(port, rubbish), 400) == "ongeldige_invoer"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /v1/op",
        GET + b"\r\n",
        POST + b"Content-Length: 900000\r\n\r\n{",
        POST + b"Transfer-Encoding: chunked\r\n\r\n10000\r\n{",
        POST + b'Content-Length: 12\r\n\r\n{"naam":"x"}',
    ],
    ids=["at once", "in the head", "before the answer", "in the body", "in a chunk", "after the body"],
)
@pytest.mark.parametrize("how", ["closed", "reset"])
def test_who_hangs_up_is_no_error_in_the_log(
    port: int, sent: bytes, how: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        connection = _connect(port)
        connection.sendall(sent)
        time.sleep(0.05)
        if how == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        time.sleep(0.2)
        assert _ask(port, GET + b"Connection: close\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    # FastAPI says, when it is first imported, which optional packages it does not find.
    ours = [record for record in caplog.records if record.name != "fastapi"]
    assert [record.getMessage() for record in ours if record.levelno >= logging.WARNING] == []
    written = "".join(capsys.readouterr())
    assert "error" not in written
    assert "unhandled" not in written
    assert "status=500" not in written

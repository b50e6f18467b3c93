"""``pleegzicht serve`` in processes of its own: it says that it listens when it does, and leaves nothing behind."""

import os
import re
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.cli import server
from app.errors import OngeldigeInstelling
from tests.cli.processen import KLAAR, PATIENCE, Dienst, Service, held_by, serve, serve_with

_VISITORS = 40


def _is_alive(port: int) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=20) as answer:
        return bool(answer.status == 200)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_listens_when_it_says_so_and_ends_with_its_database(bediend: Dienst, port: int, number: int) -> None:
    service = serve(bediend, port)
    service.wait_for(KLAAR)
    assert _is_alive(port)
    service.process.send_signal(number)
    assert service.ended() == 0


def test_a_body_that_does_not_come_is_not_waited_for(bediend: Dienst, port: int) -> None:
    service = serve_with(bediend, port, "from app.web.around import protocol; protocol.BODY_SECONDS = 1.0")
    service.wait_for(KLAAR)
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(b"POST /aanmelden/demo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n")
        connection.sendall(b"Content-Type: application/x-www-form-urlencoded\r\n\r\nformulier=")
        assert connection.recv(65536).startswith(b"HTTP/1.1 408 ")
    service.process.send_signal(signal.SIGTERM)
    assert service.ended() == 0


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_was_begun_is_answered_before_it_ends(bediend: Dienst, port: int, workers: str) -> None:
    """The same as when nobody stops it: a form whose last words come after it was told to end."""
    service = serve(bediend, port, "--workers", workers)
    service.wait_for(KLAAR)
    assert _is_alive(port)
    calm = _send_a_form(port, lambda: None)
    stopped = _send_a_form(port, lambda: service.process.send_signal(signal.SIGTERM))
    assert calm.split(b"\r\n", 1)[0] == stopped.split(b"\r\n", 1)[0]
    assert calm.startswith(b"HTTP/1.1 ")
    assert not calm.startswith(b"HTTP/1.1 5")
    assert service.ended() == 0


def _send_a_form(port: int, meanwhile: Callable[[], None]) -> bytes:
    """Send a form in two parts, with something in between, and return the head of what was answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(b"POST /aanmelden/demo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 20\r\n")
        connection.sendall(b"Content-Type: application/x-www-form-urlencoded\r\n\r\nformulier=")
        time.sleep(0.5)
        meanwhile()
        time.sleep(1)
        connection.sendall(b"1234567890")
        return connection.recv(65536)


def test_workers_are_replaced_with_a_word_and_end_with_the_database(bediend: Dienst, port: int) -> None:
    service = serve(bediend, port, "--workers", "2")
    service.wait_for(KLAAR)
    assert _is_alive(port)
    first = service.workers()
    assert len(first) == 2
    first[0].send_signal(signal.SIGTERM)
    service.wait_for("werker_herstart")
    assert re.search(rf'"reden": "gestopt", "oud": {first[0].pid}', service.said.read_text())
    assert _is_alive(port)
    service.process.send_signal(signal.SIGTERM)
    assert service.ended() == 0
    assert not any(worker.is_running() for worker in first)


def test_who_comes_at_once_is_shared_out(bediend: Dienst, port: int) -> None:
    """Whoever wakes first would take them all, and keep them."""
    service = serve(bediend, port, "--workers", "2")
    service.wait_for(KLAAR)
    with ExitStack() as stack:
        for _ in range(_VISITORS):
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
        until, shares = time.monotonic() + PATIENCE, [0]
        while sum(shares) < _VISITORS:
            assert time.monotonic() < until, shares
            shares = [held_by(worker, port) for worker in service.workers()]
    assert sum(shares) == _VISITORS
    assert min(shares) > _VISITORS // 8, shares  # by chance it is less once in a million
    service.process.send_signal(signal.SIGTERM)
    assert service.ended() == 0


def test_who_comes_to_a_worker_that_was_killed_waits_for_the_next(bediend: Dienst, port: int) -> None:
    service = serve(bediend, port, "--workers", "2")
    service.wait_for(KLAAR)
    service.workers()[0].kill()
    assert all(_is_alive(port) for _ in range(12))
    service.process.send_signal(signal.SIGTERM)
    assert service.ended() == 0


def test_workers_whose_watcher_is_killed_end_too(bediend: Dienst, port: int) -> None:
    service = serve(bediend, port, "--workers", "2")
    service.wait_for(KLAAR)
    service.process.kill()
    assert service.ended() == -9


def test_make_run_ends_with_its_database(bediend: Dienst, port: int) -> None:
    given = [f"BIN={Path(sys.executable).parent}", f"ARGS=--port {port}"]
    service = Service(bediend, ["make", "-s", "-o", "install", "run", *given])
    service.wait_for(KLAAR)
    service.process.send_signal(signal.SIGTERM)
    assert service.ended() != 0  # make says that it was told to stop


def test_a_command_that_is_told_to_end_leaves_no_database_either(bediend: Dienst) -> None:
    service = Service(bediend, [sys.executable, "-m", "app.cli.main", "demo", "--omvang", "400", "--aanvullen"])
    until = time.monotonic() + PATIENCE
    while not bediend.postmaster.exists():
        assert time.monotonic() < until
        time.sleep(0.01)
    service.process.send_signal(signal.SIGTERM)
    assert service.ended() == 128 + signal.SIGTERM


def test_who_was_killed_does_not_keep_the_database_for_ever(bediend: Dienst, port: int) -> None:
    killed = serve(bediend, port)
    killed.wait_for(KLAAR)
    killed.process.kill()
    killed.process.wait(PATIENCE)
    assert bediend.postmaster.exists()
    assert bediend.run("termijnen", "--organisatie", "DEMO", "--peildatum", "2026-09-30")[0] == 0
    assert killed.ended() == -9


def test_a_taken_port_is_one_line(bediend: Dienst, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        for workers in ("1", "2"):
            service = serve(bediend, port, "--workers", workers)
            assert service.ended() == 2
            assert service.said.read_text() == (
                f"Fout: Op 127.0.0.1, poort {port} kan de dienst niet luisteren: bezet of onbekend\n"
            )


def test_an_unknown_address_is_refused() -> None:
    with pytest.raises(OngeldigeInstelling, match="kan de dienst niet luisteren"):
        server._listen("192.0.2.1", 8000, 2)


class _Klok:
    """Time that passes where somebody waits, in the place of the module ``time``."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> _Klok:
    klok = _Klok()
    monkeypatch.setattr(server, "time", klok)
    return klok


class _Silent:
    """The parent's end of a pipe to a worker that answers after so many seconds."""

    def __init__(self, klok: _Klok, after: float) -> None:
        self._klok, self._after = klok, after

    def send(self, _message: bytes) -> None:
        pass

    def poll(self, seconds: float) -> bool:
        self._klok.now += min(seconds, max(0.0, self._after - self._klok.now))
        return self._klok.now >= self._after

    def recv(self) -> bool:
        return True


class _Living:
    def is_alive(self) -> bool:
        return True


def _worker(klok: _Klok, after: float) -> server._Worker:
    worker = server._Worker.__new__(server._Worker)
    worker.parent_conn, worker.process = _Silent(klok, after), _Living()  # type: ignore[assignment]
    return worker


def test_a_worker_that_is_slow_to_answer_lives(klok: _Klok) -> None:
    assert server._PATIENCE == 60
    assert _worker(klok, 59).is_alive(server._PATIENCE)
    assert klok.now == pytest.approx(59)


def test_a_worker_that_stays_silent_does_not(klok: _Klok) -> None:
    assert not _worker(klok, 61).is_alive(server._PATIENCE)
    assert klok.now == pytest.approx(60, abs=0.3)


def test_a_signal_does_not_wait_for_a_silent_worker(klok: _Klok) -> None:
    worker = _worker(klok, 60)
    worker.interrupted = lambda: True
    assert worker.is_alive(server._PATIENCE)
    assert klok.now < 1


def test_the_signal_that_came_while_the_database_starts_is_kept() -> None:
    from app.lib.ending import without_interruption  # noqa: PLC0415

    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: heard.append(number))
    try:
        with without_interruption():
            os.kill(os.getpid(), signal.SIGTERM)
            assert heard == []
        assert heard == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)

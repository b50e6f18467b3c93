"""The servers that are measured, each in processes of its own on loopback, ended by its own id."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.environment import environment_of_service

_PATIENCE = 240  # seconds to start on a busy machine
PATIENCE = 120  # … and that a worker gets to answer that it lives
WORKERS = 2  # of every server: what the smallest machine we promise has
COMMAND = str(Path(sys.executable).with_name("pleegzicht"))


@dataclass(frozen=True, slots=True)
class Server:
    """One that runs: its port, and the process that started the workers."""

    port: int
    pid: int


@contextmanager
def serving_application() -> Iterator[Server]:
    """Yield the service with two workers."""
    port = free_port()
    command = [*_main_of("bench.variant"), str(port), str(WORKERS)]
    with _running(command, port, environment_of_service()) as server:
        yield server


@contextmanager
def serving_variant(down: Sequence[str]) -> Iterator[Server]:
    """Yield the service with some of its walls down (``bench.variant``)."""
    port = free_port()
    command = [*_main_of("bench.variant"), str(port), "1", *down]
    with _running(command, port, environment_of_service()) as server:
        yield server


@contextmanager
def serving_bare(traces: Path, conninfo: str, threads: int) -> Iterator[Server]:
    """Yield the bare application (``bench.bare``)."""
    port = free_port()
    command = [*_main_of("bench.bare"), str(traces), conninfo, str(port), str(threads)]
    with _running(command, port, environment_of_service()) as server:
        yield server


@contextmanager
def serving_floor(settings: Path) -> Iterator[Server]:
    """Yield the floor of another make (``bench.floor``)."""
    port = free_port()
    with _running([sys.executable, "-m", "bench.floor", str(settings), str(port)], port, {}) as server:
        yield server


def start_together(stack: ExitStack, *servers: AbstractContextManager[Server]) -> list[Server]:
    """Start several, which wait for nothing but each other's processor time; they end with the stack."""
    with ThreadPoolExecutor(len(servers)) as starting:
        return list(starting.map(stack.enter_context, servers))


def _main_of(module: str) -> list[str]:
    """Return how to run a module so that its workers do not import it before they can say that they live."""
    return [sys.executable, "-c", f"from {module} import main; main()"]


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def _running(command: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await_life(process, port)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(30)


def _await_life(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a worker answers; that the port is open says nothing of the workers behind it."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended at once"
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            line.request("GET", "/livez")
            assert line.getresponse().status == 200, "the server is not well"
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            line.close()
    raise TimeoutError(port)

"""The servers that are measured, each in a process of its own on loopback, ended by its own id."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.environment import environment_of_service

_PATIENCE = 120  # seconds to start on a busy machine
COMMAND = str(Path(sys.executable).with_name("pleegzicht"))


@contextmanager
def serving_application() -> Iterator[int]:
    """Yield the port of ``pleegzicht serve`` with one worker."""
    port = free_port()
    with _running([COMMAND, "serve", "--port", str(port)], port, environment_of_service()):
        yield port


@contextmanager
def serving_variant(down: Sequence[str]) -> Iterator[int]:
    """Yield the port of the service with some of its walls down (``bench.variant``)."""
    port = free_port()
    with _running([sys.executable, "-m", "bench.variant", str(port), *down], port, environment_of_service()):
        yield port


@contextmanager
def serving_bare(traces: Path, conninfo: str, threads: int) -> Iterator[int]:
    """Yield the port of the bare application (``bench.bare``)."""
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", str(traces), conninfo, str(port), str(threads)]
    with _running(command, port, environment_of_service()):
        yield port


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def _running(command: Sequence[str], port: int, environment: Mapping[str, str]) -> Iterator[None]:
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _await_port(process, port)
            yield
        finally:
            process.terminate()
            process.wait(30)


def _await_port(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(port)

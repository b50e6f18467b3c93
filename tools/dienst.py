"""The service as an installation starts it (``pleegzicht serve``), on loopback, for drills."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("pleegzicht"))
_PATIENCE = 180.0  # seconds: on a busy machine a worker takes long to begin
_END = 30.0


def command(environment: Mapping[str, str], *arguments: str, ends: int | None = 0) -> str:
    """Run a command of the service and return what it said.

    Args:
        environment: with the settings.
        *arguments: of the command.
        ends: how it must end; None when that is for who asks to see.

    Raises:
        RuntimeError: it ended otherwise.
    """
    done = subprocess.run([COMMAND, *arguments], env=dict(environment), capture_output=True, text=True, check=False)
    if ends not in (None, done.returncode):
        raise RuntimeError(f"pleegzicht {' '.join(arguments)}: {done.returncode}: {done.stderr.strip()}")
    return done.stdout + done.stderr


@contextmanager
def serving(environment: Mapping[str, str], port: int, workers: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the service once it is ready; it is asked to go afterwards.

    Raises:
        RuntimeError: it did not become ready.
    """
    process = start(environment, port, workers)
    try:
        wait_until_ready(port, process)
        yield process
    finally:
        stop(process)


def start(environment: Mapping[str, str], port: int, workers: int = 1) -> "subprocess.Popen[bytes]":
    """Start the service; it is not ready yet."""
    arguments = ("serve", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers))
    silent = subprocess.DEVNULL
    return subprocess.Popen([COMMAND, *arguments], env=dict(environment), stdout=silent, stderr=silent)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask the service to go, and wait."""
    process.terminate()
    try:
        process.wait(_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_ready(port: int, process: "subprocess.Popen[bytes] | None" = None, patience: float = _PATIENCE) -> None:
    """Wait until ``/readyz`` answers 200.

    Raises:
        RuntimeError: it ended, or did not become ready in time.
    """
    until = time.monotonic() + patience
    while time.monotonic() < until and (process is None or process.poll() is None):
        if is_ready(port):
            return
        time.sleep(0.05)
    ended = None if process is None else process.poll()
    raise RuntimeError(f"the service did not become ready{'' if ended is None else f': it ended with {ended}'}")


def is_ready(port: int) -> bool:
    """Tell whether the service on a port says that it can serve."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()

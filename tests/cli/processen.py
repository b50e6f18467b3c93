"""``pleegzicht`` in processes of its own, on a data folder with an embedded server: commands, and the service."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import psutil  # type: ignore[import-untyped] # it brings no types

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds; a busy machine takes long to make a new server
KLAAR = "staat klaar op"


class Dienst:
    """A data folder of its own, and the commands that run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment: Mapping[str, str] = {
            "PLEEGZICHT_DATA_DIR": str(folder),
            "PYTHONPATH": str(REPOSITORY),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "TMPDIR": tempfile.gettempdir(),
            "LANG": "C.UTF-8",
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start ``pleegzicht`` with arguments, as a process of its own."""
        return subprocess.Popen(  # noqa: S603 — our own command with the arguments of these tests
            [sys.executable, "-m", "app.cli.main", *arguments],
            cwd=REPOSITORY,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command to its end."""
        return ended(self.start(*arguments))

    @property
    def postmaster(self) -> Path:
        """The file that is there as long as the server runs."""
        return self.folder / "postgres" / "postmaster.pid"


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for the end of a process: exit code, stdout, stderr."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


class Service:
    """The service in a process; what it says goes to a file that can be read meanwhile."""

    def __init__(self, dienst: Dienst, command: list[str]) -> None:
        self.dienst = dienst
        self.said = dienst.folder.parent / f"gezegd-{time.monotonic_ns()}"
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(  # noqa: S603 — our own command
                command,
                cwd=REPOSITORY,
                env={**dienst.environment, "PLEEGZICHT_DEMO": "1"},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )

    def wait_for(self, words: str) -> None:
        """Return when it has said something."""
        until = time.monotonic() + PATIENCE
        while words not in self.said.read_text():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < until, self.said.read_text()
            time.sleep(0.02)

    def workers(self) -> list[psutil.Process]:
        """Return the processes that serve."""
        found = psutil.Process(self.process.pid).children()
        return [one for one in found if "spawn_main" in " ".join(one.cmdline())]

    def ended(self) -> int:
        """Return its exit code, when neither it nor the database server is there any more."""
        code = self.process.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while self.dienst.postmaster.exists():
            assert time.monotonic() < until, "a postgres was left behind"
            time.sleep(0.1)
        return code


def held_by(worker: psutil.Process, port: int) -> int:
    """Return how many connections with a port a process holds."""
    held = worker.net_connections("tcp")
    return sum(one.status == psutil.CONN_ESTABLISHED and one.laddr.port == port for one in held)


def serve(dienst: Dienst, port: int, *more: str) -> Service:
    """Serve on a port, as a process of its own."""
    return Service(dienst, [sys.executable, "-m", "app.cli.main", "serve", "--port", str(port), *more])


def serve_with(dienst: Dienst, port: int, statement: str) -> Service:
    """Serve in a process in which something else holds: a bound that is short enough to wait for."""
    code = f"from app.cli.main import main; {statement}; main()"
    return Service(dienst, [sys.executable, "-c", code, "serve", "--port", str(port)])

"""The demo as README starts it, on a port of its own, with data of one run alone."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests_e2e.aanmelden.dienst import ROOT, free_port, running, wait_for

_COMMAND = [sys.executable, "-c", "from app.cli.main import main; main()"]


@dataclass(frozen=True)
class Demo:
    """Where it is served, and the environment of its commands."""

    base: str
    env: Mapping[str, str]

    def run(self, *arguments: str) -> str:
        """Run a command beside the service, and return what it says."""
        command = [*_COMMAND, *arguments]
        said = subprocess.run(command, env=self.env, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
        return said.stdout.strip()

    def token(self, gebruiker: str) -> str:
        """Return what somebody of the demo asks the API with."""
        return self.run("token", "--gebruiker", gebruiker)


@contextmanager
def served(folder: Path) -> Iterator[Demo]:
    """Serve the demo."""
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("PLEEGZICHT_")}
    env |= {"PLEEGZICHT_DEMO": "1", "PLEEGZICHT_DATA_DIR": str(folder / "data")}
    log = folder / "dienst.log"
    with running([*_COMMAND, "serve", "--migreer", "--demo", "--port", str(port)], env, ROOT, log):
        wait_for(f"http://127.0.0.1:{port}/livez", log)
        yield Demo(f"http://127.0.0.1:{port}", env)

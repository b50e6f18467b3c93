"""What ``docs/beheer.md`` says, done here: its blocks of commands as they stand, on a machine that is a folder.

A block is run by a drill when a mark with its name stands before it: ``<!-- drill: terug naar een moment -->``. Only
paths change, and two programs of the system are ours: ``systemctl`` starts and stops the PostgreSQL of the drill and
runs what a unit of ``deploy/systemd`` runs; ``runuser`` runs as ``postgres``, where the drill is of root.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.server import ROOT, Server, as_postgres, binaries

DOCUMENT = ROOT / "docs/beheer.md"
_UNITS = ROOT / "deploy/systemd"
_BLOCK = re.compile(r"<!-- drill: (?P<naam>[^>]+?) -->\n```sh\n(?P<tekst>.*?)```", re.DOTALL)
_SYSTEMCTL = """#!/bin/sh
set -e
actie=$1; shift
for unit in "$@"; do case "$actie $unit" in
{cases}
"stop pleegzicht"*) ;;
*) echo "systemctl $actie $unit: daar weet de drill niets van" >&2; exit 64;;
esac; done
"""


def read_blocks(text: str) -> Mapping[str, str]:
    """Return name → commands of every block that a drill runs."""
    return {found["naam"]: found["tekst"] for found in _BLOCK.finditer(text)}


def commands_of_unit(name: str) -> Sequence[str]:
    """Return what a unit runs, in order."""
    lines = (_UNITS / name).read_text().splitlines()
    return [line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart=")]


@dataclass(frozen=True)
class Draaiboek:
    """The commands of the document, for one PostgreSQL.

    Attributes:
        server: of the drill.
        folder: of the drill: its programs, and what is ``/srv`` elsewhere.
        settings: of the service, for ``pleegzicht``.
    """

    server: Server
    folder: Path
    settings: Mapping[str, str]

    def prepare(self) -> None:
        """Put the two programs in place, and ``deploy/`` where the user postgres may read it."""
        shutil.copytree(ROOT / "deploy", self.folder / "deploy")
        programs = self.folder / "bin"
        programs.mkdir()
        backup = "\n".join(
            f"  {shlex.join(as_postgres())} {one}" for one in commands_of_unit("pleegzicht-backup.service")
        )
        cases = (
            f'"stop postgresql@15-main.service") {shlex.join(self.server.stop_command())};;',
            f'"start postgresql@15-main.service") {shlex.join(self.server.start_command())};;',
            f'"start pleegzicht-backup.service")\n{self._here(backup)}\n  ;;',
        )
        shift = "shift 3\n"  # -u postgres --
        for name, text in (
            ("systemctl", _SYSTEMCTL.format(cases="\n".join(cases))),
            ("runuser", f'#!/bin/sh\n{shift}exec {shlex.join(as_postgres())} "$@"\n'),
        ):
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)

    def start(self) -> None:
        """Start PostgreSQL as a block would."""
        subprocess.run(self.server.start_command(), check=True, capture_output=True, env=self.environment(), cwd="/")

    def run(self, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a block to its first command that fails; what it said comes back with how it ended.

        Args:
            name: of the block.
            **variables: that the commands use, as the reader would have set them.
        """
        text = self._here(read_blocks(DOCUMENT.read_text())[name])
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            env=self.environment() | variables, cwd=self.folder,
            check=False, capture_output=True, text=True, timeout=180,
        )  # fmt: skip

    def environment(self) -> dict[str, str]:
        """Return the environment of whoever does this: paths of the drill, and the settings of the service."""
        path = (
            self.folder / "bin",
            Path(sys.executable).parent,
            binaries(),
            "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        )
        here = self.folder / "backup"
        return {
            "PATH": os.pathsep.join(map(str, path)),
            "LC_ALL": "C.UTF-8",
            "PGHOST": str(self.server.sockets),
            "PGPORT": str(self.server.port),
            "PGUSER": "postgres",
            "PGBACKREST_CONFIG": str(self.folder / "deploy/pgbackrest.conf"),
            "PGBACKREST_REPO1_PATH": str(here / "pgbackrest"),
            "PGBACKREST_PG1_PATH": str(self.server.data),
            "PGBACKREST_PG1_PORT": str(self.server.port),
            "PGBACKREST_PG1_SOCKET_PATH": str(self.server.sockets),
            "PGBACKREST_LOCK_PATH": str(here / "lock"),
            "PGBACKREST_SPOOL_PATH": str(here / "spool"),
            **self.settings,
        }

    def _here(self, text: str) -> str:
        places = {
            "/usr/local/lib/pleegzicht/": f"{self.folder / 'deploy'}/",
            "/usr/bin/pgbackrest": "pgbackrest",
            "/srv/backup": str(self.folder / "backup"),
        }
        for there, here in places.items():
            text = text.replace(there, here)
        return text

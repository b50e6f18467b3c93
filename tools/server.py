"""A PostgreSQL of the distribution on loopback, for drills: set up as ``deploy/postgresql/pleegzicht.conf`` says.

Not the embedded one: a drill of operations runs what an installation runs. Started by root it runs as ``postgres``.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

ROOT = Path(__file__).parents[1]
SETTINGS = ROOT / "deploy/postgresql/pleegzicht.conf"
#: where what was said stays, of a drill that did not go well
LOGS = ROOT / ".reports/drills"
_DEBIAN = Path("/usr/lib/postgresql")
#: what is of this machine alone, and lets a drill see when each row was committed
_HERE = """
include '{settings}'
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{sockets}'
max_connections = 80
shared_buffers = 64MB
track_commit_timestamp = on
"""


class Ontbreekt(Exception):
    """Something that the drill needs is not on this machine."""


@contextmanager
def drill_folder(naam: str) -> Iterator[Path]:
    """Yield a folder of a drill that PostgreSQL may enter too; of it nothing stays but the logs, when it breaks off."""
    with tempfile.TemporaryDirectory(prefix=f"pleegzicht-{naam}-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        folder.chmod(0o755)
        try:
            yield folder
        except Exception:  # whatever it was: it goes on, and the folder with what was said goes
            keep_logs(folder, naam)
            raise


def keep_logs(folder: Path, naam: str) -> Path:
    """Copy what every process of a drill said to a folder that stays, and return that."""
    kept = LOGS / naam
    for log in folder.rglob("*.log"):
        there = kept / log.relative_to(folder)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(log, there)
    return kept


def binaries() -> Path:
    """Return where the newest PostgreSQL of Debian has its programs.

    Raises:
        Ontbreekt: there is none.
    """
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    if not found:
        raise Ontbreekt(f"geen PostgreSQL in {_DEBIAN}; installeer postgresql")
    return found[-1].parent


def require(*programs: str) -> None:
    """Refuse a machine without what the drill runs.

    Raises:
        Ontbreekt: with the names.
    """
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        raise Ontbreekt(f"op deze machine ontbreekt: {', '.join(missing)}")


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def as_postgres(*command: str) -> Sequence[str]:
    """Return a command as PostgreSQL accepts it: not of root."""
    if os.geteuid() != 0:
        return command
    return ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command)


def give_to_postgres(*folders: Path) -> None:
    """Make folders that PostgreSQL may write to."""
    for folder in folders:
        folder.mkdir(parents=True, mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")


@dataclass(frozen=True)
class Server:
    """One PostgreSQL in a folder of its own; superuser ``postgres`` on loopback, without a password.

    Attributes:
        folder: that the user postgres may enter.
        port: of loopback.
        wal: where its WAL is, when that is not among the data.
        more: settings that only this drill wants.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    wal: Path | None = None
    more: str = ""

    @property
    def data(self) -> Path:
        """Where the data are."""
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        """Where the socket is."""
        return self.folder / "socket"

    def url(self, database: str, user: str = "pleegzicht") -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def create(self) -> None:
        """Make it, and set it up; it does not run yet."""
        give_to_postgres(*(one for one in (self.folder, self.sockets) if not one.exists()))
        settings = self.folder / "pleegzicht.conf"
        settings.write_text(SETTINGS.read_text())
        settings.chmod(0o644)
        options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums")
        apart = (f"--waldir={self.wal}", "--wal-segsize=1") if self.wal else ()
        self.program("initdb", "--no-sync", *options, *apart, "--pgdata", str(self.data))
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(_HERE.format(settings=settings, port=self.port, sockets=self.sockets) + self.more)

    def start_command(self) -> Sequence[str]:
        """Return how it is started; the command is done when it runs."""
        control = (str(binaries() / "pg_ctl"), "--pgdata", str(self.data), "--wait", "--timeout=60")
        return as_postgres(*control, "--log", str(self.folder / "log"), "start")

    def start(self) -> None:
        """Start it."""
        subprocess.run(self.start_command(), check=True, capture_output=True, cwd="/")

    def stop_command(self) -> Sequence[str]:
        """Return how it is stopped."""
        return as_postgres(str(binaries() / "pg_ctl"), "--pgdata", str(self.data), "--mode=fast", "--wait", "stop")

    def stop(self) -> None:
        """Stop it, when it runs."""
        subprocess.run(self.stop_command(), check=False, capture_output=True)

    def program(self, name: str, *arguments: str, env: Mapping[str, str] | None = None) -> None:
        """Run one of its programs."""
        command = as_postgres(str(binaries() / name), *arguments)
        subprocess.run(command, check=True, capture_output=True, env=env, cwd="/")

    def create_owner(self) -> None:
        """Make the login and the database of the service, as ``docs/beheer.md`` asks: it may make roles, no more."""
        with self.superuser("postgres") as connection:
            connection.execute("CREATE ROLE pleegzicht LOGIN CREATEROLE")
            connection.execute("CREATE DATABASE pleegzicht OWNER pleegzicht")

    def superuser(self, database: str = "pleegzicht") -> psycopg.Connection[tuple[object, ...]]:
        """Return a connection that sees every row."""
        return psycopg.connect(self.url(database, "postgres"), autocommit=True)

"""Three nodes with PostgreSQL under Patroni, and three with etcd, as ``deploy/patroni`` sets them up, on loopback."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tools.server import ROOT, as_postgres, binaries, free_port, give_to_postgres

_DEPLOY = ROOT / "deploy/patroni"
_SILENT = subprocess.DEVNULL
_HBA = (
    "    - local all all trust\n    - host all all 127.0.0.1/32 trust\n    - host replication all 127.0.0.1/32 trust\n"
)


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Return a file of ``deploy/`` with what stands between angle brackets filled in, longest first."""
    for name in sorted(values, key=len, reverse=True):
        text = text.replace(name, values[name])
    return text


@dataclass
class Etcd:
    """One of three that decide together who leads."""

    folder: Path
    name: str
    client: int = field(default_factory=free_port)
    peer: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, all_of_them: Sequence["Etcd"]) -> None:
        """Start it, or start it again."""
        others = ",".join(f"{one.name}=http://127.0.0.1:{one.peer}" for one in all_of_them)
        there = {
            "<naam van deze knoop>": self.name,
            "/var/lib/etcd/pleegzicht": str(self.folder / self.name),
            "<adres van deze knoop>:2380": f"127.0.0.1:{self.peer}",
            "<adres van deze knoop>:2379": f"127.0.0.1:{self.client}",
            "<naam 1>=http://<etcd 1>:2380,<naam 2>=http://<etcd 2>:2380,<naam 3>=http://<etcd 3>:2380": others,
        }
        lines = fill_in((_DEPLOY / "etcd.conf").read_text(), there).splitlines()
        settings = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        self.process = subprocess.Popen(
            as_postgres("etcd"), env={**settings, "PATH": "/usr/bin:/bin"}, stdout=_SILENT, stderr=_SILENT, cwd="/"
        )

    def kill(self) -> None:
        """Let it be gone."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@dataclass
class Knoop:
    """One PostgreSQL, and the Patroni that keeps it."""

    folder: Path
    name: str
    port: int = field(default_factory=free_port)
    rest: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    backup: Path | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """Of what runs on it: where pgBackRest has what, when that is there."""
        path = {"PATH": "/usr/bin:/bin"}
        if self.backup is None:
            return path
        return path | {
            "PGBACKREST_CONFIG": str(self.backup / "pgbackrest.conf"),
            "PGBACKREST_REPO1_PATH": str(self.backup / "pgbackrest"),
            "PGBACKREST_PG1_PATH": str(self.data),
            "PGBACKREST_PG1_PORT": str(self.port),
            "PGBACKREST_LOCK_PATH": str(self.backup / f"lock-{self.name}"),
            "PGBACKREST_SPOOL_PATH": str(self.backup / f"spool-{self.name}"),
        }

    @property
    def data(self) -> Path:
        """Where its data are."""
        return self.folder / self.name / "data"

    def configure(self, etcds: Sequence[Etcd]) -> None:
        """Write its configuration: that of ``deploy/``, with addresses of loopback and no passwords."""
        give_to_postgres(self.folder / self.name)
        archive = self.folder / "archief"  # of all nodes, as the backup is
        half = archive / f"%f.{self.name}"
        here = {
            "<naam van deze knoop>": self.name,
            "<adres van deze knoop>:8008": f"127.0.0.1:{self.rest}",
            "<adres van deze knoop>:5432": f"127.0.0.1:{self.port}",
            "<etcd 1>:2379,<etcd 2>:2379,<etcd 3>:2379": ",".join(f"127.0.0.1:{one.client}" for one in etcds),
            "/var/lib/postgresql/15/main": str(self.data),
            "/usr/lib/postgresql/15/bin": str(binaries()),
            'ssl: "on"': 'ssl: "off"',
            "<wachtwoord>": "a", "<ander wachtwoord>": "b", "<nog een ander>": "c",
        }  # fmt: skip
        if self.backup is None:
            here |= {
                "pgbackrest --stanza=pleegzicht archive-push %p": f"cp %p {half} && mv {half} {archive}/%f",
                'pgbackrest --stanza=pleegzicht archive-get %f "%p"': f'cp {archive}/%f "%p"',
            }
        text = fill_in((_DEPLOY / "patroni.yml").read_text(), here)
        before, _, after = text.partition("  pg_hba:\n")
        _, _, rest = after.partition("\n\n")
        self.config.write_text(f"{before}  pg_hba:\n{_HBA}\n{rest}".replace("mode: automatic", "mode: 'off'"))
        self.config.chmod(0o644)

    @property
    def config(self) -> Path:
        """Its configuration."""
        return self.folder / f"{self.name}.yml"

    def start(self) -> None:
        """Start Patroni, which starts PostgreSQL."""
        log = (self.folder / f"{self.name}.log").open("ab")
        self.process = subprocess.Popen(
            as_postgres("patroni", str(self.config)), stdout=log, stderr=log, cwd="/", env=dict(self.environment)
        )

    def role(self) -> str:
        """Return what it says of itself: ``primary``, ``replica``, or that it is not there."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.rest}/patroni", timeout=1) as answer:
                said = json.load(answer)
        except (OSError, ValueError):
            return "weg"
        running = said.get("state") == "running"
        return str({"master": "primary"}.get(said["role"], said["role"])) if running else "weg"

    def pids(self) -> Sequence[int]:
        """Return the processes of its PostgreSQL, the first of them first."""
        try:
            first = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError):
            return []
        return [first, *children_of(first)]

    def kill(self) -> None:
        """Let the whole node be gone, as when its power fails."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        _signal(self.pids(), signal.SIGKILL)

    def freeze(self) -> Sequence[int]:
        """Cut it off: all of it stands still; return what does."""
        pids = [*([self.process.pid] if self.process else []), *self.pids()]
        _signal(pids, signal.SIGSTOP)
        return pids

    def receivers(self) -> Sequence[int]:
        """Return the processes that receive WAL."""
        return [pid for pid in self.pids() if b"walreceiver" in _command_of(pid)]


def _signal(pids: Sequence[int], what: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, what)


def thaw(pids: Sequence[int]) -> None:
    """Let what stands still go on."""
    _signal(pids, signal.SIGCONT)


def end(pids: Sequence[int]) -> None:
    """Let what stands still end, before it does anything else."""
    _signal(pids, signal.SIGTERM)
    _signal(pids, signal.SIGCONT)


def stop_still(pids: Sequence[int]) -> None:
    """Let processes stand still."""
    _signal(pids, signal.SIGSTOP)


def children_of(parent: int) -> Sequence[int]:
    """Return the processes that a process started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(path.parent.name))
    return found


def _command_of(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


@dataclass
class Cluster:
    """All of it."""

    etcds: Sequence[Etcd]
    knopen: Sequence[Knoop]

    def leader(self) -> Knoop | None:
        """Return the node that takes writes, if there is one."""
        return next((one for one in self.knopen if one.role() == "primary"), None)

    def wait_for_leader(self, patience: float = 90) -> Knoop:
        """Wait until there is one.

        Raises:
            TimeoutError: there was none in time.
        """
        until = time.monotonic() + patience
        while time.monotonic() < until:
            found = self.leader()
            if found is not None:
                return found
            time.sleep(0.2)
        raise TimeoutError("no leader")

    def wait_until_whole(self, patience: float = 90) -> bool:
        """Wait until every node follows, one of them in step; tell whether that was in time.

        A node that was rewound and has not yet caught up follows too, but nothing can be asked of it: it is not whole.
        """
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self._followers() == (len(self.knopen) - 1, True):
                return True
            time.sleep(0.3)
        return False

    def _followers(self) -> tuple[int, bool]:
        leader = self.leader()
        if leader is None or any(one.role() == "weg" for one in self.knopen):
            return 0, False
        try:
            with psycopg.connect(self.url(leader, "postgres"), connect_timeout=2) as connection:
                states = [str(one) for (one,) in connection.execute(_FOLLOWERS)]
        except psycopg.Error:
            return 0, False
        return len(states), any(one in ("sync", "quorum") for one in states)

    def url(self, knoop: Knoop, user: str, database: str = "postgres") -> str:
        """Return the address of a database on one node."""
        return f"postgresql://{user}@127.0.0.1:{knoop.port}/{database}"

    def superuser(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """Return a connection with the node that takes writes, of somebody who sees every row."""
        return psycopg.connect(self.url(self.wait_for_leader(), "postgres", database), autocommit=True)

    def url_of_all(self, attributes: str) -> str:
        """Return the address by which the service finds the node that it wants.

        Args:
            attributes: ``read-write`` or ``prefer-standby``.
        """
        hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in self.knopen)
        return f"postgresql://pleegzicht@/pleegzicht?{hosts}&target_session_attrs={attributes}"

    def let_replicate_loosely(self, leader: Knoop) -> None:
        """Plant the fault: what is acknowledged is on one node alone."""
        loose = {"synchronous_mode": False, "synchronous_mode_strict": False, "maximum_lag_on_failover": 1 << 30}
        line = http.client.HTTPConnection("127.0.0.1", leader.rest, timeout=5)
        line.request("PATCH", "/config", json.dumps(loose))
        line.getresponse().read()
        line.close()
        until = time.monotonic() + 30
        with psycopg.connect(self.url(leader, "postgres"), autocommit=True) as connection:
            while time.monotonic() < until and connection.execute("SHOW synchronous_standby_names").fetchone() != ("",):
                time.sleep(0.3)


_FOLLOWERS = "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'"


@contextmanager
def running(folder: Path, backup: Path | None = None) -> Iterator[Cluster]:
    """Yield a cluster that has a leader and followers; nothing of it stays.

    Args:
        folder: of all that it writes.
        backup: with the configuration of pgBackRest; without one WAL is copied to a folder.
    """
    give_to_postgres(folder / "etcd", folder / "pg", folder / "pg/archief")
    cluster = Cluster(
        [Etcd(folder / "etcd", f"etcd{n}") for n in (1, 2, 3)],
        [Knoop(folder / "pg", f"knoop{n}", backup=backup) for n in (1, 2, 3)],
    )
    try:
        for etcd in cluster.etcds:
            etcd.start(cluster.etcds)
        for knoop in cluster.knopen:
            knoop.configure(cluster.etcds)
            knoop.start()
        cluster.wait_for_leader()
        yield cluster
    finally:
        for knoop in cluster.knopen:
            thaw(knoop.pids())
            knoop.kill()
        for etcd in cluster.etcds:
            etcd.kill()

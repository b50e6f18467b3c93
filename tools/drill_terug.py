"""``make drill-terug``: a cluster goes back to a moment, as ``docs/beheer.md`` says, and all of it is one again.

On loopback, with three PostgreSQL under Patroni, three etcd and pgBackRest, in three to five minutes. The commands are
those of the document, run on the node that it names. People record; then the cluster goes back to a moment in the
middle of that. Every acknowledged talk of before that moment is there once with its traces and none of after it, on
every node the same; ``verifieer`` and ``controleer`` find nothing; and what is recorded next is acknowledged, on two
nodes.

Planted, and it must be seen: etcd still knows the cluster as it was, and nobody takes.
"""

import argparse
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from app import clock
from app.security.demo_issuer import issue_token
from app.security.secrets import load_secrets
from tools.dienst import command, serving
from tools.draaiboek import DOCUMENT, commands_of_unit, read_blocks
from tools.drill_cluster import settings_of
from tools.geplant import tell_planted
from tools.knopen import Cluster, Knoop, running
from tools.schrijvers import PLACES, Bevestigd, Gevonden, Schrijvers, look_up
from tools.server import ROOT, Ontbreekt, as_postgres, binaries, drill_folder, free_port, give_to_postgres, require

WRITERS = 3
_PATIENCE = 180
_NOBODY = 25.0  # seconds in which a cluster that may have a leader has one
_SYSTEMCTL = """#!/bin/sh
set -e
pid=$(cat {pid})
case "$1 $2" in
"stop patroni") kill -TERM "$pid"
    while [ -d "/proc/$pid" ] && ! grep -q '^State:.Z' "/proc/$pid/status"; do sleep 0.2; done;;
"start patroni") {patroni} >>{log} 2>&1 </dev/null & echo $! >{pid};;
*) echo "systemctl $1 $2: daar weet de drill niets van" >&2; exit 64;;
esac
"""


@dataclass(frozen=True)
class Machine:
    """One node, as who keeps it has it before them: the commands of the document run there, with paths of the drill."""

    knoop: Knoop
    folder: Path

    @property
    def _pid(self) -> Path:
        return self.folder / f"{self.knoop.name}.pid"

    @property
    def _programs(self) -> Path:
        return self.folder / "bin" / self.knoop.name

    def prepare(self) -> None:
        """Put the programs of the system that are ours in place."""
        process = self.knoop.process
        self._pid.write_text(str(process.pid if process else 0))
        self._programs.mkdir(parents=True)
        settings = [f"{name}={value}" for name, value in self.knoop.environment.items()]
        patroni = shlex.join(["env", "-i", *settings, *as_postgres("patroni", str(self.knoop.config))])
        log = self.knoop.folder / f"{self.knoop.name}.log"
        for name, text in (
            ("systemctl", _SYSTEMCTL.format(pid=self._pid, patroni=patroni, log=log)),
            ("runuser", f'#!/bin/sh\nshift 3\nexec {shlex.join(as_postgres())} "$@"\n'),
        ):
            (self._programs / name).write_text(text)
            (self._programs / name).chmod(0o755)

    def do(self, name: str, **variables: str) -> None:
        """Run a block of the document here, which must succeed."""
        self.run(read_blocks(DOCUMENT.read_text())[name], **variables)

    def run(self, text: str, **variables: str) -> None:
        """Run commands here.

        Raises:
            RuntimeError: one of them failed.
        """
        places = {
            "/usr/lib/postgresql/15/bin": str(binaries()),
            "/var/lib/postgresql/15/main": str(self.knoop.data),
            "/var/log/postgresql/terug.log": str(self.knoop.folder / "terug.log"),
            "/etc/patroni/config.yml": str(self.knoop.config),
            "/usr/bin/pgbackrest": "pgbackrest",
        }
        for there, here in places.items():
            text = text.replace(there, here)
        own = {"PGHOST": "127.0.0.1", "PGPORT": str(self.knoop.port), "PGUSER": "postgres", "LC_ALL": "C.UTF-8"}
        path = os.pathsep.join((str(self._programs), str(binaries()), self.knoop.environment["PATH"]))
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            env={**self.knoop.environment, **own, **variables, "PATH": path}, cwd="/",
            check=False, capture_output=True, text=True, timeout=_PATIENCE,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{self.knoop.name}: {done.returncode}: {done.stdout}{done.stderr}")

    def end(self) -> None:
        """Let Patroni be gone, whoever started it."""
        with suppress(ProcessLookupError):
            os.kill(int(self._pid.read_text()), signal.SIGKILL)


@dataclass(frozen=True)
class Toneel:
    """A cluster with a filled database and its backup, and the environment of who works with it."""

    cluster: Cluster
    machines: Sequence[Machine]
    environment: Mapping[str, str]

    def machine_of(self, knoop: Knoop) -> Machine:
        """Return the machine of a node."""
        return next(one for one in self.machines if one.knoop is knoop)


@contextmanager
def stage(folder: Path) -> Iterator[Toneel]:
    """Yield it; nothing of it stays."""
    backup = folder / "backup"
    give_to_postgres(backup)
    shutil.copy(ROOT / "deploy/pgbackrest.conf", backup)
    (backup / "pgbackrest.conf").chmod(0o644)
    with running(folder, backup) as cluster:
        machines = [Machine(one, folder) for one in cluster.knopen]
        for one in machines:
            one.prepare()
        try:
            toneel = Toneel(cluster, machines, settings_of(cluster, folder))
            fill(toneel)
            yield toneel
        finally:
            for one in machines:
                one.end()


def fill(toneel: Toneel) -> None:
    """Fill the database, and make its first backup."""
    toneel.cluster.wait_until_whole()
    with toneel.cluster.superuser() as connection:
        connection.execute("CREATE ROLE pleegzicht LOGIN CREATEROLE")
        connection.execute("CREATE DATABASE pleegzicht OWNER pleegzicht")
    command(toneel.environment, "migrate")
    command(toneel.environment, "demo", "--omvang", "60")
    command(toneel.environment, "zegel")
    machine = toneel.machine_of(toneel.cluster.wait_for_leader())
    machine.do("inrichten")
    machine.run(f"runuser -u postgres -- {commands_of_unit('pleegzicht-backup.service')[0]}")


def record(toneel: Toneel, seconds: float) -> tuple[datetime, Sequence[Bevestigd]]:
    """Let people record; return a moment in the middle of it, and all that was acknowledged."""
    secrets = load_secrets(Path(toneel.environment["PLEEGZICHT_SECRETS_FILE"]), create=False)
    with toneel.cluster.superuser("pleegzicht") as connection:
        places = [(str(kind), str(plaatsing)) for kind, plaatsing in connection.execute(PLACES)]
    poort, stop = free_port(), threading.Event()
    schrijvers = Schrijvers([poort], issue_token("begeleider", clock.now(), secrets), places)
    with serving(toneel.environment, poort):
        threads = schrijvers.start(WRITERS, stop)
        time.sleep(seconds / 2)
        moment = clock.now()
        time.sleep(seconds / 2)
        stop.set()
        for one in threads:
            one.join()
    return moment, schrijvers.telling.bevestigd


def go_back(toneel: Toneel, moment: datetime, *, forget: bool) -> float:
    """Go back as the document says, and return how many seconds it took.

    Args:
        toneel: where.
        moment: to which.
        forget: let etcd forget how the cluster was, as the document says; otherwise that step is left out.
    """
    first = toneel.machine_of(toneel.cluster.wait_for_leader())
    others = [one for one in toneel.machines if one is not first]
    began = time.monotonic()
    for one in (*others, first):
        one.do("knoop stilzetten")
    first.do("knoop terug naar een moment", moment=moment.isoformat(sep=" "))
    if not forget:
        first.run("systemctl start patroni")
        return time.monotonic() - began
    first.do("etcd laten vergeten")
    first.do("knoop weer aan")
    for one in others:
        one.do("knoop opnieuw laten volgen")
    if not toneel.cluster.wait_until_whole(_PATIENCE):
        raise RuntimeError("the cluster did not become whole")
    return time.monotonic() - began


def compare(toneel: Toneel, moment: datetime, bevestigd: Sequence[Bevestigd]) -> bool:
    """Say what of what was acknowledged is there; tell whether it is as it must be, and the same on every node."""
    early = [one for one in bevestigd if one.op <= moment]
    late = [one for one in bevestigd if one.begonnen > moment]
    with toneel.cluster.superuser("pleegzicht") as connection:
        found, since = look_up(connection, early), len(late) - look_up(connection, late).verloren
    counts = {one.name: _talks(toneel.cluster, one) for one in toneel.cluster.knopen}
    told = f"verloren {found.verloren}, dubbel {found.dubbel}, zonder spoor {found.zonder_spoor}"
    later = f"van erna {len(late)}: {since} nog daar; per knoop {list(counts.values())} gesprekken"
    print(f"bevestigd voor het moment {len(early)}: {told}; {later}", flush=True)
    same = len(set(counts.values())) == 1
    return found == Gevonden(0, 0, 0) and since == 0 and same and bool(early) and bool(late)


def _talks(cluster: Cluster, knoop: Knoop) -> int:
    with psycopg.connect(cluster.url(knoop, "postgres", "pleegzicht")) as connection:
        row = connection.execute("SELECT count(*) FROM kindgesprek").fetchone()
    return int(str(row[0])) if row else 0


def go_on(toneel: Toneel) -> None:
    """Let the log go on further than Patroni forgives who is to lead, however little was recorded (1 MB as it comes).

    To change to another file of the log takes it to the end of one, of 16 MB.
    """
    with toneel.cluster.superuser() as connection:
        for _ in range(2):
            connection.execute("SELECT pg_logical_emit_message(true, 'drill', 'verder')")
            connection.execute("SELECT pg_switch_wal()")


def nobody_takes(toneel: Toneel) -> bool:
    """Tell whether there is no node that takes, for as long as it takes a cluster to have one."""
    try:
        toneel.cluster.wait_for_leader(_NOBODY)
    except TimeoutError:
        return True
    return False


def drill(toneel: Toneel, seconds: float) -> bool:
    """Do it all; tell whether it is as it must be."""
    moment, bevestigd = record(toneel, seconds)
    print(f"bevestigd {len(bevestigd)}; nu terug naar {moment:%H:%M:%S}", flush=True)
    took = go_back(toneel, moment, forget=True)
    good = compare(toneel, moment, bevestigd)
    for name in ("verifieer", "controleer"):
        command(toneel.environment, name)
    _, again = record(toneel, seconds / 2)
    told = f"verifieer en controleer vinden niets; daarna bevestigd {len(again)}; teruggaan duurde {took:.0f} s"
    print(told, flush=True)
    go_on(toneel)
    go_back(toneel, moment, forget=False)
    seen = nobody_takes(toneel)
    print(f"geplant: etcd weet nog van vroeger: {'gezien' if seen else 'NIET gezien'}", flush=True)
    return tell_planted(int(seen), 1) and good and bool(again)


def main() -> int:
    """Run it; 1 when something did not come back, 2 when it cannot run here."""
    parser = argparse.ArgumentParser(description="Een cluster gaat terug naar een moment.")
    parser.add_argument("--belasting", type=float, default=8)
    asked = parser.parse_args()
    try:
        require("patroni", "etcd", "pgbackrest")
        with drill_folder("terug") as folder, stage(folder) as toneel:
            good = drill(toneel, asked.belasting)
    except Ontbreekt as error:
        print(f"De drill kan hier niet: {error}", file=sys.stderr)
        return 2
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

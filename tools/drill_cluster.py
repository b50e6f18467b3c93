"""``make drill-cluster``: people record while a cluster loses what it has; nothing that was acknowledged is gone.

On loopback: three PostgreSQL under Patroni, three etcd (``deploy/patroni``), two workers behind nginx, inspecteurs on a
replica. One event is a next version of the service (``tools.versies``): the workers of before go on while its migration
runs, and are then replaced in turn. Writers repeat their Idempotency-Key until they are told that it was recorded. Then
every talk that was acknowledged is there once, in the change log, with its kept answer and its line in the access log;
and every export of an audit that was just built is of that audit, though a replica gives it. Errors are 503 with
Retry-After, but for what a worker was sending when it was killed: of that each client may get one half, sees that it
is half, and asks again.

Planted: the same with asynchronous replication, of which the figure must be above nought; half answers, which must not
be taken for whole ones (``tools.voordeur``); and a way to etcd by which who stood still takes the lead back from who
led meanwhile, with all that it acknowledged (``tools.leiderslot``). A run of each event takes five minutes;
``--gebeurtenissen 25 --bevestigd 10000`` is the whole.
"""

import argparse
import itertools
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from app import clock
from app.security.demo_issuer import issue_token
from app.security.secrets import load_secrets
from tools.dienst import command
from tools.gebeurtenissen import GEBEURTENISSEN, Toneel, Werkers, kill_primary_ahead, kill_worker
from tools.geplant import tell_planted
from tools.knopen import Cluster, running
from tools.leiderslot import PLANTED, takes_lead_back, way_of_deploy
from tools.lezers import AFGEBROKEN, Lezers
from tools.schrijvers import PLACES, Gevonden, Schrijvers, Telling, look_up
from tools.server import Ontbreekt, drill_folder, keep_logs, require
from tools.voordeur import planted_halves

WRITERS, READERS = 4, 2
_CALM = 2.0  # seconds between events
_PATIENCE = 300  # … and after one that left the cluster not whole in time
_JA = {True: "ja", False: "nee"}
_EXPECTED = ("200", "201", "503", AFGEBROKEN)


def settings_of(cluster: Cluster, folder: Path) -> Mapping[str, str]:
    """Return the environment of the workers: any node that takes writes, and any other to read from."""
    return {
        "PLEEGZICHT_DATABASE_URL": cluster.url_of_all("read-write"),
        "PLEEGZICHT_DATABASE_READ_URL": cluster.url_of_all("prefer-standby"),
        "PLEEGZICHT_SECRETS_FILE": str(folder / "geheimen.json"),
        "PLEEGZICHT_DATA_DIR": str(folder / "dienst"),
        "PLEEGZICHT_DEMO": "1",
        "PLEEGZICHT_LOG_LEVEL": "ERROR",
        "PATH": "/usr/bin:/bin",
    }


@contextmanager
def stage(folder: Path) -> Iterator[Toneel]:
    """Yield a cluster with a filled database and workers; nothing of it stays."""
    with running(folder) as cluster:
        cluster.wait_until_whole()
        with cluster.superuser() as connection:
            connection.execute("CREATE ROLE pleegzicht LOGIN CREATEROLE")
            connection.execute("CREATE DATABASE pleegzicht OWNER pleegzicht")
        werkers = Werkers(settings_of(cluster, folder), folder)
        command(werkers.environment, "migrate")
        command(werkers.environment, "demo", "--omvang", "60")
        try:
            werkers.start()
            yield Toneel(cluster, werkers)
        finally:
            werkers.stop()


class Drukte:
    """Writers and readers, from when they start until they are told to stop."""

    def __init__(self, toneel: Toneel) -> None:
        """Know who writes, and where."""
        secrets = load_secrets(Path(toneel.werkers.environment["PLEEGZICHT_SECRETS_FILE"]), create=False)
        with toneel.cluster.superuser("pleegzicht") as connection:
            places = [(str(kind), str(plaatsing)) for kind, plaatsing in connection.execute(PLACES)]
        poort, self._stop = toneel.werkers.poort, threading.Event()
        begeleider, inspecteur, kwaliteit = (
            issue_token(wie, clock.now(), secrets) for wie in ("begeleider", "inspecteur", "kwaliteit")
        )
        self._schrijvers = Schrijvers([poort], begeleider, places)
        self.lezers = Lezers(poort, inspecteur, kwaliteit)

    @property
    def telling(self) -> Telling:
        """What writers got."""
        return self._schrijvers.telling

    @property
    def afgebroken(self) -> int:
        """How many answers were cut off on their way, and seen to be."""
        return self.telling.fouten[AFGEBROKEN] + self.lezers.gelezen[AFGEBROKEN]

    def start(self) -> None:
        """Let them work."""
        work = (self.lezers.look, self.lezers.build_and_export)
        readers = [threading.Thread(target=one, args=(self._stop,)) for one in work]
        self._threads = [*self._schrijvers.start(WRITERS, self._stop), *readers]
        for one in readers:
            one.start()

    def stop(self) -> None:
        """Let them finish what they do."""
        self._stop.set()
        for one in self._threads:
            one.join()


def let_happen(toneel: Toneel, aantal: int, bevestigd: int) -> tuple[Drukte, bool]:
    """Let events happen one after the other while people work; tell whether the cluster was whole after each."""
    drukte, whole = Drukte(toneel), True
    drukte.start()
    try:
        for naam, happen in itertools.islice(itertools.cycle(GEBEURTENISSEN.items()), aantal):
            cut = drukte.afgebroken
            time.sleep(_CALM)
            began, before = time.monotonic(), len(drukte.telling.bevestigd)
            good, cut = happen(toneel), drukte.afgebroken - cut
            fine = good and cut <= (WRITERS + READERS if happen is kill_worker else 0)
            told = f"{naam}: {time.monotonic() - began:.0f} s, {len(drukte.telling.bevestigd) - before} bevestigd"
            told += f", {cut} antwoorden afgebroken" if cut else ""
            print(f"{'' if fine else 'FOUT: '}{told}{'' if good else ', en daarna niet heel'}", flush=True)
            if not good:
                print(
                    f"wat elke knoop zei staat in {keep_logs(toneel.cluster.knopen[0].folder, 'cluster')}", flush=True
                )
                if not toneel.cluster.wait_until_whole(_PATIENCE):
                    raise RuntimeError("the cluster did not become whole: the next event would say nothing")
            whole = whole and fine
        while len(drukte.telling.bevestigd) < bevestigd:
            time.sleep(_CALM)
        time.sleep(_CALM)
    finally:
        drukte.stop()
    return drukte, whole


def found_of(toneel: Toneel, telling: Telling) -> Gevonden:
    """Return what the cluster has of what was acknowledged."""
    with toneel.cluster.superuser("pleegzicht") as connection:
        return look_up(connection, telling.bevestigd)


def plant(toneel: Toneel) -> int:
    """Replicate asynchronously, and let the leader be ahead when it goes; return how many talks are gone."""
    toneel.cluster.let_replicate_loosely(toneel.cluster.wait_for_leader())
    drukte = Drukte(toneel)
    drukte.start()
    try:
        time.sleep(_CALM)
        kill_primary_ahead(toneel)
    finally:
        drukte.stop()
    return found_of(toneel, drukte.telling).verloren


def lead_taken_back(cluster: Cluster) -> tuple[bool, bool]:
    """Tell whether who stood still takes the lead back from who led meanwhile: as set up, and with the planted way."""
    hosts = ",".join(f"127.0.0.1:{one.client}" for one in cluster.etcds)
    return takes_lead_back(way_of_deploy(), hosts), takes_lead_back(PLANTED, hosts)


def reads_of_replicas(toneel: Toneel) -> int:
    """Return how many transactions the nodes that follow have answered in the database of the service."""
    asked = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'pleegzicht'"
    counts = []
    for knoop in toneel.cluster.knopen:
        if knoop.role() == "replica":
            with psycopg.connect(toneel.cluster.url(knoop, "postgres"), autocommit=True) as connection:
                counts += [int(str(count)) for (count,) in connection.execute(asked)]
    return sum(counts)


def report(drukte: Drukte, found: Gevonden, aantal: int, replica: int) -> bool:
    """Say the figures; tell whether they are as they must be."""
    telling, lezers = drukte.telling, drukte.lezers
    others = {name: count for name, count in (telling.fouten + lezers.gelezen).items() if name not in _EXPECTED}
    print(f"gelezen {dict(lezers.gelezen)}, op een replica {replica} transacties")
    print(f"exports van wat net was opgebouwd {lezers.exports}, van iets ouders {lezers.ouder}")
    print(f"503 met Retry-After {telling.fouten['503']}, andere fouten {others or 0}")
    print(f"antwoorden afgebroken, herkend en opnieuw gevraagd {drukte.afgebroken}")
    print(f"langste tijd zonder bevestiging {telling.longest_silence():.1f} s")
    counts = f"verloren {found.verloren}, dubbel {found.dubbel}, zonder spoor {found.zonder_spoor}"
    print(f"{aantal} gebeurtenissen, bevestigd {len(telling.bevestigd)}, {counts}", flush=True)
    read = replica > 0 and lezers.exports > 0 and lezers.ouder == 0
    return not others and read and found == Gevonden(0, 0, 0) and bool(telling.bevestigd)


def main() -> int:
    """Run it; 1 when something was lost or a planted fault was not seen, 2 when it cannot run here."""
    parser = argparse.ArgumentParser(description="Wat is bevestigd, blijft.")
    parser.add_argument("--gebeurtenissen", type=int, default=len(GEBEURTENISSEN))
    parser.add_argument("--bevestigd", type=int, default=500)
    asked = parser.parse_args()
    try:
        require("patroni", "etcd", "nginx")
        with drill_folder("cluster") as folder, stage(folder) as toneel:
            drukte, whole = let_happen(toneel, asked.gebeurtenissen, asked.bevestigd)
            found, replica = found_of(toneel, drukte.telling), reads_of_replicas(toneel)
            missed = plant(toneel)
            halves, planted = planted_halves(folder)
            slot, stolen = lead_taken_back(toneel.cluster)
    except Ontbreekt as error:
        print(f"De drill kan hier niet: {error}", file=sys.stderr)
        return 2
    print(f"wie stilstond neemt het slot van wie leidt terug: {_JA[slot]}; geplant, via {PLANTED}: {_JA[stolen]}")
    print(f"geplant: asynchroon, verloren {missed}; {planted} halve antwoorden, herkend {halves}")
    seen = tell_planted((missed > 0) + halves + stolen, 2 + planted)
    good = report(drukte, found, asked.gebeurtenissen, replica)
    return 0 if good and whole and seen and not slot else 1


if __name__ == "__main__":
    sys.exit(main())

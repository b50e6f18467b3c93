"""``make drill-storing``: what a service does when its disk is full, its database busy or its clock wrong.

On loopback, as root (small disks are mounted), with PostgreSQL of Debian and libfaketime, in five minutes. While people
record, one thing after the other goes wrong. Each time: who records is told 503 and when to come back, nothing else;
``/livez`` answers; and when the cause is gone they go on within seconds, with the same process. Afterwards everything
that was acknowledged is there once with its traces, and ``verifieer`` and ``controleer`` find nothing.

Planted, and each must be seen: a full disk that is taken for a fault of ours, statements without an end, and a moment
of recording that believes a clock which ran back.
"""

import http.client
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from app import clock
from app.security.demo_issuer import issue_token
from app.security.secrets import load_secrets
from tools.dienst import command, start, stop, wait_until_ready
from tools.geplant import tell_planted
from tools.klok import Bezoeker, Klok, jump, out_of_order
from tools.schrijvers import PLACES, Gevonden, Schrijvers, look_up
from tools.server import ROOT, Ontbreekt, Server, drill_folder, free_port, give_to_postgres, require
from tools.storingen import FORGET, NEVER_ENDS, STORINGEN, Storing, Toneel, small_disk

WRITERS = 12
_DISKS = {"data": 320, "wal": 96}  # MB
_MORE = "archive_mode = off\nmax_wal_size = 24MB\nmin_wal_size = 8MB\n"
_CALM = 3.0  # seconds without an error: then it is well again
_LIVEZ = 5.0  # seconds that whoever asks waits for it (deploy/kubernetes)


@dataclass
class Pols:
    """Whether ``/livez`` answers, asked all the time.

    Attributes:
        poort: of the service.
        gemist: how often it did not.
        traagst: the longest that it took, in seconds.
    """

    poort: int
    gemist: int = 0
    traagst: float = 0.0

    def feel(self, end: threading.Event) -> None:
        """Ask until told to stop."""
        while not end.wait(0.2):
            began = time.monotonic()
            line = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=10)
            try:
                line.request("GET", "/livez")
                self.gemist += line.getresponse().status != http.client.OK
            except (OSError, http.client.HTTPException):
                self.gemist += 1
            finally:
                line.close()
            self.traagst = max(self.traagst, time.monotonic() - began)


@dataclass
class Drukte:
    """People who record, and who asks whether the service lives; from when they start until they are told to stop."""

    installatie: "Installatie"
    poort: int
    end: threading.Event = field(default_factory=threading.Event)
    hersteld: list[float] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Begin."""
        places = self.installatie.places()
        self.schrijvers = Schrijvers([self.poort], self.installatie.token(), places)
        self.pols = Pols(self.poort)
        self.threads = [
            *self.schrijvers.start(WRITERS, self.end),
            threading.Thread(target=self.pols.feel, args=[self.end]),
        ]
        self.threads[-1].start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Let them finish."""
        self.end.set()
        for one in self.threads:
            one.join()

    def get_going(self) -> None:
        """Wait until they record as they will: the first requests of a process take longer."""
        until = time.monotonic() + 60
        while len(self.schrijvers.telling.bevestigd) < 2 * WRITERS and time.monotonic() < until:
            time.sleep(0.05)

    def undergo(self, storing: Storing, toneel: Toneel) -> tuple[str, bool]:
        """Let one thing go wrong; return what happened, and whether that is as it must be."""
        telling, before = self.schrijvers.telling, Counter(self.schrijvers.telling.fouten)
        self.pols.gemist, self.pols.traagst = 0, 0.0
        with storing.happens(toneel):
            time.sleep(storing.duur)
        after = self._well_again(storing.hoogstens)
        self.hersteld += [] if after is None else [after]
        got = telling.fouten - before
        others = {name: count for name, count in got.items() if name != "503"}
        well = f"na {storing.hoogstens:.0f} s nog niet goed" if after is None else f"weer goed na {after:.1f} s"
        said = f"503 met Retry-After {got['503']}, andere fouten {others or 0}, {well}, "
        said += f"/livez {self.pols.gemist} keer niet, hoogstens {self.pols.traagst:.2f} s"
        lives = self.pols.gemist == 0 and self.pols.traagst < _LIVEZ
        told = (got["503"] > 0) is storing.noticed
        return f"{storing.naam}: {said}", not others and after is not None and lives and told

    def _well_again(self, patience: float) -> float | None:
        """Return after how many seconds nobody waits who did, something was recorded and it goes on so; None: never."""
        telling, began = self.schrijvers.telling, time.monotonic()
        recorded, failed, last, first = len(telling.bevestigd), telling.fouten.total(), 0.0, None
        while (now := time.monotonic() - began) < patience + _CALM:
            if telling.fouten.total() != failed or telling.longest_wait() > now:
                failed, last = telling.fouten.total(), now
            if first is None and len(telling.bevestigd) > recorded:
                first = now
            if first is not None and now - max(first, last) > _CALM:
                return max(first, last)
            time.sleep(0.05)
        return None


@dataclass(frozen=True)
class Installatie:
    """A database on disks of its own, and the settings of its service."""

    server: Server
    folder: Path
    klok: Klok

    @property
    def settings(self) -> Mapping[str, str]:
        """Of the service and its commands."""
        return {
            "PLEEGZICHT_DATABASE_URL": self.server.url("pleegzicht"),
            "PLEEGZICHT_SECRETS_FILE": str(self.folder / "geheimen.json"),
            "PLEEGZICHT_DATA_DIR": str(self.folder / "dienst"),
            "PLEEGZICHT_DEMO": "1",
            "PLEEGZICHT_LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
        }

    @property
    def jumping(self) -> Mapping[str, str]:
        """The same of a service that goes by the clock of the drill.

        No other does: libfaketime reads a file each time that anybody asks what time it is or waits, in turn. With a
        few hundred connections that takes more than the service does, and ``/livez`` waits for it.
        """
        return {**self.settings, **self.klok.environment()}

    def token(self) -> str:
        """Return a token of who records."""
        secrets = load_secrets(Path(self.settings["PLEEGZICHT_SECRETS_FILE"]), create=False)
        return issue_token("begeleider", clock.now(), secrets)

    def places(self) -> list[tuple[str, str]]:
        """Return where they record: child and plaatsing."""
        with self.server.superuser() as connection:
            return [(str(kind), str(plaatsing)) for kind, plaatsing in connection.execute(PLACES)]

    def visitor(self, poort: int) -> Bezoeker:
        """Return who asks while the clock jumps."""
        return Bezoeker(poort, self.jumping, self.places()[0])


@contextmanager
def stage() -> Iterator[Installatie]:
    """Yield a filled database; nothing of it stays."""
    with drill_folder("storing") as folder:
        give_to_postgres(folder / "postgres")
        server = Server(folder / "postgres", wal=folder / "postgres/wal", more=_MORE)
        klok = Klok(folder / "klok")
        klok.set(0)
        with small_disk(server.data, _DISKS["data"]), small_disk(folder / "postgres/wal", _DISKS["wal"]):
            server.create()
            server.start()
            try:
                server.create_owner()
                installatie = Installatie(server, folder, klok)
                command(installatie.settings, "migrate")
                command(installatie.settings, "demo", "--omvang", "30")
                with server.superuser() as connection:
                    connection.execute(NEVER_ENDS)
                yield installatie
            finally:
                server.stop()


@contextmanager
def serving(
    installatie: Installatie, fout: str | None = None, *, jumping: bool = False
) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Yield the port and the process of a service, with a planted fault when one is named, or a clock that jumps."""
    poort, settings = free_port(), installatie.jumping if jumping else installatie.settings
    if fout is None:
        process = start(settings, poort)
    else:
        asked = [sys.executable, "-m", "tools.storing_dienst", fout, str(poort)]
        silent = subprocess.DEVNULL
        process = subprocess.Popen(asked, env=dict(settings), stdout=silent, stderr=silent)
    try:
        wait_until_ready(poort, process)
        yield poort, process
    finally:
        stop(process)


def undergo_all(installatie: Installatie) -> bool:
    """Let everything go wrong; say the figures, and tell whether they are as they must be."""
    good = True
    with serving(installatie) as (poort, process):
        toneel = Toneel(installatie.server, poort)
        with Drukte(installatie, poort) as drukte:
            drukte.get_going()
            for storing in STORINGEN:
                said, fine = drukte.undergo(storing, toneel)
                good = say(said, good=fine) and good
                time.sleep(2)
        well, longest = len(drukte.hersteld), max(drukte.hersteld, default=0.0)
        told = f"{len(STORINGEN)} storingen, {well} keer weer goed, hoogstens na {longest:.1f} s"
        good = say(told, good=well == len(STORINGEN)) and good
        good = say(f"de dienst is niet herstart: {process.poll() is None}", good=process.poll() is None) and good
    with serving(installatie, jumping=True) as (poort, process):
        for said, fine in jump(installatie.visitor(poort), installatie.klok):
            good = (fine or say(said, good=False)) and good
        good = (process.poll() is None or say("de dienst met de klok is herstart", good=False)) and good
    bevestigd = drukte.schrijvers.telling.bevestigd
    with installatie.server.superuser() as connection:
        found, disorder = look_up(connection, bevestigd), out_of_order(connection)
        connection.execute(FORGET)  # what does not belong in the database is found by what follows
    good = say(f"klok een dag terug en vooruit: {disorder} niet in volgorde", good=disorder == 0) and good
    for name in ("verifieer", "controleer"):
        command(installatie.settings, name)
    counts = f"verloren {found.verloren}, dubbel {found.dubbel}, zonder spoor {found.zonder_spoor}"
    good = say(f"bevestigd {len(bevestigd)}, {counts}", good=found == Gevonden(0, 0, 0)) and good
    return good and bool(bevestigd)


def plant_all(installatie: Installatie) -> bool:
    """Plant each fault; tell whether all were seen."""
    seen = []
    with installatie.server.superuser() as connection:
        connection.execute(NEVER_ENDS)
    by_name = {one.naam: one for one in STORINGEN}
    for fout, naam in (("schijf", "schijf van de gegevens vol"), ("eindeloos", "vraag die niet eindigt")):
        with serving(installatie, fout) as (poort, _), Drukte(installatie, poort) as drukte:
            drukte.get_going()
            said, fine = drukte.undergo(by_name[naam], Toneel(installatie.server, poort))
            seen.append(say(f"geplant ({fout}): {said}", good=not fine))
            drukte.end.set()
            with installatie.server.superuser() as connection:  # what never ends would keep them for ever
                connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ 'kindgesprek'"
                                   " AND pid <> pg_backend_pid()")  # fmt: skip
    with serving(installatie, "klok", jumping=True) as (poort, _):
        list(jump(installatie.visitor(poort), installatie.klok))
    with installatie.server.superuser() as connection:
        disorder = out_of_order(connection)
    seen.append(say(f"geplant (klok): {disorder} niet in volgorde", good=disorder > 0))
    return tell_planted(sum(seen), len(seen))


def say(line: str, *, good: bool) -> bool:
    """Say how something stands; return whether it is as it must be."""
    print(line if good else f"FOUT: {line}", flush=True)
    return good


def main() -> int:
    """Run it; 1 when something was otherwise or a planted fault was not seen, 2 when it cannot run here."""
    try:
        require("mount", "setpriv")
        with stage() as installatie:
            good = undergo_all(installatie)
            seen = plant_all(installatie)
    except Ontbreekt as error:
        print(f"De drill kan hier niet: {error}", file=sys.stderr)
        return 2
    print("alles zoals het moet" if good and seen else "niet alles zoals het moet")
    return 0 if good and seen else 1


if __name__ == "__main__":
    sys.exit(main())

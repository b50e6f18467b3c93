"""What happens to a cluster while people record: each event leaves it whole again, or says that it did not."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.dienst import command, start, stop, wait_until_ready
from tools.knopen import Cluster, end, stop_still, thaw
from tools.server import free_port
from tools.versies import Versie
from tools.voordeur import start_nginx

_SIDE_BY_SIDE = 3.0  # seconds that old and new code work at the same time
_TRIES = 4


@dataclass
class Werkers:
    """Two workers behind nginx.

    Attributes:
        environment: with the settings, and where their code is.
        folder: for nginx, and for versions of the code.
        versie: how many versions their code is further than that of here.
    """

    environment: Mapping[str, str]
    folder: Path
    poort: int = field(default_factory=free_port)
    poorten: Sequence[int] = field(default_factory=lambda: [free_port(), free_port()])
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    nginx: "subprocess.Popen[bytes] | None" = None
    versie: int = 0

    def start(self) -> None:
        """Start them all, and wait until both can serve."""
        self.processes = [start(self.environment, port) for port in self.poorten]
        for port, process in zip(self.poorten, self.processes, strict=True):
            wait_until_ready(port, process)
        self.nginx = start_nginx(self.folder, self.poort, self.poorten)
        wait_until_ready(self.poort, self.nginx)

    def take_next_version(self) -> Versie:
        """Let whoever starts from now on have the next version; who runs stays what they are."""
        self.versie += 1
        versie = Versie(self.folder, self.versie)
        versie.make()
        self.environment = {**self.environment, "PYTHONPATH": str(versie.path)}
        return versie

    def replace(self, number: int, *, kill: bool) -> None:
        """Let one go, asked or killed, and start it again; one that does not begin is tried again, as its unit does.

        Raises:
            RuntimeError: it did not begin.
        """
        if kill:
            self.processes[number].send_signal(signal.SIGKILL)
            self.processes[number].wait()
        else:
            stop(self.processes[number])
        for _ in range(_TRIES):
            self.processes[number] = start(self.environment, self.poorten[number])
            try:
                return wait_until_ready(self.poorten[number], self.processes[number])
            except RuntimeError as error:
                print(f"  werker {number}: {error}", flush=True)
                stop(self.processes[number])
                time.sleep(2)
        raise RuntimeError(f"worker {number} did not begin")

    def stop(self) -> None:
        """Stop them all."""
        for process in (self.nginx, *self.processes):
            if process is not None:
                stop(process)


@dataclass(frozen=True)
class Toneel:
    """What an event may touch."""

    cluster: Cluster
    werkers: Werkers


def kill_worker(toneel: Toneel) -> bool:
    """Kill one of the workers."""
    toneel.werkers.replace(0, kill=True)
    return True


def lose_etcd(toneel: Toneel) -> bool:
    """Let one etcd of three be gone for a while."""
    etcd = toneel.cluster.etcds[0]
    etcd.kill()
    time.sleep(4)
    etcd.start(toneel.cluster.etcds)
    return True


def kill_primary(toneel: Toneel) -> bool:
    """Let the node that takes writes lose its power, and come back when another took over."""
    gone = toneel.cluster.wait_for_leader()
    gone.kill()
    toneel.cluster.wait_for_leader()
    gone.start()
    return toneel.cluster.wait_until_whole()


def bring_next_version(toneel: Toneel) -> bool:
    """Migrate while the workers of before go on, then replace them in turn; both versions must have recorded."""
    werkers = toneel.werkers
    versie = werkers.take_next_version()
    _migrate(werkers)
    for number in range(len(werkers.processes)):
        time.sleep(_SIDE_BY_SIDE)
        werkers.replace(number, kill=False)
    time.sleep(_SIDE_BY_SIDE)
    with toneel.cluster.superuser("pleegzicht") as connection:
        old, new = versie.recorded(connection)
    print(f"  na de migratie {old} door werkers van ervoor, {new} door nieuwe", flush=True)
    return old > 0 and new > 0


def _migrate(werkers: Werkers) -> None:
    """Migrate as somebody would: a migration does not wait long for what is busy, and is then done again.

    Raises:
        RuntimeError: it did not succeed.
    """
    for tries in range(1, _TRIES + 1):
        try:
            command(werkers.environment, "migrate")
        except RuntimeError as error:
            print(f"  migrate: {error}", flush=True)
            if tries == _TRIES:
                raise
        else:
            return


def cut_leader_off(toneel: Toneel) -> bool:
    """Let the node that takes writes stand still until another took over, and go on as if nothing happened."""
    gone = toneel.cluster.wait_for_leader()
    still = gone.freeze()
    try:
        toneel.cluster.wait_for_leader()
        time.sleep(2)
    finally:
        thaw(still)
    return toneel.cluster.wait_until_whole()


def kill_primary_ahead(toneel: Toneel) -> bool:
    """Let nobody receive for a while what the node that takes writes has, and then let that lose its power."""
    gone = toneel.cluster.wait_for_leader()
    still = [pid for one in toneel.cluster.knopen for pid in one.receivers()]
    stop_still(still)
    time.sleep(4)
    gone.kill()
    end(still)  # what lies ready for them in the network must not reach them
    toneel.cluster.wait_for_leader()
    gone.start()
    return toneel.cluster.wait_until_whole()


GEBEURTENISSEN: Mapping[str, Callable[[Toneel], bool]] = {
    "werker gedood": kill_worker,
    "etcd een van drie weg": lose_etcd,
    "primaire knoop weg": kill_primary,
    "nieuwe versie: migratie, en werkers om de beurt": bring_next_version,
    "leider afgesneden": cut_leader_off,
    "primaire knoop weg terwijl niemand volgt": kill_primary_ahead,
}

"""What happens to a cluster while people record: each event leaves it whole again, or says that it did not."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.dienst import command, start, stop, wait_until_ready
from tools.knopen import Cluster, end, stop_still, thaw
from tools.server import ROOT, as_postgres, free_port

_NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream pleegzicht {{ {servers} keepalive 32; }}
    server {{
        listen 127.0.0.1:{port};
        include {deploy}/nginx-weg.conf;
        location / {{ include {deploy}/nginx-door.conf; }}
    }}
}}
"""


@dataclass
class Werkers:
    """Two workers behind nginx.

    Attributes:
        environment: with the settings.
        folder: for nginx.
    """

    environment: Mapping[str, str]
    folder: Path
    poort: int = field(default_factory=free_port)
    poorten: Sequence[int] = field(default_factory=lambda: [free_port(), free_port()])
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    nginx: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start them all, and wait until both can serve."""
        servers = " ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in self.poorten)
        config = self.folder / "nginx.conf"
        deploy = ROOT / "deploy/nginx"
        user = "user root;" if as_postgres() else ""
        config.write_text(_NGINX.format(folder=self.folder, servers=servers, port=self.poort, deploy=deploy, user=user))
        self.processes = [start(self.environment, port) for port in self.poorten]
        for port, process in zip(self.poorten, self.processes, strict=True):
            wait_until_ready(port, process)
        self.nginx = subprocess.Popen(
            ["nginx", "-c", str(config)], stderr=subprocess.DEVNULL, env={"PATH": "/usr/sbin"}
        )
        wait_until_ready(self.poort, self.nginx)

    def replace(self, number: int, *, kill: bool) -> None:
        """Let one go, asked or killed, and start it again."""
        if kill:
            self.processes[number].send_signal(signal.SIGKILL)
            self.processes[number].wait()
        else:
            stop(self.processes[number])
        self.processes[number] = start(self.environment, self.poorten[number])
        wait_until_ready(self.poorten[number], self.processes[number])

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


def restart_in_turn(toneel: Toneel) -> bool:
    """Restart the workers one after the other, with a migration in between."""
    toneel.werkers.replace(0, kill=False)
    command(toneel.werkers.environment, "migrate")
    toneel.werkers.replace(1, kill=False)
    return True


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
    "werkers om de beurt herstart": restart_in_turn,
    "leider afgesneden": cut_leader_off,
    "primaire knoop weg terwijl niemand volgt": kill_primary_ahead,
}

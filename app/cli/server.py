"""Serve the application with uvicorn, and say where to look and as whom to sign in once it listens."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import structlog
import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from app.cli.console import say
from app.cli.metrics import forget_process, metrics_served
from app.cli.runtime import Runtime
from app.db import sessions
from app.errors import OngeldigeInstelling
from app.lib.ending import Told, end_in_order
from app.settings import get_settings
from app.web.around.logs import configure_logging
from app.web.around.protocol import BoundedHttp

_DEMO_USERS = (
    "begeleider", "begeleider2", "gedragswetenschapper", "teamleider", "kwaliteit", "beheerder", "inspecteur",
    "buitenstaander",
)  # fmt: skip
#: how long a worker may keep silent: on a busy machine importing the application alone takes longer than uvicorn's 5 s
_PATIENCE = 60
#: that one which is told to end waits for the answers under way, in seconds; then for what is still being done
GRACE = 10
_log = structlog.get_logger("server")

Announce = Callable[[], None]


def serve(host: str, port: int, workers: int) -> None:
    """Check the database, listen, announce, and serve until told to stop.

    Raises:
        OngeldigeInstelling: nobody could sign in, the server could lose what was recorded, the address cannot be
            listened on, or no worker could start.
    """
    settings = get_settings()
    if not settings.demo and not settings.oidc_issuer:
        raise OngeldigeInstelling("PLEEGZICHT_OIDC_ISSUER ontbreekt (of zet PLEEGZICHT_DEMO=1 voor de demo)")
    with Runtime(settings) as runtime:
        sessions.check_durability(runtime.ready_engine())
    configure_logging(settings.log_level)
    listeners = _listen(host, port, workers)
    announce = partial(_announce, f"http://{f'[{host}]' if ':' in host else host}:{port}", demo=settings.demo)
    config = uvicorn.Config(
        "app.main:create_served_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        http=BoundedHttp,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=GRACE,
        timeout_worker_healthcheck=_PATIENCE,
    )
    with metrics_served(settings), suppress(Told, KeyboardInterrupt):  # how it is meant to end
        if workers == 1:
            _Server(config, announce).run(listeners)
        else:
            _Workers(config, listeners, announce).run_or_fail()


def _listen(host: str, port: int, workers: int) -> list[socket.socket]:
    """Return bound sockets, one for each worker; who listens on them is uvicorn.

    Workers that share one are unequal: whoever wakes first takes all who come at that moment, and keeps them as long as
    their connections last. Of sockets of their own the kernel gives each its share. Only Linux does so.
    """
    first = _bind(host, port, alone=True)
    if workers == 1 or sys.platform != "linux":
        return [first]
    first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # bound alone: nobody else listens there
    return [first, *(_bind(host, port, alone=False) for _ in range(workers - 1))]


def _bind(host: str, port: int, *, alone: bool) -> socket.socket:
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR if alone else socket.SO_REUSEPORT, 1)
    try:
        found.bind((host, port))
    except OSError:
        found.close()
        raise OngeldigeInstelling(f"Op {host}, poort {port} kan de dienst niet luisteren: bezet of onbekend") from None
    found.set_inheritable(True)
    return found


class _Server(uvicorn.Server):
    """The server of a single process."""

    def __init__(self, config: uvicorn.Config, announce: Announce) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if self.started:
            self._announce()


class _Worker(Process):
    """One of several processes, seen from the one that watches them, and from within (``target``).

    Attributes:
        serves: whether it said that it listens.
        interrupted: whether the watcher has something else to do than to wait for an answer.
    """

    serves = False
    interrupted: Callable[[], bool] = staticmethod(lambda: False)

    def ping(self, timeout: float = _PATIENCE) -> bool:
        """Ask whether it lives; a worker that died, or a signal to us, is not waited for."""
        until = time.monotonic() + timeout
        with suppress(OSError, EOFError):
            self.parent_conn.send(b"ping")
            while time.monotonic() < until and self.process.is_alive():
                if self.parent_conn.poll(0.2):
                    self.serves = self.parent_conn.recv()
                    return True
                if self.interrupted():
                    return True
        return False

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve; end in order, also when the watcher is gone; an application that cannot start is not tried again."""
        end_in_order()
        threading.Thread(target=_end_after, args=(os.getppid(),), daemon=True).start()
        try:
            sessions.database_url(
                get_settings()
            )  # joins the embedded server, so that it does not end before this worker does
            super().target(sockets)
        except Exception as error:
            if self.server.started:
                raise
            say(f"Fout: {error if isinstance(error, OngeldigeInstelling) else type(error).__name__}")
            sys.exit(STARTUP_FAILURE)


def _end_after(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


class _Workers(Multiprocess):
    """Watches workers, and logs each that it starts again."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], announce: Announce) -> None:
        super().__init__(config, sockets)
        self._announce: Announce | None = announce

    def run_or_fail(self) -> None:
        """Serve until told to stop.

        Raises:
            OngeldigeInstelling: a worker could not start.
        """
        self.run()
        if any(worker.exitcode == STARTUP_FAILURE for worker in self.processes):
            raise OngeldigeInstelling("De dienst kan niet beginnen")

    def init_processes(self) -> None:
        """Start them all."""
        self.processes = [self._start(place) for place in range(self.processes_num)]

    def keep_subprocess_alive(self) -> None:
        """Look after each of them once."""
        for place, worker in enumerate(self.processes):
            if self.should_exit.is_set() or self.signal_queue:
                return
            if not worker.is_alive(_PATIENCE):
                self._replace(place, worker)
        if self._announce and all(getattr(worker, "serves", False) for worker in self.processes):
            self._announce()
            self._announce = None

    def handle_hup(self) -> None:
        """End with the terminal."""
        self.should_exit.set()

    def _start(self, place: int) -> _Worker:
        worker = _Worker(self.config, [self.sockets[place % len(self.sockets)]])
        worker.start()
        worker.interrupted = lambda: bool(self.signal_queue)  # later: what a worker is started with must be picklable
        return worker

    def _replace(self, place: int, worker: Process) -> None:
        reden = "antwoordt_niet" if worker.process.is_alive() else "gestopt"
        worker.kill()
        worker.process.join()
        if get_settings().metrics_port:
            forget_process(worker.pid)
        if worker.exitcode == STARTUP_FAILURE:
            self.should_exit.set()
            return
        self.processes[place] = self._start(place)
        _log.warning("werker_herstart", reden=reden, oud=worker.pid, nieuw=self.processes[place].pid)


def _announce(address: str, *, demo: bool) -> None:
    say(f"Pleegzicht staat klaar op {address}; de beschrijving van de API op {address}/v1/openapi.json")
    if demo:
        say(f"Dit is een demo met verzonnen gegevens. Open {address} en kies als wie u rondkijkt:")
        say(", ".join(_DEMO_USERS))
        say("Een toegangsbewijs: PLEEGZICHT_DEMO=1 .venv/bin/pleegzicht token --gebruiker begeleider")

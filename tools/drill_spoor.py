"""``make drill-spoor``: readers and a service that is killed again and again; what they got must be in the access log.

On loopback, with a database of its own, in about two minutes. Every answer of which a reader got the first byte of the
body must have an intent, and an outcome that names the child. Then the same with a planted fault: the log in the
background (``tools.spoor_dienst``), of which the figure must be above nought. Exit 1 when either is otherwise.
"""

import http.client
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from sqlalchemy import make_url
from starlette.types import ASGIApp

from app import clock
from app.db import sessions
from app.db.embedded import start_server
from app.main import create_app
from app.security.demo_issuer import issue_token
from app.security.secrets import Secrets, load_secrets
from app.services.beheer import schema
from app.services.demo.load import load_demo
from tools.geplant import tell_planted
from tools.spoor_dienst import create_late_app

#: answers that must have come, or the drill says nothing
DELIVERED = 100
KILLS, PLANTED_KILLS = 15, 2
READERS = 4
_ALIVE = (0.2, 1.5)  # seconds that the service lives
_PATIENCE = 180.0  # seconds: on a busy machine a worker takes long to begin
_KINDEREN = "12"
_ROOT = Path(__file__).parents[1]
_UNSEEN = """
SELECT count(*) FROM unnest(%s::text[], %s::uuid[]) AS gekregen (verzoek, kind)
WHERE NOT EXISTS (
    SELECT FROM inzage i JOIN inzage_afloop a ON a.inzage_uid = i.uid
    WHERE i.verzoek_id = gekregen.verzoek AND a.uitkomst = 'getoond' AND gekregen.kind = ANY (a.pleegkinderen)
)
"""
_CHILDREN = "SELECT p.uid FROM pleegkind p JOIN organisatie o ON o.id = p.organisatie_id WHERE o.code = 'DEMO'"


@dataclass
class Telling:
    """What readers got: the id of the request and the child; and how often the service was killed."""

    gekregen: list[tuple[str, UUID]] = field(default_factory=list)
    afgebroken: int = 0
    kills: int = 0


@dataclass(frozen=True)
class Toneel:
    """The database of the drill, and who reads."""

    url: str
    secrets: Secrets
    bestand: Path
    kinderen: list[UUID]

    def environment(self) -> Mapping[str, str]:
        """Return the settings of the service, and nothing of the environment of who runs the drill."""
        return {
            "PLEEGZICHT_DATABASE_URL": self.url,
            "PLEEGZICHT_SECRETS_FILE": str(self.bestand),
            "PLEEGZICHT_DATA_DIR": str(self.bestand.parent),
            "PLEEGZICHT_DEMO": "1",
            "PLEEGZICHT_LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(_ROOT),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
        }


def prepare(folder: Path) -> Toneel:
    """Start a server, and fill a database with some children."""
    server = str(start_server(folder / "postgres").get_uri("postgres"))
    url = make_url(server).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    owner = sessions.make_engine(url, role=None, long_work=True)
    schema.upgrade(owner)
    owner.dispose()
    bestand, engine = folder / "geheimen.json", sessions.make_engine(url, long_work=True)
    secrets = load_secrets(bestand, create=True)
    load_demo(engine, _KINDEREN, seed=1, today=clock.today(), now=clock.now() - timedelta(hours=1), secrets=secrets)
    engine.dispose()
    with psycopg.connect(server) as connection:
        kinderen = [uid for (uid,) in connection.execute(_CHILDREN)]
    return Toneel(url, secrets, bestand, kinderen)


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def service(toneel: Toneel, factory: Callable[[], ASGIApp], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the service once it answers; it is gone afterwards, and was not asked to go."""
    name = f"{factory.__module__}:{factory.__name__}"
    command = [sys.executable, "-m", "uvicorn", name, "--factory", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--no-access-log", "--log-level", "error"], cwd=_ROOT, env=dict(toneel.environment())
    )
    try:
        _wait(process, port)
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/livez")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the service did not start")


def read(toneel: Toneel, port: int, stop: threading.Event, telling: Telling) -> None:
    """Read files until told to stop, and remember what came: from its first byte on it was delivered."""
    chance = random.Random()  # noqa: S311 — which child is read
    tokens = [
        issue_token("beheerder", clock.now(), toneel.secrets),
        issue_token("kwaliteit", clock.now(), toneel.secrets),
    ]
    while not stop.is_set():
        kind = chance.choice(toneel.kinderen)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            headers = {"Authorization": f"Bearer {chance.choice(tokens)}"}
            connection.request("GET", f"/v1/pleegkinderen/{kind}", headers=headers)
            answer = connection.getresponse()
            if answer.status == http.client.OK and answer.read(1):
                telling.gekregen.append((answer.headers["x-request-id"], kind))
                answer.read()
        except (OSError, http.client.HTTPException):
            telling.afgebroken += 1
            time.sleep(0.1)  # it is being started again
        finally:
            connection.close()


def drill(toneel: Toneel, factory: Callable[[], ASGIApp], kills: int) -> Telling:
    """Let readers read while the service is killed and started again."""
    telling, stop, port = Telling(), threading.Event(), free_port()
    readers = [threading.Thread(target=read, args=(toneel, port, stop, telling)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(kills):
            with service(toneel, factory, port):
                time.sleep(random.uniform(*_ALIVE))  # noqa: S311 — when it dies
            telling.kills += 1
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    return telling


def without_trace(toneel: Toneel, telling: Telling) -> int:
    """Return how many answers were delivered that the access log does not know."""
    url = make_url(toneel.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        verzoeken, kinderen = zip(*telling.gekregen, strict=True) if telling.gekregen else ((), ())
        row = connection.execute(_UNSEEN, (list(verzoeken), list(kinderen))).fetchone()
    return int(row[0]) if row else len(telling.gekregen)


def main() -> int:
    """Run both; return 1 when something was read without a trace, or the planted fault was not seen."""
    with tempfile.TemporaryDirectory(prefix="pleegzicht-spoor-", ignore_cleanup_errors=True) as folder:
        toneel = prepare(Path(folder))
        good = drill(toneel, create_app, KILLS)
        lost = without_trace(toneel, good)
        print(f"{good.kills} keer gedood, {good.afgebroken} keer niets gekregen")
        late = drill(toneel, create_late_app, PLANTED_KILLS)
        missed = without_trace(toneel, late)
        print(f"geplant (log op de achtergrond): geleverd {len(late.gekregen)}, zonder spoor {missed}")
        print(f"geleverd {len(good.gekregen)}, zonder spoor {lost}")
    enough = good.kills >= KILLS and len(good.gekregen) > DELIVERED
    return 0 if tell_planted(int(missed > 0), 1) and enough and lost == 0 else 1


if __name__ == "__main__":
    sys.exit(main())

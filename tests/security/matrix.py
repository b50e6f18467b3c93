"""Every attack token against the real application, over HTTP on this machine: what came back, by name."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Engine

from app import clock
from app.db import sessions as db
from app.models import Account, Medewerker
from app.security.key_source import FixedKeys
from app.security.sign_in import SignIn
from app.services.beheer.organisaties import create_organisatie, find_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import OrganisatieSoort, Rol
from tests.security.aanvallen import ATTACKS, AUDIENCE, EC, EC_HEAD, ISSUER, KEYS, sign


@dataclass(frozen=True)
class Uitkomst:
    """What an attack got.

    Attributes:
        body: of the answer.
        headers: without what differs by moment and request.
    """

    name: str
    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...]


GOOD: dict[str, Callable[[], str]] = {
    "good RS256": sign,
    "good ES256": lambda: sign(header=EC_HEAD, key=EC, algorithm="ES256"),
}
#: a line break ends a header, so no client can put it in one; test_tokens tries it without HTTP
NOT_IN_A_HEADER = {"newline at the end"}
_VARY = {"date", "x-request-id"}


def add_noor(engine: Engine) -> None:
    """Make the medewerker whom the attacks pretend to be, and for whom a good token works."""
    with db.unit_of_work(engine) as session:
        if find_organisatie(session, "MATRIX") is not None:
            return
        organisatie = create_organisatie(session, "MATRIX", "Matrix", OrganisatieSoort.AANBIEDER)
        recording = begin_recording(session, organisatie.id, clock.now(), None)
        content = {"naam": "Noor", "email": None, "rol": Rol.TEAMLEIDER, "team_id": None}
        medewerker = record_feit(recording, Medewerker, content)
        keys = {"organisatie_id": organisatie.id, "medewerker_id": medewerker.feit_id}
        session.add(Account(issuer=ISSUER, subject="noor", **keys))
        session.flush()


def _fastapi_in(app: Any) -> FastAPI:
    while not isinstance(app, FastAPI):
        app = app.app
    return app


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve the application with the keys of the attacks, and yield its address."""
    _fastapi_in(app).state.sign_in = SignIn(FixedKeys(KEYS), ISSUER, AUDIENCE)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=20)
    _fastapi_in(app).state.engines.dispose()


def attack(address: str) -> Iterator[Uitkomst]:
    """Try everything that can stand in a header, the good tokens last; then again without a token at all."""
    everything: dict[str, Callable[[], str]] = {**ATTACKS, **GOOD}
    for name, make in everything.items():
        if name not in NOT_IN_A_HEADER:
            yield _ask(address, name, b"Authorization: Bearer " + make().encode() + b"\r\n")
    yield _ask(address, "no token", b"")


def _ask(address: str, name: str, header: bytes) -> Uitkomst:
    """Send bytes as they are: a client library would refuse to send some of these."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(b"GET /v1/ik HTTP/1.1\r\nHost: pleegzicht\r\nConnection: close\r\n" + header + b"\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [(key.lower(), value) for key, _, value in (line.partition(": ") for line in lines)]
    kept = tuple(sorted(pair for pair in pairs if pair[0] not in _VARY))
    return Uitkomst(name, int(first.split()[1]), body, kept)

"""What goes wrong around a service while people record, and ends by itself or by who looks after the machine.

Each is a block: it is wrong while the block runs, and put right after it. Disks are small file systems of their own, so
that a full one is full for nothing else.
"""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tools.server import Ontbreekt, Server

_SEGMENTS = 40
SLOW_HEADS, SLOW_BODIES, SLOW_READERS = 150, 50, 20
#: in the database of the drill: a talk is never done being recorded while ``aan``
NEVER_ENDS = """
CREATE TABLE storing (aan boolean NOT NULL); INSERT INTO storing VALUES (false); GRANT SELECT ON storing TO PUBLIC;
CREATE FUNCTION storing_wacht() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT aan FROM public.storing) THEN PERFORM pg_sleep(3600); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER storing BEFORE INSERT ON kindgesprek FOR EACH STATEMENT EXECUTE FUNCTION storing_wacht();
"""
FORGET = "DROP TRIGGER storing ON kindgesprek; DROP FUNCTION storing_wacht; DROP TABLE storing"


@dataclass(frozen=True)
class Toneel:
    """What may go wrong.

    Attributes:
        server: its data and its WAL each on a disk of their own.
        poort: where the service listens.
    """

    server: Server
    poort: int


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Make a folder that holds no more than this, of the user postgres, as long as the block runs.

    Raises:
        Ontbreekt: only root may.
    """
    if os.geteuid() != 0:
        raise Ontbreekt("alleen root mag een kleine schijf koppelen")
    folder.mkdir(parents=True)
    options = f"size={megabytes}m,mode=0700,uid=postgres,gid=postgres"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


@contextmanager
def _full(folder: Path) -> Iterator[None]:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def full_data(toneel: Toneel) -> Iterator[None]:
    """Let the disk of the data be full."""
    with _full(toneel.server.data):
        yield


@contextmanager
def full_wal(toneel: Toneel) -> Iterator[None]:
    """Let the disk of the WAL be full; PostgreSQL ends over it, and is started when there is room again."""
    assert toneel.server.wal  # noqa: S101 — the stage gave it one
    with _full(toneel.server.wal):
        with contextlib.suppress(psycopg.Error), toneel.server.superuser() as connection:
            for _ in range(_SEGMENTS):  # what lay ready to be used again is soon used
                connection.execute("SELECT pg_switch_wal()")
                connection.execute("SELECT pg_logical_emit_message(false, 'drill', repeat('x', 100000))")
        yield
    start_again(toneel.server)


@contextmanager
def gone(toneel: Toneel) -> Iterator[None]:
    """Let PostgreSQL be gone."""
    toneel.server.stop()
    yield
    start_again(toneel.server)


def start_again(server: Server, patience: float = 60) -> None:
    """Start a server that ended, or wait for one that recovers.

    Raises:
        RuntimeError: it does not come back.
    """
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with contextlib.suppress(psycopg.Error):
            server.superuser().close()
            return
        subprocess.run(server.start_command(), check=False, capture_output=True, cwd="/")
        time.sleep(0.2)
    raise RuntimeError("PostgreSQL does not come back")


@contextmanager
def held_table(toneel: Toneel) -> Iterator[None]:
    """Let somebody hold the table of talks: every connection of the service comes to wait for it."""
    with psycopg.connect(toneel.server.url("pleegzicht", "postgres")) as connection:
        connection.execute("LOCK TABLE kindgesprek IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def endless_query(toneel: Toneel) -> Iterator[None]:
    """Let a statement of the service never end; who waits for one is not helped when the cause is gone."""
    with toneel.server.superuser() as connection:
        connection.execute("UPDATE storing SET aan = true")
    yield
    with toneel.server.superuser() as connection:
        connection.execute("UPDATE storing SET aan = false")


@contextmanager
def slow_clients(toneel: Toneel) -> Iterator[None]:
    """Let many connect who send half a head, half a body, or do not read what they asked for."""
    head = b"GET /v1/ik HTTP/1.1\r\nHost: x\r\n"
    body = b"POST /v1/pleegkinderen HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{"
    asked = b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 20
    sent = [head] * SLOW_HEADS + [body] * SLOW_BODIES + [asked] * SLOW_READERS
    lines = [_send(toneel.poort, one) for one in sent]
    try:
        yield
    finally:
        for line in lines:
            line.close()


def _send(poort: int, what: bytes) -> socket.socket:
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    line.settimeout(10)
    line.connect(("127.0.0.1", poort))
    line.sendall(what)
    return line


@dataclass(frozen=True)
class Storing:
    """One thing that goes wrong.

    Attributes:
        naam: what the figures call it.
        happens: the block.
        duur: seconds that it lasts.
        hoogstens: seconds in which it must be well again afterwards.
        noticed: whether people are told to come back later; else they must notice nothing.
    """

    naam: str
    happens: Callable[[Toneel], AbstractContextManager[None]]
    duur: float
    hoogstens: float
    noticed: bool = True


#: A statement of the service ends after 30 s whatever happens (``statement_timeout``); then who waited is told.
STORINGEN = (
    Storing("PostgreSQL weg", gone, 5, 20),
    Storing("schijf van de gegevens vol", full_data, 10, 10),
    Storing("schijf van de WAL vol", full_wal, 10, 20),
    Storing("tabel bezet, alle verbindingen op", held_table, 14, 10),
    Storing("trage clients", slow_clients, 12, 10, noticed=False),
    Storing("vraag die niet eindigt", endless_query, 5, 35),
)

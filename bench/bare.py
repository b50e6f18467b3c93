"""The bare application: the same statements with the same parameters, the rows as JSON, and nothing else.

No token, no scope, no validation, no rule, no log. ``main`` of TRACES CONNINFO PORT THREADS. psycopg in
threads: its async connections gave half as many requests per second. Two workers, as the service has.
"""

import asyncio
import json
import pickle
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg
import uvicorn
from starlette.types import Receive, Scope, Send

from bench.recorder import COMMIT, Connection, Step
from bench.service import PATIENCE, WORKERS

_local = threading.local()


class Trace(NamedTuple):
    """What the application sent for one request.

    Attributes:
        steps: its statements; with a COMMIT at the end when it writes.
        shown: which of them gave the rows of the answer.
        status: of the answer.
    """

    steps: list[Step]
    shown: int
    status: int

    @classmethod
    def of(cls, steps: list[Step], *, shown: str, status: int) -> "Trace":
        """Return a trace whose answer is the rows of the last statement with a word in it."""
        return cls(steps, max(i for i, step in enumerate(steps) if shown in step.sql), status)


class Bare:
    """The ASGI application; the answer to a request is found by its method and target alone."""

    def __init__(self, traces: dict[str, Trace], conninfo: str, threads: int) -> None:
        self._traces = traces
        self._threads = ThreadPoolExecutor(threads, initializer=_connect, initargs=(conninfo,))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        if scope["path"] == "/livez":
            await _send(send, 200, b"{}")
            return
        query = scope["query_string"].decode()
        trace = self._traces[f"{scope['method']} {scope['path']}{'?' + query if query else ''}"]
        body = await asyncio.get_running_loop().run_in_executor(self._threads, _run, trace)
        await _send(send, trace.status, body)


async def _send(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _connect(conninfo: str) -> None:
    """Give a thread its connections, prepared statements and all as the application's (``app.db.sessions``)."""
    _local.connection = psycopg.connect(conninfo, prepare_threshold=2)
    _local.log = psycopg.connect(conninfo, prepare_threshold=2, autocommit=True)


def _run(trace: Trace) -> bytes:
    """Run every statement in one transaction, as for whom it works ends with it; the access log beside it."""
    look = uuid4()
    try:
        rows = [_rows(_local.log if step.alone else _local.connection, _fresh(step, look)) for step in trace.steps]
    finally:
        _local.connection.rollback()
    return json.dumps(rows[trace.shown], default=str).encode()


def _fresh(step: Step, look: UUID) -> Step:
    """Give a line of the access log the key of this look: no two are the same."""
    if not step.alone:
        return step
    name = "inzage_uid" if "inzage_uid" in step.parameters else "uid"
    return step._replace(parameters={**step.parameters, name: look})


def _rows(connection: Connection, step: Step) -> list[tuple[Any, ...]]:
    """Run one statement and fetch all its rows."""
    if step.sql == COMMIT:
        connection.commit()
        return []
    cursor = connection.cursor()
    if step.many:
        cursor.executemany(step.sql, step.parameters)
        return []
    cursor.execute(step.sql, step.parameters)
    return cursor.fetchall() if cursor.description else []


def create() -> Bare:
    """Return the application; each worker reads the arguments of the process that started it."""
    file, conninfo, _, threads = sys.argv[1:]
    traces = pickle.loads(Path(file).read_bytes())  # noqa: S301 — written by the benchmark a moment ago
    return Bare(traces, conninfo, int(threads))


def main() -> None:
    """Serve with the settings of ``app.cli.server``."""
    uvicorn.run(
        "bench.bare:create",
        factory=True,
        host="127.0.0.1",
        port=int(sys.argv[3]),
        workers=WORKERS,
        timeout_worker_healthcheck=PATIENCE,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
    )

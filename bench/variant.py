"""The service, or with some of its walls down what each costs: ``main`` of PORT WORKERS [WALL …].

The switches are here and nowhere in the product: what it writes to the access log is left unwritten, and it works as
the owner of the database, whom row-level security does not concern. The change log lives in the database itself; its
triggers are put out of work by who measures (``bench.walls``). Walls are down in this process alone: with one worker.

Workers get two minutes to answer that they live: where the machine is busy, uvicorn's own five seconds restart them for
ever, and nothing is measured.
"""

import sys
from contextlib import ExitStack
from functools import partial
from unittest.mock import patch
from uuid import UUID

import uvicorn

from app.cli import server
from app.db import engines, namens, sessions
from app.services.inzagen.logboek import Voornemen
from app.web import spoor, toezicht
from bench.service import PATIENCE

INZAGELOG, RIJBEVEILIGING = "inzagelog", "rijbeveiliging"


def main() -> None:
    """Serve on a port of loopback until stopped."""
    port, workers, down = int(sys.argv[1]), int(sys.argv[2]), frozenset(sys.argv[3:])
    assert workers == 1 or not down, "a wall is down in this process alone"
    with ExitStack() as stack:
        stack.enter_context(patch.object(uvicorn, "run", partial(uvicorn.run, timeout_worker_healthcheck=PATIENCE)))
        if INZAGELOG in down:
            _without_log(stack)
        if RIJBEVEILIGING in down:
            _without_rows(stack)
        server.serve("127.0.0.1", port, workers)


def _without_log(stack: ExitStack) -> None:
    unwritten = Voornemen(UUID(int=0), 0)
    for module in (spoor, toezicht):
        stack.enter_context(patch.object(module, "record_intent", lambda *_, **__: unwritten))
    stack.enter_context(patch.object(spoor, "record_outcome", lambda *_, **__: None))


def _without_rows(stack: ExitStack) -> None:
    stack.enter_context(patch.object(engines, "make_engine", partial(sessions.make_engine, role=None)))
    stack.enter_context(patch.object(namens, "_tell", lambda *_: None))

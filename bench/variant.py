"""The service with some of its walls down: ``python -m bench.variant PORT [WALL …]``. To measure what each costs.

The switches are here and nowhere in the product: what it writes to the access log is left unwritten, and it works as
the owner of the database, whom row-level security does not concern. The change log lives in the database itself; its
triggers are put out of work by who measures (``bench.walls``).
"""

import sys
from contextlib import ExitStack
from functools import partial
from unittest.mock import patch
from uuid import UUID

from app import db, namens, server
from app.services.inzagen import Voornemen
from app.web import spoor, toezicht

INZAGELOG, RIJBEVEILIGING = "inzagelog", "rijbeveiliging"


def main() -> None:
    """Serve on a port of loopback until stopped."""
    port, down = int(sys.argv[1]), frozenset(sys.argv[2:])
    with ExitStack() as stack:
        if INZAGELOG in down:
            _without_log(stack)
        if RIJBEVEILIGING in down:
            _without_rows(stack)
        server.serve("127.0.0.1", port, 1)


def _without_log(stack: ExitStack) -> None:
    unwritten = Voornemen(UUID(int=0), 0)
    for module in (spoor, toezicht):
        stack.enter_context(patch.object(module, "record_intent", lambda *_, **__: unwritten))
    stack.enter_context(patch.object(spoor, "record_outcome", lambda *_, **__: None))


def _without_rows(stack: ExitStack) -> None:
    stack.enter_context(patch.object(db, "make_engine", partial(db.make_engine, role=None)))
    stack.enter_context(patch.object(namens, "_tell", lambda *_: None))


if __name__ == "__main__":
    main()

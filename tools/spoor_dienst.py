"""The service with the fault that ``make drill-spoor`` plants: its access log is written in the background, afterwards.

Nothing of this is in the product: the two functions that write the log are replaced in this process alone.
"""

import queue
import threading
import time
from typing import Any

from starlette.types import ASGIApp

from app.lib.ids import new_uid
from app.main import create_app
from app.services.inzagen.logboek import Voornemen, record_intent, record_outcome
from app.web import spoor

_BATCH = 0.02  # seconds that lines are gathered, as whoever writes in the background would


def create_late_app() -> ASGIApp:
    """Return the service with its log in the background."""
    later: queue.Queue[tuple[Any, tuple[Any, ...], dict[str, Any]]] = queue.Queue()
    written: dict[object, Voornemen] = {}

    def intend(engine: Any, actor: Any, handeling: Any, nu: Any, **more: Any) -> Voornemen:
        promised = Voornemen(new_uid(), actor.organisatie_id)
        later.put((_intent, (written, promised, engine, actor, handeling, nu), more))
        return promised

    def end(engine: Any, voornemen: Voornemen, *arguments: Any, **more: Any) -> None:
        later.put((_outcome, (written, voornemen, engine, *arguments), more))

    def write() -> None:
        while True:
            work, arguments, more = later.get()
            time.sleep(_BATCH)
            work(*arguments, **more)

    threading.Thread(target=write, daemon=True).start()
    for name, replacement in (("record_intent", intend), ("record_outcome", end)):
        setattr(spoor, name, replacement)
    return create_app()


def _intent(written: dict[object, Voornemen], promised: Voornemen, *arguments: Any, **more: Any) -> None:
    written[promised.uid] = record_intent(*arguments, **more)


def _outcome(written: dict[object, Voornemen], promised: Voornemen, engine: Any, *arguments: Any, **more: Any) -> None:
    record_outcome(engine, written.pop(promised.uid), *arguments, **more)

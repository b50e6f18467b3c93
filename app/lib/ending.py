"""Let a process that is told to end do so in order: what it started, the embedded PostgreSQL, then ends with it.

Python dies of SIGTERM and SIGHUP where it stands, and skips ``atexit``.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_TO_END = (signal.SIGTERM, signal.SIGHUP)
_HELD = (signal.SIGINT, *_TO_END)


class Told(SystemExit):
    """A signal told this process to end; ``code`` is what a shell makes of it."""


def end_in_order() -> None:
    """From now on a signal to end unwinds this process, as an error does; one that is ignored (nohup) stays so."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in _TO_END:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough: ending in order takes a moment
    raise Told(128 + number)


@contextmanager
def without_interruption() -> Iterator[None]:
    """Let a signal to end wait for the end of the block: what is half started cannot be ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda one, _frame: came.append(one)) for number in _HELD}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for one in came:
        signal.raise_signal(one)

"""Threads of one kind of work, apart from those of everybody: who waits for it must not make others wait."""

import asyncio
import atexit
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

from anyio.lowlevel import RunVar

from app.errors import Unavailable

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])
_THREADS = "__threads__"
#: that a process which ends waits for what it is doing: longer than any statement of a request may last. Who stops the
#: service waits for that too (``deploy/``)
LAST_SECONDS = 35


class Threads:
    """So many at most; who comes when all are busy waits outside, without holding anything.

    For what asks a database there are no more of a kind than connections: a thread that waits for one takes turns with
    those that work, and with forty for six connections each list took a tenth more. To hand work to a thread of anyio
    costs 72 microseconds of processor time, to one of the standard library 47, to one of these 27; a small list takes
    1,600.
    """

    def __init__(self, name: str, count: int, patience: float | None = None) -> None:
        """Start none before there is work.

        Args:
            name: of the threads.
            count: how many.
            patience: seconds that somebody waits; None: as long as it takes.
        """
        self._name, self._count, self._patience = name, count, patience
        self._work: SimpleQueue[_Piece | None] = SimpleQueue()
        self._turns: RunVar[asyncio.Semaphore] = RunVar(name)
        self._starting, self._started = Lock(), list[Thread]()

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Return what the work returns. Who is cut off meanwhile leaves it to end by itself.

        Raises:
            Unavailable: nobody was ready in time, or the machine has no thread left for any of them.
        """
        self._start()
        turns = self._turns_here()
        await self._wait_for(turns)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._work.put(_Piece(loop, done, turns, copy_context(), work, arguments))
        return await done

    def _start(self) -> None:
        """Start who is missing. Of a machine that has no thread left, those that there are go on."""
        if len(self._started) == self._count:
            return
        with self._starting:
            try:
                while len(self._started) < self._count:
                    self._start_one()
            except RuntimeError as error:  # "can't start new thread"
                if not self._started:
                    raise Unavailable from error

    def _start_one(self) -> None:
        one = Thread(target=self._do_what_comes, name=f"{self._name}_{len(self._started)}", daemon=True)
        one.start()
        if not self._started:
            atexit.register(self._finish)
        self._started.append(one)

    def _do_what_comes(self) -> None:
        while (piece := self._work.get()) is not None:
            piece.do()

    def _finish(self) -> None:
        """Let what is being done end, when the process does: who was cut off by then may be waiting for a commit."""
        for _ in self._started:
            self._work.put(None)
        end = monotonic() + LAST_SECONDS
        for one in self._started:
            one.join(max(0.0, end - monotonic()))

    async def _wait_for(self, turns: asyncio.Semaphore) -> None:
        if not turns.locked():
            await turns.acquire()  # at once: it costs no timer
            return
        try:
            async with asyncio.timeout(self._patience):
                await turns.acquire()
        except TimeoutError:
            raise Unavailable from None

    def _turns_here(self) -> asyncio.Semaphore:
        try:
            return self._turns.get()
        except LookupError:
            turns = asyncio.Semaphore(self._count)
            self._turns.set(turns)
            return turns


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of work, who waits for it, and the turn that it takes until it is done."""

    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]
    turns: asyncio.Semaphore
    context: Context
    work: Callable[..., Any]
    arguments: tuple[object, ...]

    def do(self) -> None:
        """Do it, and tell who waits; nobody does when the loop is gone."""
        answer: Any = None
        error: BaseException | None = None
        try:
            answer = self.context.run(self.work, *self.arguments)
        except StopIteration as raised:  # nothing that is waited for may raise it: nobody would ever hear
            error = RuntimeError("StopIteration")
            error.__cause__ = raised
        except BaseException as raised:  # noqa: BLE001 — it is of who asked, and the thread goes on for the next
            error = raised
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._tell, answer, error)
        error = None  # it knows this frame, and this frame it: nobody counts such a ring away

    def _tell(self, answer: Any, error: BaseException | None) -> None:
        self.turns.release()
        if self.done.done():
            return  # who asked was cut off
        if error is None:
            self.done.set_result(answer)
        else:
            self.done.set_exception(error)


def works_on(threads: Threads) -> Callable[[F], F]:
    """Mark an endpoint, or what routes depend on, as work for these threads (``app.web.work``)."""

    def mark(work: F) -> F:
        setattr(work, _THREADS, threads)
        return work

    return mark


def threads_of(work: object) -> Threads | None:
    """Return whose work something is, when it is marked."""
    found: Threads | None = getattr(work, _THREADS, None)
    return found

"""Threads of one kind of work, apart from those of everybody: who waits for it must not make others wait."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from anyio.lowlevel import RunVar

from app.errors import Unavailable

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])
_THREADS = "__threads__"


class OwnThreads:
    """So many at most, in each event loop; who comes when all are busy waits without holding anything."""

    def __init__(self, name: str, count: int) -> None:
        self._count = count
        self._limiter: RunVar[anyio.CapacityLimiter] = RunVar(name)

    async def run(self, work: Callable[[], T]) -> T:
        """Return what the work returns."""
        try:
            limiter = self._limiter.get()
        except LookupError:
            limiter = anyio.CapacityLimiter(self._count)
            self._limiter.set(limiter)
        return await anyio.to_thread.run_sync(work, limiter=limiter)


class Threads:
    """As many threads as there are connections to work on; who comes when all are busy waits outside, not in a thread.

    A thread that waits for a connection takes turns with those that work: with forty for six connections each list
    took a tenth more. To hand work to a thread of anyio costs 72 microseconds of processor time, to one of the standard
    library 47, to one of these 27; a small list takes 1,600.
    """

    def __init__(self, name: str, count: int, patience: float) -> None:
        """Start none before there is work.

        Args:
            name: of the threads.
            count: how many.
            patience: seconds that somebody waits.
        """
        self._name, self._count, self._patience = name, count, patience
        self._work: SimpleQueue[_Piece] = SimpleQueue()
        self._turns: RunVar[asyncio.Semaphore] = RunVar(name)
        self._starting, self._started = Lock(), False

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Return what the work returns.

        Raises:
            Unavailable: nobody was ready in time.
        """
        if not self._started:
            self._start()
        turns = self._turns_here()
        await self._wait_for(turns)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._work.put(_Piece(loop, done, copy_context(), work, arguments))
        try:
            return await done
        finally:
            turns.release()

    def _start(self) -> None:
        with self._starting:
            if not self._started:
                for number in range(self._count):
                    # A daemon: the server itself waits for what is asked of it before it ends.
                    Thread(target=self._do_what_comes, name=f"{self._name}_{number}", daemon=True).start()
                self._started = True

    def _do_what_comes(self) -> None:
        while True:
            self._work.get().do()

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
    """One piece of work, and who waits for it."""

    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]
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
        except BaseException as raised:  # noqa: BLE001 — whatever it is, it is of who asked
            error = raised
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._tell, answer, error)
        error = None  # it knows this frame, and this frame it: nobody counts such a ring away

    def _tell(self, answer: Any, error: BaseException | None) -> None:
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

"""Threads of one kind of work, apart from those of everybody: who waits for it must not make others wait."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

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
    took a tenth more. These are threads of the standard library, too: anyio's take half as long again to hand over to.
    """

    def __init__(self, name: str, count: int, patience: float) -> None:
        """Make them when they are first needed.

        Args:
            name: of the threads.
            count: how many.
            patience: seconds that somebody waits.
        """
        self._count, self._patience = count, patience
        self._threads = ThreadPoolExecutor(count, name)
        self._turns: RunVar[asyncio.Semaphore] = RunVar(name)

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Return what the work returns.

        Raises:
            Unavailable: nobody was ready in time.
        """
        turns = self._turns_here()
        await self._wait_for(turns)
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, copy_context().run, work, *arguments)
        finally:
            turns.release()

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

"""Threads of one kind of work: no more at a time than there are, and nobody waits for ever."""

import asyncio
from contextvars import ContextVar
from threading import Event, Lock

import pytest

from app.errors import Unavailable
from app.web.threads import Threads

WIE: ContextVar[str] = ContextVar("wie", default="niemand")


async def _both_wait(threads: Threads, go: Event) -> list[str | BaseException]:
    first = asyncio.create_task(threads.run(go.wait, 10))
    await asyncio.sleep(0)
    try:
        return list(await asyncio.gather(threads.run(WIE.get), return_exceptions=True))
    finally:
        go.set()
        await first


def test_who_waits_too_long_is_told_to_come_back() -> None:
    ((refused,),) = [asyncio.run(_both_wait(Threads("proef", 1, 0.05), Event()))]
    assert isinstance(refused, Unavailable)
    ((done,),) = [asyncio.run(_both_wait(Threads("proef", 2, 0.05), Event()))]
    assert done == "niemand"


def test_no_more_work_than_there_are_threads() -> None:
    busy, most, lock = 0, 0, Lock()

    def work() -> None:
        nonlocal busy, most
        with lock:
            busy, most = busy + 1, max(most, busy + 1)
        Event().wait(0.01)
        with lock:
            busy -= 1

    async def many(threads: Threads) -> None:
        await asyncio.gather(*(threads.run(work) for _ in range(20)))

    asyncio.run(many(Threads("proef", 3, 5)))
    assert most == 3


def test_work_is_done_in_the_context_of_who_asks_and_fails_there() -> None:
    def broken(error: type[Exception]) -> None:
        raise error

    async def ask(threads: Threads) -> str:
        WIE.set("ik")
        for raised, heard in ((ZeroDivisionError, ZeroDivisionError), (StopIteration, RuntimeError)):
            with pytest.raises(heard):
                await asyncio.wait_for(threads.run(broken, raised), 5)
        return await threads.run(WIE.get)

    assert asyncio.run(ask(Threads("proef", 1, 5))) == "ik"


def test_who_is_cut_off_takes_no_thread_along() -> None:
    """Nobody waits for the answer any more; the work ends by itself and the thread is there for the next."""

    async def cut_off(threads: Threads, go: Event) -> str:
        first = asyncio.create_task(threads.run(go.wait, 10))
        await asyncio.sleep(0.01)
        first.cancel()
        go.set()
        return await asyncio.wait_for(threads.run(WIE.get), 5)

    assert asyncio.run(cut_off(Threads("proef", 1, 5), Event())) == "niemand"

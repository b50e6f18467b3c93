"""Threads of one kind of work: nobody waits for ever, and what was begun is done."""

import asyncio
import subprocess
import sys
from contextvars import ContextVar
from threading import Event, Thread
from unittest import mock

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


def test_who_is_cut_off_leaves_the_thread_to_its_work() -> None:
    """Nobody waits for the answer any more; until the work has ended nobody gets its turn, and then somebody does."""

    async def cut_off(threads: Threads, go: Event) -> str:
        first = asyncio.create_task(threads.run(go.wait, 10))
        await asyncio.sleep(0.01)
        first.cancel()
        with pytest.raises(Unavailable):
            await threads.run(WIE.get)
        go.set()
        return await threads.run(WIE.get)

    assert asyncio.run(cut_off(Threads("proef", 1, 0.1), Event())) == "niemand"


def test_a_machine_without_threads_is_asked_again_and_nobody_loses_a_turn() -> None:
    """Those that there are work; who finds none is told to come back, and keeps no turn from the next."""
    start, left = Thread.start, iter([None, None, "one", None])

    def starting(thread: Thread) -> None:
        if next(left, "enough") is None:
            raise RuntimeError("can't start new thread")
        start(thread)

    async def ask(threads: Threads) -> list[object]:
        return [(await asyncio.gather(threads.run(WIE.get), return_exceptions=True))[0] for _ in range(4)]

    with mock.patch.object(Thread, "start", starting):
        *refused, third, fourth = asyncio.run(ask(Threads("proef", 2, 0.1)))
    assert [type(one) for one in refused] == [Unavailable, Unavailable]
    assert (third, fourth) == ("niemand", "niemand")


_ENDS = """
import asyncio, time
from app.web.threads import Threads

def work():
    time.sleep(0.5)
    print("gedaan")

async def main():
    asyncio.create_task(Threads("proef", 1).run(work))
    await asyncio.sleep(0.1)

asyncio.run(main())
"""


def test_a_process_ends_when_its_work_has() -> None:
    command = [sys.executable, "-c", _ENDS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603 — our own
    assert done.stdout == "gedaan\n"

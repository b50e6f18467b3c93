"""Begeleiders at work, by a clock: so many acts a second, whether the ones before are answered yet or not.

How long an act takes is counted from when it should have begun: a service that falls behind cannot hide it.
"""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

#: seconds between two acts of somebody who works with it
TEMPO = 10.0
_MOST = 300  # acts that wait at the same time; one more is one that was not answered
_PATIENCE = 15.0
_CREATED = (200, 201)


@dataclass(frozen=True)
class Begeleider:
    """Who works.

    Attributes:
        poort: of the service.
        cookie: of a session of the pages.
        token: for the API, with which a visit is recorded.
        plekken: child and plaatsing.
        vandaag: the day of the visits.
    """

    poort: int
    cookie: str
    token: str
    plekken: Sequence[tuple[str, str]]
    vandaag: str

    def act(self, chance: random.Random) -> bytes:
        """Return the next request: nine of twenty times the list, as often a child, and else a visit."""
        kind, plaatsing = chance.choice(self.plekken)
        what = chance.random()
        if what < 0.9:  # noqa: PLR2004 — the mix that is said above
            path = "/kinderen" if what < 0.45 else f"/kinderen/{kind}"  # noqa: PLR2004
            return self._head("GET", path, {"Cookie": self.cookie})
        visit = {
            "plaatsingId": plaatsing, "datum": self.vandaag, "huisbezoek": {"kindGezien": True},
            "kindgesprek": {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True},
        }  # fmt: skip
        body = json.dumps(visit).encode()
        headers = {
            "Authorization": f"Bearer {self.token}", "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()), "Content-Length": str(len(body)),
        }  # fmt: skip
        return self._head("POST", f"/v1/pleegkinderen/{kind}/bezoeken", headers) + body

    def _head(self, method: str, path: str, headers: Mapping[str, str]) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.poort}"]
        return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode()


@dataclass
class Meting:
    """What came of so many acts a second.

    Attributes:
        tempo: acts a second.
        duren: seconds, of each that was answered.
        fouten: what came otherwise, and how often.
    """

    tempo: float
    duren: list[float] = field(default_factory=list)
    fouten: Counter[str] = field(default_factory=Counter)

    @property
    def begeleiders(self) -> int:
        """How many people that is."""
        return round(self.tempo * TEMPO)

    @property
    def p95(self) -> float:
        """The time in seconds that one of twenty acts takes longer than; what was not answered took for ever."""
        every = sorted([*self.duren, *([float("inf")] * self.fouten.total())])
        return every[int(len(every) * 0.95)] if every else float("inf")


def work(begeleider: Begeleider, tempo: float, seconds: float, seed: int) -> Meting:
    """Let people work at this tempo for some seconds."""
    return asyncio.run(_work(begeleider, Meting(tempo), seconds, random.Random(seed)))  # noqa: S311


async def _work(begeleider: Begeleider, meting: Meting, seconds: float, chance: random.Random) -> Meting:
    lines: list[_Line] = []
    busy: set[asyncio.Task[None]] = set()
    at = end = time.monotonic()
    end += seconds
    while at < end:
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        if len(busy) >= _MOST:
            meting.fouten["niet aan de beurt"] += 1
        else:
            task = asyncio.create_task(_one(begeleider, meting, lines, begeleider.act(chance), at))
            busy.add(task)
            task.add_done_callback(busy.discard)
        at += chance.expovariate(meting.tempo)
    if busy:
        await asyncio.wait(busy)
    for _, writer in lines:
        writer.close()
    return meting


_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _one(begeleider: Begeleider, meting: Meting, lines: list[_Line], asked: bytes, at: float) -> None:
    try:
        line, status = await asyncio.wait_for(_ask(begeleider.poort, lines, asked), _PATIENCE)
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        meting.fouten[type(error).__name__] += 1
        return
    lines.append(line)
    if status in _CREATED:
        meting.duren.append(time.monotonic() - at)
    else:
        meting.fouten[str(status)] += 1


async def _ask(poort: int, lines: list[_Line], asked: bytes) -> tuple[_Line, int]:
    """Ask over a line that lies ready; one that the service closed meanwhile is a new one, as a browser does."""
    while lines:
        line = lines.pop()
        line[1].write(asked)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            return line, await _read(line[0])
    line = await asyncio.open_connection("127.0.0.1", poort)
    line[1].write(asked)
    return line, await _read(line[0])


async def _read(reader: asyncio.StreamReader) -> int:
    """Read an answer to its end; return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    _, _, after = head.partition("content-length: ")
    await reader.readexactly(int(after.split("\r\n", 1)[0]))
    return int(head.split(" ", 2)[1])

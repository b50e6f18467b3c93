"""The client, in a process of its own: ``python -m bench.client PORT FILE CONNECTIONS SECONDS``.

Sends the requests of the file in their order, over so many connections at the same time, until they are all sent or
the seconds are over, and prints what came of it as JSON. With one request in the file it sends that all the time. It
looks at no more of an answer than its status and length: what it spends is not there for who answers.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import cast

import uvloop

_END, _LENGTH = b"\r\n\r\n", b"content-length: "


@dataclass(slots=True)
class _Load:
    """What is left to send, until when, how many lines are still busy, and what came back."""

    left: Iterator[bytes]
    end: float
    busy: int
    done: asyncio.Future[None]
    statuses: Counter[bytes] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)

    def finish(self, error: str = "") -> None:
        """One line has nothing left to do."""
        self.busy -= 1
        if error and not self.done.done():
            self.done.set_exception(ConnectionError(error))
        elif self.busy == 0 and not self.done.done():
            self.done.set_result(None)


class _Line(asyncio.Protocol):
    """One connection: a request, its answer, the next."""

    def __init__(self, load: _Load) -> None:
        self._load = load
        self._transport: asyncio.Transport | None = None
        self._buffer, self._wanted, self._sent, self._waits = b"", 0, 0.0, False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out; nothing is sent yet."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is none by descent

    def send(self) -> None:
        """Send the next request, or stop."""
        now = time.perf_counter()
        request = next(self._load.left, None) if now < self._load.end else None
        self._waits = request is not None
        if request is None or self._transport is None:
            self._load.finish()
            return
        self._sent, self._buffer, self._wanted = now, b"", 0
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Take a piece of an answer."""
        self._buffer += data
        if not self._wanted:
            end = self._buffer.find(_END)
            if end < 0:
                return
            head = self._buffer[:end].lower() + b"\r"
            at = head.index(_LENGTH) + len(_LENGTH)
            self._wanted = end + len(_END) + int(head[at : head.index(b"\r", at)])
        if len(self._buffer) >= self._wanted:
            self._load.times.append(time.perf_counter() - self._sent)
            self._load.statuses[self._buffer[9:12]] += 1
            self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell when an answer was cut off."""
        if self._waits:
            self._load.finish(str(exc) or "cut off")


async def _send(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> dict[str, object]:
    loop = asyncio.get_running_loop()
    load = _Load(requests, 0.0, connections, loop.create_future())
    lines = [(await loop.create_connection(lambda: _Line(load), "127.0.0.1", port))[1] for _ in range(connections)]
    start, own = time.perf_counter(), time.process_time()
    load.end = start + seconds
    for line in lines:
        line.send()
    await load.done
    took, found = time.perf_counter() - start, sorted(load.times)
    return {
        "answers": len(found),
        "per_second": len(found) / took,
        "statuses": {status.decode(): number for status, number in load.statuses.items()},
        "p50_ms": 1000 * found[len(found) // 2],
        "p99_ms": 1000 * found[len(found) * 99 // 100],
        "client_ms": 1000 * (time.process_time() - own) / len(found),
    }


def main() -> None:
    """Read the requests, send them, print the result."""
    port, file, connections, seconds = sys.argv[1:]
    given = [text.encode("latin-1") for text in json.loads(Path(file).read_text(encoding="utf-8"))]
    requests = cycle(given) if len(given) == 1 else iter(given)
    print(json.dumps(uvloop.run(_send(int(port), requests, int(connections), float(seconds)))))


if __name__ == "__main__":
    main()

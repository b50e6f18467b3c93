"""The client, in a process of its own: ``python -m bench.client PORT FILE CONNECTIONS SECONDS``.

Sends the requests of the file in their order, over so many connections at the same time, until they are all sent or
the seconds are over, and prints what came of it as JSON. With one request in the file it sends that all the time.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import uvloop

_LENGTH = b"content-length: "


@dataclass(slots=True)
class _Load:
    """What is left to send, until when, and what came back."""

    left: Iterator[bytes]
    end: float
    statuses: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)

    async def work(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send one request after the other over one connection."""
        for request in self.left:
            start = time.perf_counter()
            if start > self.end:
                return
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            at = head.index(_LENGTH) + len(_LENGTH)
            await reader.readexactly(int(head[at : head.index(b"\r", at)]))
            self.times.append(time.perf_counter() - start)
            self.statuses[head[9:12].decode()] += 1


async def _send(port: int, requests: Iterable[bytes], connections: int, seconds: float) -> dict[str, object]:
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(connections)]
    start = time.perf_counter()
    load = _Load(iter(requests), start + seconds)
    await asyncio.gather(*(load.work(reader, writer) for reader, writer in lines))
    took = time.perf_counter() - start
    for _, writer in lines:
        writer.close()
    middle = sorted(load.times)[len(load.times) // 2] * 1000
    return {"per_second": len(load.times) / took, "statuses": load.statuses, "median_ms": middle}


def main() -> None:
    """Read the requests, send them, print the result."""
    port, file, connections, seconds = sys.argv[1:]
    given = [text.encode("latin-1") for text in json.loads(Path(file).read_text(encoding="utf-8"))]
    requests = cycle(given) if len(given) == 1 else given
    print(json.dumps(uvloop.run(_send(int(port), requests, int(connections), float(seconds)))))


if __name__ == "__main__":
    main()

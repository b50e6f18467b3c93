"""The client, in a process of its own: ``python -m bench.client PORT FILE CONNECTIONS``.

Sends every request of the file once, over so many connections at the same time, and prints what it took as JSON.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import uvloop

_LENGTH = b"content-length: "


async def _send_all(port: int, requests: list[bytes], connections: int) -> dict[str, object]:
    left, statuses, times = iter(requests), Counter[str](), list[float]()
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(connections)]
    start = time.perf_counter()
    await asyncio.gather(*(_work(reader, writer, left, statuses, times) for reader, writer in lines))
    seconds = time.perf_counter() - start
    for _, writer in lines:
        writer.close()
    return {"seconds": seconds, "statuses": statuses, "median_ms": sorted(times)[len(times) // 2] * 1000}


async def _work(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    left: Iterator[bytes],
    statuses: Counter[str],
    times: list[float],
) -> None:
    for request in left:
        start = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        at = head.index(_LENGTH) + len(_LENGTH)
        await reader.readexactly(int(head[at : head.index(b"\r", at)]))
        times.append(time.perf_counter() - start)
        statuses[head[9:12].decode()] += 1


def main() -> None:
    """Read the requests, send them, print the result."""
    port, file, connections = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    requests = [text.encode("latin-1") for text in json.loads(file.read_text())]
    print(json.dumps(uvloop.run(_send_all(port, requests, connections))))


if __name__ == "__main__":
    main()

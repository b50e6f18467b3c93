"""Requests to an ASGI application in this process, from any thread, without the eight hand-overs between threads
that Starlette's TestClient makes of each: this folder asks thousands of times.
"""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from urllib.parse import unquote_to_bytes

import httpx2
from starlette.types import ASGIApp, Message, Scope

Pairs = Sequence[tuple[str, str]]
_HOST = "http://pleegzicht.test"


class AsgiClient:
    """Asks an application on the loop of another thread."""

    def __init__(self, app: ASGIApp, loop: asyncio.AbstractEventLoop) -> None:
        self._app, self._loop = app, loop

    def request(self, method: str, target: str, *, content: bytes | None, headers: Pairs) -> httpx2.Response:
        """Send one request and wait for the whole answer.

        Args:
            method: of HTTP.
            target: path with its query, as it stands in the request line.
            content: the body.
            headers: as given; Content-Length is added when it is not there.
        """
        asked: Future[httpx2.Response] = asyncio.run_coroutine_threadsafe(
            self._ask(method, target, [content or b""], headers), self._loop
        )
        return asked.result(timeout=60)

    def stream(self, method: str, target: str, *, parts: Sequence[bytes], headers: Pairs) -> httpx2.Response:
        """Do the same with a body in parts, of a length that nobody announced."""
        asked = asyncio.run_coroutine_threadsafe(self._ask(method, target, parts, headers), self._loop)
        return asked.result(timeout=60)

    async def _ask(self, method: str, target: str, parts: Sequence[bytes], headers: Pairs) -> httpx2.Response:
        todo = [_body(part, more=i + 1 < len(parts)) for i, part in enumerate(parts)]
        got: list[Message] = []

        async def receive() -> Message:
            return todo.pop(0) if todo else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            got.append(message)

        await self._app(_scope(method, target, headers, parts), receive, send)
        start, *bodies = got
        answer = httpx2.Response(
            start["status"],
            headers=start["headers"],
            content=b"".join(message["body"] for message in bodies),
            request=httpx2.Request(method, _HOST + target),
        )
        answer.elapsed = timedelta()  # schemathesis looks at it
        return answer


def _body(part: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": part, "more_body": more}


def _scope(method: str, target: str, headers: Pairs, parts: Sequence[bytes]) -> Scope:
    path, _, query = target.partition("?")
    given = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if len(parts) == 1 and parts[0] and b"content-length" not in dict(given):
        given.append((b"content-length", str(len(parts[0])).encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote_to_bytes(path).decode("utf-8", "replace"),
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "root_path": "",
        "headers": [(b"host", b"pleegzicht.test"), *given],
        "client": ("127.0.0.1", 50000),
        "server": ("pleegzicht.test", 80),
    }


@contextmanager
def asgi_client(app: ASGIApp) -> Iterator[AsgiClient]:
    """Yield a client; its thread ends with the block."""
    ready, loops = Event(), []
    stop: list[asyncio.Event] = []

    async def stay() -> None:
        loops.append(asyncio.get_running_loop())
        stop.append(asyncio.Event())
        ready.set()
        await stop[0].wait()

    thread = Thread(target=lambda: asyncio.run(stay()), name="asgi", daemon=True)
    thread.start()
    ready.wait()
    try:
        yield AsgiClient(app, loops[0])
    finally:
        loops[0].call_soon_threadsafe(stop[0].set)
        thread.join(timeout=10)

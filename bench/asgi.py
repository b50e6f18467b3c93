"""Requests to the application inside this process, without a server in between."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Scope


@dataclass(frozen=True, slots=True)
class Request:
    """One request, byte for byte the same for whoever answers it; with a cookie, as a browser sends it, or a token."""

    method: str
    target: str
    token: str
    body: bytes = b""
    key: str = ""
    cookie: str = ""
    prefer: str = ""

    @property
    def line(self) -> str:
        """By what the bare application knows it."""
        return f"{self.method} {self.target}"

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """The headers, in lower case."""
        who = (b"cookie", self.cookie.encode()) if self.cookie else (b"authorization", f"Bearer {self.token}".encode())
        found = [(b"host", b"127.0.0.1"), who]
        if self.body:
            found += [(b"content-type", b"application/json"), (b"content-length", str(len(self.body)).encode())]
        more = (("idempotency-key", self.key), ("prefer", self.prefer))
        return [*found, *((name.encode(), value.encode()) for name, value in more if value)]

    def as_bytes(self) -> bytes:
        """Return it as HTTP/1.1."""
        lines = [f"{self.method} {self.target} HTTP/1.1".encode()]
        lines += [name + b": " + value for name, value in self.headers]
        return b"\r\n".join([*lines, b"", self.body])


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Any:
        """Return the body as a value."""
        return json.loads(self.body)


def ask(app: ASGIApp, request: Request) -> Answer:
    """Answer one request in an event loop of its own."""
    return asyncio.run(_ask(app, request))


async def _ask(app: ASGIApp, request: Request) -> Answer:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(request), receive, send)
    headers = {name.decode().lower(): value.decode() for name, value in sent[0].get("headers", ())}
    return Answer(sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:]), headers)


def _scope(request: Request) -> Scope:
    path, _, query = request.target.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": request.headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }


def read(app: ASGIApp, target: str, token: str) -> Any:
    """Return the value of a GET that must succeed."""
    answer = ask(app, Request("GET", target, token))
    assert answer.status == 200, f"{target}: {answer.status}"
    return answer.json()


def as_json(value: Mapping[str, Any]) -> bytes:
    """Return a body."""
    return json.dumps(value).encode()

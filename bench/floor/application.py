"""The ASGI application: five addresses, and nothing held that a request does not need."""

import asyncio
import base64
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic_core import to_json

from bench.floor import clock, reads, talks
from bench.floor.database import Actor, Connection, Database, Look
from bench.floor.errors import Refused
from bench.floor.settings import Settings
from bench.floor.tokens import Tokens

_CHILD = re.compile(r"/v1/pleegkinderen/([0-9a-f-]{36})/(termijnen|tijdlijn|kindgesprekken)")
_LIMIT = re.compile(r"(?:^|&)limit=(\d{1,3})(?:&|$)")
_HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
]
_REFUSALS = {404: "niet_gevonden"}
Message = Any


class Floor:
    """See the package."""

    def __init__(self, settings: Settings) -> None:
        self._normen = settings.normen
        self._tokens = Tokens(settings)
        self._database = Database(settings)
        self._secret = bytes.fromhex(settings.secret)
        self._seal = AESGCM(self._secret)

    async def __call__(self, scope: Mapping[str, Any], receive: Message, send: Message) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        try:
            status, body, more = await self._answer(scope, receive)
        except Refused as refused:
            status, body, more = refused.status, to_json({"status": refused.status}), []
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": status, "headers": [*_HEADERS, length, *more]})
        await send({"type": "http.response.body", "body": body})

    async def _live(self, receive: Message, send: Message) -> None:
        await receive()
        await self._database.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._database.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Mapping[str, Any], receive: Message) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
        if scope["path"] == "/livez":
            return 200, b"{}", []
        at = clock.now()
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        who = self._tokens.who(given[0] if len(given) == 1 else b"", int(at.timestamp()))
        request, begun = _Request(scope, await _body(receive)), list[tuple[Actor, UUID]]()
        try:
            async with self._database.transaction(who, request.look) as (connection, actor, look):
                begun.append((actor, look))
                status, body, children, more = await self._work(request, connection, actor)
        except Refused as refused:
            for one in begun:
                await self._database.outcome(*one, _REFUSALS.get(refused.status, "geweigerd"), None)
            raise
        await self._database.outcome(*begun[0], "getoond", children)
        return status, body, more

    async def _work(
        self, request: "_Request", connection: Connection, actor: Actor
    ) -> tuple[int, bytes, list[UUID], list[tuple[bytes, bytes]]]:
        if request.method == "POST":
            status, body = await talks.record(connection, actor, request.post(self._secret))
            return status, body, [request.child] if request.child else [], []
        page = await self._read(request, connection, actor)
        return 200, to_json(page.body), page.children, self._links(request, page)

    async def _read(self, request: "_Request", connection: Connection, actor: Actor) -> reads.Page:
        today, limit = clock.civil_date(clock.now()), request.limit
        if request.path == "/v1/pleegkinderen":
            return await reads.list_children(connection, actor, today, limit)
        if request.path == "/v1/termijnen":
            return await reads.list_overdue(connection, actor, today, limit, self._normen)
        if request.child is None:
            raise Refused(404)
        if request.what == "termijnen":
            return await reads.show_termijnen(connection, actor, today, request.child, self._normen)
        return await reads.show_timeline(connection, actor, today, request.child, limit)

    def _links(self, request: "_Request", page: reads.Page) -> list[tuple[bytes, bytes]]:
        """Return where the list goes on, sealed: its keys are names."""
        first = f'<{request.path}?limit={request.limit}>; rel="first"'
        if page.last is None:
            return [(b"link", first.encode())]
        nonce = os.urandom(12)
        sealed = nonce + self._seal.encrypt(nonce, json.dumps(page.last).encode(), request.path.encode())
        cursor = base64.urlsafe_b64encode(sealed).decode()
        following = f'{first}, <{request.path}?limit={request.limit}&cursor={cursor}>; rel="next"'
        return [(b"link", following.encode())]


class _Request:
    """What was asked."""

    def __init__(self, scope: Mapping[str, Any], body: bytes) -> None:
        self.method, self.path, self._body = scope["method"], scope["path"], body
        self._headers = scope["headers"]
        found, limit = _CHILD.fullmatch(self.path), _LIMIT.search(scope["query_string"].decode("latin-1"))
        self.child = UUID(found[1]) if found else None
        self.what = found[2] if found else ""
        self.limit = int(limit[1]) if limit else 25
        client = scope.get("client") or ("",)
        route = f"/v1/pleegkinderen/{{id}}/{self.what}" if found else self.path
        soort = "lezen" if self.method == "GET" else "vastleggen"
        self.look = Look(soort, f"{self.method} {route}", self.child, client[0], os.urandom(16).hex())

    def post(self, secret: bytes) -> talks.Post:
        """Return the talk in it."""
        keys = [value for name, value in self._headers if name == b"idempotency-key"]
        if self.child is None or self.what != "kindgesprekken" or len(keys) != 1:
            raise Refused(400)
        digest, at = talks.digest_of(secret, f"{self.method} {self.path}", self._body), clock.now()
        return talks.Post(self.child, keys[0].decode("latin-1"), digest, self._body, at, clock.civil_date(at))


async def _body(receive: Message) -> bytes:
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise asyncio.CancelledError
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def create() -> Floor:
    """Return the application; who starts the server names the file with its settings."""
    return Floor(Settings.read(Path(sys.argv[1])))

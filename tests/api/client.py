"""The whole service behind one client, on a clock that stands still; every answer is looked at on its way back.

``look_at`` holds what must be true of any answer of any route: the headers of the design rules, problem+json for
what is refused, camelCase, instants in UTC. So each test of this folder asserts that too.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from unittest import mock

import jose.jwt
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Engine
from starlette.types import ASGIApp

from app import clock
from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.db.engines import Engines
from app.security.demo_issuer import issue_token
from app.security.secrets import Secrets
from app.terms import NormCode, Rol, Stand
from tests.api.asgi import AsgiClient
from tests.api.spoorzoeker import look_for_children

NU = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
VANDAAG = date(2026, 11, 2)
NOBODY = "0190a000-0000-7000-8000-000000000000"
PREFIX = "/v1"

EVERYWHERE = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
}
#: on what everybody may read
FOR_EVERYBODY = {"cache-control": "public, max-age=300", "access-control-allow-origin": "*", "vary": "Accept"}
#: documents in the words of a standard
_OTHER_WORDS = (f"{PREFIX}/openapi.json", f"{PREFIX}/open/kengetallen.csv-metadata.json")
_CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
#: a mapping by code has codes as keys
_CODES = frozenset({*NormCode, *Stand})
_QUARTER = re.compile(r"\d{4}-Q[1-4]")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_LIKE_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


class _Still(datetime):
    """python-jose reads a clock of its own."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_Still":
        return cls.fromtimestamp(clock.now().timestamp(), tz)


@contextmanager
def standing_still(at: datetime = NU) -> Iterator[None]:
    """Let it be ``at``, for the service and for its tokens."""
    with mock.patch.object(clock, "now", return_value=at), mock.patch.object(jose.jwt, "datetime", _Still):
        yield


def look_at(answer: Response) -> None:
    """Check what every answer must have."""
    look_for_children(answer)
    everywhere = EVERYWHERE | (FOR_EVERYBODY if _is_for_everybody(answer) else {})
    for name, value in everywhere.items():
        assert answer.headers.get_list(name) == [value], (name, answer.headers.get_list(name))
    assert re.fullmatch(r"\d+\.\d+\.\d+", answer.headers["api-version"])
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])
    assert "server" not in answer.headers
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        _look_at_problem(answer)
    elif answer.request.url.path.endswith("/export") and answer.request.method != "POST":
        assert answer.headers["content-disposition"].startswith("attachment")
    elif answer.headers.get("content-type", "").startswith("text/csv"):
        assert _is_for_everybody(answer)
    elif answer.content and answer.request.url.path not in _OTHER_WORDS:
        assert answer.headers["content-type"] == "application/json"
        _look_inside(answer.json())


def _is_for_everybody(answer: Response) -> bool:
    return answer.status_code < 400 and answer.request.url.path.startswith(f"{PREFIX}/open/")


def _look_at_problem(answer: Response) -> None:
    if answer.request.method == "HEAD":
        assert answer.content == b""
        return
    problem = answer.json()
    assert problem.keys() - {"errors"} == {"status", "title", "detail", "code"}
    assert problem["status"] == answer.status_code
    assert ("errors" in problem) == (answer.status_code == 400)
    for fault in problem.get("errors", ()):
        assert fault.keys() == {"in", "name", "code", "detail"}
    assert (answer.status_code == 401) == ("www-authenticate" in answer.headers)
    assert (answer.status_code == 405) == ("allow" in answer.headers)
    assert (answer.status_code in (429, 503)) == ("retry-after" in answer.headers)


def _look_inside(value: object) -> None:
    if isinstance(value, dict):
        assert all(_CAMEL.fullmatch(key) or key in _CODES or _QUARTER.fullmatch(key) for key in value), list(value)
        for below in value.values():
            _look_inside(below)
    elif isinstance(value, list):
        for below in value:
            _look_inside(below)
    elif isinstance(value, str) and _LIKE_INSTANT.match(value):
        assert _INSTANT.fullmatch(value), value


def without_id(answer: Response) -> tuple[int, dict[str, str], bytes]:
    """Return all that a client gets, but for the id of the request: to compare two answers byte for byte."""
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status_code, headers, answer.content


@dataclass(frozen=True)
class Gebruiker:
    """Somebody signed in, with the way to ask."""

    client: AsgiClient
    subject: str
    rol: Rol
    headers: dict[str, str] = field(repr=False)
    secrets: Secrets | None = field(default=None, repr=False)

    def again(self) -> "Gebruiker":
        """Sign in again, on the clock as it stands now."""
        assert self.secrets is not None
        token = issue_token(self.subject, clock.now(), self.secrets)
        return replace(self, headers={"Authorization": f"Bearer {token}"})

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS_OF_ROL[self.rol]

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        etag: str | None = None,
        **headers: str,
    ) -> Response:
        """Send one request below ``/v1`` and look at the answer.

        Args:
            method: of HTTP.
            path: with its query, without ``/v1``.
            body: sent as JSON; bytes as they are; None: no body.
            key: Idempotency-Key.
            etag: If-Match.
            headers: more headers, ``Accept="text/html"``.
        """
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        given |= {"Idempotency-Key": key} if key is not None else {}
        given |= {"If-Match": etag} if etag is not None else {}
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        if content is not None:
            given.setdefault("Content-Type", "application/json")
        answer = self.client.request(method, PREFIX + path, content=content, headers=list(given.items()))
        look_at(answer)
        return answer

    def get(self, path: str, **headers: str) -> Response:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: object = None, *, key: str | None = None, etag: str | None = None) -> Response:
        return self.ask("POST", path, body, key=key, etag=etag)

    def patch(self, path: str, body: object, *, etag: str | None = None) -> Response:
        return self.ask("PATCH", path, body, etag=etag)

    def read(self, path: str) -> Any:
        """Return the JSON of a GET that must succeed."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def rows(self, path: str) -> list[Any]:
        """Return the results of one page of a list."""
        results: list[Any] = self.read(path)["resultaten"]
        return results

    def each(self, path: str) -> Iterator[Any]:
        """Yield every result of a list, page after page by its ``Link``, as far as they are asked for."""
        onward: str | None = path
        while onward is not None:
            answer = self.get(onward)
            assert answer.status_code == 200, answer.text
            yield from answer.json()["resultaten"]
            following = answer.links.get("next")
            onward = following["url"].removeprefix(PREFIX) if following else None

    def walk(self, path: str) -> list[Any]:
        """Return every result of a list."""
        return list(self.each(path))

    def look_of(self, answer: Response) -> dict[str, Any] | None:
        """Return what the access log says of the request that was answered so.

        Wherever it stands: a test that stood still at a later moment is before it, however long ago it ran.
        """
        request = answer.headers["x-request-id"]
        return next((dict(one) for one in self.each("/inzagen?limit=200") if one["verzoekId"] == request), None)

    def made(self, path: str, body: object = None, *, etag: str | None = None) -> "Gemaakt":
        """Record something that must be accepted."""
        answer = self.post(path, body, etag=etag)
        assert answer.status_code == 201, (path, body, answer.text)
        return Gemaakt(answer.json()["id"], answer.headers.get("etag", ""), answer.json())


@dataclass(frozen=True)
class Gemaakt:
    """What a POST made: id, ETag, and what was shown of it."""

    id: str
    etag: str
    shown: dict[str, Any]


@dataclass(frozen=True)
class Dienst:
    """The real application on a database of its own."""

    app: ASGIApp
    api: FastAPI
    engines: Engines
    owner: Engine  # sees every organisatie
    secrets: Secrets
    client: AsgiClient

    @property
    def engine(self) -> Engine:
        """The engine of its requests."""
        return self.engines.app

    def sign_in(self, subject: str, rol: Rol) -> Gebruiker:
        """Return somebody with an account, with a token."""
        return Gebruiker(self.client, subject, rol, {}, self.secrets).again()

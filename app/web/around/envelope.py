"""The outermost layer, plain ASGI around the whole app, so that an unhandled 500 passes it too.

Every answer gets ``API-Version``, a request id and the security headers (the NLGov API design rules). HEAD is
answered as GET without a body. An error that escaped the app becomes a problem without internals, and one
log line without a message: messages of database and validation errors quote personal data.
"""

import secrets
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import AppError
from app.web.problems import problem_response

REQUEST_ID = "pleegzicht.request_id"
_log = structlog.get_logger("web")
_HUNG_UP = 499  # what web servers write when the client did not wait
_Header = tuple[bytes, bytes]
#: is told of each request: method, template of the route, status, seconds
Observe = Callable[[str, str, int, float], None]

#: on every answer, whatever the route said
FORCED: tuple[_Header, ...] = (
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
#: unless the route chose its own
DEFAULTS: tuple[_Header, ...] = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
)


def frames_of(error: BaseException) -> list[str]:
    """Return where an error came from, innermost last, without its message: that may hold personal data."""
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and len(chain) < 5:  # noqa: PLR2004
        chain.append(cause)
    lines = []
    for link in reversed(chain):
        frames = traceback.extract_tb(link.__traceback__)[-6:]
        lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        lines.append(type(link).__qualname__)
    return lines


@dataclass
class _Answer:
    """One answer on its way out."""

    send: Send
    headers: list[_Header]
    without_body: bool
    status: int = 0
    ended: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": self._complete(message.get("headers", ()))}
        elif self.without_body:
            message = {**message, "body": b""}
        self.ended = message["type"] == "http.response.body" and not message.get("more_body", False)
        await self.send(message)

    def _complete(self, given: Iterable[_Header]) -> list[_Header]:
        forced = {name for name, _ in self.headers}
        kept = [header for header in given if header[0] not in forced and header[0] != b"server"]
        present = {name for name, _ in kept}
        return [*kept, *self.headers, *(header for header in DEFAULTS if header[0] not in present)]


class Envelope:
    """ASGI middleware; see the module."""

    def __init__(self, app: ASGIApp, *, version: str, observers: Sequence[Observe] = ()) -> None:
        self.app = app
        self._observers = observers
        self._forced = [(b"api-version", version.encode()), *FORCED]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id, started = secrets.token_hex(8), time.perf_counter()
        head = scope["method"] == "HEAD"
        answer = _Answer(send, [*self._forced, (b"x-request-id", request_id.encode())], head)
        inner = {**scope, REQUEST_ID: request_id, "method": "GET" if head else scope["method"]}
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self.app(inner, receive, answer)
        except ClientDisconnect:
            answer.status = _HUNG_UP  # no answer reached anybody, and it is no error of ours
        except Exception as error:  # noqa: BLE001 - the last resort: nothing may leave without the headers
            await self._rescue(error, inner, receive, answer)
        method, route, seconds = scope["method"], route_of(inner), time.perf_counter() - started
        _log.info("request", method=method, route=route, status=answer.status, ms=round(seconds * 1000, 1))
        for observe in self._observers:
            observe(method, route, answer.status, seconds)

    async def _rescue(self, error: Exception, scope: Scope, receive: Receive, answer: _Answer) -> None:
        _log.error("unhandled", error=type(error).__qualname__, at=frames_of(error))
        if not answer.status:
            await problem_response(AppError())(scope, receive, answer)
        elif not answer.ended:
            raise BrokenOff from None  # the server must cut the connection: half an answer is no answer


class BrokenOff(Exception):
    """An answer failed after it began."""


def route_of(scope: Scope) -> str:
    """Return the template of the route: a path may hold what a log must not."""
    context = scope.get("fastapi", {}).get("effective_route_context") or scope.get("route")
    return getattr(context, "path_format", None) or "-"

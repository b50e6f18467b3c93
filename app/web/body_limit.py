"""A limit on the body, by Content-Length before anything is read and by counting while it streams in."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooLarge
from app.web.problems import problem_response

MAX_BODY = 1_000_000


class BodyTooLarge(HTTPException):
    """Raised from ``receive``; an HTTPException: FastAPI turns any other error in reading a body into 400."""

    def __init__(self) -> None:
        super().__init__(TooLarge.status)


class BodyLimit:
    """Plain ASGI middleware.

    Args:
        app: what it wraps.
        limit: bytes.
        larger: paths with a limit of their own (uploads of workbooks).
    """

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY, larger: Mapping[str, int] | None = None) -> None:
        self.app = app
        self._limit = limit
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or count one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        if _announced(scope) > limit:
            response = problem_response(TooLarge())
            response.headers["Connection"] = "close"  # the rest of the body is not read
            await response(scope, receive, send)
            return
        await self.app(scope, _counting(receive, limit), send)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _counting(receive: Receive, limit: int) -> Receive:
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise BodyTooLarge
        return message

    return counted

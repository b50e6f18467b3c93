"""A limit on the body, by Content-Length before anything is read and by counting while it streams in."""

import re
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import AppError, BadInput, Fault, TooLarge
from app.web.problems import problem_response

MAX_BODY = 1_000_000  # bytes
_LENGTH = re.compile(rb"0|[1-9][0-9]{0,17}")


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
        refusal = _refusal(scope, limit)
        if refusal is not None:
            response = problem_response(refusal)
            response.headers["Connection"] = "close"  # the rest of the body is not read
            await response(scope, receive, send)
            return
        await self.app(scope, _counting(receive, limit), send)


def _refusal(scope: Scope, limit: int) -> AppError | None:
    try:
        return TooLarge() if _announced(scope) > limit else None
    except BadInput as error:
        return error


def _announced(scope: Scope) -> int:
    """Return the length that a request announces.

    Raises:
        BadInput: it is none. The parser of the server takes any number of zeros for one.
    """
    values = {value for name, value in scope["headers"] if name == b"content-length"}
    if not values:
        return 0
    value = values.pop()
    if values or not _LENGTH.fullmatch(value):
        raise BadInput(
            Fault("header", "Content-Length", "ongeldig_formaat", "Geef de lengte als één getal zonder nullen ervoor.")
        )
    return int(value)


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

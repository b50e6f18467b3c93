"""Pages of others that may call the API: only those whose origin the settings name, and never with a cookie of ours."""

from collections.abc import Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_METHODS = ("GET", "HEAD", "POST", "PATCH")
_TAKEN = ("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match")
_SHOWN = ("API-Version", "Content-Disposition", "ETag", "Link", "Location", "Retry-After", "X-Request-Id")


class CrossOrigin:
    """ASGI middleware for the API alone, which is what ``prefix`` begins: a page of ours is nobody else's to read."""

    def __init__(self, app: ASGIApp, origins: Collection[str], prefix: str) -> None:
        self.app = app
        self._of_api = f"{prefix}/"
        self._api = CORSMiddleware(
            app, allow_origins=list(origins), allow_methods=_METHODS, allow_headers=_TAKEN, expose_headers=_SHOWN
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        of_api = scope["type"] == "http" and scope["path"].startswith(self._of_api)
        await (self._api if of_api else self.app)(scope, receive, send)

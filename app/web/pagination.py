"""The web side of keyset pages: the encrypted cursor, the ``Link`` header, and ``{"resultaten": […]}``.

A cursor holds the sort keys of a row, and a sort key may be a name. A URL may not (``transport/no-
sensitive-uris``), so cursors are encrypted (AES-GCM); one of another list, of before a change of keys, or made
by hand is a 400.
"""

import base64
import json
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from fastapi import Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from app.db.keyset import BadCursor, Page, Scalar, Window
from app.schemas.velden import ListFilter
from app.security.lockbox import Lockbox
from app.web.answers import Antwoord, json_bytes, validated
from app.web.kinderen import children_in

S = TypeVar("S")


class Resultaten(BaseModel, Generic[S]):
    """The body of a list; for ``response_model=Resultaten[KindgesprekOut]``."""

    resultaten: list[S]


def encode_cursor(lockbox: Lockbox, path: str, keys: tuple[Scalar, ...], *, backwards: bool) -> str:
    """Return an opaque cursor that only this list takes."""
    plain = json.dumps([int(backwards), *keys], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(lockbox.close(plain, path)).rstrip(b"=").decode()


def decode_cursor(lockbox: Lockbox, path: str, cursor: str) -> tuple[tuple[Scalar, ...], bool]:
    """Return the keys and whether the page lies before them.

    Raises:
        BadCursor: for anything that ``encode_cursor`` did not give for this path.
    """
    try:
        closed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        backwards, *keys = json.loads(lockbox.open(closed, path))
    except ValueError:
        raise BadCursor from None
    return tuple(keys), bool(backwards)


class Lister:
    """A list being answered; routes get one as ``lijst: Lijst``."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._lockbox: Lockbox = request.app.state.cursor_lockbox

    def page(self, vraag: ListFilter) -> Page:
        """Return which page is asked, for the query.

        Raises:
            BadCursor: for a cursor that this list did not give.
        """
        if vraag.cursor is None:
            return Page(vraag.limit)
        keys, backwards = decode_cursor(self._lockbox, self._request.scope["path"], vraag.cursor)
        return Page(vraag.limit, keys, backwards)

    def answer(self, window: Window[Any], schema: Any, **besides: str) -> Response:
        """Return the rows through ``schema``, with ``Link`` to first, prev and next; ``besides`` stands before them."""
        kind: Any = list[schema]
        rows = validated(window.rows, kind)
        head = "".join(f"{json.dumps(name)}:{json.dumps(text, ensure_ascii=False)}," for name, text in besides.items())
        body = b"{" + head.encode() + b'"resultaten":' + json_bytes(rows, kind) + b"}"
        return Antwoord(body, children_in(rows, kind), headers={"Link": self._links(window)})

    def _links(self, window: Window[Any]) -> str:
        return ", ".join(f'<{target}>; rel="{relation}"' for relation, target in self.targets(window).items())

    def targets(self, window: Window[Any]) -> dict[str, str]:
        """Return where the first page of the list is, and where there are any the one before and the one after."""
        found = {"first": self._target(None)}
        if window.prev is not None:
            found["prev"] = self._target(self._cursor(window.prev, backwards=True))
        if window.next is not None:
            found["next"] = self._target(self._cursor(window.next, backwards=False))
        return found

    def _cursor(self, keys: tuple[Scalar, ...], *, backwards: bool) -> str:
        return encode_cursor(self._lockbox, self._request.scope["path"], keys, backwards=backwards)

    def _target(self, cursor: str | None) -> str:
        query = self._request.scope["query_string"].decode("latin-1")
        kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != "cursor"]
        parameters = urlencode([*kept, *([("cursor", cursor)] if cursor else [])])
        path: str = self._request.scope["path"]
        return path + ("?" + parameters if parameters else "")


async def _lister(request: Request) -> Lister:
    return Lister(request)


Lijst = Annotated[Lister, Depends(_lister)]

"""The route class of the API: what is checked at the door, before FastAPI validates.

In this order: sign-in (401), Accept (406), the query string (400), Content-Type (415), strict JSON (400).
FastAPI then gathers every fault of parameters and body together.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote_to_bytes

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import Response

from app.access.permissions import Permission
from app.errors import BadInput, Fault, NotAcceptable, NotFound, UnsupportedMedia
from app.web import strict_json
from app.web.actor import MayRead, MayWrite, Public, authenticate
from app.web.ending import Endpoint, ending
from app.web.spoor import PERMISSION
from app.web.stap import Stap, stap_of, take
from app.web.work import Handler, on_one_thread

F = TypeVar("F", bound=Callable[..., Any])

_JSON = "application/json"
_PRODUCES = "__produces__"


def produces(*media_types: str) -> Callable[[F], F]:
    """Mark an endpoint that answers with other media types than JSON (exports)."""

    def mark(endpoint: F) -> F:
        setattr(endpoint, _PRODUCES, media_types)
        return endpoint

    return mark


def media_types_of(endpoint: Callable[..., Any]) -> tuple[str, ...]:
    """Return what an endpoint answers with: JSON unless it is marked."""
    media_types: tuple[str, ...] = getattr(endpoint, _PRODUCES, (_JSON,))
    return media_types


def dependants(root: Dependant) -> Iterator[Dependant]:
    """Yield a route's dependant and everything it depends on."""
    yield root
    for below in root.dependencies:
        yield from dependants(below)


def permission_of(root: Dependant) -> Permission | Public | None:
    """Return the permission that a route names, its public mark, or None: then the route walk fails."""
    for one in dependants(root):
        if isinstance(one.call, MayRead | MayWrite):
            return one.call.permission
        if isinstance(one.call, Public):
            return one.call
    return None


def _query_models(root: Dependant) -> Iterator[tuple[str, type[BaseModel] | None, bool]]:
    """Yield of each query parameter its key, its model when it is one, and whether it is a list."""
    for field in (field for one in dependants(root) for field in one.query_params):
        kind: Any = field.field_info.annotation
        model = kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
        yield field.alias, model, "list[" in str(kind)


def _field_keys(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


@dataclass(frozen=True)
class _QueryKeys:
    """Which query keys a route knows.

    ``strict``: a model refuses unknown ones itself, together with all other faults.
    """

    known: frozenset[str]
    lists: frozenset[str]
    strict: bool

    @classmethod
    def of(cls, root: Dependant) -> "_QueryKeys":
        """Read the keys from a route's parameters and models."""
        found = list(_query_models(root))
        known = [_field_keys(model) if model else {key} for key, model, _ in found]
        return cls(
            known=frozenset().union(*known),
            lists=frozenset(key for key, _, is_list in found if is_list),
            strict=any(model is not None and model.model_config.get("extra") == "forbid" for _, model, _ in found),
        )

    def check(self, query: bytes) -> None:
        """Refuse what is no UTF-8, a NUL, an unknown key, and a key twice where one value is meant.

        Raises:
            BadInput: with every such fault.
        """
        if b"%" in query or not query.isascii():
            _check_text(query)
        keys = [key for key, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)]
        found = [
            Fault("query", key, "dubbel", "Geef deze parameter een keer.")
            for key in sorted(self.known - self.lists)
            if keys.count(key) > 1
        ]
        if not self.strict and not self.known.issuperset(keys):
            found.append(Fault("query", "?", "onbekend_veld", "Deze parameter bestaat hier niet."))
        if found:
            raise BadInput(*found)


def _check_text(query: bytes) -> None:
    try:
        clean = "\0" not in unquote_to_bytes(query).decode("utf-8")
    except UnicodeDecodeError:
        clean = False
    if not clean:
        raise BadInput(Fault("query", "", "ongeldig_teken", "De parameters bevatten een teken dat niet kan."))


def accepts(header: str, offered: tuple[str, ...]) -> bool:
    """Tell whether an Accept header leaves a media type; ``q=0`` excludes, the most specific range wins."""
    ranges = [_range(part) for part in header.split(",") if part.strip()]
    return any(_quality(media, ranges) > 0 for media in offered)


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    try:
        return media, float(quality)
    except ValueError:
        return media, 1.0


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    for wanted in (media, media.partition("/")[0] + "/*", "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0


class ApiRoute(APIRoute):
    """A route that checks at the door, and ends what it began; use ``Router(route_class=ApiRoute)``.

    What it depends on is of the route alone (``app.web.policy`` sees to it): the router that includes it adds nothing.
    """

    def __init__(self, path: str, endpoint: Endpoint, **given: Any) -> None:
        super().__init__(path, ending(endpoint), **given)

    def get_route_handler(self) -> Handler:
        """Return what answers behind the door: the work of the route, or FastAPI's handler."""
        handle, door = on_one_thread(self.dependant, super().get_route_handler()), _Door.of(self)

        async def guarded(request: Request) -> Response:
            request.scope[PERMISSION] = door.permission
            await door.check(request)
            return await handle(request)

        return guarded


@dataclass(frozen=True)
class _Door:
    permission: Permission | Public | None
    offered: tuple[str, ...]
    query: _QueryKeys
    json_body: bool
    stap: Stap | None

    @classmethod
    def of(cls, route: APIRoute) -> "_Door":
        """Read once what a route needs."""
        return cls(
            permission=permission_of(route.dependant),
            offered=media_types_of(route.endpoint),
            query=_QueryKeys.of(route.dependant),
            json_body=route.body_field is not None,
            stap=stap_of(route.endpoint),
        )

    async def check(self, request: Request) -> None:
        """Raise the AppError of the first thing that is wrong."""
        if isinstance(self.permission, Permission):
            await authenticate(request)
        if "\0" in request.scope["path"]:
            raise NotFound
        accept = request.headers.get("accept")
        if accept and not accepts(accept, self.offered):
            raise NotAcceptable
        if request.scope["query_string"]:
            self.query.check(request.scope["query_string"])
        if self.json_body:
            await _read_json(request, self.stap)


async def _read_json(request: Request, stap: Stap | None) -> None:
    """Parse the body strictly and leave the value where ``request.json()`` looks first: it is parsed once.

    Raises:
        UnsupportedMedia: for a body of another Content-Type.
        BadInput: for JSON that ``strict_json`` refuses. An empty body is left to FastAPI, which misses it.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in ("", _JSON):
        raise UnsupportedMedia
    body = await request.body()
    if body and not media:
        raise UnsupportedMedia
    if body:
        request._json = value = strict_json.parse(body)  # noqa: SLF001 - Starlette keeps the parsed body there
        if stap is not None:
            take(request.scope, stap, value)

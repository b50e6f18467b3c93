"""Answers with a JSON body: one object with its ETag, or whatever a schema describes; each names its children."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel, TypeAdapter
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.web.etag import etag, is_known
from app.web.kinderen import children_in
from app.web.spoor import spoor_in

JSON = "application/json"


@cache
def adapter(schema: Any) -> TypeAdapter[Any]:
    """Return the adapter of a schema, built once."""
    return TypeAdapter(schema)


class Antwoord(Response):
    """An answer in JSON; it names the children that it shows to the access log before it leaves."""

    def __init__(
        self,
        body: bytes,
        kinderen: Sequence[UUID],
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(body, status, headers, JSON)
        self.kinderen = kinderen

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name them, and begin."""
        spoor_in(scope).add(self.kinderen)
        await super().__call__(scope, receive, send)


def validated(value: object, schema: Any) -> Any:
    """Return a value (with attributes, a mapping, or the model itself) as its schema has it."""
    return value if isinstance(value, BaseModel) else adapter(schema).validate_python(value, from_attributes=True)


def json_bytes(known: object, schema: Any) -> bytes:
    """Return the JSON of what ``validated`` gave."""
    return adapter(schema).dump_json(known, by_alias=True)


def json_response(value: object, schema: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Antwoord:
    """Return the answer with a value through its schema; without an ETag, unless in the headers."""
    known = validated(value, schema)
    return Antwoord(json_bytes(known, schema), children_in(known, schema), status, headers)


def identity(value: object) -> tuple[UUID | None, int | None]:
    """Return uid and versie of what a query or service gave; None where it has none."""
    if isinstance(value, Mapping):
        return value.get("uid"), value.get("versie")
    return getattr(value, "uid", None) or getattr(value, "id", None), getattr(value, "versie", None)


def etag_of(value: object) -> str | None:
    """Return the ETag of a value that has uid (or id) and versie."""
    uid, versie = identity(value)
    return etag(uid, versie) if isinstance(uid, UUID) and versie is not None else None


def one(value: object, schema: Any, if_none_match: str | None = None) -> Response:
    """Return one object with its ETag, or 304 when the client has this version."""
    tag = etag_of(value)
    headers = {"ETag": tag} if tag else {}
    if tag and is_known(if_none_match, tag):
        return Response(status_code=304, headers=headers)
    return json_response(value, schema, headers=headers)

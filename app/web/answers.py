"""Answers with a JSON body: one object with its ETag, or whatever a schema describes."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel, TypeAdapter
from starlette.responses import Response

from app.web.etag import etag, is_known

JSON = "application/json"


@cache
def adapter(schema: Any) -> TypeAdapter[Any]:
    """Return the adapter of a schema, built once."""
    return TypeAdapter(schema)


def json_bytes(value: object, schema: Any) -> bytes:
    """Return the JSON of a value (with attributes, a mapping, or the model itself) through its schema."""
    kind = adapter(schema)
    known = value if isinstance(value, BaseModel) else kind.validate_python(value, from_attributes=True)
    return kind.dump_json(known, by_alias=True)


def json_response(value: object, schema: Any, status: int = 200) -> Response:
    """Return an answer without an ETag."""
    return Response(json_bytes(value, schema), status, media_type=JSON)


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
    return Response(json_bytes(value, schema), headers=headers, media_type=JSON)

"""The OpenAPI document: FastAPI's, with what every route has in common written down once.

Paths stand without ``/v1``: that is in ``servers`` (design rules, uri-version). Every answer a client can
get is there.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from app import errors
from app.access.permissions import Permission
from app.web.answers import JSON
from app.web.problems import MEDIA_TYPE
from app.web.route import media_types_of, permission_of

PREFIX = "/v1"
Json = dict[str, Any]

_ERRORS: tuple[type[errors.AppError], ...] = (
    errors.BadInput,
    errors.NotSignedIn,
    errors.Forbidden,
    errors.NotFound,
    errors.NotAcceptable,
    errors.Conflict,
    errors.PreconditionFailed,
    errors.TooLarge,
    errors.UnsupportedMedia,
    errors.Unprocessable,
    errors.PreconditionRequired,
    errors.TooMany,
    errors.AppError,
    errors.Unavailable,
)
_HEADERS: Json = {
    "API-Version": {"description": "Versie van de API.", "schema": {"type": "string"}},
    "ETag": {"description": "De versie van wat u kreeg, voor If-Match.", "schema": {"type": "string"}},
    "Link": {"description": "Bladzijden: first, prev en next (RFC 8288).", "schema": {"type": "string"}},
    "Location": {"description": "Waar het nieuwe staat.", "schema": {"type": "string"}},
    "Preference-Applied": {"description": "Welke voorkeur is gevolgd (RFC 7240).", "schema": {"type": "string"}},
    "Retry-After": {"description": "Na hoeveel seconden opnieuw.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "Hoe aan te melden.", "schema": {"type": "string"}},
    "Allow": {"description": "De methoden die er wel zijn.", "schema": {"type": "string"}},
}
_LIST_NAME = re.compile(r'"(#/components/schemas/)?Resultaten_(\w+?)(?:Out)?_"')
#: where the first thing that a description says ends
_BEGIN = re.compile(r"[.:;,]?\n|[.:;](?:\s|$)")
_BYTES: Json = {"type": "string"}
_FAULT: Json = {
    "type": "object",
    "description": "Een fout in de invoer.",
    "required": ["in", "name", "code", "detail"],
    "properties": {
        "in": {"type": "string", "enum": ["body", "query", "path", "header", "cookie"]},
        "name": {"type": "string", "description": "Het veld; leeg voor het geheel."},
        "code": {"type": "string"},
        "detail": {"type": "string"},
    },
}
_PROBLEM: Json = {
    "type": "object",
    "description": "Een probleem volgens RFC 9457.",
    "required": ["status", "title", "detail", "code"],
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Invoerfout"}},
    },
}


def describe(app: FastAPI) -> Json:
    """Return the whole document."""
    contexts = [context for context in api_contexts(app) if context.include_in_schema]
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        description=app.description,
        routes=contexts,
        servers=[{"url": PREFIX, "description": "Deze dienst, bijvoorbeeld https://pleegzicht.example/v1"}],
        contact=app.contact,
        tags=app.openapi_tags,
    )
    for context in contexts:
        for method in context.methods or ():
            operation = document["paths"][context.path_format][method.lower()]
            _complete(operation, context, method)
    document["paths"] = {path.removeprefix(PREFIX): item for path, item in document["paths"].items()}
    _share(document.setdefault("components", {}))
    return _rename_lists(document)


def _rename_lists(document: Json) -> Json:
    """Give ``Resultaten[DingOut]`` the name ``DingLijst``: pydantic names it with underscores."""
    renamed: Json = json.loads(_LIST_NAME.sub(r'"\1\2Lijst"', json.dumps(document)))
    return renamed


def api_contexts(app: FastAPI) -> Iterator[RouteContext]:
    """Yield every route below ``/v1`` as it is mounted."""
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute) and (context.path or "").startswith(PREFIX + "/"):
            yield context


def _complete(operation: Json, context: RouteContext, method: str) -> None:
    """Add to one operation what its shape tells: headers, errors, sign-in."""
    # FastAPI's is the name of a function, in English.
    operation["summary"] = _BEGIN.split(operation.get("description", ""), maxsplit=1)[0]
    responses = operation["responses"]
    responses.pop("422", None)  # FastAPI's own; ours is for Idempotency-Key
    named = {parameter["name"] for parameter in operation.get("parameters", ())}
    if "If-None-Match" in named:
        responses["304"] = {"description": "U heeft deze versie al."}
    _add_media_types(responses, context)
    for status, response in responses.items():
        _add_headers(response, status, method, named)
        response["description"] = response["description"].replace("Successful Response", "Gelukt.")
    private = isinstance(permission_of(context.dependant), Permission)
    declared = [error for error in _ERRORS if str(error.status) in responses]  # by the route itself
    for error in (*_errors_of(operation, method, named, private=private), *declared):
        responses[str(error.status)] = {"$ref": f"#/components/responses/{error.__name__}"}
    if private:
        operation["security"] = [{"bearer": []}]
    operation["responses"] = dict(sorted(responses.items()))


def _add_media_types(responses: Json, context: RouteContext) -> None:
    """Say with which media types an export answers; what is no JSON is bytes."""
    offered = media_types_of(context.endpoint) if context.endpoint else ()
    for status, response in responses.items():
        if status < "300" and offered != (JSON,):
            given = response.get("content", {}).get(JSON, {"schema": {}})
            response["content"] = {media: given if media == JSON else {"schema": _BYTES} for media in offered}


def _add_headers(response: Json, status: str, method: str, named: set[str]) -> None:
    names = ["API-Version"]
    names += ["ETag"] if status != "202" and ("If-None-Match" in named or method in ("PATCH", "POST")) else []
    names += ["Link"] if "cursor" in named else []
    names += ["Location"] if status in ("201", "202") else []
    names += ["Preference-Applied"] if status == "202" else []
    given = response.setdefault("headers", {})
    response["headers"] = {**{name: {"$ref": f"#/components/headers/{name}"} for name in names}, **given}


def _errors_of(operation: Json, method: str, named: set[str], *, private: bool) -> list[type[errors.AppError]]:
    """Return the errors that an operation can answer with."""
    found = [errors.BadInput, errors.NotAcceptable, errors.AppError, errors.Unavailable]
    if private:
        found += [errors.NotSignedIn, errors.Forbidden, errors.TooMany]
    if private and (method != "GET" or any(one["in"] == "path" for one in operation.get("parameters", ()))):
        found.append(errors.NotFound)
    if "requestBody" in operation:
        found += [errors.UnsupportedMedia]
    if method in ("POST", "PATCH", "PUT", "DELETE"):
        found += [errors.TooLarge, errors.Conflict]
    if "Idempotency-Key" in named:
        found.append(errors.Unprocessable)
    if "If-Match" in named:
        found += [errors.PreconditionFailed, errors.PreconditionRequired]
    return found


def _share(components: Json) -> None:
    """Put what the operations refer to in the components."""
    schemas = components.setdefault("schemas", {})
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    for schema in schemas.values():
        schema.pop("description", None)  # a docstring, in English; the fields are described in Dutch
    schemas.update(Probleem=_PROBLEM, Invoerfout=_FAULT)
    components["headers"] = _HEADERS
    components["responses"] = {error.__name__: _problem_response(error) for error in _ERRORS}
    components["securitySchemes"] = {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "Een token van de aangewezen aanmelddienst, ondertekend met RS256 of ES256.",
        }
    }


def _problem_response(error: type[errors.AppError]) -> Json:
    names = ["API-Version"]
    names += ["Retry-After"] if error in (errors.TooMany, errors.Unavailable) else []
    names += ["WWW-Authenticate"] if error is errors.NotSignedIn else []
    return {
        "description": error.title,
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}},
    }

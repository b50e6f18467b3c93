"""From an error to ``application/problem+json`` (RFC 9457), and the handlers that do so for the whole app."""

import json
from collections.abc import Callable

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app import errors
from app.web import allow, database_errors, validation

MEDIA_TYPE = "application/problem+json"

_BY_STATUS: dict[int, type[errors.AppError]] = {
    400: errors.BadInput,
    401: errors.NotSignedIn,
    403: errors.Forbidden,
    404: errors.NotFound,
    406: errors.NotAcceptable,
    409: errors.Conflict,
    413: errors.TooLarge,
    415: errors.UnsupportedMedia,
    429: errors.TooMany,
    503: errors.Unavailable,
}

ErrorPage = Callable[[Request, errors.AppError], Response]


def problem_body(error: errors.AppError) -> bytes:
    """Return the JSON body of a problem: status, title, detail, code, and ``errors`` for invalid input."""
    problem: dict[str, object] = {
        "status": error.status,
        "title": error.title,
        "detail": error.detail,
        "code": error.code,
    }
    if isinstance(error, errors.BadInput):
        problem["errors"] = [
            {"in": fault.in_, "name": fault.name, "code": fault.code, "detail": fault.detail} for fault in error.faults
        ]
    return json.dumps(problem, ensure_ascii=False, separators=(",", ":")).encode()


def problem_headers(error: errors.AppError) -> dict[str, str]:
    """Return the headers that HTTP asks for with this status."""
    if isinstance(error, errors.NotSignedIn):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, errors.MethodNotAllowed):
        return {"Allow": ", ".join(error.allow)}
    if isinstance(error, errors.TooMany | errors.Unavailable):
        return {"Retry-After": str(error.retry_after)}
    return {}


def problem_response(error: errors.AppError) -> Response:
    """Return the answer for an error."""
    return Response(problem_body(error), error.status, problem_headers(error), MEDIA_TYPE)


def _answer(request: Request, error: errors.AppError) -> Response:
    """Return a problem for the API; a page outside it when the pages have registered one."""
    page: ErrorPage | None = getattr(request.app.state, "error_page", None)
    if page is None or request.scope["path"].startswith("/v1/"):
        return problem_response(error)
    return page(request, error)


async def _on_app_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.AppError)  # noqa: S101 - registered for this type alone
    return _answer(request, error)


async def _on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this type alone
    return _answer(request, errors.BadInput(*validation.faults(error.errors())))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this type alone
    if error.status_code == errors.MethodNotAllowed.status:
        return _answer(request, errors.MethodNotAllowed(*allow.methods_of(request)))
    return _answer(request, _BY_STATUS.get(error.status_code, errors.AppError)())


async def _on_database_error(request: Request, error: Exception) -> Response:
    known = database_errors.as_app_error(error)
    if known is None:
        raise error
    return _answer(request, known)


async def _on_unexpected(request: Request, _error: Exception) -> Response:
    return _answer(request, errors.AppError())


def register_problem_handlers(app: FastAPI) -> None:
    """Make every error of ``app`` a problem; ``app.state.error_page`` may answer outside the API."""
    app.add_exception_handler(errors.AppError, _on_app_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(SQLAlchemyError, _on_database_error)
    app.add_exception_handler(psycopg.Error, _on_database_error)
    app.add_exception_handler(Exception, _on_unexpected)

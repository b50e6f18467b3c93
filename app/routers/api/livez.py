"""Does the process live, and can it serve? Outside ``/v1``, open to everybody, without version or details."""

from functools import cache

import anyio
from anyio.lowlevel import RunVar
from fastapi import APIRouter, Request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from app.db.engines import Engines
from app.errors import Unavailable
from app.services.beheer import schema
from app.services.inzagen.logboek import check_log
from app.web.actor import PUBLIC
from app.web.problems import problem_response
from app.web.state import engines_of

router = APIRouter(include_in_schema=False, dependencies=[PUBLIC])

_threads: RunVar[anyio.CapacityLimiter] = RunVar("readyz")


def _limiter() -> anyio.CapacityLimiter:
    """Return threads of its own: when all others wait for the database, this must still answer."""
    try:
        return _threads.get()
    except LookupError:
        _threads.set(anyio.CapacityLimiter(2))
        return _threads.get()


@router.get("/livez", dependencies=[PUBLIC])
async def livez() -> Response:
    """Answer as long as the process runs; touches nothing."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", dependencies=[PUBLIC])
async def readyz(request: Request) -> Response:
    """Answer 200 when the database answers, its schema is ours and the access log can be written, 503 otherwise.

    A newer schema is ours too: migrations only add, and until they are replaced workers go on (``docs/beheer.md``).
    """
    ready = await anyio.to_thread.run_sync(_is_ready, engines_of(request.scope), limiter=_limiter())
    return JSONResponse({"status": "ok"}) if ready else problem_response(Unavailable(retry_after=5))


@cache
def _head() -> str:
    return schema.head_revision()


def _is_ready(engines: Engines) -> bool:
    try:
        with engines.app.connect() as connection:
            connection.execute(text("SELECT 1"))
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        check_log(engines.log)
    except (SQLAlchemyError, Unavailable):
        return False
    return found is not None and found >= _head()

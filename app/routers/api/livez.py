"""Does the process live, and can it serve? Outside ``/v1``, open to everybody, without version or details."""

from functools import cache, partial

from fastapi import Request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from app.db.engines import Engines
from app.errors import Unavailable
from app.services.beheer import schema
from app.services.inzagen.logboek import check_log
from app.web.actor import PUBLIC
from app.web.problems import problem_response
from app.web.routing import Router
from app.web.state import engines_of
from app.web.threads import Threads

router = Router(include_in_schema=False, dependencies=[PUBLIC])

#: when all others wait for the database, this must still answer
_threads = Threads("readyz", 2)


@router.get("/livez", dependencies=[PUBLIC])
async def livez() -> Response:
    """Answer as long as the process runs; touches nothing."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", dependencies=[PUBLIC])
async def readyz(request: Request) -> Response:
    """Answer 200 when the database answers, its schema is ours and the access log can be written, 503 otherwise.

    A newer schema is ours too: migrations only add, and until they are replaced workers go on (``docs/beheer.md``).
    """
    ready = await _threads.run(partial(_is_ready, engines_of(request.scope)))
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

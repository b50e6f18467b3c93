"""The session of a request as routes name it; FastAPI gives the same one to every dependency.

``scope="function"``: the commit happens before the answer leaves, and a commit that fails is a problem, not
a 201.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Annotated, Any

import anyio
from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.db.sessions import reading, unit_of_work
from app.web.spoor import SPOOR
from app.web.state import engines_of


@asynccontextmanager
async def _leaving_in_a_thread(context: AbstractContextManager[Session]) -> AsyncIterator[Session]:
    """Enter here, since opening a session does not wait for anything; leave in a thread, since a commit does.

    FastAPI takes a thread for both, which costs a list a tenth of its time. The limiter is of this request alone:
    who holds a connection never waits for those who wait for one. A route commits on its own thread
    (``app.web.ending``): then nothing is left to wait for.
    """
    session = context.__enter__()
    try:
        yield session
    except BaseException as error:
        with anyio.CancelScope(shield=True):
            await _in_a_thread(context, type(error), error, error.__traceback__)
        raise
    finally:
        session.info.pop(SPOOR, None)  # it holds the request, and that the session: nobody counts such a ring away
    if not session.in_transaction():
        context.__exit__(None, None, None)
        return
    with anyio.CancelScope(shield=True):
        await _in_a_thread(context, None, None, None)


async def _in_a_thread(context: AbstractContextManager[Session], *error: Any) -> None:
    await anyio.to_thread.run_sync(context.__exit__, *error, limiter=anyio.CapacityLimiter(1))


async def get_session(request: Request) -> AsyncIterator[Session]:
    """Yield the session of one writing request, committed when the route returns."""
    async with _leaving_in_a_thread(unit_of_work(engines_of(request.scope).write)) as session:
        yield session


async def get_read_session(request: Request) -> AsyncIterator[Session]:
    """Yield the session of one reading request; never commits."""
    async with _leaving_in_a_thread(reading(engines_of(request.scope).app)) as session:
        yield session


async def get_open_session(request: Request) -> AsyncIterator[Session]:
    """Yield the session of a request of nobody in particular: there is nothing on it but what went out."""
    async with _leaving_in_a_thread(reading(engines_of(request.scope).open)) as session:
        yield session


WriteSession = Annotated[Session, Depends(get_session, scope="function")]
ReadSession = Annotated[Session, Depends(get_read_session, scope="function")]
OpenSession = Annotated[Session, Depends(get_open_session, scope="function")]

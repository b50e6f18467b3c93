"""The session of a request as routes name it; FastAPI gives the same one to every dependency.

``scope="function"``: the commit happens before the answer leaves, and a commit that fails is a problem, not
a 201.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from typing import Annotated, Any

import anyio
from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.db.sessions import OPEN_POOL, PATIENCE, POOL_SIZE, SMALL_POOL, reading, unit_of_work
from app.web.spoor import SPOOR
from app.web.state import engines_of
from app.web.threads import Threads, works_on


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
    if not session.in_transaction():
        context.__exit__(None, None, None)
        return
    with anyio.CancelScope(shield=True):
        await _in_a_thread(context, None, None, None)


async def _in_a_thread(context: AbstractContextManager[Session], *error: Any) -> None:
    await anyio.to_thread.run_sync(context.__exit__, *error, limiter=anyio.CapacityLimiter(1))


@contextmanager
def _forgetting(context: AbstractContextManager[Session]) -> Iterator[Session]:
    """Let a session forget its request, which holds it: nobody counts such a ring away."""
    with context as session:
        try:
            yield session
        finally:
            session.info.pop(SPOOR, None)


def _writing(request: Request) -> AbstractContextManager[Session]:
    return _forgetting(unit_of_work(engines_of(request.scope).write))


def _reading(request: Request) -> AbstractContextManager[Session]:
    return _forgetting(reading(engines_of(request.scope).app))


def _reading_openly(request: Request) -> AbstractContextManager[Session]:
    return _forgetting(reading(engines_of(request.scope).open))


@works_on(Threads("vastleggen", SMALL_POOL, PATIENCE))
async def get_session(request: Request) -> AsyncIterator[Session]:
    """Yield the session of one writing request, committed when the route returns."""
    async with _leaving_in_a_thread(_writing(request)) as session:
        yield session


@works_on(Threads("lezen", POOL_SIZE, PATIENCE))
async def get_read_session(request: Request) -> AsyncIterator[Session]:
    """Yield the session of one request that reads; PostgreSQL refuses what it would write."""
    async with _leaving_in_a_thread(_reading(request)) as session:
        yield session


@works_on(Threads("open", OPEN_POOL, PATIENCE))
async def get_open_session(request: Request) -> AsyncIterator[Session]:
    """Yield the session of a request of nobody in particular: there is nothing on it but what went out."""
    async with _leaving_in_a_thread(_reading_openly(request)) as session:
        yield session


#: of each dependency that gives a session: how a route opens it that does all its work on one thread
OPENED_BY: Mapping[Any, Callable[[Request], AbstractContextManager[Session]]] = {
    get_session: _writing,
    get_read_session: _reading,
    get_open_session: _reading_openly,
}

WriteSession = Annotated[Session, Depends(get_session, scope="function")]
ReadSession = Annotated[Session, Depends(get_read_session, scope="function")]
OpenSession = Annotated[Session, Depends(get_open_session, scope="function")]

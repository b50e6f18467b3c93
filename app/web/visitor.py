"""Who looks at a page, and may they: the session in the cookie, the medewerker behind it as known now.

The same as ``app.web.actor`` for the API, and apart from it: a page never looks at a token, the API never at a cookie.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rollen import acting_as
from app.db import sessions
from app.errors import AppError, Forbidden, NotSignedIn
from app.queries.accounts.sessies import IDLE, LopendeSessie, come_in, find_sessie, is_key
from app.services.sessies import keep_sessie
from app.web.actor import MayRead, MayWrite
from app.web.around.envelope import REQUEST_ID
from app.web.cookies import cookies_of
from app.web.ending import Endpoint, ending
from app.web.forms import given_in
from app.web.pages import GIVEN
from app.web.route import permission_of
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import PERMISSION, begin_spoor
from app.web.state import engines_of
from app.web.work import Handler, on_one_thread

_SESSIE = "pleegzicht.sessie"
#: so often that a session was used is written down
_KEPT = timedelta(minutes=1)


def _key_of(request: Request) -> str | None:
    key = cookies_of(request).sessie.read(request)
    return key if key and is_key(key) else None


def _looked_up(request: Request) -> LopendeSessie | None:
    key, at = _key_of(request), clock.now()
    if key is None:
        return None
    with sessions.reading(engines_of(request.scope).app) as session:
        found = find_sessie(session, key, at)
        if found is not None:
            _keep(request, session, found, at)
    return found


def _keep(request: Request, session: Session, found: LopendeSessie, at: datetime) -> None:
    """Say in the request which session it is of, and now and then in the database that it was used.

    Not when all that may write are at work: who only reads would wait for them, and others for the thread that waits.
    The next page says it then.
    """
    writers = engines_of(request.scope).write
    if at - found.gezien_op >= _KEPT and sessions.is_one_free(writers):
        session.rollback()  # its connection goes back first: who holds one never waits for another
        with sessions.unit_of_work(writers) as keeping:
            keep_sessie(keeping, found, at)
        found = replace(found, gezien_op=at)
    request.scope[_SESSIE] = found


async def current_sessie(request: Request) -> LopendeSessie | None:
    """Return the session of the cookie, looked up once per request by who asks first, or None."""
    if _SESSIE not in request.scope:
        return await run_in_threadpool(_looked_up, request)
    found: LopendeSessie | None = request.scope[_SESSIE]
    return found


@dataclass(frozen=True, slots=True)
class Sessietijd:
    """How long a session still lasts, in seconds: without any use since a page, and at most."""

    stil: int
    nog: int


def sessietijd_of(request: Request, nu: datetime) -> Sessietijd:
    """Return how long the session of this request still lasts, as the page that is made now can count on."""
    sessie: LopendeSessie = request.scope[_SESSIE]
    unkept = max(nu - sessie.gezien_op, _KEPT)  # less is not always written down
    return Sessietijd(int((IDLE - unkept).total_seconds()), int((sessie.eindigt_op - nu).total_seconds()))


AnySessie = Annotated[LopendeSessie | None, Depends(current_sessie)]


async def _running(sessie: AnySessie) -> LopendeSessie:
    if sessie is None:
        raise NotSignedIn
    return sessie


OwnSessie = Annotated[LopendeSessie, Depends(_running)]


def _actor(request: Request, session: Session) -> Actor:
    key, at = _key_of(request), clock.now()
    found = None if key is None else come_in(session, key, at, request.scope.get(REQUEST_ID, ""))
    if found is None:
        raise NotSignedIn
    sessie, actor = found
    _keep(request, session, sessie, at)
    if request.app.state.sign_in.rollen is not None and sessie.rol is None:
        raise NotSignedIn
    return replace(acting_as(actor, sessie.rol), nu=at)


def _logged(request: Request, session: Session) -> Actor:
    actor = _actor(request, session)
    begin_spoor(request, session, actor)
    return actor


def reading_visitor(request: Request, session: ReadSession) -> Actor:
    """Return the actor, known through the session that the page reads on."""
    return _logged(request, session)


def writing_visitor(request: Request, session: WriteSession) -> Actor:
    """Return the actor, known through the session that the page writes on."""
    return _logged(request, session)


def any_visitor(request: Request, session: ReadSession) -> Actor | None:
    """Return the actor, or None for who is not signed in, or may no longer come in."""
    try:
        return _actor(request, session)
    except NotSignedIn:
        return None


Visitor = Annotated[Actor | None, Depends(any_visitor)]


class PageMayRead(MayRead):
    """The dependency of a page that reads."""

    async def __call__(self, actor: Annotated[Actor, Depends(reading_visitor)]) -> Actor:
        """Return the actor, or refuse with 403."""
        return _permitted(actor, self.permission)


class PageMayWrite(MayWrite):
    """The dependency of a page that writes."""

    async def __call__(self, actor: Annotated[Actor, Depends(writing_visitor)]) -> Actor:
        """Return the actor, or refuse with 403."""
        return _permitted(actor, self.permission)


def _permitted(actor: Actor, permission: Permission) -> Actor:
    if not actor.may(permission):
        raise Forbidden
    return actor


def page_permits(permission: Permission, *, writes: bool = False) -> Any:
    """Return the dependency that gives a page its Actor, or answers 401 or 403; see ``app.web.actor.permits``."""
    return Depends(PageMayWrite(permission) if writes else PageMayRead(permission))


class PageRoute(APIRoute):
    """A page's route; use ``Router(route_class=PageRoute)``: the access log wants to know what a route permits.

    It ends on the thread that it worked on. A form that is refused before its page can show it again leaves what was
    written in it to the page of the error.
    """

    def __init__(self, path: str, endpoint: Endpoint, **given: Any) -> None:
        super().__init__(path, ending(endpoint), **given)

    def get_route_handler(self) -> Handler:
        """Return what answers, with the permission named first; a form FastAPI reads."""
        handle, permission = super().get_route_handler(), permission_of(self.dependant)
        if self.methods == {"GET"}:
            handle = on_one_thread(self.dependant, handle)

        async def named(request: Request) -> Response:
            request.scope[PERMISSION] = permission
            try:
                return await handle(request)
            except AppError:
                request.scope[GIVEN] = await given_in(request)
                raise

        return named

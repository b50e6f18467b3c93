"""Who calls, and may they: the token, the account behind it, and the permission that every route names."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rollen import acting_as
from app.errors import Forbidden, NotSignedIn
from app.queries.accounts.actor import get_actor
from app.security.sign_in import SignIn
from app.security.tokens import Claims
from app.web.around.envelope import REQUEST_ID
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import begin_spoor
from app.web.stap import taken

_CLAIMS = "pleegzicht.claims"


def bearer_token(request: Request) -> str:
    """Return the token of the Authorization header.

    Raises:
        NotSignedIn: without one, with another scheme, or with more than one.
    """
    given = request.headers.getlist("authorization")
    scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn
    return token


async def authenticate(request: Request) -> Claims:
    """Return the claims of a valid token, checked once per request, before the body is read.

    Raises:
        NotSignedIn: for every fault of the token alike.
    """
    known: Claims | None = request.scope.get(_CLAIMS)
    if known is None:
        sign_in: SignIn = request.app.state.sign_in
        token, at = bearer_token(request), int(clock.now().timestamp())
        known = sign_in.remembered(token, at) or await _verify(sign_in, token, at)
        request.scope[_CLAIMS] = known
    return known


async def _verify(sign_in: SignIn, token: str, at: int) -> Claims:
    if sign_in.must_fetch(token, at):
        await run_in_threadpool(sign_in.fetch, at)
    return sign_in.claims(token, at)


SignedIn = Annotated[Claims, Depends(authenticate)]


def _actor(request: Request, session: Session, claims: Claims) -> Actor:
    known = get_actor(session, claims.issuer, claims.subject, clock.today(), request.scope.get(REQUEST_ID, ""))
    if known is None:
        raise NotSignedIn
    actor = replace(acting_as(known, claims.rol), nu=clock.now())
    begin_spoor(request, session, actor)
    return actor


def reading_actor(request: Request, session: ReadSession, claims: SignedIn) -> Actor:
    """Return the actor, known through the session that the route reads on."""
    return _actor(request, session, claims)


def writing_actor(request: Request, session: WriteSession, claims: SignedIn) -> Actor:
    """Return the actor, known through the session that the route writes on.

    Raises:
        Forbidden: the body takes a step that asks for a right that the actor has not.
    """
    actor, stap = _actor(request, session, claims), taken(request.scope)
    if stap is not None and not actor.may(stap.recht):
        raise Forbidden(stap.weigering)
    return actor


ReadingActor = Annotated[Actor, Depends(reading_actor)]
WritingActor = Annotated[Actor, Depends(writing_actor)]


class MayRead:
    """The dependency of a reading route; ``permission`` is what the route walk looks for."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, actor: ReadingActor) -> Actor:
        """Return the actor, or refuse with 403."""
        return _permitted(actor, self.permission)


class MayWrite:
    """The dependency of a writing route."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, actor: WritingActor) -> Actor:
        """Return the actor, or refuse with 403."""
        return _permitted(actor, self.permission)


def _permitted(actor: Actor, permission: Permission) -> Actor:
    if not actor.may(permission):
        raise Forbidden
    return actor


def permits(permission: Permission, *, writes: bool = False) -> Any:
    """Return the dependency that gives a route its Actor, or answers 401 or 403.

    Args:
        permission: the right that the route names.
        writes: the route writes: the actor is loaded on its ``WriteSession``.
    """
    return Depends(MayWrite(permission) if writes else MayRead(permission))


class Public:
    """The mark of a route that needs no sign-in."""

    async def __call__(self) -> None:
        """Let everybody in."""


#: ``dependencies=[PUBLIC]`` on a route: open to everybody, on purpose.
PUBLIC = Depends(Public())

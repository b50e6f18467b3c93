"""Signing in and out on pages: with the provider, or in the demo as one of its users."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rollen import acting_as
from app.db import sessions
from app.errors import AppError, NotFound, NotSignedIn
from app.queries.accounts.actor import get_actor
from app.queries.accounts.sessies import LopendeSessie, find_sessie
from app.queries.concepten import list_concepten
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import FORMULIEREN, conceptsleutel_of, opened_at
from app.security.aanmelding import (
    LIFETIME,
    AanmeldenMislukt,
    Aanmelding,
    GeenToegang,
    aanmelding_lockbox,
    close_aanmelding,
    open_aanmelding,
)
from app.security.code_flow import RETURN_PATH, Callback, CodeFlow
from app.security.demo_issuer import issue_token
from app.security.tokens import Claims
from app.services.concepten import drop_concepten
from app.services.sessies import begin_sessie, end_sessie, end_sessies_of
from app.web.actor import PUBLIC
from app.web.cookies import cookies_of
from app.web.forms import SESSION_FORM, OpenForm, SessionForm
from app.web.pages import error_page, page, redirect
from app.web.routing import Router
from app.web.sessions import WriteSession
from app.web.state import engines_of, secrets_of
from app.web.threads import Threads
from app.web.visitor import OwnSessie, PageRoute, page_permits, writing_visitor

router = Router(route_class=PageRoute)

#: a slow provider must not take the threads of everybody
_aside = Threads("aanmelden", 8)


def _code_flow(request: Request) -> CodeFlow:
    found: CodeFlow | None = request.app.state.code_flow
    if found is None:
        raise NotFound
    return found


Provider = Annotated[CodeFlow, Depends(_code_flow)]


@router.get("/aanmelden", dependencies=[PUBLIC])
async def begin_aanmelden(request: Request, code_flow: Provider) -> Response:
    """Send the browser to the provider, with an encrypted note of what was asked."""
    aanmelding = Aanmelding.begin(_only(request, "terug"), int(clock.now().timestamp()))
    answer = redirect(await _aside.run(lambda: code_flow.begin(aanmelding)))
    closed = close_aanmelding(aanmelding_lockbox(secrets_of(request)), aanmelding)
    cookies_of(request).aanmelding.set(answer, closed, LIFETIME)
    return answer


@router.get(RETURN_PATH, dependencies=[PUBLIC])
async def finish_aanmelden(request: Request, code_flow: Provider) -> Response:
    """Receive the browser back; the note is taken from it, whatever comes of it."""
    try:
        answer = await _aside.run(lambda: _finish(request, code_flow))
    except AppError as error:
        answer = error_page(request, error)
    cookies_of(request).aanmelding.clear(answer)
    return answer


@router.post("/aanmelden/demo", dependencies=[PUBLIC])
def demo_aanmelden(request: Request, form: OpenForm) -> Response:
    """Sign in as a user of the demo, by a token of its own issuer."""
    if not request.app.state.settings.demo:
        raise NotFound
    now = clock.now()
    token = issue_token(form.get("gebruiker", ""), now, secrets_of(request))
    try:
        claims = request.app.state.sign_in.claims(token, int(now.timestamp()))
    except NotSignedIn:
        raise GeenToegang from None
    return _signed_in(request, claims, Aanmelding.begin("/", int(now.timestamp())), now)


async def _end_address(request: Request) -> str | None:
    """Return where to sign out at the provider; asked before the database is, since it may take a while."""
    code_flow: CodeFlow | None = request.app.state.code_flow
    at = int(clock.now().timestamp())
    return await _aside.run(lambda: code_flow.end(at)) if code_flow else None


_Verder = Annotated[str | None, Depends(_end_address)]


@dataclass
class _Uit:
    """Somebody who asks to be signed out."""

    request: Request
    actor: Annotated[Actor, Depends(writing_visitor)]
    sessie: OwnSessie
    form: SessionForm

    def warning(self, session: Session) -> Response | None:
        """Return a page that says what will be lost; None: nothing is, or they know."""
        if self.form.get("zeker") == "ja":
            return None
        slot = conceptsleutel_of(self.request, self.actor)
        concepten = [
            (FORMULIEREN[one.plek.formulier][0], opened_at(one.plek, one.velden), one.op)
            for one in list_concepten(session, self.actor, slot, clock.now())
        ]
        if not concepten:
            return None
        pad = self.request.scope["path"]
        return blad(self.request, self.actor, "aanmelden/concepten.html", concepten=concepten, pad=pad)

    def end(
        self, session: Session, end: Callable[[Session, LopendeSessie, datetime], None], verder: str | None
    ) -> Response:
        """Forget what was not sent, and end the session or all of them."""
        drop_concepten(session, self.actor)
        end(session, self.sessie, clock.now())
        answer = page("aanmelden/afgemeld.html", verder=verder)
        cookies_of(self.request).sessie.clear(answer)
        return answer


@router.post(
    "/afmelden",
    dependencies=[Depends(_end_address), page_permits(Permission.ZELF_READ, writes=True), SESSION_FORM],
)
def afmelden(verder: _Verder, session: WriteSession, uit: Annotated[_Uit, Depends()]) -> Response:
    """End the session, and go on to the provider to sign out there too; what was not sent is warned of first."""
    return uit.warning(session) or uit.end(session, end_sessie, verder)


@router.post(
    "/afmelden/overal",
    dependencies=[Depends(_end_address), page_permits(Permission.ZELF_READ, writes=True), SESSION_FORM],
)
def afmelden_overal(verder: _Verder, session: WriteSession, uit: Annotated[_Uit, Depends()]) -> Response:
    """End every session of this account, wherever its browser is; what was not sent is warned of first."""
    return uit.warning(session) or uit.end(session, end_sessies_of, verder)


def _finish(request: Request, code_flow: CodeFlow) -> Response:
    now = clock.now()
    cookie, at = cookies_of(request).aanmelding.read(request), int(now.timestamp())
    aanmelding = open_aanmelding(aanmelding_lockbox(secrets_of(request)), cookie, at)
    callback = Callback(*(_only(request, name) for name in ("code", "state", "iss", "error")))
    return _signed_in(request, code_flow.finish(aanmelding, callback, at), aanmelding, now)


def _signed_in(request: Request, claims: Claims, aanmelding: Aanmelding, now: datetime) -> Response:
    """Begin a session for who signed in, and end the one that this browser had."""
    with sessions.unit_of_work(engines_of(request.scope).write) as session:
        key = begin_sessie(session, _actor(session, claims), aanmelding.digest, claims.rol, now)
    if key is None:
        raise AanmeldenMislukt
    cookie = cookies_of(request).sessie
    _end_earlier(request, cookie.read(request), now)
    answer = redirect(aanmelding.terug)
    cookie.set(answer, key)
    return answer


def _actor(session: Session, claims: Claims) -> Actor:
    actor = get_actor(session, claims.issuer, claims.subject, clock.today())
    if actor is None:
        raise GeenToegang
    try:
        return acting_as(actor, claims.rol)
    except NotSignedIn:
        raise GeenToegang from None


def _end_earlier(request: Request, key: str | None, now: datetime) -> None:
    if key is None:
        return
    with sessions.unit_of_work(engines_of(request.scope).write) as session:
        earlier = find_sessie(session, key, now)
        if earlier is not None:
            end_sessie(session, earlier, now)


def _only(request: Request, name: str) -> str | None:
    """Return a parameter of the query, or None.

    Raises:
        AanmeldenMislukt: it is there more than once.
    """
    given = request.query_params.getlist(name)
    if len(given) > 1:
        raise AanmeldenMislukt
    return given[0] if given else None

"""Whether one has a calendar feed: on, with an address to copy, or off; turned on and off here."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError
from app.queries.agendas import read_own_agenda
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import send_about
from app.routers.pages.formulieren.invoer import fouten_of, status_of
from app.services.agendas import close_agenda, open_agenda
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.state import AppSecrets
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
_Lezer = Annotated[Actor, page_permits(Permission.KINDGESPREK_RECORD)]
_Eigenaar = Annotated[Actor, page_permits(Permission.KINDGESPREK_RECORD, writes=True)]
_HIER: Final = "/agenda"


@router.get("/agenda")
def show_agenda(request: Request, session: ReadSession, actor: _Lezer, secrets: AppSecrets) -> Response:
    """Show whether one's own feed is on, and where it is."""
    return _show(request, session, actor, secrets, None)


@router.post("/agenda")
def turn_on(
    request: Request, session: WriteSession, actor: _Eigenaar, secrets: AppSecrets, form: SessionForm
) -> Response:
    """Turn one's own feed on, with a new address."""
    return _attempt(request, session, actor, secrets, form, lambda: open_agenda(session, actor, secrets, clock.now()))


@router.post("/agenda/intrekking")
def turn_off(
    request: Request, session: WriteSession, actor: _Eigenaar, secrets: AppSecrets, form: SessionForm
) -> Response:
    """Turn one's own feed off; its address opens nothing any more."""
    return _attempt(request, session, actor, secrets, form, lambda: close_agenda(session, actor, clock.now()))


def _attempt(
    request: Request, session: Session, actor: Actor, secrets: AppSecrets, form: Form, work: Callable[[], object]
) -> Response:
    try:
        send_about(request, session, actor, form, work, actor.medewerker_uid)
    except AppError as refused:
        return _show(request, session, actor, secrets, refused)
    return redirect(_HIER)


def _show(request: Request, session: Session, actor: Actor, secrets: AppSecrets, refused: AppError | None) -> Response:
    where = request.app.state.settings.public_url or str(request.base_url).rstrip("/")
    return blad(
        request,
        actor,
        "ik/agenda.html",
        "/ik",
        status_of(refused),
        agenda=read_own_agenda(session, actor, secrets, where),
        fouten=fouten_of(refused, {}),
    )

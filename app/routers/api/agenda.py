"""The calendar feed of who asks: off until it is asked for, with a key that can be taken back."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.agendas import read_own_agenda
from app.schemas.agenda import AgendaGewijzigdOut, AgendaOut
from app.services.agendas import close_agenda, open_agenda
from app.web.actor import permits
from app.web.answers import json_response
from app.web.idempotency import Once, right_is_enough
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.state import AppSecrets

router = Router(route_class=ApiRoute, tags=["ik"])
_Reader = Annotated[Actor, permits(Permission.KINDGESPREK_RECORD)]
_Owner = Annotated[Actor, permits(Permission.KINDGESPREK_RECORD, writes=True)]


@router.get("/ik/agenda", response_model=AgendaOut, name="get_agenda")
def get_agenda(request: Request, session: ReadSession, actor: _Reader, secrets: AppSecrets) -> Response:
    """Het adres van uw agenda: op welke dagen u een gesprek plant, zonder naam."""
    own = read_own_agenda(session, actor, secrets, request.app.state.settings.public_url)
    return json_response(own, AgendaOut)


@router.post("/ik/agenda", response_model=AgendaGewijzigdOut, status_code=201, name="open_agenda")
def turn_on(session: WriteSession, actor: _Owner, secrets: AppSecrets, once: Once) -> Response:
    """Zet uw agenda aan, met een nieuwe sleutel: een adres van eerder opent niets meer."""
    return _changed(once, lambda: open_agenda(session, actor, secrets, clock.now()))


@router.post("/ik/agenda/intrekking", response_model=AgendaGewijzigdOut, status_code=201, name="close_agenda")
def turn_off(session: WriteSession, actor: _Owner, once: Once) -> Response:
    """Zet uw agenda uit: het adres opent vanaf nu niets meer."""
    return _changed(once, lambda: close_agenda(session, actor, clock.now()))


def _changed(once: Once, work: Any) -> Response:
    def made() -> dict[str, UUID]:
        return {"uid": work()}

    return once.answer(made, AgendaGewijzigdOut, check=right_is_enough)

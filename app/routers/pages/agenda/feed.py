"""The calendar feed itself, for a calendar that has its address: who holds the key reads, and each look is logged."""

from dataclasses import replace
from typing import Annotated

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rollen import acting_as
from app.errors import NotFound, NotSignedIn
from app.exports.agenda import write_agenda
from app.models import Agenda
from app.queries.accounts.sessies import get_actor_of, is_key
from app.queries.agendas import find_agenda, list_afspraken
from app.security.agendasleutel import Agendasleutel
from app.web.actor import PUBLIC
from app.web.around.envelope import REQUEST_ID
from app.web.routing import Router
from app.web.sessions import ReadSession
from app.web.spoor import HetSpoor, begin_spoor
from app.web.state import AppSecrets
from app.web.visitor import PageRoute

router = Router(route_class=PageRoute)


@router.get("/agenda/{sleutel}.ics", dependencies=[PUBLIC])
def get_feed(
    sleutel: Annotated[str, Path()], request: Request, session: ReadSession, secrets: AppSecrets, spoor: HetSpoor
) -> Response:
    """Return the calendar of who asked for it; nothing once they left, or took the key back."""
    agenda = find_agenda(session, sleutel) if is_key(sleutel) else None
    if agenda is None:
        raise NotFound
    actor = _actor(request, session, agenda)
    begin_spoor(request, session, actor)
    afspraken, key = list_afspraken(session, actor, clock.today()), Agendasleutel(secrets, agenda.uid)
    spoor.add(one.pleegkind for one in afspraken)
    body = write_agenda(afspraken, lambda one: key.merk(actor.medewerker_uid, one.pleegkind), clock.now())
    return Response(body, media_type="text/calendar; charset=utf-8")


def _actor(request: Request, session: Session, agenda: Agenda) -> Actor:
    """Return who reads, as known now.

    Raises:
        NotFound: they may no longer.
    """
    known = get_actor_of(session, agenda, clock.today(), request.scope.get(REQUEST_ID, ""))
    try:
        actor = None if known is None else replace(acting_as(known, agenda.rol), nu=clock.now())
    except NotSignedIn:
        actor = None
    if actor is None or not actor.may(Permission.KINDGESPREK_RECORD):
        raise NotFound
    return actor

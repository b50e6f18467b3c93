"""What is made of an audit beside a request: how far it is, and the file."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.exports.kwartaaltoets.formats import WRITERS
from app.queries.kwartaaltoetsen.opdrachten import get_klaarbestand, get_toetsopdracht
from app.routers.params import Id
from app.schemas.kwartaaltoets import ToetsopdrachtOut
from app.web.actor import permits
from app.web.answers import json_response
from app.web.files import file_response
from app.web.route import ApiRoute, produces
from app.web.routing import Router
from app.web.sessions import ReadSession
from app.web.spoor import HetSpoor
from app.web.state import AppSecrets

router = Router(route_class=ApiRoute, tags=["kwartaaltoetsen"])
_Lezer = Annotated[Actor, permits(Permission.TOETS_EXPORT)]


@router.get("/toetsopdrachten/{id}", response_model=ToetsopdrachtOut, name="get_toetsopdracht")
def get_one(key: Id, session: ReadSession, actor: _Lezer) -> Response:
    """Hoe ver iets is dat naast een aanvraag wordt gemaakt: een kwartaaltoets, of een bestand ervan."""
    found = get_toetsopdracht(session, actor.organisatie_id, key, clock.now())
    return json_response(ToetsopdrachtOut.of(found), ToetsopdrachtOut)


@router.get("/toetsopdrachten/{id}/export", name="export_toetsopdracht", response_class=Response)
@produces(*(writer.media_type for writer in WRITERS.values()))
def export(
    key: Id,
    session: ReadSession,
    actor: _Lezer,
    secrets: AppSecrets,
    spoor: HetSpoor,
    *,
    namen: Annotated[bool, Query(description="Noem het bij een bestand met namen.")] = False,
) -> Response:
    """Het bestand dat is gemaakt; een dag lang, daarna vraagt u het opnieuw."""
    made = get_klaarbestand(session, actor.organisatie_id, key, secrets, clock.now(), namen=namen)
    spoor.add(made.pleegkinderen)
    return file_response([made.inhoud], made.media_type, made.naam, made.digest, made.vastgesteld_door)

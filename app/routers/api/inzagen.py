"""Who looked at the organisatie's files."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.inzagen import list_inzagen
from app.schemas.inzage import InzageFilter, InzageOut
from app.web.actor import permits
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession

router = Router(route_class=ApiRoute, tags=["inzagen"])


@router.get("/inzagen", response_model=Resultaten[InzageOut], name="list_inzagen")
def list_looks(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.INZAGE_READ)],
    lijst: Lijst,
    vraag: Annotated[InzageFilter, Query()],
) -> Response:
    """Wie in dossiers van uw organisatie heeft gekeken, wanneer, waarvoor en in welke; het laatste eerst."""
    return lijst.answer(list_inzagen(session, actor, vraag, lijst.page(vraag)), InzageOut)

"""What was written in the organisatie."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.wijzigingen.lijst import list_wijzigingen
from app.schemas.wijziging import WijzigingenFilter, WijzigingOut
from app.web.actor import permits
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession

router = Router(route_class=ApiRoute, tags=["wijzigingen"])


@router.get("/wijzigingen", response_model=Resultaten[WijzigingOut], name="list_wijzigingen")
def list_changes(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.WIJZIGING_READ)],
    lijst: Lijst,
    vraag: Annotated[WijzigingenFilter, Query()],
) -> Response:
    """Wat in uw organisatie is vastgelegd, wanneer, door wie en waarom; het laatste eerst."""
    return lijst.answer(list_wijzigingen(session, actor, vraag, lijst.page(vraag)), WijzigingOut)

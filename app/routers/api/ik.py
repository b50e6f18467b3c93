"""Who am I, and what may I do?"""

from typing import Annotated

from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.schemas.ik import IkMedewerker, IkOrganisatie, IkOut
from app.web.actor import permits
from app.web.answers import json_response
from app.web.route import ApiRoute
from app.web.routing import Router

router = Router(route_class=ApiRoute, tags=["ik"])


@router.get("/ik", response_model=IkOut)
async def get_ik(actor: Annotated[Actor, permits(Permission.ZELF_READ)]) -> Response:
    """Wie ik ben, bij welke organisatie, en wat ik mag."""
    return json_response(_show(actor), IkOut)


def _show(actor: Actor) -> IkOut:
    return IkOut(
        medewerker=IkMedewerker(id=actor.medewerker_uid, naam=actor.naam),
        rollen=[actor.rol],
        organisatie=IkOrganisatie(id=actor.organisatie_uid, code=actor.organisatie_code, naam=actor.organisatie_naam),
        rechten=sorted(actor.permissions),
    )

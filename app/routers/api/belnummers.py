"""Whom the teams call in need."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.organisatie.belnummers import list_belnummers
from app.routers.params import Id, request_time
from app.schemas.belnummer import BelnummerIn, BelnummerOut
from app.schemas.velden import ListFilter
from app.services.beheer.belnummers import set_belnummer
from app.web.actor import permits
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["organisaties"])


class BelnummerFilter(ListFilter):
    """The query of the list of numbers."""

    team: UUID | None = Field(default=None, description="Alleen die van dit team.")


@router.get("/belnummers", response_model=Resultaten[BelnummerOut], name="list_belnummers")
def list_all(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.MEDEWERKER_READ)],
    lijst: Lijst,
    vraag: Annotated[BelnummerFilter, Query()],
) -> Response:
    """Wie u belt bij nood: per team en functie het nummer, en wanneer er iemand opneemt."""
    window = list_belnummers(session, actor, lijst.page(vraag), clock.today(), vraag.team)
    return lijst.answer(window, BelnummerOut)


@router.post("/teams/{id}/belnummers", response_model=BelnummerOut, status_code=201, name="record_belnummer")
def record(
    key: Id,
    body: BelnummerIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.MEDEWERKER_MANAGE, writes=True)],
    once: Once,
) -> Response:
    """Zeg wie een team belt bij nood; dit vervangt wat er voor deze functie stond."""
    return once.answer(
        lambda: set_belnummer(session, actor, key, body, request_time()), BelnummerOut, check=right_is_enough
    )

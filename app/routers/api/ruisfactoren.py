"""The ruisfactoren, and the children to discuss because of them: an order for people, never a verdict."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.norms.ruis.catalogue import RUISFACTOREN, TOELICHTING
from app.queries.ruisfactoren.bespreeklijst import Bespreekkeuze, list_bespreeklijst
from app.schemas.ruis import BespreekkindOut, BespreeklijstOut, RuisfactorenOut
from app.schemas.velden import Datum, ListFilter, Tijdstip
from app.terms import Ruiscode
from app.web.actor import permits
from app.web.answers import json_response
from app.web.pagination import Lijst
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession

router = Router(route_class=ApiRoute, tags=["ruisfactoren"])


class BespreekFilter(ListFilter):
    """The query of the list for the case discussion."""

    peildatum: Datum | None = None
    bekend_op: Tijdstip | None = None
    team: UUID | None = None
    ruisfactor: Ruiscode | None = Field(default=None, description="Alleen kinderen bij wie deze is gevonden.")


@router.get("/ruisfactoren", response_model=RuisfactorenOut)
def list_ruisfactoren(_: Annotated[Actor, permits(Permission.NORM_READ)]) -> Response:
    """Elke versie van elke ruisfactor, met gewicht en bron. Een factor is nooit een oordeel, wel een aanleiding."""
    return json_response({"resultaten": RUISFACTOREN}, RuisfactorenOut)


@router.get("/bespreeklijst", response_model=BespreeklijstOut, name="list_bespreeklijst")
def list_to_discuss(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.TERMIJN_READ)],
    lijst: Lijst,
    vraag: Annotated[BespreekFilter, Query()],
) -> Response:
    """De kinderen om opnieuw te bespreken, de hoogste score eerst, met redenen; nooit een automatisch oordeel."""
    vandaag = clock.today()
    window = list_bespreeklijst(
        session,
        actor,
        lijst.page(vraag),
        keuze=Bespreekkeuze(team=vraag.team, ruisfactor=vraag.ruisfactor),
        peildatum=vraag.peildatum or vandaag,
        vandaag=vandaag,
        bekend_op=vraag.bekend_op,
    )
    return lijst.answer(window, BespreekkindOut, toelichting=TOELICHTING)

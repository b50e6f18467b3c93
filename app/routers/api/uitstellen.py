"""Reminders that somebody put off: of a child, over all files, and ended before their day by intrekking."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.feiten.keuze import Keuze, is_by_reader, runs_today
from app.queries.feiten.regels import list_visible_feiten
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.routers.feitroutes import FeitFilter, FeitRoutes, add_child_fact_routes, add_owned_routes, new_router
from app.routers.tonen import with_zorg
from app.schemas.feiten.uitstel import UitstelIn, UitstelOut, UitstelRegel
from app.web.actor import permits
from app.web.pagination import Lijst, Resultaten
from app.web.sessions import ReadSession

_ROUTES = FeitRoutes("uitstel", UitstelIn, UitstelOut, Permission.PLEEGKIND_READ, Permission.FEIT_RECORD)


class UitstelFilter(FeitFilter):
    """The query of the list over all files."""

    mijn: bool = Field(default=False, description="Alleen wat u zelf uitstelde.")
    lopend: bool = Field(default=True, description="Alleen wat vandaag is uitgesteld.")
    met_zorg: bool = Field(default=False, description="Met naam, nummer, plaatsing, begeleider en team van het kind.")

    @property
    def keuze(self) -> Keuze:
        """What is asked."""
        return Keuze((*((is_by_reader,) if self.mijn else ()), *((runs_today,) if self.lopend else ())), dag="tot")


router = new_router(_ROUTES.soort)


@router.get("/uitstellen", response_model=Resultaten[UitstelRegel], name="list_all_uitstellen")
def list_put_off(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_READ)],
    lijst: Lijst,
    vraag: Annotated[UitstelFilter, Query()],
) -> Response:
    """Herinneringen die zijn uitgesteld bij de kinderen die u ziet, de eerste dag van herinneren eerst."""
    vandaag, page = clock.today(), lijst.page(vraag)
    window = list_visible_feiten(session, actor, _ROUTES.soort, page, vandaag, vraag.bekend_op, keuze=vraag.keuze)
    return lijst.answer(with_zorg(session, actor, window, vandaag) if vraag.met_zorg else window, UitstelRegel)


add_owned_routes(router, _ROUTES, "pleegkinderen", get_pleegkind_key, owner_column="pleegkind_id")
add_child_fact_routes(router, _ROUTES)

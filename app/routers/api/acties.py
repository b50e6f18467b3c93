"""Agreed actions."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.feiten.keuze import Keuze, Voorwaarde, is_about_vgb, is_done, is_mine, is_to_do
from app.queries.feiten.regels import list_visible_feiten
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.routers.feitroutes import FeitFilter, FeitRoutes, add_child_fact_routes, add_owned_routes, new_router
from app.routers.tonen import with_zorg
from app.schemas.feiten.actie import ActieIn, ActieOut, ActieRegel
from app.web.actor import permits
from app.web.pagination import Lijst, Resultaten
from app.web.sessions import ReadSession

_ROUTES = FeitRoutes("actie", ActieIn, ActieOut, Permission.PLEEGKIND_READ, Permission.FEIT_RECORD)


class ActieFilter(FeitFilter):
    """The query of the list of actions."""

    mijn: bool = Field(default=False, description="Alleen wat u zelf zou doen.")
    gedaan: bool | None = Field(default=None, description="Alleen wat wel of niet is gedaan.")
    over_vgb: bool = Field(default=False, description="Alleen wat volgde uit een ingetrokken VGB.")
    met_zorg: bool = Field(default=False, description="Met naam, nummer, plaatsing, begeleider en team van het kind.")

    @property
    def keuze(self) -> Keuze:
        """What is asked."""
        done: dict[bool | None, tuple[Voorwaarde, ...]] = {True: (is_done,), False: (is_to_do,)}
        of_whom = (is_mine,) if self.mijn else ()
        about = (is_about_vgb,) if self.over_vgb else ()
        return Keuze((*of_whom, *about, *done.get(self.gedaan, ())), dag="uiterlijk")


router = new_router(_ROUTES.soort)


@router.get("/acties", response_model=Resultaten[ActieRegel], name="list_all_acties")
def list_agreed(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_READ)],
    lijst: Lijst,
    vraag: Annotated[ActieFilter, Query()],
) -> Response:
    """De acties bij de kinderen die u ziet, de eerste uiterlijke dag eerst."""
    vandaag, page = clock.today(), lijst.page(vraag)
    window = list_visible_feiten(
        session, actor, _ROUTES.soort, page, vandaag, vraag.bekend_op, keuze=vraag.keuze
    )  # fmt: skip
    return lijst.answer(with_zorg(session, actor, window, vandaag) if vraag.met_zorg else window, ActieRegel)


add_owned_routes(router, _ROUTES, "pleegkinderen", get_pleegkind_key, owner_column="pleegkind_id")
add_child_fact_routes(router, _ROUTES)

"""Documented exceptions, and their approval by a second person."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.feiten.keuze import Keuze, is_of_another, waits
from app.queries.feiten.regels import list_visible_feiten
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.routers.feitroutes import (
    FeitFilter,
    FeitRoutes,
    add_child_fact_routes,
    add_owned_routes,
    new_router,
)
from app.routers.params import Id, request_time, same_version_if_given
from app.routers.tonen import with_zorg
from app.schemas.feiten.uitzondering import UitzonderingIn, UitzonderingOut, UitzonderingRegel
from app.services.uitzonderingen import approve_uitzondering
from app.terms import Uitzonderingstand
from app.web.actor import permits
from app.web.etag import IfMatch
from app.web.idempotency import Once
from app.web.pagination import Lijst, Resultaten
from app.web.sessions import ReadSession, WriteSession

_ROUTES = FeitRoutes(
    "uitzondering",
    UitzonderingIn,
    UitzonderingOut,
    Permission.PLEEGKIND_READ,
    Permission.UITZONDERING_PROPOSE,
)


class UitzonderingFilter(FeitFilter):
    """The query of the list of uitzonderingen."""

    stand: Uitzonderingstand | None = Field(
        default=None, description="wacht: alleen wat niet voorbij is en nog door niemand is goedgekeurd."
    )
    van_anderen: bool = Field(default=False, description="Zonder wat u zelf opstelde: dat keurt altijd een ander goed.")
    met_zorg: bool = Field(default=False, description="Met naam, nummer, plaatsing, begeleider en team van het kind.")

    @property
    def keuze(self) -> Keuze:
        """What is asked."""
        return Keuze((*((waits,) if self.stand else ()), *((is_of_another,) if self.van_anderen else ())))


router = new_router(_ROUTES.soort)


@router.get("/uitzonderingen", response_model=Resultaten[UitzonderingRegel], name="list_all_uitzonderingen")
def list_proposed(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_READ)],
    lijst: Lijst,
    vraag: Annotated[UitzonderingFilter, Query()],
) -> Response:
    """De uitzonderingen en zichtplannen bij de kinderen die u ziet, de laatst begonnen eerst."""
    vandaag, page = clock.today(), lijst.page(vraag)
    window = list_visible_feiten(
        session, actor, _ROUTES.soort, page, vandaag, vraag.bekend_op, keuze=vraag.keuze
    )  # fmt: skip
    return lijst.answer(with_zorg(session, actor, window, vandaag) if vraag.met_zorg else window, UitzonderingRegel)


add_owned_routes(router, _ROUTES, "pleegkinderen", get_pleegkind_key, owner_column="pleegkind_id")
add_child_fact_routes(router, _ROUTES)


@router.post("/uitzonderingen/{id}/goedkeuring", response_model=UitzonderingOut, status_code=201)
def approve(
    key: Id,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.UITZONDERING_APPROVE, writes=True)],
    once: Once,
    if_match: IfMatch = None,
) -> Response:
    """Keur een uitzondering goed die een ander heeft opgesteld; vanaf dan dekt zij de normen die zij noemt."""
    check = same_version_if_given(if_match)
    return _ROUTES.answer_once(
        once, session, actor, lambda: approve_uitzondering(session, actor, key, request_time(), check_version=check)
    )

"""Plaatsingen: where a child lives, its end, and who guides it there."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose
from app.queries.feiten.keuze import Keuze, of_pleeggezin, of_pleegkind
from app.queries.feiten.regels import get_feit_key, list_visible_feiten
from app.routers.feitroutes import (
    FeitFilter,
    FeitRoutes,
    add_child_fact_routes,
    add_owned_routes,
    new_router,
)
from app.routers.params import Id, request_time, same_version_if_given
from app.schemas.feiten.feit import content_of
from app.schemas.feiten.plaatsing import (
    BeeindigingIn,
    BegeleidingIn,
    BegeleidingOut,
    PlaatsingIn,
    PlaatsingOut,
    PlaatsingVelden,
)
from app.services.plaatsingen import create_plaatsing, end_plaatsing
from app.web.actor import permits
from app.web.etag import IfMatch
from app.web.idempotency import Once
from app.web.pagination import Lijst, Resultaten
from app.web.sessions import ReadSession, WriteSession

_ROUTES = FeitRoutes("plaatsing", PlaatsingVelden, PlaatsingOut, Permission.PLEEGKIND_READ, Permission.PLAATSING_MANAGE)
_BEGELEIDING = FeitRoutes(
    "begeleiding", BegeleidingIn, BegeleidingOut, Permission.PLEEGKIND_READ, Permission.PLAATSING_MANAGE
)


def _find_plaatsing(session: Session, actor: Actor, uid: UUID, vandaag: date, purpose: Purpose) -> int:
    return get_feit_key(session, actor, _ROUTES.soort, uid, vandaag, purpose)


class PlaatsingFilter(FeitFilter):
    """The query of the list of plaatsingen."""

    pleegkind: UUID | None = Field(default=None, description="Alleen die van dit kind.")
    pleeggezin: UUID | None = Field(default=None, description="Alleen die in dit pleeggezin.")

    @property
    def keuze(self) -> Keuze:
        """What is asked."""
        of_child, of_family = (of_pleegkind,) if self.pleegkind else (), (of_pleeggezin,) if self.pleeggezin else ()
        return Keuze((*of_child, *of_family))


router = new_router(_ROUTES.soort)


@router.get("/plaatsingen", response_model=Resultaten[PlaatsingOut])
def list_plaatsingen(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_READ)],
    lijst: Lijst,
    vraag: Annotated[PlaatsingFilter, Query()],
) -> Response:
    """De plaatsingen van de kinderen die u ziet, de laatst begonnen eerst."""
    window = list_visible_feiten(
        session,
        actor,
        _ROUTES.soort,
        lijst.page(vraag),
        clock.today(),
        vraag.bekend_op,
        keuze=vraag.keuze,
        van={"pleegkind": vraag.pleegkind, "pleeggezin": vraag.pleeggezin},
    )
    return lijst.answer(window, PlaatsingOut)


@router.post("/plaatsingen", response_model=PlaatsingOut, status_code=201)
def record_plaatsing(
    body: PlaatsingIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.PLAATSING_MANAGE, writes=True)],
    once: Once,
) -> Response:
    """Plaats een kind in een pleeggezin."""
    return _ROUTES.answer_once(
        once, session, actor, lambda: create_plaatsing(session, actor, content_of(body), request_time())
    )


@router.post("/plaatsingen/{id}/beeindiging", response_model=PlaatsingOut, status_code=201)
def end(
    key: Id,
    body: BeeindigingIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.PLAATSING_MANAGE, writes=True)],
    once: Once,
    if_match: IfMatch = None,
) -> Response:
    """Beëindig een plaatsing op de dag van vertrek; de begeleiding eindigt mee."""
    check = same_version_if_given(if_match)
    return _ROUTES.answer_once(
        once, session, actor,
        lambda: end_plaatsing(session, actor, key, body.tot, body.eindreden, request_time(), check_version=check),
    )  # fmt: skip


add_child_fact_routes(router, _ROUTES)
add_owned_routes(router, _BEGELEIDING, "plaatsingen", _find_plaatsing, owner_column="plaatsing_id")
add_child_fact_routes(router, _BEGELEIDING)

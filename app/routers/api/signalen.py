"""Signals about safety, and the steps of the meldcode that follow."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, partial
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
from app.models.soorten import SOORTEN
from app.queries.feiten.opvolging import with_opvolging
from app.queries.feiten.regels import FeitRegel, get_feit_key, list_visible_feiten
from app.queries.normen import get_catalogus
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.signalen import with_meldtermijn
from app.routers.feitroutes import FeitFilter, FeitRoutes, add_child_fact_routes, add_owned_routes, new_router
from app.routers.tonen import with_zorg
from app.schemas.feiten.meldcodestap import MeldcodestapIn, MeldcodestapOut
from app.schemas.feiten.signaal import SignaalIn, SignaalOut, SignaalRegel, SignaalVersie
from app.web.actor import permits
from app.web.pagination import Lijst, Resultaten
from app.web.sessions import ReadSession


def _complete(
    session: Session, actor: Actor, regels: Sequence[FeitRegel], vandaag: date, bekend_op: datetime | None
) -> Sequence[FeitRegel]:
    normen = cache(partial(get_catalogus, session, actor.organisatie_id, bekend_op))
    regels = with_meldtermijn(session, actor, regels, vandaag, bekend_op, normen)
    return with_opvolging(SOORTEN["signaal"], session, actor, regels, vandaag, bekend_op, normen)


_ROUTES = FeitRoutes(
    "signaal", SignaalIn, SignaalOut, Permission.PLEEGKIND_READ, Permission.FEIT_RECORD, _complete, SignaalVersie
)
_STAPPEN = FeitRoutes(
    "meldcodestap", MeldcodestapIn, MeldcodestapOut, Permission.PLEEGKIND_READ, Permission.FEIT_RECORD
)


class SignaalFilter(FeitFilter):
    """The query of the list of signals."""

    met_zorg: bool = Field(default=False, description="Met naam, nummer, plaatsing, begeleider en team van het kind.")


router = new_router(_ROUTES.soort)


@router.get("/signalen", response_model=Resultaten[SignaalRegel], name="list_all_signalen")
def list_known(
    session: ReadSession,
    actor: Annotated[Actor, permits(Permission.PLEEGKIND_READ)],
    lijst: Lijst,
    vraag: Annotated[SignaalFilter, Query()],
) -> Response:
    """De signalen bij de kinderen die u ziet, het nieuwste eerst, met wat erop moet volgen."""
    vandaag = clock.today()
    window = list_visible_feiten(session, actor, _ROUTES.soort, lijst.page(vraag), vandaag, vraag.bekend_op)
    window = _ROUTES.shown_page(session, actor, window, vraag.bekend_op)
    return lijst.answer(with_zorg(session, actor, window, vandaag) if vraag.met_zorg else window, SignaalRegel)


def _find_signaal(session: Session, actor: Actor, uid: UUID, vandaag: date, purpose: Purpose) -> int:
    return get_feit_key(session, actor, _ROUTES.soort, uid, vandaag, purpose)


add_owned_routes(router, _ROUTES, "pleegkinderen", get_pleegkind_key, owner_column="pleegkind_id")
add_child_fact_routes(router, _ROUTES)
add_owned_routes(router, _STAPPEN, "signalen", _find_signaal, owner_column="signaal_id")
add_child_fact_routes(router, _STAPPEN)

"""Signals about safety, and the steps of the meldcode that follow."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.scope import Purpose
from app.models.soorten import SOORTEN
from app.queries.feiten.opvolging import with_opvolging
from app.queries.feiten.regels import FeitRegel, get_feit_key
from app.queries.pleegkinderen import get_pleegkind_key
from app.queries.signalen import with_meldtermijn
from app.routers.feitroutes import FeitRoutes, add_child_fact_routes, add_owned_routes, new_router
from app.schemas.meldcodestap import MeldcodestapIn, MeldcodestapOut
from app.schemas.signaal import SignaalIn, SignaalOut


def _complete(
    session: Session, actor: Actor, regels: Sequence[FeitRegel], vandaag: date, bekend_op: datetime | None
) -> Sequence[FeitRegel]:
    regels = with_meldtermijn(session, actor, regels, vandaag, bekend_op)
    return with_opvolging(SOORTEN["signaal"], session, actor, regels, vandaag, bekend_op)


_ROUTES = FeitRoutes("signaal", SignaalIn, SignaalOut, Permission.PLEEGKIND_READ, Permission.FEIT_RECORD, _complete)
_STAPPEN = FeitRoutes(
    "meldcodestap", MeldcodestapIn, MeldcodestapOut, Permission.PLEEGKIND_READ, Permission.FEIT_RECORD
)

router = new_router(_ROUTES.soort)


def _find_signaal(session: Session, actor: Actor, uid: UUID, vandaag: date, purpose: Purpose) -> int:
    return get_feit_key(session, actor, _ROUTES.soort, uid, vandaag, purpose)


add_owned_routes(router, _ROUTES, "pleegkinderen", get_pleegkind_key, owner_column="pleegkind_id")
add_child_fact_routes(router, _ROUTES)
add_owned_routes(router, _STAPPEN, "signalen", _find_signaal, owner_column="signaal_id")
add_child_fact_routes(router, _STAPPEN)

"""Families, their members, their evaluations, and the VGBs of the members."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose
from app.queries.feiten.regels import get_feit_key, list_visible_feiten
from app.queries.pleeggezinnen import get_pleeggezin_key
from app.queries.pleegkinderen.zoeken import search_pleeggezinnen
from app.routers.feitroutes import (
    FeitFilter,
    FeitRoutes,
    add_fact_routes,
    add_list_route,
    add_owned_routes,
    add_patch_route,
    new_router,
)
from app.routers.params import request_time
from app.schemas.feiten.feit import content_of
from app.schemas.feiten.gedateerd import EvaluatieIn, EvaluatieOut
from app.schemas.feiten.pleeggezin import (
    GezinslidIn,
    GezinslidOut,
    PleeggezinIn,
    PleeggezinOut,
    PleeggezinZoekIn,
    VgbIn,
    VgbOut,
)
from app.services.feiten import recording
from app.web.actor import permits
from app.web.answers import json_response
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.sessions import ReadSession, WriteSession

_READ = Permission.PLEEGGEZIN_READ
_GEZIN = FeitRoutes("pleeggezin", PleeggezinIn, PleeggezinOut, _READ, Permission.PLEEGGEZIN_MANAGE)
_LID = FeitRoutes("gezinslid", GezinslidIn, GezinslidOut, _READ, Permission.VGB_RECORD)
_EVALUATIE = FeitRoutes("evaluatie", EvaluatieIn, EvaluatieOut, _READ, Permission.FEIT_RECORD)
_VGB = FeitRoutes("vgb", VgbIn, VgbOut, _READ, Permission.VGB_RECORD)


def _find_gezinslid(session: Session, actor: Actor, uid: UUID, vandaag: date, purpose: Purpose) -> int:
    return get_feit_key(session, actor, _LID.soort, uid, vandaag, purpose)


router = new_router(_GEZIN.soort)


@router.get("/pleeggezinnen", response_model=Resultaten[PleeggezinOut])
def list_pleeggezinnen(
    session: ReadSession,
    actor: Annotated[Actor, permits(_READ)],
    lijst: Lijst,
    vraag: Annotated[FeitFilter, Query()],
) -> Response:
    """De pleeggezinnen van de kinderen die u ziet."""
    window = list_visible_feiten(session, actor, _GEZIN.soort, lijst.page(vraag), clock.today(), vraag.bekend_op)
    return lijst.answer(window, PleeggezinOut)


@router.post("/pleeggezinnen", response_model=PleeggezinOut, status_code=201)
def record_pleeggezin(
    body: PleeggezinIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.PLEEGGEZIN_MANAGE, writes=True)],
    once: Once,
) -> Response:
    """Leg een nieuw pleeggezin vast."""
    return _GEZIN.answer_once(
        once, session, actor,
        lambda: recording.record(session, actor, _GEZIN.soort, content_of(body), request_time()),
    )  # fmt: skip


@router.post("/pleeggezinnen/_zoek", response_model=Resultaten[PleeggezinOut], name="search_pleeggezinnen")
def search(
    body: PleeggezinZoekIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(_READ, writes=True)],
    once: Once,
) -> Response:
    """Zoek een pleeggezin op (een deel van) de naam of het nummer; alleen onder de gezinnen die u ziet."""
    # Only the key is kept: who may no longer see a family must not get it back out of a kept answer.
    once.answer(dict, dict[str, str], check=right_is_enough, status=200)
    found = search_pleeggezinnen(session, actor, body.naam, clock.today())
    return json_response({"resultaten": found}, Resultaten[PleeggezinOut])


add_fact_routes(router, _GEZIN)
add_patch_route(router, _GEZIN)
for _routes in (_LID, _EVALUATIE):
    add_owned_routes(router, _routes, "pleeggezinnen", get_pleeggezin_key, owner_column="pleeggezin_id")
    add_fact_routes(router, _routes)
add_patch_route(router, _LID)
add_owned_routes(router, _VGB, "gezinsleden", _find_gezinslid, owner_column="gezinslid_id")
add_list_route(
    router, _VGB, "/pleeggezinnen/{id}/vgbs", get_pleeggezin_key, of_child=True, name="list_vgbs_of_pleeggezin"
)
add_fact_routes(router, _VGB)

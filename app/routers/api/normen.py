"""The norms: the national catalogue and the organisatie's own versions, each with its source."""

from typing import Annotated

from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.normen import get_catalogus
from app.routers.params import Id, request_time
from app.schemas.feiten.feit import IntrekkingIn
from app.schemas.norm import EigenNormOut, NormBeeindigingIn, NormIn, NormOut
from app.services.normen import end_norm, tighten_norm, withdraw_norm
from app.web.actor import permits
from app.web.answers import json_response
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["normen"])
_Manager = Annotated[Actor, permits(Permission.NORM_TIGHTEN, writes=True)]


@router.get("/normen", response_model=Resultaten[NormOut])
def list_normen(session: ReadSession, actor: Annotated[Actor, permits(Permission.NORM_READ)]) -> Response:
    """Elke versie van elke norm, met ingangsdatum en bron."""
    versies = sorted(
        get_catalogus(session, actor.organisatie_id).versies,
        key=lambda norm: (norm.code, norm.geldig_van, norm.versie),
    )
    return json_response({"resultaten": versies}, Resultaten[NormOut])


@router.post("/normen", response_model=EigenNormOut, status_code=201)
def record_norm(body: NormIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Scherp een norm aan voor uw organisatie, vanaf vandaag of later; versoepelen kan niet."""
    return once.answer(lambda: tighten_norm(session, actor, body, request_time()), EigenNormOut, check=right_is_enough)


@router.post("/normen/{id}/intrekking", response_model=EigenNormOut, status_code=201, name="withdraw_norm")
def withdraw(key: Id, body: IntrekkingIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Trek een eigen norm in die nog niet geldt; zij blijft in het wijzigingslog staan."""
    return once.answer(
        lambda: withdraw_norm(session, actor, key, body.wijzigingsreden, request_time()),
        EigenNormOut,
        check=right_is_enough,
    )


@router.post("/normen/{id}/beeindiging", response_model=EigenNormOut, status_code=201, name="end_norm")
def end(key: Id, body: NormBeeindigingIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Laat een eigen norm vanaf een dag niet meer gelden; vanaf dan geldt de landelijke. Wat ervoor was, blijft."""
    return once.answer(lambda: end_norm(session, actor, key, body, request_time()), EigenNormOut, check=right_is_enough)

"""Legal holds: what keeps a file from being destroyed."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.vernietigingen.lijst import get_bewaarblokkade, list_bewaarblokkades
from app.routers.params import Id, request_time, same_version_if_given
from app.schemas.velden import ListFilter
from app.schemas.vernietiging import BewaarblokkadeIn, BewaarblokkadeOut, OpheffingIn
from app.services.vernietigingen.besluiten import hold_dossier, lift_bewaarblokkade
from app.web.actor import permits
from app.web.answers import one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["bewaarblokkades"])
_Reader = Annotated[Actor, permits(Permission.VERNIETIGING_READ)]
_Manager = Annotated[Actor, permits(Permission.BEWAARBLOKKADE_MANAGE, writes=True)]
_PATH = "/bewaarblokkades"
_ADDRESS = "/v1/bewaarblokkades/{uid}"


@router.get(_PATH, response_model=Resultaten[BewaarblokkadeOut], name="list_bewaarblokkades")
def list_holds(session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[ListFilter, Query()]) -> Response:
    """De dossiers die niet vernietigd mogen worden en waarom, de laatste eerst, ook wat is opgeheven."""
    return lijst.answer(list_bewaarblokkades(session, actor, lijst.page(vraag)), BewaarblokkadeOut)


@router.post(_PATH, response_model=BewaarblokkadeOut, status_code=201, name="record_bewaarblokkade")
def hold(body: BewaarblokkadeIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Houd een dossier vast: zolang dit niet is opgeheven, wordt er niets van vernietigd."""
    return once.answer(
        lambda: hold_dossier(session, actor, body, request_time()),
        BewaarblokkadeOut,
        check=right_is_enough,
        location=_ADDRESS,
    )


@router.get(f"{_PATH}/{{id}}", response_model=BewaarblokkadeOut, name="get_bewaarblokkade")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een bewaarblokkade."""
    return one(get_bewaarblokkade(session, actor, key), BewaarblokkadeOut, if_none_match)


@router.post(f"{_PATH}/{{id}}/opheffing", response_model=BewaarblokkadeOut, status_code=201, name="lift_bewaarblokkade")
def lift(
    key: Id, body: OpheffingIn, session: WriteSession, actor: _Manager, once: Once, if_match: IfMatch = None
) -> Response:
    """Hef een bewaarblokkade op; daarmee is nog niets vernietigd."""
    check = same_version_if_given(if_match)
    return once.answer(
        lambda: lift_bewaarblokkade(session, actor, key, body.reden, request_time(), check_version=check),
        BewaarblokkadeOut,
        check=right_is_enough,
        location=_ADDRESS,
    )

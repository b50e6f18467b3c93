"""Which inspectie may look at the organisatie's files: given and withdrawn by its beheerder."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.toezicht.mandaten import get_toezichtsmandaat, list_toezichtsmandaten
from app.routers.params import Id, request_time, same_version_if_given
from app.schemas.toezichtsmandaat import MandaatIntrekkingIn, ToezichtsmandaatIn, ToezichtsmandaatOut
from app.schemas.velden import ListFilter
from app.services.beheer.toezichtsmandaten import give_toezichtsmandaat, withdraw_toezichtsmandaat
from app.web.actor import permits
from app.web.answers import one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["toezichtsmandaten"])
_Reader = Annotated[Actor, permits(Permission.TOEZICHTSMANDAAT_MANAGE)]
_Manager = Annotated[Actor, permits(Permission.TOEZICHTSMANDAAT_MANAGE, writes=True)]
_PATH = "/toezichtsmandaten"
_ADDRESS = "/v1/toezichtsmandaten/{uid}"


@router.get(_PATH, response_model=Resultaten[ToezichtsmandaatOut], name="list_toezichtsmandaten")
def list_given(session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[ListFilter, Query()]) -> Response:
    """De mandaten die uw organisatie heeft gegeven, ook de afgelopen en ingetrokken."""
    return lijst.answer(list_toezichtsmandaten(session, actor, lijst.page(vraag)), ToezichtsmandaatOut)


@router.post(_PATH, response_model=ToezichtsmandaatOut, status_code=201, name="record_toezichtsmandaat")
def give(body: ToezichtsmandaatIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Geef een inspectie een mandaat: voor een doel, op een wettelijke grond, voor een periode."""
    return once.answer(
        lambda: give_toezichtsmandaat(session, actor, body, request_time()),
        ToezichtsmandaatOut,
        check=right_is_enough,
        location=_ADDRESS,
    )


@router.get(f"{_PATH}/{{id}}", response_model=ToezichtsmandaatOut, name="get_toezichtsmandaat")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een mandaat dat uw organisatie heeft gegeven."""
    return one(get_toezichtsmandaat(session, actor, key), ToezichtsmandaatOut, if_none_match)


@router.post(
    f"{_PATH}/{{id}}/intrekking",
    response_model=ToezichtsmandaatOut,
    status_code=201,
    name="withdraw_toezichtsmandaat",
)
def withdraw(
    key: Id,
    body: MandaatIntrekkingIn,
    session: WriteSession,
    actor: _Manager,
    once: Once,
    if_match: IfMatch = None,
) -> Response:
    """Trek een mandaat in: vanaf dit moment ziet de inspectie niets meer."""
    check = same_version_if_given(if_match)
    return once.answer(
        lambda: withdraw_toezichtsmandaat(session, actor, key, body.reden, request_time(), check_version=check),
        ToezichtsmandaatOut,
        check=right_is_enough,
        location=_ADDRESS,
    )

"""Medewerkers: who works here, who left and came back, and whose children go to whom."""

from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.organisatie.organisaties import get_medewerker, list_medewerkers
from app.routers.params import Id, request_time, same_version
from app.schemas.feiten.feit import IntrekkingIn, wijziging_of
from app.schemas.organisatie import MedewerkerIn, MedewerkerOut
from app.schemas.overdracht import MedewerkerOverdrachtIn, OverdrachtUitkomstOut
from app.schemas.velden import ListFilter
from app.services.beheer.medewerkers import (
    change_medewerker,
    create_medewerker,
    reinstate_medewerker,
    revoke_medewerker,
)
from app.services.beheer.overdrachten import find_giver, hand_over_children
from app.web.actor import permits
from app.web.answers import one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["organisaties"])
_Manager = Annotated[Actor, permits(Permission.MEDEWERKER_MANAGE, writes=True)]
_Reader = Annotated[Actor, permits(Permission.MEDEWERKER_READ)]
_Wijziging: Any = wijziging_of(MedewerkerIn)


@router.get("/medewerkers", response_model=Resultaten[MedewerkerOut])
def list_own_medewerkers(
    session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[ListFilter, Query()]
) -> Response:
    """De medewerkers van uw organisatie, op naam."""
    return lijst.answer(list_medewerkers(session, actor, lijst.page(vraag)), MedewerkerOut)


@router.post("/medewerkers", response_model=MedewerkerOut, status_code=201)
def record_medewerker(body: MedewerkerIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Voeg een medewerker toe, met het account waarmee die zich aanmeldt."""
    return once.answer(
        lambda: create_medewerker(session, actor, body, request_time()),
        MedewerkerOut,
        check=right_is_enough,
        location="/v1/medewerkers/{uid}",
    )


@router.get("/medewerkers/{id}", response_model=MedewerkerOut, name="get_medewerker")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een medewerker van uw organisatie."""
    return one(get_medewerker(session, actor, key), MedewerkerOut, if_none_match)


@router.patch("/medewerkers/{id}", response_model=MedewerkerOut, name="change_medewerker")
def change(
    key: Id,
    body: _Wijziging,
    session: WriteSession,
    actor: _Manager,
    if_match: IfMatch = None,
) -> Response:
    """Wijzig naam, rol, team of account van een medewerker."""
    changed = change_medewerker(session, actor, key, body, request_time(), check_version=same_version(if_match))
    return one(changed, MedewerkerOut)


@router.post(
    "/medewerkers/{id}/intrekking",
    response_model=MedewerkerOut,
    status_code=201,
    name="withdraw_medewerker",
)
def withdraw(
    key: Id, body: IntrekkingIn, session: WriteSession, actor: _Manager, once: Once, if_match: IfMatch = None
) -> Response:
    """Trek een medewerker in: die kan zich niet meer aanmelden. Het antwoord noemt wat nog bij diegene openstaat."""
    return once.answer(
        lambda: revoke_medewerker(
            session, actor, key, request_time(), reden=body.wijzigingsreden, check_version=same_version(if_match)
        ),
        MedewerkerOut,
        check=right_is_enough,
        location="/v1/medewerkers/{uid}",
    )


@router.post("/medewerkers/{id}/terugkeer", response_model=MedewerkerOut, status_code=201, name="reinstate_medewerker")
def reinstate(
    key: Id, body: IntrekkingIn, session: WriteSession, actor: _Manager, once: Once, if_match: IfMatch = None
) -> Response:
    """Laat een ingetrokken medewerker terugkomen, met hetzelfde nummer en hetzelfde account."""
    return once.answer(
        lambda: reinstate_medewerker(
            session, actor, key, request_time(), reden=body.wijzigingsreden, check_version=same_version(if_match)
        ),
        MedewerkerOut,
        check=right_is_enough,
        location="/v1/medewerkers/{uid}",
    )


@router.post(
    "/medewerkers/{id}/overdracht",
    response_model=OverdrachtUitkomstOut,
    status_code=201,
    name="hand_over_medewerker",
)
def hand_over(
    key: Id,
    body: MedewerkerOverdrachtIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.PLAATSING_MANAGE, writes=True)],
    once: Once,
) -> Response:
    """Draag kinderen van een medewerker over aan anderen, elk vanaf een eigen dag: allemaal, of geen.

    Een teamleider doet dat binnen het eigen team. Wat als extra inzet openstaat over een kind, gaat mee.
    """
    return once.answer(
        lambda: hand_over_children(session, actor, key, body, request_time()),
        OverdrachtUitkomstOut,
        check=lambda uid: uid and find_giver(session, actor, uid, clock.today()),
        location="/v1/medewerkers/{uid}",
    )

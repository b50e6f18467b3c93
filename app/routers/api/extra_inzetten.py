"""Extra inzet: the follow-up that a frozen audit demands."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.extra_inzetten import get_extra_inzet, list_extra_inzetten
from app.routers.params import Id, request_time
from app.routers.tonen import with_zorg
from app.schemas.extra_inzet import (
    AfsluitingIn,
    ExtraInzetFilter,
    ExtraInzetMetStappenOut,
    ExtraInzetOut,
    OverdrachtIn,
)
from app.services.extra_inzetten import close_by_decision, close_by_fact, hand_over
from app.web.actor import permits
from app.web.answers import one
from app.web.etag import IfNoneMatch
from app.web.idempotency import Once
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["extra-inzetten"])
_Reader = Annotated[Actor, permits(Permission.EXTRA_INZET_READ)]
_Doer = Annotated[Actor, permits(Permission.EXTRA_INZET_ACT, writes=True)]


@router.get("/extra-inzetten", response_model=Resultaten[ExtraInzetOut], name="list_extra_inzetten")
def list_open(
    session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[ExtraInzetFilter, Query()]
) -> Response:
    """De extra inzet voor kinderen die u ziet, op uiterlijke dag."""
    vandaag = clock.today()
    window = list_extra_inzetten(
        session,
        actor,
        lijst.page(vraag),
        vandaag,
        open_only=not vraag.afgesloten,
        mine=vraag.mijn,
        orphaned=vraag.zonder_eigenaar,
        late=vraag.te_laat,
    )
    return lijst.answer(with_zorg(session, actor, window, vandaag) if vraag.met_zorg else window, ExtraInzetOut)


@router.get("/extra-inzetten/{id}", response_model=ExtraInzetMetStappenOut, name="get_extra_inzet")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een extra inzet met alles wat ermee gebeurde."""
    return one(get_extra_inzet(session, actor, key, clock.today()), ExtraInzetMetStappenOut, if_none_match)


@router.post(
    "/extra-inzetten/{id}/overdracht",
    response_model=ExtraInzetMetStappenOut,
    status_code=201,
    name="hand_over_extra_inzet",
)
def give(key: Id, body: OverdrachtIn, session: WriteSession, actor: _Doer, once: Once) -> Response:
    """Draag een extra inzet over aan een andere medewerker."""
    return once.answer(
        lambda: hand_over(session, actor, key, body.eigenaar_id, body.reden, request_time()),
        ExtraInzetMetStappenOut,
        check=lambda uid: uid and get_extra_inzet(session, actor, uid, clock.today()),
        location="/v1/extra-inzetten/{uid}",
    )


@router.post(
    "/extra-inzetten/{id}/afsluiting",
    response_model=ExtraInzetMetStappenOut,
    status_code=201,
    name="close_extra_inzet",
)
def close(key: Id, body: AfsluitingIn, session: WriteSession, actor: _Doer, once: Once) -> Response:
    """Sluit af met het feit dat herstelde wat de toets vond, of met een besluit van een gedragswetenschapper."""

    def work() -> object:
        if body.feit_id is not None and body.feit_soort is not None:
            return close_by_fact(session, actor, key, body.feit_soort, body.feit_id, request_time())
        return close_by_decision(session, actor, key, body.reden or "", request_time())

    return once.answer(
        work,
        ExtraInzetMetStappenOut,
        check=lambda uid: uid and get_extra_inzet(session, actor, uid, clock.today()),
        location="/v1/extra-inzetten/{uid}",
    )

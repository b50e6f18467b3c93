"""Let the key figures of a frozen audit go out for everybody: what would go out, that it does, and taking it back."""

from typing import Annotated

from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.routers.params import Id, request_time
from app.schemas.publicatie import PublicatieIn, PublicatieIntrekkingIn, PublicatieOut
from app.schemas.publicatie import show_openstelling as shown
from app.services.kwartaaltoetsen.publicatie import publish_toets, show_openstelling, withdraw_publicatie
from app.web.actor import permits
from app.web.answers import one
from app.web.etag import IfNoneMatch
from app.web.idempotency import Once
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["kwartaaltoetsen"])
_Reader = Annotated[Actor, permits(Permission.TOETS_PUBLISH)]
_Publisher = Annotated[Actor, permits(Permission.TOETS_PUBLISH, writes=True)]
_PATH = "/kwartaaltoetsen/{id}/publicatie"
_ADDRESS = "/v1/kwartaaltoetsen/{uid}/publicatie"


@router.get(_PATH, response_model=PublicatieOut, name="get_publicatie")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Wat van een toets naar buiten zou gaan en wat waarom niet, wat er naar buiten is gegaan, of waarom niets kan."""
    found = shown(show_openstelling(session, actor, key))
    # Until it went out it depends on the other audits, and has no version to keep.
    return one(found, PublicatieOut, if_none_match if found["gepubliceerd_op"] else None)


@router.post(_PATH, response_model=PublicatieOut, status_code=201, name="publish_kwartaaltoets")
def publish(key: Id, body: PublicatieIn, session: WriteSession, actor: _Publisher, once: Once) -> Response:
    """Publiceer de kengetallen van een vastgestelde toets: precies wat u hebt bekeken, en maar een keer."""
    return once.answer(
        lambda: shown(publish_toets(session, actor, key, body.cijfers_digest, request_time())),
        PublicatieOut,
        check=lambda _: None,
        location=_ADDRESS,
    )


@router.post(f"{_PATH}/intrekking", response_model=PublicatieOut, status_code=201, name="withdraw_publicatie")
def withdraw(key: Id, body: PublicatieIntrekkingIn, session: WriteSession, actor: _Publisher, once: Once) -> Response:
    """Trek gepubliceerde cijfers in: iedereen leest daarna dat en waarom, en de cijfers niet meer."""
    return once.answer(
        lambda: shown(withdraw_publicatie(session, actor, key, body.reden, request_time())),
        PublicatieOut,
        check=lambda _: None,
        location=_ADDRESS,
    )

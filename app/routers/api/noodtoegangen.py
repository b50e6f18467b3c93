"""Breaking the glass: open a file with a reason, who did so, and that it was talked about."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.noodtoegangen import get_noodtoegang, list_noodtoegangen
from app.routers.params import Id, request_time, same_version_if_given
from app.schemas.noodtoegang import BesprekingIn, NoodtoegangFilter, NoodtoegangIn, NoodtoegangOut
from app.services.noodtoegangen import discuss_noodtoegang, open_dossier
from app.web.actor import permits
from app.web.answers import one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.state import AppSecrets

router = Router(route_class=ApiRoute, tags=["noodtoegangen"])
_Reader = Annotated[Actor, permits(Permission.NOODTOEGANG_READ)]
_PATH = "/noodtoegangen"
_ADDRESS = "/v1/noodtoegangen/{uid}"


@router.get(_PATH, response_model=Resultaten[NoodtoegangOut], name="list_noodtoegangen")
def list_opened(
    session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[NoodtoegangFilter, Query()]
) -> Response:
    """De dossiers die met een reden zijn geopend, het laatste eerst: die u opende, of van kinderen die u ziet."""
    window = list_noodtoegangen(session, actor, lijst.page(vraag), clock.today(), besproken=vraag.besproken)
    return lijst.answer(window, NoodtoegangOut)


@router.post(_PATH, response_model=NoodtoegangOut, status_code=201, name="record_noodtoegang")
def open_one(
    body: NoodtoegangIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.NOODTOEGANG_OPEN, writes=True)],
    once: Once,
    secrets: AppSecrets,
) -> Response:
    """Open het dossier van een kind dat u niet begeleidt, voor 24 uur; de teamleider van het kind ziet dat en waarom.

    Lezen, en vastleggen wat u zelf deed of hoorde: een gesprek, een bezoek, een veiligheidscheck, een signaal.
    """
    return once.answer(
        lambda: open_dossier(session, actor, body, request_time(), secrets),
        NoodtoegangOut,
        check=lambda uid: uid and get_noodtoegang(session, actor, uid, clock.today()),
        location=_ADDRESS,
    )


@router.get(f"{_PATH}/{{id}}", response_model=NoodtoegangOut, name="get_noodtoegang")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een dossier dat met een reden is geopend."""
    return one(get_noodtoegang(session, actor, key, clock.today()), NoodtoegangOut, if_none_match)


@router.post(f"{_PATH}/{{id}}/bespreking", response_model=NoodtoegangOut, status_code=201, name="discuss_noodtoegang")
def discuss(
    key: Id,
    body: BesprekingIn,
    session: WriteSession,
    actor: Annotated[Actor, permits(Permission.NOODTOEGANG_REVIEW, writes=True)],
    once: Once,
    if_match: IfMatch = None,
) -> Response:
    """Leg vast dat een noodtoegang is besproken met wie het dossier opende."""
    check = same_version_if_given(if_match)
    return once.answer(
        lambda: discuss_noodtoegang(session, actor, key, body.toelichting, request_time(), check_version=check),
        NoodtoegangOut,
        check=lambda uid: uid and get_noodtoegang(session, actor, uid, clock.today()),
        location=_ADDRESS,
    )

"""Who is absent, and who covers."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.organisatie.afwezigheden import get_afwezigheid, list_afwezigheden
from app.routers.params import Id, request_time, same_version_if_given
from app.schemas.afwezigheid import AfwezigheidEindeIn, AfwezigheidIn, AfwezigheidOut
from app.schemas.velden import ListFilter
from app.services.beheer.afwezigheden import end_afwezigheid, report_afwezigheid
from app.web.actor import permits
from app.web.answers import one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["organisaties"])
_Reader = Annotated[Actor, permits(Permission.MEDEWERKER_READ)]
_Leader = Annotated[Actor, permits(Permission.PLAATSING_MANAGE, writes=True)]
_ADDRESS = "/v1/afwezigheden/{uid}"


class AfwezigheidFilter(ListFilter):
    """The query of the list of absences."""

    lopend: bool = Field(default=False, description="Alleen wie er vandaag niet is.")


@router.get("/afwezigheden", response_model=Resultaten[AfwezigheidOut], name="list_afwezigheden")
def list_absences(
    session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[AfwezigheidFilter, Query()]
) -> Response:
    """Wie er niet is en wie invalt, de laatst begonnen eerst; nooit waarom."""
    window = list_afwezigheden(session, actor, lijst.page(vraag), clock.today(), lopend=vraag.lopend)
    return lijst.answer(window, AfwezigheidOut)


@router.get("/afwezigheden/{id}", response_model=AfwezigheidOut, name="get_afwezigheid")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een afwezigheid in uw organisatie."""
    return one(get_afwezigheid(session, actor, key), AfwezigheidOut, if_none_match)


@router.post(
    "/medewerkers/{id}/afwezigheden", response_model=AfwezigheidOut, status_code=201, name="record_afwezigheid"
)
def report(key: Id, body: AfwezigheidIn, session: WriteSession, actor: _Leader, once: Once) -> Response:
    """Meld wie er niet is, en wie invalt: die ziet en legt vast als de begeleider, voor die dagen.

    Een teamleider doet dat binnen het eigen team. Het inzagelogboek zegt wie voor wie inviel.
    """
    return once.answer(
        lambda: report_afwezigheid(session, actor, key, body, request_time()),
        AfwezigheidOut,
        check=lambda uid: uid and get_afwezigheid(session, actor, uid),
        location=_ADDRESS,
    )


@router.post("/afwezigheden/{id}/beeindiging", response_model=AfwezigheidOut, status_code=201, name="end_afwezigheid")
def end(
    key: Id, body: AfwezigheidEindeIn, session: WriteSession, actor: _Leader, once: Once, if_match: IfMatch = None
) -> Response:
    """Laat een afwezigheid op een andere dag eindigen; vanaf die dag valt niemand meer in."""
    check = same_version_if_given(if_match)
    return once.answer(
        lambda: end_afwezigheid(session, actor, key, body, request_time(), check_version=check),
        AfwezigheidOut,
        check=lambda uid: uid and get_afwezigheid(session, actor, uid),
        location=_ADDRESS,
    )

"""Two files of one child become one: proposed by one, approved by another, and for a while undone."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.samenvoegingen import Samenvoegingskeuze, get_samenvoeging, list_samenvoegingen
from app.routers.params import Id, request_time, same_version_if_given
from app.schemas.samenvoeging import (
    DossierHerstelIn,
    DossierSamenvoegingFilter,
    DossierSamenvoegingIn,
    DossierSamenvoegingOut,
)
from app.services.samenvoegingen import approve_samenvoeging, propose_samenvoeging, undo_samenvoeging
from app.web.actor import permits
from app.web.answers import one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession

router = Router(route_class=ApiRoute, tags=["samenvoegingen"])
_Reader = Annotated[Actor, permits(Permission.PLEEGKIND_READ)]
_Manager = Annotated[Actor, permits(Permission.PLEEGKIND_MANAGE, writes=True)]
_LIJST = "/samenvoegingen"
_PATH = f"{_LIJST}/{{id}}"
_ADDRESS = "/v1/samenvoegingen/{uid}"


@router.post(
    "/pleegkinderen/{id}/samenvoeging",
    response_model=DossierSamenvoegingOut,
    status_code=201,
    name="record_samenvoeging",
)
def propose(key: Id, body: DossierSamenvoegingIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Stel voor om een tweede dossier van hetzelfde kind te laten opgaan in dit dossier; een ander keurt het goed."""
    return once.answer(
        lambda: propose_samenvoeging(session, actor, key, body, request_time()),
        DossierSamenvoegingOut,
        check=lambda uid: uid and get_samenvoeging(session, actor, uid, clock.today()),
        location=_ADDRESS,
    )


@router.get(_LIJST, response_model=Resultaten[DossierSamenvoegingOut], name="list_samenvoegingen")
def list_proposed(
    session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[DossierSamenvoegingFilter, Query()]
) -> Response:
    """De voorstellen om van twee dossiers van een kind een dossier te maken, het laatste eerst."""
    keuze = Samenvoegingskeuze(vraag.stand, vraag.kan_nog, vraag.van_anderen)
    window = list_samenvoegingen(session, actor, lijst.page(vraag), clock.today(), keuze)
    return lijst.answer(window, DossierSamenvoegingOut)


@router.get(_PATH, response_model=DossierSamenvoegingOut, name="get_samenvoeging")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een voorstel om van twee dossiers van een kind een dossier te maken, en wat erover is besloten."""
    return one(get_samenvoeging(session, actor, key, clock.today()), DossierSamenvoegingOut, if_none_match)


@router.post(
    f"{_PATH}/goedkeuring", response_model=DossierSamenvoegingOut, status_code=201, name="approve_samenvoeging"
)
def approve(key: Id, session: WriteSession, actor: _Manager, once: Once, if_match: IfMatch = None) -> Response:
    """Keur een samenvoeging goed die een ander voorstelde: vanaf dan is er een dossier, met alles van beide."""
    check = same_version_if_given(if_match)
    return once.answer(
        lambda: approve_samenvoeging(session, actor, key, request_time(), check_version=check),
        DossierSamenvoegingOut,
        check=lambda uid: uid and get_samenvoeging(session, actor, uid, clock.today()),
        location=_ADDRESS,
    )


@router.post(f"{_PATH}/herstel", response_model=DossierSamenvoegingOut, status_code=201, name="undo_samenvoeging")
def undo(
    key: Id, body: DossierHerstelIn, session: WriteSession, actor: _Manager, once: Once, if_match: IfMatch = None
) -> Response:
    """Maak een samenvoeging binnen 30 dagen ongedaan: wat uit het andere dossier kwam gaat daarheen terug."""
    check = same_version_if_given(if_match)
    return once.answer(
        lambda: undo_samenvoeging(session, actor, key, body.reden, request_time(), check_version=check),
        DossierSamenvoegingOut,
        check=lambda uid: uid and get_samenvoeging(session, actor, uid, clock.today()),
        location=_ADDRESS,
    )

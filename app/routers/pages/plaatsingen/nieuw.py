"""A new plaatsing of a child: in a family that is searched for in the form, from a day, in which form of care."""

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Purpose
from app.errors import AppError
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import Getypt, opened, plek_of, send, typed
from app.routers.pages.formulieren.gezinskeuze import list_gezinskeuzes
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.woorden.tijdlijn import PLAATSINGSVORMEN, ZORGVORMEN
from app.routers.pages.zorg import open_kind
from app.routers.params import request_time
from app.schemas.feiten.feit import content_of
from app.schemas.feiten.plaatsing import PlaatsingIn
from app.services.plaatsingen import create_plaatsing
from app.terms import Zorgvorm
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.spoor import HetSpoor
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_HIER: Final = "/kinderen/{id}/plaatsing"
_FORM: Final = "nieuwe-plaatsing"
#: what most plaatsingen are
_START: Final = {"zorgvorm": Zorgvorm.PLEEGZORG.value}
_Reader = Annotated[Actor, page_permits(Permission.PLAATSING_MANAGE)]
_Manager = Annotated[Actor, page_permits(Permission.PLAATSING_MANAGE, writes=True)]
#: name in the API → id of the field
_VELDEN: Final = {
    "pleeggezinId": "gezin", "vorm": "vorm", "zorgvorm": "zorgvorm", "van": "van", "tot": "tot",
    "eindreden": "eindreden",
}  # fmt: skip


@router.get(_HIER)
def plaatsing_form(key: Id, request: Request, session: ReadSession, actor: _Reader, spoor: HetSpoor) -> Response:
    """Show the form of a new plaatsing of a child."""
    return _show(request, session, actor, spoor, key, opened(request, session, actor, plek_of(_FORM, key), _START))


@router.post(f"{_HIER}/_zoek")
def search(
    key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Show the form as it was typed, with the families that were searched for."""
    return _show(request, session, actor, spoor, key, (form, typed(plek_of(_FORM, key))))


@router.post(_HIER)
def place(
    key: Id, request: Request, session: WriteSession, actor: _Manager, form: SessionForm, spoor: HetSpoor
) -> Response:
    """Place the child, and show where it lives, to say who guides it there."""
    open_kind(session, actor, key, clock.today(), spoor, Purpose.WRITE)

    def work() -> Mapping[str, Any]:
        given = {name: form.get(field) or None for name, field in _VELDEN.items()}
        body = parse(PlaatsingIn, {"pleegkindId": str(key), **{k: v for k, v in given.items() if v is not None}})
        return create_plaatsing(session, actor, content_of(body), request_time())

    try:
        send(request, session, actor, form, work, plek_of(_FORM, key))
    except AppError as refused:
        return _show(request, session, actor, spoor, key, (form, typed(plek_of(_FORM, key))), refused)
    return redirect(f"/kinderen/{key}/zorg")


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    spoor: HetSpoor,
    key: UUID,
    ingevuld: tuple[Form, Getypt],
    refused: AppError | None = None,
) -> Response:
    vandaag, (form, getypt) = clock.today(), ingevuld
    _, zorg = open_kind(session, actor, key, vandaag, spoor, Purpose.WRITE)
    fouten = fouten_of(refused, _VELDEN)
    return blad(
        request, actor, "plaatsingen/nieuw.html", "/kinderen", status_of(refused),
        kind=zorg, gezinnen=list_gezinskeuzes(session, actor, form, [form.get("gezin")], vandaag),
        vormen=PLAATSINGSVORMEN, zorgvormen=ZORGVORMEN, f=form, getypt=getypt, fouten=fouten,
    )  # fmt: skip

"""The figures of a frozen audit for everybody: exactly what would go out, a last question, and taking it back."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.errors import AppError, BadInput, fault
from app.norms.openbaar.kengetallen import DIMENSIES, kengetallen
from app.norms.openbaar.onderdrukking import Reden
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import plek_of, send_about
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.formulieren.rijen import Verstuurd, read_rijformulieren
from app.routers.params import request_time
from app.schemas.publicatie import PublicatieIn, PublicatieIntrekkingIn
from app.schemas.publicatie import show_openstelling as shown
from app.services.kwartaaltoetsen.publicatie import publish_toets, show_openstelling, withdraw_publicatie
from app.web.forms import SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Lezer = Annotated[Actor, page_permits(Permission.TOETS_PUBLISH)]
_Publicist = Annotated[Actor, page_permits(Permission.TOETS_PUBLISH, writes=True)]
_EINDE: Final = "publicatie-einde"
_TITELS: Final = {
    **{one.naam: one.titel for one in kengetallen()},
    **{one.naam: one.titel for one in DIMENSIES},
}
_REDENEN: Final = {
    Reden.KLEIN: "Te weinig kinderen",
    Reden.ANDER_KWARTAAL: "Scheelt te weinig met een kwartaal dat al openbaar is",
    Reden.AFLEIDBAAR: "Zou een ander getal verraden",
}


@router.get("/kwartaaltoetsen/{id}/publicatie")
def show(key: Id, request: Request, session: ReadSession, actor: _Lezer) -> Response:
    """Show what would go out and what would not, or what went out."""
    return _show(request, session, actor, key, None, None)


@router.post("/kwartaaltoetsen/{id}/publicatie")
def publish(key: Id, request: Request, session: WriteSession, actor: _Publicist, form: SessionForm) -> Response:
    """Let exactly what was looked at go out, once somebody said that they looked."""

    def work() -> object:
        if form.get("zeker") != "ja":
            raise BadInput(fault("zeker", "verplicht", "Vink aan dat u dit wilt. Er is nog niets gepubliceerd."))
        body = parse(PublicatieIn, {"cijfersDigest": form.get("digest", "")})
        return publish_toets(session, actor, key, body.cijfers_digest, request_time())

    try:
        send_about(request, session, actor, form, work, key)
    except AppError as refused:
        return _show(request, session, actor, key, None, refused)
    return redirect(f"/kwartaaltoetsen/{key}/publicatie")


@router.post("/kwartaaltoetsen/{id}/publicatie/intrekking")
def withdraw(key: Id, request: Request, session: WriteSession, actor: _Publicist, form: SessionForm) -> Response:
    """Take the figures back."""
    plek = plek_of(_EINDE, key)

    def work() -> object:
        body = parse(PublicatieIntrekkingIn, {"reden": form.get("reden", "")})
        return withdraw_publicatie(session, actor, key, body.reden, request_time())

    try:
        send_about(request, session, actor, form, work, key, plek)
    except AppError as refused:
        return _show(request, session, actor, key, (plek, form), refused)
    return redirect(f"/kwartaaltoetsen/{key}/publicatie")


def _show(
    request: Request, session: Session, actor: Actor, key: UUID, sent: Verstuurd | None, refused: AppError | None
) -> Response:
    fouten = fouten_of(refused, {"zeker": "zeker", "reden": "reden"})
    publicatie = shown(show_openstelling(session, actor, key))
    regels = publicatie["regels"]
    return blad(
        request,
        actor,
        "kwartaaltoetsen/publicatie.html",
        "/kwartaaltoetsen",
        status_of(refused),
        p=publicatie,
        delen=_by_group(regels),
        weg=sum(one["onderdrukt"] for one in regels),
        waarom=_reasons(regels),
        titels=_TITELS,
        redenen=_REDENEN,
        einde=read_rijformulieren(request, session, actor, [(_EINDE, key)], sent).van(_EINDE, key),
        fouten=fouten,
    )


def _by_group(regels: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], list[Mapping[str, Any]]]:
    """Return the rows of each part of each group, in their order."""
    found: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for one in regels:
        found.setdefault((one["dimensie"], one["groep"], one["deel"]), []).append(one)
    return found


def _reasons(regels: Iterable[Mapping[str, Any]]) -> dict[Reden, int]:
    """Return how many rows have a hidden count for each reason."""
    why = [{one["reden_teller"], one["reden_noemer"]} for one in regels]
    return {reden: count for reden in Reden if (count := sum(reden in one for one in why))}

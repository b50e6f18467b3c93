"""The addresses that are told that something asks for attention: how they fare, one more, and the end of one."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.db.keyset import Page
from app.errors import AppError
from app.queries.webhooks import get_webhook, list_webhooks
from app.routers.pages.blad import blad
from app.routers.pages.formulieren.formulier import plek_of, send_about
from app.routers.pages.formulieren.invoer import fouten_of, parse, status_of
from app.routers.pages.formulieren.rijen import Verstuurd, read_rijformulieren
from app.routers.params import request_time
from app.schemas.webhook import WebhookEindeIn, WebhookIn
from app.security.conceptsleutel import Plek
from app.services.beheer.webhooks import add_webhook, end_webhook, read_secret
from app.services.feiten.recording import RequestTime, any_version
from app.web.forms import Form, SessionForm
from app.web.pages import redirect
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.state import AppSecrets
from app.web.visitor import PageRoute, page_permits

router = Router(route_class=PageRoute)
Id = Annotated[UUID, Path(alias="id")]
_Lezer = Annotated[Actor, page_permits(Permission.WEBHOOK_MANAGE)]
_Beheerder = Annotated[Actor, page_permits(Permission.WEBHOOK_MANAGE, writes=True)]
_HIER: Final = "/webhooks"
_EINDE: Final = "webhook-einde"
_MEESTE: Final = 50


@router.get("/webhooks")
def show_webhooks(request: Request, session: ReadSession, actor: _Lezer) -> Response:
    """Show the addresses, and how they fare."""
    return _show(request, session, actor, {}, None)


def _show(
    request: Request,
    session: Session,
    actor: Actor,
    form: Form,
    refused: AppError | None,
    sent: Verstuurd | None = None,
) -> Response:
    rows: Sequence[Any] = list_webhooks(session, actor, Page(_MEESTE), clock.now()).rows
    over = [(_EINDE, row.uid) for row in rows if row.beeindigd_op is None]
    velden = {"adres": "adres", "reden": f"r-{sent[0].over}" if sent else "webhooks"}
    return blad(
        request,
        actor,
        "beheer/webhooks.html",
        "/beheer",
        status_of(refused),
        webhooks=rows,
        forms=read_rijformulieren(request, session, actor, over, sent),
        f=form,
        fouten=fouten_of(refused, velden),
    )


@router.get("/webhooks/{id}")
def show_webhook(key: Id, request: Request, session: ReadSession, actor: _Lezer, secrets: AppSecrets) -> Response:
    """Show with what the receiver of one checks that an event is from here."""
    moment = request_time()
    geheim = read_secret(session, actor, key, secrets, moment)
    adres = get_webhook(session, actor, key, moment.nu)["adres"]
    return blad(request, actor, "beheer/webhook.html", "/beheer", adres=adres, geheim=geheim)


@router.post("/webhooks")
def add(request: Request, session: WriteSession, actor: _Beheerder, form: SessionForm) -> Response:
    """Let an address be told."""
    return _attempt(
        request, session, actor, form,
        lambda moment: add_webhook(session, actor, parse(WebhookIn, {"adres": form.get("adres", "")}).adres, moment),
    )  # fmt: skip


@router.post("/webhooks/{id}/beeindiging")
def end(key: Id, request: Request, session: WriteSession, actor: _Beheerder, form: SessionForm) -> Response:
    """Let an address be told nothing more."""

    def work(moment: RequestTime) -> object:
        reden = parse(WebhookEindeIn, {"reden": form.get("reden", "")}).reden
        return end_webhook(session, actor, key, reden, moment, check_version=any_version)

    return _attempt(request, session, actor, form, work, plek_of(_EINDE, key))


def _attempt(
    request: Request,
    session: Session,
    actor: Actor,
    form: Form,
    work: Callable[[RequestTime], object],
    plek: Plek | None = None,
) -> Response:
    try:
        send_about(request, session, actor, form, lambda: work(request_time()), actor.medewerker_uid, plek)
    except AppError as refused:
        return _show(request, session, actor, {} if plek else form, refused, (plek, form) if plek else None)
    return redirect(_HIER)

"""Addresses that are told when something asks for attention: managed by the beheerder; and what an event is about."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.access.permissions import Permission
from app.queries.webhooks import get_gebeurtenis, get_webhook, list_webhooks
from app.routers.params import Id, request_time, same_version_if_given
from app.schemas.velden import ListFilter
from app.schemas.webhook import GebeurtenisOut, WebhookEindeIn, WebhookGeheimOut, WebhookIn, WebhookInLijst, WebhookOut
from app.services.beheer.webhooks import add_webhook, end_webhook, read_secret
from app.web.actor import permits
from app.web.answers import json_response, one
from app.web.etag import IfMatch, IfNoneMatch
from app.web.idempotency import Once, right_is_enough
from app.web.pagination import Lijst, Resultaten
from app.web.route import ApiRoute
from app.web.routing import Router
from app.web.sessions import ReadSession, WriteSession
from app.web.state import AppSecrets

router = Router(route_class=ApiRoute, tags=["webhooks"])
_Reader = Annotated[Actor, permits(Permission.WEBHOOK_MANAGE)]
_Manager = Annotated[Actor, permits(Permission.WEBHOOK_MANAGE, writes=True)]
_Receiver = Annotated[Actor, permits(Permission.PLEEGKIND_READ)]
_PATH = "/webhooks"
_ADDRESS = "/v1/webhooks/{uid}"


@router.get(_PATH, response_model=Resultaten[WebhookInLijst], name="list_webhooks")
def list_all(session: ReadSession, actor: _Reader, lijst: Lijst, vraag: Annotated[ListFilter, Query()]) -> Response:
    """De adressen die horen dat er iets aandacht vraagt, hoe het ging, en ook de beëindigde."""
    return lijst.answer(list_webhooks(session, actor, lijst.page(vraag), clock.now()), WebhookInLijst)


@router.post(_PATH, response_model=WebhookOut, status_code=201, name="record_webhook")
def add(body: WebhookIn, session: WriteSession, actor: _Manager, once: Once) -> Response:
    """Laat een adres horen dat er iets aandacht vraagt: nooit van wie, en nooit wat."""
    return once.answer(
        lambda: add_webhook(session, actor, body.adres, request_time()),
        WebhookOut,
        check=right_is_enough,
        location=_ADDRESS,
    )


@router.get(f"{_PATH}/{{id}}", response_model=WebhookOut, name="get_webhook")
def get_one(key: Id, session: ReadSession, actor: _Reader, if_none_match: IfNoneMatch = None) -> Response:
    """Een adres dat hoort dat er iets aandacht vraagt."""
    return one(get_webhook(session, actor, key, clock.now()), WebhookOut, if_none_match)


@router.get(f"{_PATH}/{{id}}/geheim", response_model=WebhookGeheimOut, name="get_webhook_geheim")
def get_geheim(key: Id, session: ReadSession, actor: _Reader, secrets: AppSecrets) -> Response:
    """Waarmee de ontvanger nagaat dat een gebeurtenis van hier komt."""
    return json_response({"geheim": read_secret(session, actor, key, secrets, request_time())}, WebhookGeheimOut)


@router.post(f"{_PATH}/{{id}}/beeindiging", response_model=WebhookOut, status_code=201, name="end_webhook")
def end(
    key: Id, body: WebhookEindeIn, session: WriteSession, actor: _Manager, once: Once, if_match: IfMatch = None
) -> Response:
    """Laat een adres niets meer horen, ook niet wat nog wacht."""
    check = same_version_if_given(if_match)
    return once.answer(
        lambda: end_webhook(session, actor, key, body.reden, request_time(), check_version=check),
        WebhookOut,
        check=right_is_enough,
        location=_ADDRESS,
    )


@router.get("/gebeurtenissen/{id}", response_model=GebeurtenisOut, name="get_gebeurtenis")
def get_event(key: Id, session: ReadSession, actor: _Receiver, if_none_match: IfNoneMatch = None) -> Response:
    """Waar een gebeurtenis over gaat, voor wie het mag zien."""
    return one(get_gebeurtenis(session, actor, key, clock.today()), GebeurtenisOut, if_none_match)

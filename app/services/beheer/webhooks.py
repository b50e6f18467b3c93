"""Add a webhook, end it, and say with what its receiver checks the events."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import Conflict, NotFound
from app.lib.ids import new_uid
from app.models import Webhook, WebhookEinde
from app.queries.webhooks import get_webhook, list_active_webhooks
from app.security.secrets import Secrets
from app.security.webhooksleutel import webhook_secret
from app.services.einde import Einde, end_once
from app.services.feiten.locks import lock_head
from app.services.feiten.recording import RequestTime, VersionCheck

#: [keuze] each is called for every message
MEESTE = 10


class WebhookBestaatAl(Conflict):
    """The address is told already."""

    code = "webhook_bestaat_al"
    detail = "Dit adres krijgt al gebeurtenissen."


class TeVeelWebhooks(Conflict):
    """There are as many as there may be: each is called for every message, and holds up the ones after it."""

    code = "te_veel_webhooks"
    detail = f"Er zijn al {MEESTE} webhooks. Beëindig er eerst een."


class WebhookAlBeeindigd(Conflict):
    """The webhook was ended before."""

    code = "al_beeindigd"
    detail = "Deze webhook is al beëindigd."


_EINDE = Einde(WebhookEinde, Webhook, "webhook_id", "beeindigd_op", WebhookAlBeeindigd)


def add_webhook(session: Session, actor: Actor, adres: str, moment: RequestTime) -> Mapping[str, Any]:
    """Let an address be told, from the next message on.

    Raises:
        WebhookBestaatAl, TeVeelWebhooks: as they say.
    """
    lock_head(session, actor.organisatie_id)  # two at once: the second sees the first
    active = list_active_webhooks(session, actor.organisatie_id)
    if len(active) >= MEESTE:
        raise TeVeelWebhooks
    if session.scalar(select(func.count()).where(Webhook.id.in_(active), Webhook.adres == adres)):
        raise WebhookBestaatAl
    webhook = Webhook(
        uid=new_uid(),
        organisatie_id=actor.organisatie_id,
        adres=adres,
        vastgelegd_op=moment.nu,
        vastgelegd_door=actor.medewerker_id,
    )
    session.add(webhook)
    session.flush()  # read back as it is shown
    return get_webhook(session, actor, webhook.uid, moment.nu)


def end_webhook(
    session: Session, actor: Actor, uid: UUID, reden: str, moment: RequestTime, *, check_version: VersionCheck
) -> Mapping[str, Any]:
    """End a webhook: from this moment on it is told nothing, not even what waits.

    Raises:
        NotFound, PreconditionFailed, WebhookAlBeeindigd: as they say.
    """
    lock_head(session, actor.organisatie_id)

    def read() -> Mapping[str, Any]:
        return get_webhook(session, actor, uid, moment.nu)

    return end_once(session, actor, _EINDE, {"reden": reden}, moment, read=read, check_version=check_version)


def read_secret(session: Session, actor: Actor, uid: UUID, secrets: Secrets, moment: RequestTime) -> str:
    """Return with what the receiver of a webhook checks its events.

    Raises:
        NotFound: there is none, or it ended.
    """
    if get_webhook(session, actor, uid, moment.nu)["beeindigd_op"] is not None:
        raise NotFound
    return webhook_secret(secrets, uid)

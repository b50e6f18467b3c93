"""Add a webhook, end it, and say with what its receiver checks the events."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import Conflict, NotFound
from app.lib.ids import new_uid
from app.models import Vastlegteller, Webhook, WebhookEinde
from app.queries.webhooks import get_webhook, list_active_webhooks
from app.security.secrets import Secrets
from app.security.webhooksleutel import webhook_secret
from app.services.feiten.recording import RequestTime, VersionCheck

#: [keuze] each is called for every message
MEESTE = 10


class WebhookBestaatAl(Conflict):
    """An address is told once."""

    code = "webhook_bestaat_al"
    detail = "Dit adres krijgt al gebeurtenissen."


class TeVeelWebhooks(Conflict):
    """Each is called for every message, and holds up the ones after it."""

    code = "te_veel_webhooks"
    detail = f"Er zijn al {MEESTE} webhooks. Beëindig er eerst een."


class WebhookAlBeeindigd(Conflict):
    """A webhook ends once."""

    code = "al_beeindigd"
    detail = "Deze webhook is al beëindigd."


def add_webhook(session: Session, actor: Actor, adres: str, moment: RequestTime) -> Mapping[str, Any]:
    """Let an address be told, from the next message on.

    Raises:
        WebhookBestaatAl, TeVeelWebhooks: as they say.
    """
    _lock(session, actor.organisatie_id)
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
    _lock(session, actor.organisatie_id)
    current = get_webhook(session, actor, uid, moment.nu)
    check_version(current)
    if current["beeindigd_op"] is not None:
        raise WebhookAlBeeindigd
    key = session.execute(select(Webhook.id).where(Webhook.uid == uid)).scalar_one()
    session.add(
        WebhookEinde(
            organisatie_id=actor.organisatie_id, webhook_id=key, op=moment.nu, door=actor.medewerker_id, reden=reden
        )
    )
    session.flush()  # read back as it is shown
    return get_webhook(session, actor, uid, moment.nu)


def read_secret(session: Session, actor: Actor, uid: UUID, secrets: Secrets, moment: RequestTime) -> str:
    """Return with what the receiver of a webhook checks its events.

    Raises:
        NotFound: there is none, or it ended.
    """
    if get_webhook(session, actor, uid, moment.nu)["beeindigd_op"] is not None:
        raise NotFound
    return webhook_secret(secrets, uid)


def _lock(session: Session, organisatie_id: int) -> None:
    """Let webhooks of an organisatie be added and ended one after the other."""
    head = select(Vastlegteller.organisatie_id).where(Vastlegteller.organisatie_id == organisatie_id)
    session.execute(head.with_for_update())

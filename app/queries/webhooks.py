"""Webhooks: those of an organisatie with how they fared, those that must be told, and what an event is about."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Select, Uuid, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Purpose, Reach, Scope, reaches_for, scope_of
from app.access.scope import scope_parameters
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, NamedRow, Regel, Rows
from app.errors import NotFound
from app.models import Bericht, Gebeurtenis, Medewerker, Webhook, WebhookEinde
from app.models.soorten import SOORTEN
from app.models.versions import RowByRow, newest
from app.queries.berichten import ONBEZORGBAAR
from app.queries.feiten.bereik import visible_feiten
from app.queries.feiten.regels import get_feit
from app.terms import Bezorgafloop

_OWN = bindparam("organisatie", type_=BigInteger)
_SINDS = bindparam("sinds", type_=DateTime(timezone=True))


def list_active_webhooks(session: Session, organisatie_id: int) -> Sequence[int]:
    """Return the keys of the webhooks that must be told."""
    ended = select(WebhookEinde.id).where(WebhookEinde.webhook_id == Webhook.id).exists()
    own = select(Webhook.id).where(Webhook.organisatie_id == organisatie_id, ~ended)
    return session.scalars(own.order_by(Webhook.id)).all()


def _shown() -> Rows:
    """Select a webhook with how it fared, and how it ended."""
    door, einder = aliased(Medewerker), aliased(Medewerker)
    mine = Gebeurtenis.webhook_id == Webhook.id
    last = select(func.max(Gebeurtenis.afgehandeld_op)).where(mine, Gebeurtenis.afloop == Bezorgafloop.VERSTUURD)
    given_up = select(func.count()).where(
        mine, Gebeurtenis.afloop == Bezorgafloop.ONBEZORGBAAR, Gebeurtenis.afgehandeld_op > _SINDS
    )
    waits = select(func.count()).where(mine, Gebeurtenis.afloop.is_(None), Gebeurtenis.pogingen > 0)
    columns: Columns = [
        Webhook.uid,
        case((WebhookEinde.id.is_(None), 1), else_=2).label("versie"),
        Webhook.adres,
        Webhook.vastgelegd_op,
        door.uid.label("vastgelegd_door"),
        last.scalar_subquery().label("laatst_bezorgd_op"),
        given_up.scalar_subquery().label("onbezorgbaar"),
        waits.scalar_subquery().label("wacht"),
        WebhookEinde.op.label("beeindigd_op"),
        einder.uid.label("beeindigd_door"),
        WebhookEinde.reden,
    ]
    return (
        select(*columns)
        .select_from(Webhook)
        .join(door, door.id == Webhook.vastgelegd_door)
        .outerjoin(WebhookEinde, WebhookEinde.webhook_id == Webhook.id)
        .outerjoin(einder, einder.id == WebhookEinde.door)
        .where(Webhook.organisatie_id == _OWN)
    )


_LIST = KeysetQuery(
    _shown(), Key("vastgelegd_op", Webhook.vastgelegd_op, descending=True), Key("uid", Webhook.uid, descending=True)
)


def list_webhooks(session: Session, actor: Actor, page: Page, nu: datetime) -> Window[NamedRow]:
    """Return a page of the webhooks of the actor's organisatie, the latest first; the ended ones too."""
    return _LIST.fetch(session, page, {"organisatie": actor.organisatie_id, "sinds": nu - ONBEZORGBAAR})


def get_webhook(session: Session, actor: Actor, uid: UUID, nu: datetime) -> Regel:
    """Return one webhook of the actor's organisatie.

    Raises:
        NotFound: it does not exist, or is another organisatie's.
    """
    asked = {"organisatie": actor.organisatie_id, "sinds": nu - ONBEZORGBAAR}
    row = session.execute(_shown().where(Webhook.uid == uid), asked).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def list_deaf_webhooks(session: Session, actor: Actor, nu: datetime) -> Sequence[str]:
    """Return the addresses of webhooks that must be told and to which something was not delivered in the last week."""
    given_up = select(Gebeurtenis.id).where(
        Gebeurtenis.webhook_id == Webhook.id,
        Gebeurtenis.afloop == Bezorgafloop.ONBEZORGBAAR,
        Gebeurtenis.afgehandeld_op > nu - ONBEZORGBAAR,
    )
    active = list_active_webhooks(session, actor.organisatie_id)
    found = select(Webhook.adres).where(Webhook.id.in_(active), given_up.exists())
    return session.scalars(found.order_by(Webhook.adres)).all()


def get_gebeurtenis(session: Session, actor: Actor, uid: UUID, vandaag: date) -> Regel:
    """Return about which fact something had to be heard.

    Raises:
        NotFound: there is no such message, or the actor may not see what it is about.
    """
    asked = {**scope_parameters(actor, vandaag), "uid": uid, "organisatie": actor.organisatie_id}
    statement = _of(scope_of(actor), reaches_for(actor, Purpose.READ))
    found = session.execute(statement, asked).one_or_none()
    if found is None:
        raise NotFound
    feit = get_feit(session, actor, SOORTEN[found.feit_soort], found.feit_uid, vandaag)  # notes whose it is
    return {"uid": uid, "versie": 1, "tijdstip": found.vanaf, "soort": found.feit_soort, "feit_id": feit["uid"]}


@lru_cache(maxsize=32)
def _of(scope: Scope, reaches: tuple[Reach, ...]) -> Select[datetime, str, UUID]:
    """Select a message by its uid when what it is about is within reach; one statement, whatever is asked for."""
    within = [
        and_(
            Bericht.feit_soort == soort.naam,
            select(soort.model.id)
            .where(
                soort.model.uid == Bericht.feit_uid,
                newest(soort.model, RowByRow()),
                or_(*(visible_feiten(soort, scope, reach, one=True) for reach in reaches)),
            )
            .exists(),
        )
        for soort in SOORTEN.values()
        if soort.kondigt_aan
    ]
    statement = select(Bericht.vanaf, Bericht.feit_soort, Bericht.feit_uid)
    return statement.join(Gebeurtenis, Gebeurtenis.bericht_id == Bericht.id).where(
        Gebeurtenis.uid == bindparam("uid", type_=Uuid), Gebeurtenis.organisatie_id == _OWN, or_(*within)
    )

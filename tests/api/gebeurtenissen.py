"""Of a fact that somebody must hear: that a webhook was told of it."""

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Bericht, Gebeurtenis, Webhook
from tests.api.client import NU, Dienst


def tell(dienst: Dienst, feit: str, webhook: str) -> str:
    """Note that a webhook is told of the message that a fact caused first, and return what it is told."""
    with Session(dienst.owner) as session, session.begin():
        of = select(Bericht).where(Bericht.feit_uid == UUID(feit)).order_by(Bericht.id).limit(1)
        bericht = session.scalars(of).one()
        told = Gebeurtenis(
            uid=uuid4(), organisatie_id=bericht.organisatie_id, bericht_id=bericht.id, pogingen=0, volgende_op=NU,
            webhook_id=session.scalars(select(Webhook.id).where(Webhook.uid == UUID(webhook))).one(),
        )  # fmt: skip
        session.add(told)
        return str(told.uid)

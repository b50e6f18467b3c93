"""Tell the addresses of an organisatie that something asks for attention: each once, and only while it still does."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, select
from sqlalchemy.orm import Session

from app.clock import civil_date
from app.db.namens import Namens
from app.db.sessions import unit_of_work
from app.models import Bericht, Gebeurtenis, Webhook
from app.queries.webhooks import list_active_webhooks
from app.services.berichten.afloop import NietBezorgd, Postverslag
from app.services.berichten.each import each
from app.services.berichten.vraag import ask_again


class Aanroeper(Protocol):
    """A channel: hands one event to one webhook."""

    def call(self, adres: str, webhook: UUID, gebeurtenis: UUID, op: datetime) -> None:
        """Send it.

        Args:
            adres: where to.
            webhook: its uid.
            gebeurtenis: the same at every try; all that is told.
            op: since when something asks for attention.

        Raises:
            NietBezorgd: it was not taken.
        """


@dataclass(frozen=True, slots=True)
class Gebeurtenispost:
    """What is needed to tell the webhooks of one organisatie.

    Attributes:
        engine: of the app's role.
        organisatie_id: whose.
        aanroeper: by which way.
        verslag: what was done.
    """

    engine: Engine
    organisatie_id: int
    aanroeper: Aanroeper
    verslag: Postverslag = field(default_factory=Postverslag)

    def deliver(self, nu: datetime) -> Postverslag:
        """Tell each webhook what it has not heard; one that does not answer is not asked again in this run."""
        each(self._waiting(nu), lambda webhook_id: self._deliver_all(webhook_id, nu))
        return self.verslag

    def _deliver_all(self, webhook_id: int, nu: datetime) -> None:
        while self._deliver_one(webhook_id, nu):
            pass

    def _transaction(self) -> AbstractContextManager[Session]:
        return unit_of_work(self.engine, Namens(self.organisatie_id))

    def _waiting(self, nu: datetime) -> Sequence[int]:
        statement = select(Gebeurtenis.webhook_id).where(*self._due(nu)).distinct()
        with self._transaction() as session:
            return sorted(session.scalars(statement))

    def _due(self, nu: datetime) -> tuple[ColumnElement[bool], ...]:
        own = Gebeurtenis.organisatie_id == self.organisatie_id
        return own, Gebeurtenis.afloop.is_(None), Gebeurtenis.volgende_op <= nu

    def _deliver_one(self, webhook_id: int, nu: datetime) -> bool:
        """Tell one webhook of one message; return whether another may follow."""
        due = (
            select(Gebeurtenis)
            .where(*self._due(nu), Gebeurtenis.webhook_id == webhook_id)
            .order_by(Gebeurtenis.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._transaction() as session:
            one = session.scalars(due).one_or_none()
            if one is None:
                return False
            bericht = session.get_one(Bericht, one.bericht_id)
            still = webhook_id in list_active_webhooks(session, self.organisatie_id)
            if not still or not ask_again(session, bericht, civil_date(nu)).asks_on(civil_date(nu)):
                self.verslag.lapse(one, nu)
                return True
            return self._call(session.get_one(Webhook, webhook_id), bericht, one, nu)

    def _call(self, webhook: Webhook, bericht: Bericht, one: Gebeurtenis, nu: datetime) -> bool:
        try:
            self.aanroeper.call(webhook.adres, webhook.uid, one.uid, bericht.vanaf)
        except NietBezorgd as error:
            self.verslag.refuse([one], error, nu)
            return False
        self.verslag.take([one], nu)
        return True

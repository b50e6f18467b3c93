"""Address what must be heard by now, and deliver it: once, to who has the child then, and only if it still matters.

A row is claimed with ``FOR UPDATE SKIP LOCKED`` and held until its outcome is committed, so two machines never send
the same. Who is killed between sending and committing sends it again, with the same mark; a mail server knows it.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.clock import civil_date
from app.db.namens import Namens
from app.db.sessions import unit_of_work
from app.lib.ids import new_uid
from app.models import Bericht, Bezorging, Gebeurtenis, Medewerker
from app.models.versions import holds
from app.norms.calendar import add_days
from app.queries.webhooks import list_active_webhooks
from app.services.berichten.aankondigen import morning_of
from app.services.berichten.afloop import NietBezorgd, Postverslag
from app.services.berichten.brieven import Brief, attention
from app.services.berichten.each import each
from app.services.berichten.vraag import Berichtvraag, ask_again, is_put_off
from app.services.berichten.weekbericht import compose_week
from app.terms import Berichtafloop, Berichtkanaal, Berichtreden, Bezorgafloop

#: an address, and what is written to it
Letter = tuple[str, Brief]
_ONLY = text("SELECT pg_try_advisory_xact_lock(hashtextextended('bericht aan ' || :wie, 0))")


class Bezorger(Protocol):
    """A channel: hands one message to one person."""

    def send(self, aan: str, kenmerk: UUID, brief: Brief) -> None:
        """Send it.

        Raises:
            NietBezorgd: it was not taken.
        """


@dataclass(frozen=True, slots=True)
class Bezorgronde:
    """What is needed to deliver the messages of one organisatie.

    Attributes:
        engine: of the app's role.
        organisatie_id: whose messages.
        kanalen: by which ways they go.
        link: where the reader of a message looks.
        verslag: what was done.
    """

    engine: Engine
    organisatie_id: int
    kanalen: Mapping[Berichtkanaal, Bezorger]
    link: str
    verslag: Postverslag = field(default_factory=Postverslag)

    def deliver(self, nu: datetime) -> Postverslag:
        """Address and deliver all that is due; a message or somebody that cannot be handled holds up no other."""
        each((self._address_all, self._deliver_all), lambda step: step(nu))
        return self.verslag

    def _address_all(self, nu: datetime) -> None:
        each(self._to_address(nu), lambda key: self._address(key, nu))

    def _deliver_all(self, nu: datetime) -> None:
        each(self._waiting(nu), lambda one: self._deliver_to(*one, nu))

    def _transaction(self) -> AbstractContextManager[Session]:
        return unit_of_work(self.engine, Namens(self.organisatie_id))

    def _to_address(self, nu: datetime) -> Sequence[int]:
        due = select(Bericht.id).where(
            Bericht.organisatie_id == self.organisatie_id, Bericht.afloop.is_(None), Bericht.vanaf <= nu
        )
        with self._transaction() as session:
            return session.scalars(due.order_by(Bericht.vanaf, Bericht.id)).all()

    def _address(self, key: int, nu: datetime) -> None:
        """Decide who must hear one message that is due, unless somebody else does or did."""
        this = select(Bericht).where(Bericht.id == key, Bericht.afloop.is_(None)).with_for_update(skip_locked=True)
        with self._transaction() as session:
            bericht = session.scalars(this).one_or_none()
            if bericht is None:
                return
            vraag = ask_again(session, bericht, civil_date(nu))
            if vraag.vanaf is not None and morning_of(vraag.vanaf) > nu:
                bericht.vanaf = morning_of(vraag.vanaf)
                self.verslag.uitgesteld += 1
                return
            asked = vraag.asks_on(civil_date(nu))
            if asked:
                self._write_addresses(session, bericht, vraag, nu)
            if asked and self.kanalen and not vraag.wie:
                return  # until somebody has an address: ``gezond`` says that it waits
            bericht.afgehandeld_op = nu
            bericht.afloop = Berichtafloop.GEADRESSEERD if asked else Berichtafloop.VERVALLEN
            self.verslag.vervallen += not asked

    def _write_addresses(self, session: Session, bericht: Bericht, vraag: Berichtvraag, nu: datetime) -> None:
        """Write to whom it goes: to who must hear it by each way, and to every webhook."""
        self._write_people(session, bericht, vraag.wie, nu)
        own = {"organisatie_id": self.organisatie_id, "bericht_id": bericht.id, "pogingen": 0, "volgende_op": nu}
        hooks = list_active_webhooks(session, self.organisatie_id)
        told = [{**own, "webhook_id": one, "uid": new_uid()} for one in hooks]
        if told:
            session.execute(insert(Gebeurtenis).on_conflict_do_nothing(), told)

    def _write_people(self, session: Session, bericht: Bericht, wie: Iterable[int], nu: datetime) -> None:
        """Write that it goes to these people by each way; to whom it went already it does not go again.

        To who had the child, had not heard and has it again, it goes after all.
        """
        own = {"organisatie_id": self.organisatie_id, "bericht_id": bericht.id, "pogingen": 0, "volgende_op": nu}
        people = [
            {**own, "medewerker_id": one, "kanaal": kanaal, "kenmerk": new_uid()}
            for one in sorted(wie)
            for kanaal in self.kanalen
        ]
        again = {"afloop": None, "afgehandeld_op": None, "volgende_op": nu, "pogingen": 0, "fout": None}
        if people:
            write = insert(Bezorging).on_conflict_do_update(
                index_elements=["bericht_id", "medewerker_id", "kanaal"],
                set_=again,
                where=Bezorging.afloop == Bezorgafloop.VERVALLEN,
            )
            session.execute(write, people)

    def _waiting(self, nu: datetime) -> Sequence[tuple[int, Berichtkanaal]]:
        statement = select(Bezorging.medewerker_id, Bezorging.kanaal).where(*self._due(nu)).distinct()
        with self._transaction() as session:
            found = session.execute(statement.order_by(Bezorging.medewerker_id)).all()
        return [(who, kanaal) for who, kanaal in found if kanaal in self.kanalen]

    def _due(self, nu: datetime) -> tuple[ColumnElement[bool], ...]:
        own = Bezorging.organisatie_id == self.organisatie_id
        return own, Bezorging.afloop.is_(None), Bezorging.volgende_op <= nu

    def _deliver_to(self, medewerker_id: int, kanaal: Berichtkanaal, nu: datetime) -> None:
        """Send one person, in one message, that something asks for attention; whatever that is by now."""
        mine = (
            select(Bezorging)
            .where(*self._due(nu), Bezorging.medewerker_id == medewerker_id, Bezorging.kanaal == kanaal)
            .order_by(Bezorging.id)
            .with_for_update(skip_locked=True)
        )
        with self._transaction() as session:
            if not session.scalar(_ONLY, {"wie": f"{self.organisatie_id} {medewerker_id} {kanaal}"}):
                return
            letters: dict[Letter, list[Bezorging]] = {}
            for one in session.scalars(mine).all():
                bericht = session.get_one(Bericht, one.bericht_id)
                letter = self._still(session, bericht, medewerker_id, nu)
                if letter is None:
                    self.verslag.lapse(one, nu)
                elif is_put_off(session, bericht, medewerker_id, civil_date(nu)):
                    self.verslag.put_off(one, morning_of(add_days(civil_date(nu), 1)))
                else:
                    letters.setdefault(letter, []).append(one)
            for letter, still in letters.items():
                self._send(still, letter, kanaal, nu)

    def _still(self, session: Session, bericht: Bericht, medewerker_id: int, nu: datetime) -> Letter | None:
        """Return where somebody is written to, and what; None when it is not for them any more.

        Whose it is instead gets it in the next run.
        """
        vandaag = civil_date(nu)
        if bericht.reden is Berichtreden.WEEKBERICHT:
            who = session.scalars(
                select(Medewerker).where(Medewerker.feit_id == medewerker_id, holds(Medewerker))
            ).first()
            brief = None if who is None else compose_week(session, who, vandaag, self.link)
            return (who.email, brief) if who and who.email and brief else None
        wie = ask_again(session, bericht, vandaag).wie
        if medewerker_id not in wie:
            self._write_people(session, bericht, wie, nu)
            return None
        return wie[medewerker_id], attention(self.link)

    def _send(self, still: Sequence[Bezorging], letter: Letter, kanaal: Berichtkanaal, nu: datetime) -> None:
        address, brief = letter
        try:
            self.kanalen[kanaal].send(address, still[0].kenmerk, brief)
        except NietBezorgd as error:
            self.verslag.refuse(still, error, nu)
            return
        self.verslag.take(still, nu)

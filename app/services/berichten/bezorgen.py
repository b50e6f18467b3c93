"""Address what must be heard by now, and deliver it: once, to who has the child then, and only if it still matters.

A row is claimed with ``FOR UPDATE SKIP LOCKED`` and held until its outcome is committed, so two machines never send
the same. Who is killed between sending and committing sends it again, with the same mark; a mail server knows it.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.clock import civil_date
from app.db.namens import Namens
from app.db.sessions import unit_of_work
from app.errors import AppError
from app.lib.ids import new_uid
from app.models import Bericht, Bezorging, Medewerker, Vgb
from app.models.soorten import SOORTEN
from app.models.versions import holds
from app.norms.berichten import tell_from
from app.queries.berichten import list_carers
from app.queries.oordelen.standen import judge_kinderen
from app.services.berichten.aankondigen import morning_of
from app.services.berichten.brieven import Brief, attention
from app.services.berichten.weekbericht import compose_week
from app.services.feiten.recording import children_of
from app.terms import Berichtafloop, Berichtkanaal, Berichtreden, Bezorgafloop, OnderwerpSoort

#: [keuze] minutes until the next try: doubled each time, at most four hours, and after ten tries nothing more
EERSTE_WACHT, LANGSTE_WACHT, POGINGEN = timedelta(minutes=1), timedelta(hours=4), 10
#: an address, and what is written to it
Letter = tuple[str, Brief]
_ONLY = text("SELECT pg_try_advisory_xact_lock(hashtextextended('bericht aan ' || :wie, 0))")


class NietBezorgd(AppError):
    """A channel could not deliver.

    Attributes:
        fout: a short code of what went wrong, without an address.
        blijvend: trying again does not help.
    """

    def __init__(self, fout: str, *, blijvend: bool = False) -> None:
        self.fout, self.blijvend = fout, blijvend
        super().__init__("Een bericht kon niet worden bezorgd.")


class Bezorger(Protocol):
    """A channel: hands one message to one person."""

    def send(self, aan: str, kenmerk: UUID, brief: Brief) -> None:
        """Send it.

        Raises:
            NietBezorgd: it was not taken.
        """


@dataclass(slots=True)
class Postverslag:
    """What one run did: counts alone."""

    vervallen: int = 0
    uitgesteld: int = 0
    verstuurd: int = 0
    mislukt: int = 0
    onbezorgbaar: int = 0

    def __str__(self) -> str:
        """Return it as one Dutch line."""
        return (
            f"{self.verstuurd} verstuurd, {self.vervallen} vervallen, {self.uitgesteld} uitgesteld, "
            f"{self.mislukt} mislukt, {self.onbezorgbaar} onbezorgbaar"
        )


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
        """Address and deliver all that is due."""
        while self._address_one(nu):
            pass
        for medewerker_id, kanaal in self._waiting(nu):
            self._deliver_to(medewerker_id, kanaal, nu)
        return self.verslag

    def _transaction(self) -> AbstractContextManager[Session]:
        return unit_of_work(self.engine, Namens(self.organisatie_id))

    def _address_one(self, nu: datetime) -> bool:
        """Decide who must hear one message that is due; return whether there was one."""
        due = (
            select(Bericht)
            .where(Bericht.organisatie_id == self.organisatie_id, Bericht.afloop.is_(None), Bericht.vanaf <= nu)
            .order_by(Bericht.vanaf, Bericht.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._transaction() as session:
            bericht = session.scalars(due).one_or_none()
            if bericht is None:
                return False
            vraag = ask_again(session, bericht, civil_date(nu))
            if vraag.vanaf is not None and vraag.vanaf > civil_date(nu):
                bericht.vanaf = morning_of(vraag.vanaf)
                self.verslag.uitgesteld += 1
                return True
            self._write_addresses(session, bericht, vraag, nu)
            bericht.afgehandeld_op = nu
            bericht.afloop = Berichtafloop.GEADRESSEERD if vraag.wie else Berichtafloop.VERVALLEN
            self.verslag.vervallen += not vraag.wie
        return True

    def _write_addresses(self, session: Session, bericht: Bericht, vraag: "Berichtvraag", nu: datetime) -> None:
        rows = [
            {
                "organisatie_id": self.organisatie_id,
                "bericht_id": bericht.id,
                "medewerker_id": medewerker_id,
                "kanaal": kanaal,
                "kenmerk": new_uid(),
                "pogingen": 0,
                "volgende_op": nu,
            }
            for medewerker_id in sorted(vraag.wie)
            for kanaal in self.kanalen
        ]
        if rows:
            session.execute(insert(Bezorging).on_conflict_do_nothing(), rows)

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
                letter = self._still(session, bericht, medewerker_id, civil_date(nu))
                if letter is None:
                    self._close(one, Bezorgafloop.VERVALLEN, nu)
                else:
                    letters.setdefault(letter, []).append(one)
            for letter, still in letters.items():
                self._send(still, letter, kanaal, nu)

    def _still(self, session: Session, bericht: Bericht, medewerker_id: int, vandaag: date) -> Letter | None:
        """Return where somebody is written to, and what; None when it is not for them any more."""
        if bericht.reden is Berichtreden.WEEKBERICHT:
            who = session.scalars(
                select(Medewerker).where(Medewerker.feit_id == medewerker_id, holds(Medewerker))
            ).first()
            brief = None if who is None else compose_week(session, who, vandaag, self.link)
            return (who.email, brief) if who and who.email and brief else None
        address = ask_again(session, bericht, vandaag).wie.get(medewerker_id)
        return None if address is None else (address, attention(self.link))

    def _send(self, still: Sequence[Bezorging], letter: Letter, kanaal: Berichtkanaal, nu: datetime) -> None:
        address, brief = letter
        try:
            self.kanalen[kanaal].send(address, still[0].kenmerk, brief)
        except NietBezorgd as error:
            for one in still:
                self._put_off(one, error, nu)
            return
        for one in still:
            one.pogingen += 1
            self._close(one, Bezorgafloop.VERSTUURD, nu)

    def _put_off(self, one: Bezorging, error: NietBezorgd, nu: datetime) -> None:
        one.pogingen += 1
        one.fout = error.fout
        if error.blijvend or one.pogingen >= POGINGEN:
            self._close(one, Bezorgafloop.ONBEZORGBAAR, nu)
            return
        one.volgende_op = nu + min(EERSTE_WACHT * 2 ** (one.pogingen - 1), LANGSTE_WACHT)
        self.verslag.mislukt += 1

    def _close(self, one: Bezorging, afloop: Bezorgafloop, nu: datetime) -> None:
        one.afloop, one.afgehandeld_op = afloop, nu
        setattr(self.verslag, afloop.value, getattr(self.verslag, afloop.value) + 1)


@dataclass(frozen=True, slots=True)
class Berichtvraag:
    """What the rule says of a message today.

    Attributes:
        vanaf: from which day on it must be heard; None when nothing asks for it any more.
        wie: who has the child now, with an address; nobody when nothing asks for it.
    """

    vanaf: date | None
    wie: Mapping[int, str]


_NIETS: Final = Berichtvraag(None, {})


def ask_again(session: Session, bericht: Bericht, vandaag: date) -> Berichtvraag:
    """Ask the rule whether a message must still be heard, and by whom."""
    soort = SOORTEN[bericht.feit_soort]
    fact = session.scalars(select(soort.model).where(soort.model.uid == bericht.feit_uid, holds(soort.model))).first()
    if fact is None:
        return _NIETS
    onderwerp = (
        (OnderwerpSoort.GEZINSLID, fact.gezinslid_id)
        if isinstance(fact, Vgb)
        else (OnderwerpSoort(bericht.feit_soort), fact.feit_id)
    )
    kinderen = sorted(children_of(session, soort, [fact], vandaag))
    asked = {
        kind: day
        for kind, oordelen in judge_kinderen(session, bericht.organisatie_id, kinderen, vandaag).items()
        if (day := tell_from(bericht.reden, onderwerp, oordelen)) is not None
    }
    if not asked:
        return _NIETS
    due = [kind for kind, day in asked.items() if day <= vandaag]
    wie = {
        key: address
        for kind in due
        for key, address in list_carers(session, bericht.organisatie_id, kind, vandaag).items()
    }
    return Berichtvraag(min(asked.values()), wie)

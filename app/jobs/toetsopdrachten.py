"""Make what was asked of an audit beside a request: in the order of asking, each once, by who may still have it.

``run_due`` lets one worker at a time at the orders of an organisatie. Every attempt has a number: what an attempt made
is committed together with the end of its order, and only when nobody took the order up since. An order whose worker was
killed is simply still there.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.permissions import Permission
from app.clock import civil_date
from app.db.engines import Engines, replica_for
from app.db.namens import Namens
from app.db.sessions import reading, unit_of_work
from app.errors import AppError, Forbidden
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.formats import WRITERS, filename_of, open_toetsbestand
from app.lib.log import events
from app.lib.progress import Progress
from app.models import Toetsopdracht
from app.norms.kwartaaltoets.inhoud import RegelInhoud
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.accounts.actor import get_actor_by_account
from app.queries.kwartaaltoetsen.opdrachten import MEESTE_POGINGEN
from app.queries.kwartaaltoetsen.opgeslagen import find_kwartaaltoets, list_kinderen_of_toets
from app.security.secrets import Secrets
from app.security.toetssleutel import Klaarbestand, Toetssleutel
from app.services.inzagen.logboek import Handeling, Voornemen, record_intent, record_outcome
from app.services.inzagen.opdrachten import outcome_of
from app.services.kwartaaltoetsen.toetsen import ToetsInOpbouw, Toetsverzoek, request_toets
from app.terms import InzageSoort, InzageUitkomst, Toetsformaat

#: [keuze] seconds after which no next order is begun in the same run: messages come first in each
BEURT: Final = 60.0
#: bytes of a file as it is kept; the table takes no more
MEESTE_BYTES: Final = 1 << 26
#: seconds between two lines of how far it is
_OFTEN: Final = 1.0
_OURS: Final = 500  # a status from here on is no refusal: it may go well the next time

MISLUKT: Final = (
    "Dit is drie keer begonnen en niet gelukt. Vraag het nog eens; lukt het weer niet, meld het dan aan de beheerder."
)


class RechtVervallen(Forbidden):
    """Who asked has left, or may do less than when they asked."""

    detail = "Wie dit vroeg, heeft het recht daarop niet meer. Er is niets gemaakt."


class BestandTeGroot(AppError):
    """The file is larger than is kept."""

    status = 413
    detail = "Het bestand is te groot om te bewaren. Kies CSV, of vraag de beheerder om pleegzicht kwartaaltoets."


class Overgenomen(Exception):
    """Another attempt took the order up, or ended it: nothing of this one counts."""


@dataclass(frozen=True, slots=True)
class Makerij:
    """What orders are made with."""

    engines: Engines
    secrets: Secrets
    organisatie_id: int
    nu: datetime

    @property
    def namens(self) -> Namens:
        """For the organisatie, before it is known who asked."""
        return Namens(self.organisatie_id)

    def open_orders(self) -> Sequence[int]:
        """Return the keys of what is not made yet, in the order of asking."""
        own = (Toetsopdracht.organisatie_id == self.organisatie_id, Toetsopdracht.geeindigd_op.is_(None))
        with reading(self.engines.work, self.namens) as session:
            return session.scalars(select(Toetsopdracht.id).where(*own).order_by(Toetsopdracht.id)).all()

    def claim(self, key: int) -> Toetsopdracht | None:
        """Begin an attempt and return the order; None when it ended meanwhile."""
        begin = (
            update(Toetsopdracht)
            .where(Toetsopdracht.id == key, Toetsopdracht.geeindigd_op.is_(None))
            .values(begonnen_op=self.nu, pogingen=Toetsopdracht.pogingen + 1, gedaan=0, totaal=0)
            .returning(Toetsopdracht)
        )
        with unit_of_work(self.engines.work, self.namens) as session:
            return session.scalars(begin).one_or_none()

    def end(self, session: Session, opdracht: Toetsopdracht, **outcome: Any) -> None:
        """Write in the session's transaction how this attempt ended its order.

        Raises:
            Overgenomen: it is no longer the attempt that counts.
        """
        if not session.execute(_of_attempt(opdracht).values(geeindigd_op=self.nu, **outcome)).rowcount:  # type: ignore[attr-defined] # of an UPDATE
            raise Overgenomen

    def refuse(self, opdracht: Toetsopdracht, fout: str) -> None:
        """Write that nothing comes of an order, and why; unless another attempt goes on with it."""
        with unit_of_work(self.engines.work, self.namens) as session:
            session.execute(_of_attempt(opdracht).values(geeindigd_op=self.nu, fout=fout))

    def progress(self, opdracht: Toetsopdracht) -> Progress:
        """Return what tells, on a transaction of its own, how far an order is."""
        last = time.monotonic() - _OFTEN

        def told(done: int, total: int, _what: str) -> None:
            nonlocal last
            if time.monotonic() - last < _OFTEN:
                return
            last = time.monotonic()
            with unit_of_work(self.engines.work, self.namens) as session:
                session.execute(_of_attempt(opdracht).values(gedaan=min(done, total), totaal=total))

        return told


def _of_attempt(opdracht: Toetsopdracht) -> Any:
    """Return the change of an order as long as this attempt at it counts."""
    return update(Toetsopdracht).where(
        Toetsopdracht.id == opdracht.id,
        Toetsopdracht.pogingen == opdracht.pogingen,
        Toetsopdracht.geeindigd_op.is_(None),
    )


def make_orders(maker: Makerij) -> Counter[str]:
    """Make what was asked, and count what became of it: ``gemaakt``, ``geweigerd``, ``mislukt`` or ``later``."""
    until, counts = time.monotonic() + BEURT, Counter[str]()
    for key in maker.open_orders():
        if counts and time.monotonic() >= until:
            break
        opdracht = maker.claim(key)
        if opdracht is not None:
            counts[_attempt(maker, opdracht)] += 1
    return counts


def _attempt(maker: Makerij, opdracht: Toetsopdracht) -> str:
    if opdracht.pogingen > MEESTE_POGINGEN:  # the worker of the last one was killed
        maker.refuse(opdracht, MISLUKT)
        return "mislukt"
    try:
        _make(maker, opdracht)
    except Overgenomen:
        return "later"
    except AppError as refused:
        if refused.status < _OURS and not isinstance(refused, ToetsInOpbouw):
            maker.refuse(opdracht, refused.detail)
            return "geweigerd"
        return _failed(maker, opdracht, refused, refused.detail)
    except Exception as error:  # noqa: BLE001 — whatever it was, the next order goes on; its text may name somebody
        return _failed(maker, opdracht, error, MISLUKT)
    return "gemaakt"


def _failed(maker: Makerij, opdracht: Toetsopdracht, error: Exception, fout: str) -> str:
    events().error("toetsopdracht_mislukt", poging=opdracht.pogingen, error=type(error).__qualname__)
    if opdracht.pogingen < MEESTE_POGINGEN:
        return "later"
    maker.refuse(opdracht, fout)
    return "mislukt"


def _make(maker: Makerij, opdracht: Toetsopdracht) -> None:
    """Make one order as the request itself would, with its line in the access log.

    Raises:
        RechtVervallen: who asked may not have it any more.
        Overgenomen: another attempt counts.
    """
    with reading(maker.engines.work, maker.namens) as session:
        actor = get_actor_by_account(session, _namens(opdracht), civil_date(maker.nu))
    if actor is None:
        raise RechtVervallen
    look = _Blik(maker, record_intent(maker.engines.log, actor, _handeling(opdracht), maker.nu))
    with look.told():
        if opdracht.formaat is None:
            _require(actor, Permission.TOETS_BUILD)
            _build(maker, opdracht, actor)
            look.show(None)
        else:
            _require(actor, Permission.TOETS_EXPORT)
            bestand = _write(maker, opdracht, actor, opdracht.formaat)
            look.show(bestand.pleegkinderen)
            _keep(maker, opdracht, bestand)


def _require(actor: Actor, permission: Permission) -> None:
    if not actor.may(permission):
        raise RechtVervallen


def _handeling(opdracht: Toetsopdracht) -> Handeling:
    """Return what the request would have asked: the log says it in the same words."""
    if opdracht.formaat is None:
        soort, route, onderwerp = InzageSoort.VASTLEGGEN, "POST /v1/kwartaaltoetsen", None
    else:
        soort, route = InzageSoort.EXPORT, "GET /v1/kwartaaltoetsen/{id}/export"
        onderwerp = opdracht.toets_uid
    return Handeling(soort, route, onderwerp, opdracht.client, opdracht.verzoek_id)


@dataclass(slots=True)
class _Blik:
    """A look whose outcome is in the access log before anything of it can be had."""

    maker: Makerij
    voornemen: Voornemen
    shown: bool = False

    def show(self, pleegkinderen: Sequence[UUID] | None) -> None:
        """Log which children are shown."""
        self._tell(InzageUitkomst.GETOOND, pleegkinderen)
        self.shown = True

    @contextmanager
    def told(self) -> Iterator[None]:
        """Log how it ended when it ended otherwise."""
        try:
            yield
        except BaseException as error:
            if not self.shown:
                self._tell(outcome_of(error), None)
            raise

    def _tell(self, uitkomst: InzageUitkomst, pleegkinderen: Sequence[UUID] | None) -> None:
        record_outcome(self.maker.engines.log, self.voornemen, uitkomst, pleegkinderen, self.maker.nu)


def _namens(opdracht: Toetsopdracht) -> Namens:
    return Namens(opdracht.organisatie_id, opdracht.account_id, opdracht.medewerker_id, opdracht.verzoek_id)


def _build(maker: Makerij, opdracht: Toetsopdracht, actor: Actor) -> None:
    """Build a concept, and end the order in the same transaction."""
    told = maker.progress(opdracht)
    verzoek = Toetsverzoek(actor.organisatie_id, maker.nu, civil_date(maker.nu), actor.medewerker_id, told)
    with unit_of_work(maker.engines.work, _namens(opdracht)) as session:
        toets = request_toets(session, verzoek, Kwartaal.parse(opdracht.kwartaal), opdracht.vervangt)
        maker.end(session, opdracht, toets_uid=toets.uid, gedaan=toets.rijen, totaal=toets.rijen)


def _write(maker: Makerij, opdracht: Toetsopdracht, actor: Actor, formaat: Toetsformaat) -> Klaarbestand:
    """Write an audit as the request would have given it."""
    assert opdracht.toets_uid is not None  # noqa: S101 — the table holds it
    writer = WRITERS[formaat]
    with _reader(maker, opdracht) as session:
        toets = find_kwartaaltoets(session, actor.organisatie_id, opdracht.toets_uid)
        bestand = open_toetsbestand(session, toets, with_names=opdracht.namen)
        counted = _counted(bestand, toets.rijen, maker.progress(opdracht))
        return Klaarbestand(
            inhoud=b"".join(writer.write(counted)),
            media_type=writer.media_type,
            naam=filename_of(bestand, formaat),
            digest=toets.digest,
            vastgesteld_door=bestand.vastgesteld_door,
            pleegkinderen=tuple(list_kinderen_of_toets(session, toets.id)),
        )


@contextmanager
def _reader(maker: Makerij, opdracht: Toetsopdracht) -> Iterator[Session]:
    """Yield a session to read much with, as ``app.web.apart`` does: on the replica when that has everything."""
    with reading(maker.engines.work, _namens(opdracht)) as session:
        replica = replica_for(maker.engines, session)
        if replica is None:
            yield session
            return
    with reading(replica.app, _namens(opdracht)) as other:
        yield other


def _counted(bestand: Toetsbestand, rijen: int, told: Progress) -> Toetsbestand:
    """Return the same, of which each pass over the rows tells how far it is."""

    def regels() -> Iterator[RegelInhoud]:
        for done, regel in enumerate(bestand.regels(), start=1):
            told(done, rijen, "")
            yield regel

    return replace(bestand, regels=regels)


def _keep(maker: Makerij, opdracht: Toetsopdracht, bestand: Klaarbestand) -> None:
    closed = Toetssleutel(maker.secrets, opdracht.uid).close(bestand)
    if len(closed) > MEESTE_BYTES:
        raise BestandTeGroot
    rijen = len(bestand.pleegkinderen)
    with unit_of_work(maker.engines.work, _namens(opdracht)) as session:
        maker.end(session, opdracht, bestand=closed, gedaan=rijen, totaal=rijen)

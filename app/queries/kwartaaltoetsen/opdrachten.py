"""What is made of audits beside a request: how far it is, and for a day what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, or_, select
from sqlalchemy.orm import Session

from app.db.rows import Regel, Rows
from app.errors import NotFound
from app.models import Toetsopdracht
from app.security.secrets import Secrets
from app.security.toetssleutel import Klaarbestand, Toetssleutel
from app.terms import Toetsopdrachtsoort, Toetsopdrachtstand

#: [keuze] so long what was made can be had, or is said why it was not; who wants it later asks again
BEWAARD: Final = timedelta(days=1)
#: [keuze] so often an order is begun; then it says that it failed
MEESTE_POGINGEN: Final = 3
_SHOWN: Final = 10


def _lasting(nu: datetime) -> ColumnElement[bool]:
    return or_(Toetsopdracht.geeindigd_op.is_(None), Toetsopdracht.geeindigd_op > nu - BEWAARD)


def _of(organisatie_id: int, nu: datetime) -> Rows:
    """Select all but the file itself."""
    columns = [column for column in Toetsopdracht.__table__.columns if column.name != "bestand"]
    return select(*columns).where(Toetsopdracht.organisatie_id == organisatie_id, _lasting(nu))


def get_toetsopdracht(session: Session, organisatie_id: int, uid: UUID, nu: datetime) -> Regel:
    """Return one order as it is shown.

    Raises:
        NotFound: it does not exist any more, or is of another organisatie.
    """
    row = session.execute(_of(organisatie_id, nu).where(Toetsopdracht.uid == uid)).mappings().one_or_none()
    if row is None:
        raise NotFound
    return show_toetsopdracht(dict(row))


def list_toetsopdrachten(session: Session, organisatie_id: int, nu: datetime) -> Sequence[Regel]:
    """Return the last orders of an organisatie, the newest first."""
    rows = session.execute(_of(organisatie_id, nu).order_by(Toetsopdracht.id.desc()).limit(_SHOWN)).mappings()
    return [show_toetsopdracht(dict(row)) for row in rows]


def show_toetsopdracht(opdracht: Regel) -> Regel:
    """Return an order with how it stands."""
    return {**opdracht, "stand": _stand(opdracht)}


def _stand(opdracht: Regel) -> Toetsopdrachtstand:
    if opdracht["geeindigd_op"] is not None:
        return Toetsopdrachtstand.MISLUKT if opdracht["fout"] is not None else Toetsopdrachtstand.GEMAAKT
    return Toetsopdrachtstand.WACHT if opdracht["begonnen_op"] is None else Toetsopdrachtstand.BEZIG


def get_klaarbestand(
    session: Session, organisatie_id: int, uid: UUID, secrets: Secrets, nu: datetime, *, namen: bool
) -> Klaarbestand:
    """Return the file that was made for an order.

    ``namen``: whoever fetches a file with names says so, as who asks for one.

    Raises:
        NotFound: there is none: it was not asked for one, is not ready, failed, or a day has passed.
    """
    own = (Toetsopdracht.organisatie_id == organisatie_id, Toetsopdracht.uid == uid, _lasting(nu))
    wants = (Toetsopdracht.soort == Toetsopdrachtsoort.EXPORT) & (Toetsopdracht.namen == namen)
    closed = session.scalars(select(Toetsopdracht.bestand).where(*own, wants)).one_or_none()
    bestand = None if closed is None else Toetssleutel(secrets, uid).open(closed)
    if bestand is None:
        raise NotFound
    return bestand


@dataclass(frozen=True, slots=True)
class Opdrachtenrij:
    """What waits to be made, and what was given up.

    Attributes:
        oudste: since when the oldest order waits; None when none does.
        mislukt: how many were given up in the last day; what was refused with a reason is not among them.
    """

    oudste: datetime | None
    mislukt: int


def read_opdrachtenrij(connection: Connection, nu: datetime) -> Opdrachtenrij:
    """Return what waits and what failed, of every organisatie that the connection sees."""
    ended = Toetsopdracht.geeindigd_op
    given_up = (ended > nu - BEWAARD) & Toetsopdracht.fout.is_not(None) & (Toetsopdracht.pogingen >= MEESTE_POGINGEN)
    oudste = func.min(Toetsopdracht.gevraagd_op).filter(ended.is_(None))
    return Opdrachtenrij(*connection.execute(select(oudste, func.count().filter(given_up))).one())

"""What somebody typed and did not send: for who typed it, and for no longer than it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Concept
from app.security.conceptsleutel import Conceptsleutel, Plek

#: so long a concept stays, as long as a session can last
BEWAARD: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A form as it was last typed: its fields by name, and when."""

    plek: Plek
    velden: Mapping[str, str]
    op: datetime


def read_concept(session: Session, actor: Actor, slot: Conceptsleutel, plek: Plek, nu: datetime) -> Bewaard | None:
    """Return what was typed in a form and not sent, or None."""
    found = session.execute(
        select(Concept.plaats, Concept.inhoud, Concept.bewaard_op).where(
            Concept.medewerker_id == actor.medewerker_id,
            Concept.plaats == slot.plaats(plek),
            Concept.bewaard_op > nu - BEWAARD,
        )
    ).one_or_none()
    return _opened(slot, *found) if found else None


def list_concepten(session: Session, actor: Actor, slot: Conceptsleutel, nu: datetime) -> Sequence[Bewaard]:
    """Return all that somebody typed and did not send, the last first; there are never many."""
    rows = session.execute(
        select(Concept.plaats, Concept.inhoud, Concept.bewaard_op)
        .where(Concept.medewerker_id == actor.medewerker_id, Concept.bewaard_op > nu - BEWAARD)
        .order_by(Concept.bewaard_op.desc(), Concept.id)
    )
    return [one for row in rows if (one := _opened(slot, *row))]


def _opened(slot: Conceptsleutel, plaats: bytes, inhoud: bytes, op: datetime) -> Bewaard | None:
    found = slot.open(plaats, inhoud)
    return Bewaard(*found, op) if found else None

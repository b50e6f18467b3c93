"""What somebody typed and did not send: for who typed it, and for no longer than it is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, LargeBinary, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.rows import Parameters, Regel
from app.models import Concept
from app.queries.feiten.sinds import last_recorded_since
from app.security.conceptsleutel import Conceptsleutel, Plek

#: so long a concept stays, as long as a session can last
BEWAARD: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Bewaard:
    """A form as it was last typed: its fields by name, and when.

    ``sindsdien`` is when last something else was recorded about the same, when that was later.
    """

    plek: Plek
    velden: Mapping[str, str]
    op: datetime
    sindsdien: datetime | None = None


#: what lies in ``:plaatsen`` of ``:typist``; the parameters are those of ``concept_parameters``
CONCEPTEN: Final = select(Concept.plaats, Concept.inhoud, Concept.bewaard_op).where(
    Concept.medewerker_id == bindparam("typist", type_=BigInteger),
    Concept.plaats == bindparam("plaatsen", type_=ARRAY(LargeBinary)).any_(),
    Concept.bewaard_op > bindparam("sinds", type_=DateTime(timezone=True)),
)


#: the same of no form
NIETS_GETYPT: Final[Mapping[str, Any]] = {"typist": None, "plaatsen": [], "sinds": None}


def concept_parameters(actor: Actor, slot: Conceptsleutel, plekken: Iterable[Plek], nu: datetime) -> Parameters:
    """Return what ``CONCEPTEN`` asks, to read what somebody typed in some forms with other lists."""
    plaatsen = [slot.plaats(plek) for plek in plekken]
    return {"typist": actor.medewerker_id, "plaatsen": plaatsen, "sinds": nu - BEWAARD}


def concepten_of(slot: Conceptsleutel, rows: Iterable[Regel]) -> Mapping[Plek, Bewaard]:
    """Return rows of ``CONCEPTEN`` by their form; what does not open is not among them."""
    found = (_opened(slot, row["plaats"], row["inhoud"], row["bewaard_op"]) for row in rows)
    return {one.plek: one for one in found if one is not None}


def read_concept(session: Session, actor: Actor, slot: Conceptsleutel, plek: Plek, nu: datetime) -> Bewaard | None:
    """Return what was typed in a form and not sent, or None."""
    rows = session.execute(CONCEPTEN, concept_parameters(actor, slot, [plek], nu)).mappings().all()
    return with_changes(session, actor, concepten_of(slot, [dict(row) for row in rows])).get(plek)


def with_changes(session: Session, actor: Actor, kept: Mapping[Plek, Bewaard]) -> Mapping[Plek, Bewaard]:
    """Return what was typed, each with whether something was recorded since; asks nothing when nothing was typed."""
    if not kept:
        return kept
    over = {plek.over for plek in kept}
    last = last_recorded_since(session, actor, over, min(one.op for one in kept.values()))
    return {plek: replace(one, sindsdien=_later(last.get(plek.over), one.op)) for plek, one in kept.items()}


def _later(moment: datetime | None, than: datetime) -> datetime | None:
    return moment if moment is not None and moment > than else None


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

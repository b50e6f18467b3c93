"""What repairs that which an audit found: the events with which an extra inzet may be closed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.norms.events import kind_of
from app.queries.oordelen.standen import judge_kinderen
from app.queries.oordelen.uids import read_ids
from app.terms import Stand, Zwaarte


@dataclass(frozen=True, slots=True)
class Herstel:
    """The last event that counted for a criterion: its kind, what it is called outside, and its day."""

    soort: str
    uid: UUID
    datum: date


def list_herstel(
    session: Session, organisatie_id: int, kind: int, criteria: Collection[str], vandaag: date
) -> list[Herstel]:
    """Return what closes an extra inzet about a child (a feit_id), the last first; nothing while a criterion is late.

    Two statements to judge, and one for the names of what counted.
    """
    oordelen = judge_kinderen(session, organisatie_id, [kind], vandaag).get(kind, [])
    about = [one for one in oordelen if one.norm.code in criteria]
    if any(one.stand is Stand.TE_LAAT and one.zwaarte is Zwaarte.NORM for one in about):
        return []
    ids = read_ids(session, [(kind, one) for one in about])
    events = {(kind_of(one.norm.code, one.laatste), one.laatste.id): one.laatste for one in about if one.laatste}
    found = [Herstel(soort, ids[soort, key], event.datum) for (soort, key), event in events.items()]
    return sorted(found, key=lambda one: (one.datum, one.soort), reverse=True)

"""How what runs by itself stands: what succeeded when, what failed, and what has not succeeded for too long."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Organisatie, Taakstand
from app.terms import Taaknaam

#: [keuze] each job runs at least every night, but for the message of the week; the alarms ask the same
HOOGSTENS, WEEK_HOOGSTENS = timedelta(hours=26), timedelta(days=8)
#: [keuze] so long a job may take the first time
EERST: Final = timedelta(minutes=5)


def list_taakstanden(session: Session, actor: Actor) -> Sequence[Taakstand]:
    """Return how each job stands for the actor's organisatie."""
    own = select(Taakstand).where(Taakstand.organisatie_id == actor.organisatie_id)
    return session.scalars(own.order_by(Taakstand.taak)).all()


def list_never_begun(session: Session) -> Sequence[tuple[int, Taaknaam]]:
    """Return the jobs that were never begun, by organisatie, of every one that the session sees."""
    begun = {(one, taak) for one, taak in session.execute(select(Taakstand.organisatie_id, Taakstand.taak)).all()}
    there = session.scalars(select(Organisatie.id).order_by(Organisatie.id)).all()
    return [(one, taak) for one in there for taak in Taaknaam if (one, taak.value) not in begun]


def has_failed(stand: Taakstand) -> bool:
    """Tell whether a job ended without success, the last time that it ran."""
    return stand.geeindigd_op is not None and stand.gelukt_op != stand.begonnen_op


def is_late(stand: Taakstand, nu: datetime) -> bool:
    """Tell whether a job has not succeeded for too long, also when it is begun again and again and killed."""
    if stand.gelukt_op is None:
        return nu - stand.begonnen_op > EERST
    return nu - stand.gelukt_op > (WEEK_HOOGSTENS if stand.taak == "weekbericht" else HOOGSTENS)

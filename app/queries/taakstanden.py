"""How what runs by itself stands: what succeeded when, what failed, and what has not succeeded for too long."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Taakstand

#: [keuze] each job runs at least every night, but for the message of the week; the alarms ask the same
HOOGSTENS, WEEK_HOOGSTENS = timedelta(hours=26), timedelta(days=8)
#: [keuze] so long a job may take the first time
EERST: Final = timedelta(minutes=5)


def list_taakstanden(session: Session, actor: Actor) -> Sequence[Taakstand]:
    """Return how each job stands for the actor's organisatie."""
    own = select(Taakstand).where(Taakstand.organisatie_id == actor.organisatie_id)
    return session.scalars(own.order_by(Taakstand.taak)).all()


def has_failed(stand: Taakstand) -> bool:
    """Tell whether a job ended without success, the last time that it ran."""
    return stand.geeindigd_op is not None and stand.gelukt_op != stand.begonnen_op


def is_late(stand: Taakstand, nu: datetime) -> bool:
    """Tell whether a job has not succeeded for too long, also when it is begun again and again and killed."""
    if stand.gelukt_op is None:
        return nu - stand.begonnen_op > EERST
    return nu - stand.gelukt_op > (WEEK_HOOGSTENS if stand.taak == "weekbericht" else HOOGSTENS)

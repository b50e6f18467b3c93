"""What goes along with a child to its next begeleider: what was agreed and is not done, and the open extra inzet.

At a handover of today at once; otherwise on the day on which the next begeleiding begins, however it was recorded, by
a job that asks every hour (``app.jobs.taken``).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.days import day_of
from app.models import Actie
from app.models.soorten import SOORTEN
from app.norms.dutch import dutch_date
from app.queries.overdracht.achtergebleven import list_left_behind
from app.queries.overdracht.openstaand import is_open_actie
from app.services.extra_inzetten import hand_over_with_child
from app.services.feiten.recording import RequestTime, refresh
from app.services.feiten.versions import begin_recording, replace_feit
from app.services.overgang import Overgang

_ACTIE = SOORTEN["actie"]


def take_along(session: Session, organisatie_id: int, overgang: Overgang, moment: RequestTime) -> None:
    """Give what is open about a child with its former begeleider to the next one; the caller commits."""
    recording = begin_recording(session, organisatie_id, moment.nu, overgang.door)
    hand_over_with_child(session, overgang, moment)
    mine = select(Actie).where(Actie.pleegkind_id == overgang.kind, *is_open_actie(overgang.van)).order_by(Actie.id)
    if overgang.gegeven_voor is not None:
        mine = mine.where(day_of(Actie.vastgelegd_op) < overgang.gegeven_voor)
    gone = [
        replace_feit(recording, actie, {"eigenaar_id": overgang.naar}, reden=overgang.reden)
        for actie in session.scalars(mine).all()
    ]
    if gone:
        refresh(session, _ACTIE, gone, moment)  # once: all of them are about this child


def take_along_due(session: Session, organisatie_id: int, moment: RequestTime) -> int:
    """Do the same for every child whose next begeleider has begun, and return for how many; the caller commits."""
    found = list_left_behind(session, organisatie_id, moment.vandaag)
    for one in found:
        reden = f"De begeleiding ging op {dutch_date(one.sinds)} over."
        overgang = Overgang(one.kind, one.van, one.naar, reden, None, gegeven_voor=one.sinds)
        take_along(session, organisatie_id, overgang, moment)
    return len(found)

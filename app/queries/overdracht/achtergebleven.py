"""What stayed with who no longer guides a child while somebody else does: an agreed action, an open extra inzet."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select, true, union_all
from sqlalchemy.orm import Session

from app.db.days import day_of
from app.db.rows import Rows
from app.models import Actie, Begeleiding, ExtraInzet, Plaatsing, Pleegkind
from app.models.periode import runs_after
from app.models.versions import holds
from app.queries.extra_inzetten import last_step
from app.queries.feiten.keuze import is_to_do
from app.queries.zorg import home_and_guide
from app.terms import ExtraInzetStapSoort as Stap


class Achtergebleven(NamedTuple):
    """A child with something open at a former begeleider: feit_ids of it, of whose that is, and of who guides it now.

    ``sinds`` is the day on which the former begeleider stopped.
    """

    kind: int
    van: int
    naar: int
    sinds: date


def list_left_behind(session: Session, organisatie_id: int, vandaag: date) -> Sequence[Achtergebleven]:
    """Return them by child; what somebody was given after they stopped as begeleider is theirs, and not among them."""
    stap = last_step(ExtraInzet.id)
    extra = (
        select(ExtraInzet.pleegkind_id, stap.c.eigenaar_id.label("eigenaar_id"), day_of(stap.c.op).label("sinds"))
        .join(stap, true())
        .where(ExtraInzet.organisatie_id == organisatie_id, stap.c.soort != Stap.AFSLUITING)
    )
    acties = select(Actie.pleegkind_id, Actie.eigenaar_id, day_of(Actie.vastgelegd_op)).where(
        Actie.organisatie_id == organisatie_id, is_to_do(Actie), holds(Actie)
    )
    open_ = union_all(extra, acties).subquery("open_")
    stopped = _guided(open_).where(Begeleiding.tot <= vandaag, Begeleiding.tot > open_.c.sinds)
    goes_on = _guided(open_).where(Begeleiding.van <= vandaag, runs_after(Begeleiding, vandaag))
    home, guide = home_and_guide(vandaag)
    last = stopped.with_only_columns(func.max(Begeleiding.tot)).scalar_subquery()
    found = (
        select(open_.c.pleegkind_id, open_.c.eigenaar_id, guide.c.medewerker_id, last)
        .distinct()
        .select_from(open_)
        .join(Pleegkind, (Pleegkind.feit_id == open_.c.pleegkind_id) & holds(Pleegkind))
        .join(home, true())
        .join(guide, guide.c.weg.is_(False))
        .where(stopped.exists(), ~goes_on.exists())
        .order_by(open_.c.pleegkind_id, open_.c.eigenaar_id)
    )
    return [Achtergebleven(*row) for row in session.execute(found)]


def _guided(open_: Any) -> Rows:
    """Select the begeleidingen of the child by whose the open thing is."""
    return (
        select(Begeleiding.id)
        .join(Plaatsing, Plaatsing.feit_id == Begeleiding.plaatsing_id)
        .where(
            Plaatsing.pleegkind_id == open_.c.pleegkind_id,
            Begeleiding.medewerker_id == open_.c.eigenaar_id,
            holds(Begeleiding),
            holds(Plaatsing),
        )
        .correlate(open_)
    )

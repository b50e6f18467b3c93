"""How long a child's file has been kept: when care ended, when it was last changed, and whose time has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app import clock
from app.models import Maatregel, Organisatie, Plaatsing, Pleegkind, Vernietiging
from app.models.periode import runs_after
from app.models.soorten import SOORTEN_VAN_KIND
from app.models.versions import holds, newest
from app.norms.bewaartermijnen import BEWAARJAREN, GI_MAATREGELEN, may_be_destroyed_from
from app.norms.calendar import add_months
from app.queries.feiten.eigenaren import is_of_child
from app.queries.vernietigingen.lijst import is_held, is_open
from app.terms import OrganisatieSoort


@dataclass(frozen=True, slots=True)
class Bewaarduur:
    """Since when a child's file rests.

    Attributes:
        pleegkind_id: feit_id of the child.
        uid, nummer: of the child.
        einde_zorg: the end of its last plaatsing; None while one runs, or when it never had one.
        loopt: whether a plaatsing runs.
        laatste_wijziging: the day of the last recording.
        geboortedatum: of the child.
        gi: whether it is the file of a GI, of a child that was ever under ots or voogdij.
    """

    pleegkind_id: int
    uid: UUID
    nummer: str
    einde_zorg: date | None
    loopt: bool
    laatste_wijziging: date
    geboortedatum: date
    gi: bool


def read_bewaarduur(session: Session, kind: int, vandaag: date) -> Bewaarduur:
    """Return since when the file of a child rests on a day."""
    who = select(Pleegkind.uid, Pleegkind.nummer, Pleegkind.geboortedatum, _of_gi(kind))
    uid, nummer, geboortedatum, gi = session.execute(who.where(Pleegkind.feit_id == kind, newest(Pleegkind))).one()
    mine = (Plaatsing.pleegkind_id == kind, holds(Plaatsing))
    last = session.execute(
        select(
            func.max(Plaatsing.tot),
            func.coalesce(func.bool_or(runs_after(Plaatsing, vandaag)), False),
        ).where(*mine)
    ).one()
    einde, gewijzigd = None if last[1] else last[0], clock.civil_date(last_recording(session, kind))
    return Bewaarduur(kind, uid, nummer, einde, last[1], gewijzigd, geboortedatum, gi)


def _of_gi(kind: int) -> ColumnElement[bool]:
    """Return whether the organisatie is a GI, and the child was ever under what makes it keep a file longer."""
    under = select(Maatregel.id).where(
        Maatregel.pleegkind_id == kind, Maatregel.soort.in_(GI_MAATREGELEN), holds(Maatregel)
    )
    gi = select(Organisatie.id).where(
        Organisatie.id == Pleegkind.organisatie_id, Organisatie.soort == OrganisatieSoort.GI
    )
    return and_(gi.exists(), under.exists())


def last_recording(session: Session, kind: int) -> datetime:
    """Return the moment of the last recording in a child's file; of a fact its newest version has the last."""
    moments: list[datetime | None] = []
    for soort in SOORTEN_VAN_KIND:
        model = soort.model
        mine = (is_of_child(soort, model, kind), newest(model))
        moments.append(session.scalar(select(func.max(model.vastgelegd_op)).where(*mine)))
    return max(moment for moment in moments if moment is not None)


def iterate_due(session: Session, organisatie_id: int, vandaag: date) -> Iterator[Bewaarduur]:
    """Yield the files that were kept long enough, are not held, and were not proposed in the last year."""
    a_year_ago = clock.start_of_day(add_months(vandaag, -12))
    kept_until = add_months(vandaag, -12 * BEWAARJAREN)
    ended = (
        select(Plaatsing.pleegkind_id)
        .where(Plaatsing.organisatie_id == organisatie_id, holds(Plaatsing))
        .group_by(Plaatsing.pleegkind_id)
        .having(and_(func.count() == func.count(Plaatsing.tot), func.max(Plaatsing.tot) <= kept_until))
    )
    proposed = select(Vernietiging.id).where(
        Vernietiging.pleegkind_id == Pleegkind.feit_id,
        or_(is_open(), Vernietiging.voorgesteld_op >= a_year_ago),
    )
    children = select(Pleegkind.feit_id).where(
        Pleegkind.organisatie_id == organisatie_id,
        newest(Pleegkind),
        Pleegkind.feit_id.in_(ended),
        ~is_held(Pleegkind.feit_id),
        ~proposed.exists(),
    )
    for kind in session.scalars(children).all():
        found = read_bewaarduur(session, kind, vandaag)
        due = may_be_destroyed_from(
            found.einde_zorg, found.laatste_wijziging, geboortedatum=found.geboortedatum, gi=found.gi
        )
        if due is not None and due <= vandaag:
            yield found

"""Create tenants and their teams."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.ids import new_uid
from app.models import Organisatie, Team, Vastlegteller
from app.terms import OrganisatieSoort

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def find_organisatie(session: Session, code: str) -> Organisatie | None:
    """Return the organisatie with a code, or None."""
    return session.scalars(select(Organisatie).where(Organisatie.code == code)).one_or_none()


def create_organisatie(session: Session, code: str, naam: str, soort: OrganisatieSoort) -> Organisatie:
    """Insert a tenant with its counter of recordings."""
    organisatie = Organisatie(uid=new_uid(), code=code, naam=naam, soort=soort)
    session.add(organisatie)
    session.flush()  # the counter refers to it
    session.add(Vastlegteller(organisatie_id=organisatie.id, volgorde=0, laatst_op=_NEVER))
    session.flush()  # a recording in this transaction locks it
    return organisatie


def ensure_team(session: Session, organisatie_id: int, naam: str) -> int:
    """Return the id of an organisatie's team by name, created when it is not there yet."""
    fresh = insert(Team).values(uid=new_uid(), organisatie_id=organisatie_id, naam=naam).on_conflict_do_nothing()
    session.execute(fresh)
    wanted = select(Team.id).where(Team.organisatie_id == organisatie_id, Team.naam == naam)
    return session.execute(wanted).scalar_one()

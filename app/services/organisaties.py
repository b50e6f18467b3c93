"""Create tenants and their teams."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.ids import new_uid
from app.models import Organisatie, Team, Vastlegteller
from app.namens import Namens, act_for, name_organisatie
from app.norms.course import EDITION
from app.terms import OrganisatieSoort

_NEXT_KEY = select(func.nextval(func.pg_get_serial_sequence(Organisatie.__tablename__, "id")))
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def find_organisatie(session: Session, code: str) -> Organisatie | None:
    """Return the organisatie with a code and let the session work for it from here on, or return None."""
    name_organisatie(session, code)
    found = session.scalars(select(Organisatie).where(Organisatie.code == code)).one_or_none()
    if found is not None:
        act_for(session, Namens(found.id))
    return found


def create_organisatie(session: Session, code: str, naam: str, soort: OrganisatieSoort) -> Organisatie:
    """Insert a tenant with its counter of recordings, and let the session work for it from here on.

    Its key is drawn first: no row of an organisatie exists for a session that does not work for it, this one either.
    """
    key = session.execute(_NEXT_KEY).scalar_one()
    act_for(session, Namens(key))
    organisatie = Organisatie(id=key, uid=new_uid(), code=code, naam=naam, soort=soort)
    session.add(organisatie)
    session.flush()  # the counter refers to it
    session.add(Vastlegteller(organisatie_id=organisatie.id, volgorde=0, laatst_op=_NEVER, termijnen_editie=EDITION))
    session.flush()  # a recording in this transaction locks it
    return organisatie


def ensure_team(session: Session, organisatie_id: int, naam: str) -> int:
    """Return the id of an organisatie's team by name, created when it is not there yet."""
    fresh = insert(Team).values(uid=new_uid(), organisatie_id=organisatie_id, naam=naam).on_conflict_do_nothing()
    session.execute(fresh)
    wanted = select(Team.id).where(Team.organisatie_id == organisatie_id, Team.naam == naam)
    return session.execute(wanted).scalar_one()

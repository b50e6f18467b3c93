"""Create tenants and their teams."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.db.namens import Namens, act_for, name_organisatie
from app.lib.ids import new_uid
from app.models import Organisatie, Team, Teamwijziging, Vastlegteller
from app.models.teams import any_name_is
from app.norms.course import EDITION
from app.terms import OrganisatieSoort, TeamwijzigingSoort

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
    """Return the id of the team of an organisatie that has or had a name, created when there is none."""
    wanted = select(Team.id).where(Team.organisatie_id == organisatie_id, any_name_is(naam))
    known = session.execute(wanted).scalar_one_or_none()
    if known is not None:
        return known
    fresh = insert(Team).values(uid=new_uid(), organisatie_id=organisatie_id, naam=naam).on_conflict_do_nothing()
    session.execute(fresh)
    return session.execute(wanted).scalar_one()


def successors(session: Session, organisatie_id: int) -> dict[int, int]:
    """Return in which team each team that was joined with another ended up, by way of others if need be."""
    joined = select(Teamwijziging.team_id, Teamwijziging.opgegaan_in).where(
        Teamwijziging.organisatie_id == organisatie_id, Teamwijziging.soort == TeamwijzigingSoort.SAMENVOEGING
    )
    into = {team: target for team, target in session.execute(joined) if target is not None}
    return {team: _last_of(into, team) for team in into}


def _last_of(into: Mapping[int, int], team: int) -> int:
    while team in into:
        team = into[team]
    return team

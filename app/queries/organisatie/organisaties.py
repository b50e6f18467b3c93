"""Organisatie, teams and medewerkers of the actor's own tenant."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Date, RowMapping, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import NamedRow, Regel
from app.errors import NotFound
from app.models import Medewerker, Organisatie, Team, Teamwijziging
from app.models.teams import team_name_on
from app.models.versions import holds, newest
from app.queries.feiten.regels import FeitRegel, feit_select
from app.terms import TeamwijzigingSoort

_OWN = bindparam("organisatie", type_=BigInteger)

_ORGANISATIE = select(Organisatie.uid, Organisatie.code, Organisatie.naam, Organisatie.soort).where(
    Organisatie.id == _OWN
)
_ORGANISATIES = KeysetQuery(
    _ORGANISATIE,
    Key("code", Organisatie.code),
)
_VANDAAG = bindparam("vandaag", type_=Date)
_einde, _in = aliased(Teamwijziging), aliased(Team)
_NAAM = team_name_on(Team, _VANDAAG)
_TEAM = (
    select(Team.uid, _NAAM.label("naam"), _einde.van.label("gesloten_per"), _in.uid.label("opgegaan_in"))
    .outerjoin(_einde, and_(_einde.team_id == Team.id, _einde.soort != TeamwijzigingSoort.HERNOEMING))
    .outerjoin(_in, _in.id == _einde.opgegaan_in)
    .where(Team.organisatie_id == _OWN)
)
TEAMS = KeysetQuery(
    _TEAM,
    Key("naam", _NAAM),
    Key("uid", Team.uid),
)
TeamRegel = Regel
_PEOPLE = feit_select(Medewerker).where(Medewerker.organisatie_id == _OWN)
MEDEWERKERS = KeysetQuery(_PEOPLE.where(holds(Medewerker)), Key("naam", Medewerker.naam), Key("uid", Medewerker.uid))


def list_organisaties(session: Session, actor: Actor, page: Page) -> Window[NamedRow]:
    """Return the organisaties that the actor belongs to: one."""
    return _ORGANISATIES.fetch(session, page, {"organisatie": actor.organisatie_id})


def list_teams(session: Session, actor: Actor, page: Page, vandaag: date) -> Window[NamedRow]:
    """Return a page of the teams of the actor's organisatie, closed ones too, by what they are called today."""
    return TEAMS.fetch(session, page, {"organisatie": actor.organisatie_id, "vandaag": vandaag})


def get_team(session: Session, actor: Actor, uid: UUID, vandaag: date) -> TeamRegel:
    """Return one team of the actor's organisatie.

    Raises:
        NotFound: otherwise.
    """
    parameters = {"organisatie": actor.organisatie_id, "vandaag": vandaag}
    row = session.execute(_TEAM.where(Team.uid == uid), parameters).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def list_medewerkers(session: Session, actor: Actor, page: Page) -> Window[RowMapping]:
    """Return a page of the medewerkers of the actor's organisatie, by name."""
    return MEDEWERKERS.fetch_mappings(session, page, {"organisatie": actor.organisatie_id})


def get_medewerker(session: Session, actor: Actor, uid: UUID) -> FeitRegel:
    """Return one medewerker of the actor's organisatie, also when withdrawn.

    Raises:
        NotFound: otherwise.
    """
    statement = _PEOPLE.where(Medewerker.uid == uid, newest(Medewerker))
    row = session.execute(statement, {"organisatie": actor.organisatie_id}).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)

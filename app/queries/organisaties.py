"""Organisatie, teams and medewerkers of the actor's own tenant."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.errors import NotFound
from app.models import Medewerker, Organisatie, Team
from app.models.versions import holds, newest
from app.queries.feitregels import FeitRegel, feit_select
from app.queries.keyset import Key, KeysetQuery, Page, Window

_OWN = bindparam("organisatie", type_=BigInteger)

_ORGANISATIE = select(Organisatie.uid, Organisatie.code, Organisatie.naam, Organisatie.soort).where(
    Organisatie.id == _OWN
)
_ORGANISATIES = KeysetQuery(
    _ORGANISATIE,
    Key("code", Organisatie.code),
)
_TEAM = select(Team.uid, Team.naam).where(Team.organisatie_id == _OWN)
_TEAMS = KeysetQuery(
    _TEAM,
    Key("naam", Team.naam),
    Key("uid", Team.uid),
)
_PEOPLE = feit_select(Medewerker).where(Medewerker.organisatie_id == _OWN)
_MEDEWERKERS = KeysetQuery(_PEOPLE.where(holds(Medewerker)), Key("naam", Medewerker.naam), Key("uid", Medewerker.uid))


def list_organisaties(session: Session, actor: Actor, page: Page) -> Window[Any]:
    """Return the organisaties that the actor belongs to: one."""
    return _ORGANISATIES.fetch(session, page, {"organisatie": actor.organisatie_id})


def list_teams(session: Session, actor: Actor, page: Page) -> Window[Any]:
    """Return a page of the teams of the actor's organisatie, by name."""
    return _TEAMS.fetch(session, page, {"organisatie": actor.organisatie_id})


def list_medewerkers(session: Session, actor: Actor, page: Page) -> Window[Any]:
    """Return a page of the medewerkers of the actor's organisatie, by name."""
    return _MEDEWERKERS.fetch(session, page, {"organisatie": actor.organisatie_id})


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

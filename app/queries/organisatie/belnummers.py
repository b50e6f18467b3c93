"""Whom to call in need, per team: of each functie what was said last, as long as there is a number."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import BigInteger, Date, RowMapping, Uuid, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, NamedRow, Rows
from app.models import Belnummer, Medewerker, Team
from app.models.teams import team_name_on

R = TypeVar("R", bound="Mapping[Any, Any] | RowMapping")
_VANDAAG = bindparam("vandaag", type_=Date)
_NAAM = team_name_on(Team, _VANDAAG)


def _standing() -> Rows:
    later, door = aliased(Belnummer), aliased(Medewerker)
    said_otherwise = exists(later.id).where(
        later.team_id == Belnummer.team_id,
        func.lower(later.functie) == func.lower(Belnummer.functie),
        later.id > Belnummer.id,
    )
    columns: Columns = [
        Belnummer.uid,
        Team.uid.label("team_id"),
        _NAAM.label("team_naam"),
        Belnummer.functie,
        Belnummer.telefoonnummer,
        Belnummer.uren,
        Belnummer.vastgelegd_op,
        door.uid.label("vastgelegd_door"),
    ]
    return (
        select(*columns)
        .join(Team, Team.id == Belnummer.team_id)
        .join(door, door.id == Belnummer.vastgelegd_door)
        .where(
            Belnummer.organisatie_id == bindparam("organisatie", type_=BigInteger),
            Belnummer.telefoonnummer.is_not(None),
            ~said_otherwise,
        )
    )


_KEYS = (Key("team_naam", _NAAM), Key("functie", Belnummer.functie), Key("uid", Belnummer.uid))
BELNUMMERS = KeysetQuery(_standing(), *_KEYS)
_OF_TEAM = KeysetQuery(_standing().where(Team.uid == bindparam("team", type_=Uuid)), *_KEYS)
#: those of ``:team``, and of the actor's own
TE_BELLEN = (
    _standing()
    .where(or_(Team.uid == bindparam("team", type_=Uuid), Team.id == bindparam("eigen", type_=BigInteger)))
    .order_by(Belnummer.functie, Belnummer.uid)
)


def list_belnummers(
    session: Session, actor: Actor, page: Page, vandaag: date, team: UUID | None = None
) -> Window[NamedRow]:
    """Return a page of whom the teams of the actor's organisatie call in need, or one of them, by team and functie."""
    query = BELNUMMERS if team is None else _OF_TEAM
    return query.fetch(session, page, {"organisatie": actor.organisatie_id, "vandaag": vandaag, "team": team})


def of_child_first(found: Sequence[R], team: UUID | None) -> Sequence[R]:
    """Return of ``TE_BELLEN`` the numbers of a child's team, or all of them where that has none."""
    return [one for one in found if one["team_id"] == team] or found

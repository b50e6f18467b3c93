"""Which children an actor may see, as one blessed select; every read of a child goes through it.

Own caseload, own team or own organisatie, by rol. A child outside the scope does not exist for the actor: the
answer is the same 404 as for an id that was never given out.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    exists,
    not_,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.models import Begeleiding, Medewerker, Plaatsing, Pleegkind
from app.models.versions import holds, newest
from app.terms import Rol


class Scope(StrEnum):
    """How far an actor sees."""

    CASELOAD = "caseload"
    TEAM = "team"
    ORGANISATIE = "organisatie"
    NIETS = "niets"


_SCOPE_OF_ROL = {
    Rol.PLEEGZORGBEGELEIDER: Scope.CASELOAD,
    Rol.GEDRAGSWETENSCHAPPER: Scope.TEAM,
    Rol.TEAMLEIDER: Scope.TEAM,
    Rol.KWALITEITSMEDEWERKER: Scope.ORGANISATIE,
    Rol.BEHEERDER: Scope.ORGANISATIE,
    Rol.INSPECTEUR: Scope.NIETS,
}

ORGANISATIE = bindparam("scope_organisatie", type_=BigInteger)
MEDEWERKER = bindparam("scope_medewerker", type_=BigInteger)
TEAM = bindparam("scope_team", type_=BigInteger)
VANDAAG = bindparam("scope_vandaag", type_=Date)


def scope_of(actor: Actor) -> Scope:
    """Return how far the actor's rol sees; a team rol without a team sees nothing."""
    scope = _SCOPE_OF_ROL[actor.rol]
    return Scope.NIETS if scope is Scope.TEAM and actor.team_id is None else scope


def scope_parameters(actor: Actor, vandaag: Any) -> dict[str, Any]:
    """Return the parameters of ``visible_pleegkinderen``, for every scope the same set."""
    return {
        "scope_organisatie": actor.organisatie_id,
        "scope_medewerker": actor.medewerker_id,
        "scope_team": actor.team_id,
        "scope_vandaag": vandaag,
    }


def visible_pleegkinderen(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on ``Pleegkind`` that the actor behind the parameters may see the child."""
    own_organisatie = Pleegkind.organisatie_id == ORGANISATIE
    if scope is Scope.ORGANISATIE:
        return own_organisatie
    if scope is Scope.NIETS:
        return and_(own_organisatie, Pleegkind.id.is_(None))
    if scope is Scope.CASELOAD:
        return and_(own_organisatie, Pleegkind.feit_id.in_(_caseload()))
    return and_(own_organisatie, or_(Pleegkind.feit_id.in_(_children_of_team()), _without_begeleider()))


def _runs_today(begeleiding: Any) -> ColumnElement[bool]:
    return and_(begeleiding.van <= VANDAAG, or_(begeleiding.tot.is_(None), begeleiding.tot > VANDAAG))


def _caseload() -> Select[int]:
    """Select the children of whom the medewerker is begeleider today."""
    return (
        select(Plaatsing.pleegkind_id)
        .join(Begeleiding, Begeleiding.plaatsing_id == Plaatsing.feit_id)
        .where(
            Begeleiding.medewerker_id == MEDEWERKER,
            Begeleiding.organisatie_id == ORGANISATIE,
            _runs_today(Begeleiding),
            holds(Begeleiding),
            holds(Plaatsing),
        )
    )


def _without_begeleider() -> ColumnElement[bool]:
    """Return that nobody was ever made begeleider: a child that any team may take on, and none may overlook."""
    ever = (
        select(Begeleiding.id)
        .join(Plaatsing, Plaatsing.feit_id == Begeleiding.plaatsing_id)
        .where(Plaatsing.pleegkind_id == Pleegkind.feit_id, holds(Begeleiding), holds(Plaatsing))
    )
    return not_(ever.exists())


def _children_of_team() -> Select[int]:
    """Select the children whose begeleider is in the team, or whose last one was while nobody has taken over.

    Without the second half a child whose begeleider left would vanish from every list but the organisatie's.
    """
    later = aliased(Begeleiding)
    taken_over = exists().where(
        later.plaatsing_id == Begeleiding.plaatsing_id,
        tuple_(later.van, later.id) > tuple_(Begeleiding.van, Begeleiding.id),
        later.van <= VANDAAG,
        holds(later),
    )
    still_placed = or_(Plaatsing.tot.is_(None), Plaatsing.tot > VANDAAG)
    return (
        select(Plaatsing.pleegkind_id)
        .join(Begeleiding, Begeleiding.plaatsing_id == Plaatsing.feit_id)
        .join(Medewerker, Medewerker.feit_id == Begeleiding.medewerker_id)
        .where(
            Medewerker.team_id == TEAM,
            Medewerker.organisatie_id == ORGANISATIE,
            newest(Medewerker),  # also who was withdrawn since: the child stays with the team
            holds(Begeleiding),
            holds(Plaatsing),
            or_(_runs_today(Begeleiding), and_(Begeleiding.van <= VANDAAG, still_placed, not_(taken_over))),
        )
    )

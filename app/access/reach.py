"""How far an actor sees by rol, and by which reach it may open a file for a purpose; ``scope`` selects the children."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.models.soorten import FeitSoort
from app.terms import Rol


class Scope(StrEnum):
    """How far an actor sees."""

    CASELOAD = "caseload"
    TEAM = "team"
    ORGANISATIE = "organisatie"
    NIETS = "niets"


class Reach(StrEnum):
    """What within a scope: LIST what runs, WRITE that and what must be finished, READ what ended lately as well.

    FINISH is WRITE and, however long ago it left, a child about which somebody must still act; READ and LIST have that
    too: what nobody sees in a list nobody acts on.
    NOOD, whatever the scope: the files that the actor opened with a reason.
    """

    LIST = "list"
    READ = "read"
    WRITE = "write"
    FINISH = "finish"
    NOOD = "nood"


class Purpose(StrEnum):
    """What a file is opened for: to read, to record what happened, or to change what is there.

    STEP is to record what was done about an aanleiding, FINISH to say that an agreed action was done.
    """

    READ = "read"
    RECORD = "record"
    STEP = "step"
    FINISH = "finish"
    WRITE = "write"


_SCOPE_OF_ROL = {
    Rol.PLEEGZORGBEGELEIDER: Scope.CASELOAD,
    Rol.GEDRAGSWETENSCHAPPER: Scope.TEAM,
    Rol.TEAMLEIDER: Scope.TEAM,
    Rol.KWALITEITSMEDEWERKER: Scope.ORGANISATIE,
    Rol.BEHEERDER: Scope.ORGANISATIE,
    Rol.INSPECTEUR: Scope.NIETS,
}

_REACH_FOR = {Purpose.READ: Reach.READ, Purpose.STEP: Reach.FINISH, Purpose.FINISH: Reach.FINISH}


def scope_of(actor: Actor) -> Scope:
    """Return how far the actor's rol sees; a team rol without a team sees nothing."""
    scope = _SCOPE_OF_ROL[actor.rol]
    return Scope.NIETS if scope is Scope.TEAM and actor.team_id is None else scope


def reaches_for(actor: Actor, purpose: Purpose) -> tuple[Reach, ...]:
    """Return by which reaches an actor may open a file for a purpose, the usual one first."""
    first = _REACH_FOR.get(purpose, Reach.WRITE)
    opens = actor.may(Permission.NOODTOEGANG_OPEN) and purpose not in (Purpose.FINISH, Purpose.WRITE)
    return (first, Reach.NOOD) if opens else (first,)


def purpose_of_recording(soort: FeitSoort) -> Purpose:
    """Return for which purpose a file is opened when a new fact of a kind is recorded."""
    if soort.is_opvolging:
        return Purpose.STEP
    return Purpose.RECORD if soort.bij_nood else Purpose.WRITE


def purpose_of_change(soort: FeitSoort, changes: Mapping[str, Any]) -> Purpose:
    """Return for which purpose a file is opened when a fact of a kind gets these values in some of its columns."""
    done = {name for name, value in changes.items() if value is not None}
    finishes = changes and done == changes.keys() == set(soort.afronding)
    return Purpose.FINISH if finishes else Purpose.WRITE

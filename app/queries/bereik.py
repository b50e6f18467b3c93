"""From an id to what it names, by the reaches an actor has for a purpose: 404 out of sight, 403 in sight and no more.

The usual reach is asked first, so that what everybody does all day costs one statement; what is found only because the
file was opened with a reason leaves a mark on the session, for the access log; and so does the child of whom it was.
"""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose, Reach, reaches_for
from app.errors import Forbidden, NotFound

T = TypeVar("T")
#: Looks by one reach and returns what is there, or None.
Look = Callable[[Reach], T | None]

_MARK = "pleegzicht.noodtoegang"
_CHILDREN = "pleegzicht.kinderen"


def find_within(session: Session, actor: Actor, purpose: Purpose, look: Look[T]) -> T:
    """Return what ``look`` finds by the first reach that has it.

    Raises:
        NotFound: it does not exist, or is out of the actor's sight.
        Forbidden: the actor may see it, and not do this with it.
    """
    tried = reaches_for(actor, purpose)
    for reach in tried:
        found = look(reach)
        if found is not None:
            if reach is Reach.NOOD:
                session.info[_MARK] = True
            return found
    if purpose is not Purpose.READ and any(look(reach) is not None for reach in _only_to_read(actor, tried)):
        raise Forbidden
    raise NotFound


def _only_to_read(actor: Actor, tried: tuple[Reach, ...]) -> tuple[Reach, ...]:
    return tuple(reach for reach in reaches_for(actor, Purpose.READ) if reach not in tried)


def note_child(session: Session, pleegkind: UUID) -> None:
    """Mark that something of a child was found on this session: the access log names it, whatever the answer shows."""
    session.info.setdefault(_CHILDREN, set()).add(pleegkind)


def noted_children(session: Session) -> frozenset[UUID]:
    """Return the uids of the children of whom something was found on this session."""
    return frozenset(session.info.get(_CHILDREN, ()))


def rests_on_noodtoegang(session: Session) -> bool:
    """Tell whether anything was found on this session only because its file was opened with a reason."""
    return bool(session.info.get(_MARK))

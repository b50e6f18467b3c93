"""The child of a page: found for who looks, and where it is, said in the access log as it is read."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose
from app.queries.pleegkinderen.key import get_pleegkind_key
from app.queries.zorg import Zorg, read_zorg
from app.web.spoor import HetSpoor


def open_zorg(session: Session, actor: Actor, kind: int, vandaag: date, spoor: HetSpoor) -> Zorg:
    """Return where a child is today, given the feit_id that the actor was found to see."""
    zorg = read_zorg(session, actor, [kind], vandaag, vandaag)[kind]
    spoor.add([zorg.uid])
    return zorg


def open_kind(
    session: Session, actor: Actor, uid: UUID, vandaag: date, spoor: HetSpoor, purpose: Purpose = Purpose.READ
) -> tuple[int, Zorg]:
    """Return the feit_id of a child whose file the actor may open for a purpose, and where the child is today.

    Raises:
        NotFound, Forbidden: as ``get_pleegkind_key``.
    """
    kind = get_pleegkind_key(session, actor, uid, vandaag, purpose)
    return kind, open_zorg(session, actor, kind, vandaag, spoor)

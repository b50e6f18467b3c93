"""Of which children a log on a page tells: those in its lines, and the one it was asked of."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from app import clock
from app.access.actor import Actor
from app.queries.zorg import Zorg, read_zorg_of


def read_betrokkenen(session: Session, actor: Actor, shown: Collection[UUID], asked: UUID | None) -> dict[UUID, Zorg]:
    """Return who they are, by uid; whom the actor may not see is left out."""
    wanted = {*shown, *([] if asked is None else [asked])}
    return {kind.uid: kind for kind in read_zorg_of(session, actor, sorted(wanted), clock.today())}

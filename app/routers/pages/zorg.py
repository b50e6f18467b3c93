"""Where the child of a page is, said in the access log as it is read."""

from datetime import date

from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.queries.zorg import Zorg, read_zorg
from app.web.spoor import HetSpoor


def open_zorg(session: Session, actor: Actor, kind: int, vandaag: date, spoor: HetSpoor) -> Zorg:
    """Return where a child is today, given the feit_id that the actor was found to see."""
    zorg = read_zorg(session, actor, [kind], vandaag, vandaag)[kind]
    spoor.add([zorg.uid])
    return zorg

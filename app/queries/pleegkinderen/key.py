"""From the id of a child to its feit_id, by the reaches that an actor has for a purpose."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose, Reach, Scope, scope_of
from app.access.scope import is_visible, scope_parameters
from app.db.statement import FastStatement
from app.models import Pleegkind
from app.models.versions import RowByRow, holds
from app.queries.bereik import find_within, note_child
from app.queries.samenvoegingen import leads_to


@lru_cache(maxsize=16)
def _key(scope: Scope, reach: Reach) -> FastStatement:
    return FastStatement(
        select(Pleegkind.feit_id).where(
            Pleegkind.uid == leads_to(bindparam("uid", type_=Uuid)),
            holds(Pleegkind, RowByRow()),
            is_visible(scope, reach),
        )
    )


def get_pleegkind_key(session: Session, actor: Actor, uid: UUID, vandaag: date, purpose: Purpose = Purpose.READ) -> int:
    """Return the feit_id of a child whose file the actor may open for a purpose, by an id that leads to it.

    Raises:
        NotFound: it does not exist, is withdrawn, or is not the actor's to see.
        Forbidden: the actor may see it, and no more.
    """

    def look(reach: Reach) -> int | None:
        rows = _key(scope_of(actor), reach).rows(session, uid=uid, **scope_parameters(actor, vandaag))
        return rows[0][0] if rows else None

    key = find_within(session, actor, purpose, look)
    note_child(session, uid)
    return key

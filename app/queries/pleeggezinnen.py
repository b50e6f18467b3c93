"""Families: which of them an actor may see, and their list."""

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.scope import ORGANISATIE, VANDAAG, Scope, scope_of, scope_parameters, visible_pleegkinderen
from app.errors import NotFound
from app.models import Plaatsing, Pleeggezin, Pleegkind
from app.models.versions import holds


def visible_pleeggezinnen(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on ``Pleeggezin``: a visible child lives there or will, or nobody was placed yet.

    The last part is for those who match children with families: the whole team, not a single begeleider.
    """
    own = Pleeggezin.organisatie_id == ORGANISATIE
    if scope is Scope.ORGANISATIE:
        return own
    placed = aliased(Plaatsing)
    children = select(Pleegkind.feit_id).where(visible_pleegkinderen(scope), holds(Pleegkind))
    families = select(Plaatsing.pleeggezin_id).where(
        Plaatsing.pleegkind_id.in_(children),
        or_(Plaatsing.tot.is_(None), Plaatsing.tot > VANDAAG),
        holds(Plaatsing),
    )
    visible: ColumnElement[bool] = Pleeggezin.feit_id.in_(families)
    if scope is Scope.TEAM:
        visible = or_(visible, ~exists().where(placed.pleeggezin_id == Pleeggezin.feit_id))
    return and_(own, visible)


@lru_cache(maxsize=8)
def _key(scope: Scope) -> Select[int]:
    return select(Pleeggezin.feit_id).where(
        Pleeggezin.uid == bindparam("uid", type_=Uuid), holds(Pleeggezin), visible_pleeggezinnen(scope)
    )


def get_pleeggezin_key(session: Session, actor: Actor, uid: UUID, vandaag: date) -> int:
    """Return the feit_id of a family that the actor may see.

    Raises:
        NotFound: otherwise.
    """
    parameters: dict[str, Any] = {**scope_parameters(actor, vandaag), "uid": uid}
    found = session.execute(_key(scope_of(actor)), parameters).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found

"""Families: which of them an actor may see, and their list."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Purpose, Reach, Scope, scope_of
from app.access.scope import ORGANISATIE, VANDAAG, families_guided_lately, scope_parameters, visible_pleegkinderen
from app.db.rows import Columns, Parameters, Regel, Rows
from app.models import Plaatsing, Pleeggezin, Pleegkind
from app.models.among import is_among, one_by_one
from app.models.periode import runs_after
from app.models.versions import RowByRow, holds
from app.queries.bereik import find_within


def visible_pleeggezinnen(scope: Scope, reach: Reach = Reach.LIST, *, few: bool = True) -> ColumnElement[bool]:
    """Return the condition on ``Pleeggezin``: a visible child lives there or will, or nobody was placed yet.

    The last part is for those who match children with families: the whole team, not a single begeleider. Where a child
    lived is read as long as the file of who guided it there; where it lives now is no longer the business of who left.

    Args:
        scope: of the actor.
        reach: how far within that.
        few: the families are found already, by their ids; else all of an organisatie may be gone through.
    """
    own = Pleeggezin.organisatie_id == ORGANISATIE
    if scope is Scope.ORGANISATIE and reach is not Reach.NOOD:
        return own
    placed = aliased(Plaatsing)
    running = reach if reach is Reach.NOOD else Reach.LIST
    children = select(Pleegkind.feit_id).where(visible_pleegkinderen(scope, running), holds(Pleegkind, RowByRow()))
    families = select(Plaatsing.pleeggezin_id).where(
        is_among(Plaatsing.pleegkind_id, children),
        runs_after(Plaatsing, VANDAAG),
        holds(Plaatsing, RowByRow()),
    )
    visible = is_among(Pleeggezin.feit_id, families)
    if scope is Scope.TEAM and reach is not Reach.NOOD:
        ever = select(placed.id).where(placed.pleeggezin_id == Pleeggezin.feit_id)
        visible = or_(visible, ~(one_by_one(ever) if few else ever.exists()))
    if scope in (Scope.CASELOAD, Scope.TEAM) and reach is Reach.READ:
        visible = or_(visible, is_among(Pleeggezin.feit_id, families_guided_lately(scope)))
    return and_(own, visible)


@lru_cache(maxsize=16)
def _key(scope: Scope, reach: Reach) -> Select[int]:
    return select(Pleeggezin.feit_id).where(
        Pleeggezin.uid == bindparam("uid", type_=Uuid),
        holds(Pleeggezin, RowByRow()),
        visible_pleeggezinnen(scope, reach),
    )


def get_pleeggezin_key(
    session: Session, actor: Actor, uid: UUID, vandaag: date, purpose: Purpose = Purpose.READ
) -> int:
    """Return the feit_id of a family that the actor may see for a purpose.

    Raises:
        NotFound: it does not exist, is withdrawn, or is not the actor's to see.
        Forbidden: the actor may see it, and no more.
    """
    parameters: Parameters = {**scope_parameters(actor, vandaag), "uid": uid}

    def look(reach: Reach) -> int | None:
        return session.execute(_key(scope_of(actor), reach), parameters).scalar_one_or_none()

    return find_within(session, actor, purpose, look)


@lru_cache(maxsize=8)
def _named(scope: Scope) -> Rows:
    seen = or_(*(visible_pleeggezinnen(scope, reach) for reach in (Reach.READ, Reach.NOOD)))
    columns: Columns = [Pleeggezin.uid, Pleeggezin.naam, Pleeggezin.nummer, Pleeggezin.soort, Pleeggezin.gemeente]
    wanted = Pleeggezin.uid == bindparam("uids", type_=ARRAY(Uuid)).any_()
    return select(*columns).where(wanted, holds(Pleeggezin, RowByRow()), seen).order_by(Pleeggezin.naam, Pleeggezin.uid)


def read_pleeggezinnen(session: Session, actor: Actor, uids: Collection[UUID], vandaag: date) -> Sequence[Regel]:
    """Return uid, naam, nummer, soort and gemeente of families by uid, of those that the actor may see."""
    if not uids:
        return ()
    parameters = {**scope_parameters(actor, vandaag), "uids": list(uids)}
    return [dict(row) for row in session.execute(_named(scope_of(actor)), parameters).mappings()]

"""Whether a file or a fact says something else since somebody began to type about it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, DateTime, Uuid, bindparam, func, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.rows import Rows
from app.db.statement import FastStatement
from app.models import Pleegkind
from app.models.soorten import SOORTEN, Eigenaar, FeitSoort
from app.queries.feiten.eigenaren import BETWEEN, is_of_children

_OVER = bindparam("over", type_=ARRAY(Uuid))
#: what a fact in the file of a child hangs on
_OF_CHILD = frozenset({Eigenaar.PLEEGKIND, *BETWEEN})


def last_recorded_since(
    session: Session, actor: Actor, over: Collection[UUID], sinds: datetime
) -> Mapping[UUID, datetime]:
    """Return when last something was recorded of facts, and in the file of a child; one statement.

    Args:
        session: reads.
        actor: who looks, at a page about them that they may see.
        over: uids of facts, with that of one child at most: a page is about one.
        sinds: the moment; of what nothing was recorded after it, nothing is said.
    """
    rows = _statement().rows(session, over=list(over), sinds=sinds, organisatie=actor.organisatie_id)
    return dict(rows)


@lru_cache(maxsize=1)
def _statement() -> FastStatement:
    """Build it with branches for the facts and for the file: an OR of the two is a scan of the table."""
    itself = (_recorded(soort, soort.model.uid, soort.model.uid == _OVER.any_()) for soort in SOORTEN.values())
    of_file = (_of_file(soort) for soort in SOORTEN.values() if soort.eigenaar in _OF_CHILD)
    found = union_all(*itself, *of_file).subquery("vastgelegd")
    return FastStatement(select(found.c.over, func.max(found.c.op)).group_by(found.c.over))


def _of_file(soort: FeitSoort) -> Rows:
    about = is_of_children(soort.eigenaar, soort.model, [_child(Pleegkind.feit_id)])
    return _recorded(soort, _child(Pleegkind.uid), about)


def _child(column: Any) -> ColumnElement[Any]:
    return select(column).where(Pleegkind.uid == _OVER.any_()).limit(1).scalar_subquery()


def _recorded(soort: FeitSoort, over: Any, about: ColumnElement[bool]) -> Rows:
    model, sinds = soort.model, bindparam("sinds", type_=DateTime(timezone=True))
    mine = model.organisatie_id == bindparam("organisatie", type_=BigInteger)
    return select(over.label("over"), model.vastgelegd_op.label("op")).where(mine, about, model.vastgelegd_op > sinds)

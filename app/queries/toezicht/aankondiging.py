"""What was recorded after the day on which a visit was announced: how many facts of which child."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ScalarSelect, Select, Uuid, bindparam, func, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.clock import start_of_day
from app.db.statement import FastStatement
from app.models import Pleegkind
from app.models.soorten import TIJDLIJN_SOORTEN, Eigenaar, FeitSoort
from app.models.versions import holds
from app.queries.feiten.eigenaren import child_of, is_of_children


def _recorded(soort: FeitSoort) -> Select[UUID]:
    """Select the child of each fact of a kind that holds in a version recorded since ``:vanaf``."""
    model = soort.model
    theirs = select(Pleegkind.feit_id).where(
        Pleegkind.uid == bindparam("kinderen", type_=ARRAY(Uuid)).any_(), holds(Pleegkind)
    )
    return select(_child(soort, model).label("kind")).where(
        model.vastgelegd_op >= bindparam("vanaf", type_=DateTime(timezone=True)),
        holds(model),
        is_of_children(soort.eigenaar, model, theirs),
    )


def _child(soort: FeitSoort, model: Any) -> ScalarSelect[UUID]:
    if soort.eigenaar is not Eigenaar.PLEEGKIND:
        return child_of(soort.eigenaar, model)
    return select(Pleegkind.uid).where(Pleegkind.id == model.pleegkind_id).scalar_subquery()


_EACH = union_all(*(_recorded(soort) for soort in TIJDLIJN_SOORTEN)).subquery()
_COUNTS = FastStatement(select(_EACH.c.kind, func.count()).group_by(_EACH.c.kind))


def count_after(session: Session, kinderen: Sequence[UUID], aangekondigd_op: date) -> dict[UUID, int]:
    """Return how many facts on a child's timeline were recorded, or changed last, after a civil day; of none 0."""
    vanaf = start_of_day(aangekondigd_op + timedelta(days=1))
    rows = _COUNTS.rows(session, kinderen=list(kinderen), vanaf=vanaf)
    found: dict[UUID, int] = {row[0]: row[1] for row in rows}
    return {kind: found.get(kind, 0) for kind in kinderen}

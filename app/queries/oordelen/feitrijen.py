"""The facts of given children in one statement, as the rows that ``app.queries.oordelen.dossiers`` assembles.

One UNION ALL over every kind of fact: a page of the caseload, one dossier and a national run take the same single
query. What the columns of each branch are, ``app.queries.oordelen.feitvorm`` says; the branches are in ``kindrijen``,
``plaatsingrijen`` and ``gezinrijen`` beside it, by the key of their rows.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CTE, BigInteger, CompoundSelect, Date, bindparam, func, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY

from app.db.statement import FastStatement
from app.models import Plaatsing, Uitzondering
from app.models.versions import BekendOp, holds
from app.norms.versie import TWEEDE_CATALOGUS
from app.queries.oordelen.gezinrijen import evaluaties_branch, family_branches
from app.queries.oordelen.kindrijen import child_branches, steps_of_before
from app.queries.oordelen.plaatsingrijen import plaatsing_branches
from app.terms import UitzonderingSoort


def facts_statement(bekend_op: BekendOp, *, one_day: bool = False) -> CompoundSelect[Any]:
    """Return the union over all kinds of facts of the children in ``:kinderen``.

    Events of a plaatsing, and families, are those of plaatsingen not ended on ``:vanaf`` (the peildatum); an
    earlier plaatsing says nothing about sight in this one (``normen.md`` §5). A ``vanaf`` of 0001-01-01 gives all.

    Args:
        bekend_op: what the file said at that moment.
        one_day: for judging on ``:vanaf`` alone: of what counts by being there, only the last one up to that day.
            Half of all rows are visits that a later one has overtaken.
    """
    children = bindparam("kinderen", type_=ARRAY(BigInteger))
    vanaf = bindparam("vanaf", type_=Date)
    own = _plaatsingen(children, vanaf, bekend_op)
    gezinnen = select(own.c.pleeggezin_id).where(own.c.lopend)
    return union_all(
        *child_branches(bekend_op, children),
        steps_of_before(own, bekend_op),
        *plaatsing_branches(own, vanaf, bekend_op, one_day=one_day),
        evaluaties_branch(gezinnen, vanaf, bekend_op, one_day=one_day),
        *family_branches(bekend_op, gezinnen),
    )


def _plaatsingen(children: Any, vanaf: Any, k: BekendOp) -> CTE:
    """Return the plaatsingen of the children that matter: those not ended on ``vanaf``, and what ended lately.

    Of one that ended, what somebody must act on matters as long as it is open, and what a zichtplan that still runs has
    promised since its first day ``plan_van`` (``normen.md`` §5b).
    """
    lopend = or_(Plaatsing.tot.is_(None), Plaatsing.tot > vanaf)
    plan = (
        select(func.min(Uitzondering.van))
        .where(
            Uitzondering.pleegkind_id == Plaatsing.pleegkind_id,
            Uitzondering.soort == UitzonderingSoort.ZICHTPLAN,
            Uitzondering.herzien_uiterlijk >= vanaf,
            holds(Uitzondering, k),
        )
        .scalar_subquery()
    )
    return (
        select(
            Plaatsing.feit_id,
            Plaatsing.pleegkind_id,
            Plaatsing.pleeggezin_id,
            lopend.label("lopend"),
            plan.label("plan_van"),
        )
        .where(
            Plaatsing.pleegkind_id == func.any(children),
            holds(Plaatsing, k),
            or_(lopend, Plaatsing.tot >= TWEEDE_CATALOGUS),
        )
        .cte("eigen")
    )


_STATEMENTS = {
    (then, one_day): FastStatement(facts_statement(bindparam("bekend_op") if then else None, one_day=one_day))
    for then in (False, True)
    for one_day in (False, True)
}


def facts_for(bekend_op: datetime | None, *, one_day: bool = False) -> tuple[FastStatement, dict[str, Any]]:
    """Return the statement for a moment of knowledge, with the parameters that it adds."""
    then = bekend_op is not None
    return _STATEMENTS[then, one_day], {"bekend_op": bekend_op} if then else {}

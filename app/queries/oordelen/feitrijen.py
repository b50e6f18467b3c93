"""The facts of given children in one statement, as the rows that ``app.queries.oordelen.dossiers`` assembles.

One UNION ALL over every kind of fact: a page of the caseload, one dossier and a national run take the same single
query. What the columns of each branch are, ``app.queries.oordelen.feitvorm`` says; the branches are in ``kindrijen``,
``plaatsingrijen`` and ``gezinrijen`` beside it, by the key of their rows.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import CTE, BigInteger, CompoundSelect, Date, bindparam, func, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.statement import FastStatement, Row
from app.models import Plaatsing, Uitzondering
from app.models.periode import runs_after
from app.models.versions import BekendOp, RowByRow, holds
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.queries.oordelen.gezinrijen import evaluaties_branch, family_branches
from app.queries.oordelen.kindrijen import child_branches, steps_of_before
from app.queries.oordelen.plaatsingrijen import plaatsing_branches
from app.terms import UitzonderingSoort


def facts_statement(bekend_op: BekendOp, children: Any, *, one_day: bool = False) -> CompoundSelect[Any]:
    """Return the union over all kinds of facts of given children.

    Events of a plaatsing, and families, are those of plaatsingen not ended on ``:vanaf`` (the peildatum); an
    earlier plaatsing says nothing about sight in this one (``normen.md`` §5). A ``vanaf`` of 0001-01-01 gives all.

    Args:
        bekend_op: what the file said at that moment.
        children: the key of one, or any of several.
        one_day: for judging on ``:vanaf`` alone: of what counts by being there, only the last one up to that day.
            Half of all rows are visits that a later one has overtaken.
    """
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
    lopend = runs_after(Plaatsing, vanaf)
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
            Plaatsing.pleegkind_id == children,
            holds(Plaatsing, k),
            or_(lopend, Plaatsing.tot >= TWEEDE_CATALOGUS),
        )
        .cte("eigen")
    )


@cache
def _facts(*, then: bool, one_day: bool, alone: bool) -> FastStatement:
    """Build the statement; what a few hundred children have is little of what there is."""
    k = RowByRow(bindparam("bekend_op") if then else None)
    several = func.any(bindparam("kinderen", type_=ARRAY(BigInteger)))
    children = bindparam("kind", type_=BigInteger) if alone else several
    return FastStatement(facts_statement(k, children, one_day=one_day))


def read_facts(
    session: Session, kinderen: Sequence[int], vanaf: date, bekend_op: datetime | None, *, one_day: bool
) -> list[Row]:
    """Return the rows of given children; the arguments are those of ``app.queries.oordelen.dossiers.load_dossiers``."""
    then, alone = bekend_op is not None, len(kinderen) == 1
    who = {"kind": kinderen[0]} if alone else {"kinderen": list(kinderen)}
    moment = {"bekend_op": bekend_op} if then else {}
    return _facts(then=then, one_day=one_day, alone=alone).rows(session, vanaf=vanaf, **who, **moment)

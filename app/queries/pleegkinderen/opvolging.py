"""The children for whom somebody must still act, or should have: what leads a list of children."""

from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    bindparam,
    column,
    func,
    not_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.access.scope import ORGANISATIE, scope_parameters, visible_pleegkinderen
from app.clock import civil_date
from app.db.rows import Expression, Lateral, Parameters, Rows
from app.db.statement import FastStatement
from app.models import Pleegkind, Termijn
from app.models.among import is_among, one_by_one
from app.models.versions import holds
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.queries.oordelen.dossiers import BATCH
from app.queries.oordelen.peildatum import IS_LATE_OPVOLGING, holds_on_peildatum, is_late_opvolging
from app.queries.oordelen.standen import judge_kinderen
from app.terms import Stand


def among(name: str) -> ColumnElement[int]:
    """Return any of the feit_ids of a parameter."""
    return bindparam(name, type_=ARRAY(BigInteger)).any_()


def with_opvolging(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return that a child of the organisatie has a stored judgement like this; which ones is looked up once."""
    found = select(Termijn.pleegkind_id).where(Termijn.organisatie_id == ORGANISATIE, holds_on_peildatum(), condition)
    return is_among(Pleegkind.feit_id, found)


def has_opvolging(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the same, looked up of each child by itself: of few children, however many the organisatie has."""
    return one_by_one(_of_child(select(Termijn.id).where(condition)))


def late_since(*, stored: bool) -> Lateral:
    """Return, to join to ``Pleegkind``, since when somebody should have acted for it: ``sinds``, or empty.

    Args:
        stored: by the stored judgements; else by the parameters of ``opvolging_then``.
    """
    if stored:
        found = _of_child(select(func.min(Termijn.uiterlijk).label("sinds")).where(IS_LATE_OPVOLGING))
        return found.correlate(Pleegkind).lateral("laat")
    then = (bindparam("laat", type_=ARRAY(BigInteger)), bindparam("sinds", type_=ARRAY(Date)))
    laat = func.unnest(*then).table_valued(column("kind", BigInteger), column("sinds", Date)).render_derived("toen")
    of_child = select(func.min(laat.c.sinds).label("sinds")).where(laat.c.kind == Pleegkind.feit_id)
    return of_child.correlate(Pleegkind).lateral("laat")


def join_late(kinderen: Rows) -> tuple[Rows, Expression[date | None]]:
    """Return, of a select of children, those for whom somebody should have acted, and since when: in that order.

    An index has that order, so that of however many no more are read than are shown.
    """
    first, other = aliased(Termijn), aliased(Termijn)
    sooner = tuple_(other.uiterlijk, other.id) < tuple_(first.uiterlijk, first.id)
    same = other.pleegkind_id == first.pleegkind_id
    before = select(other.id).where(same, holds_on_peildatum(other), is_late_opvolging(other), sooner)
    late = kinderen.join(first, first.pleegkind_id == Pleegkind.feit_id).where(
        first.organisatie_id == ORGANISATIE,
        holds_on_peildatum(first),
        is_late_opvolging(first),
        not_(one_by_one(before)),
    )
    return late, first.uiterlijk


def _of_child(segments: Rows) -> Rows:
    return segments.where(Termijn.pleegkind_id == Pleegkind.feit_id, holds_on_peildatum())


@lru_cache(maxsize=8)
def _in_scope(scope: Scope) -> FastStatement:
    """Build the children in scope, for judging them all."""
    return FastStatement(select(Pleegkind.feit_id).where(holds(Pleegkind), visible_pleegkinderen(scope)))


def list_in_scope(session: Session, actor: Actor, vandaag: date) -> list[int]:
    """Return the children in the lists of an actor, by feit_id."""
    rows = _in_scope(scope_of(actor)).rows(session, **scope_parameters(actor, vandaag))
    return [row[0] for row in rows]


def opvolging_then(
    session: Session, actor: Actor, vandaag: date, peildatum: date, bekend_op: datetime | None
) -> Parameters:
    """Return the children for whom somebody must act (``open``), or should have (``laat``), by the rule itself.

    Of the latter also since when (``sinds``), at the same places.
    """
    open_: list[int] = []
    laat: dict[int, date] = {}
    # Nothing is recorded before its day: what was known before the second catalogue held is no aanleiding either.
    known_on = peildatum if bekend_op is None else min(peildatum, civil_date(bekend_op))
    if known_on >= TWEEDE_CATALOGUS:
        keys = list_in_scope(session, actor, vandaag)
        for start in range(0, len(keys), BATCH):
            piece = judge_kinderen(session, actor.organisatie_id, keys[start : start + BATCH], peildatum, bekend_op)
            for kind, oordelen in piece.items():
                due = [(one.uiterlijk, one.stand) for one in oordelen if one.is_opvolging and one.uiterlijk is not None]
                if due:
                    open_.append(kind)
                if late := [uiterlijk for uiterlijk, stand in due if stand is Stand.TE_LAAT]:
                    laat[kind] = min(late)
    return {"open": open_, "laat": list(laat), "sinds": list(laat.values())}

"""The children for whom somebody must still act, or should have: what leads a list of children."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.access.scope import ORGANISATIE, scope_parameters, visible_pleegkinderen
from app.clock import civil_date
from app.db.among import is_among
from app.db.statement import FastStatement
from app.models import Pleegkind, Termijn
from app.models.versions import holds
from app.norms.versie import TWEEDE_CATALOGUS
from app.queries.oordelen.dossiers import BATCH
from app.queries.oordelen.peildatum import holds_on_peildatum
from app.queries.oordelen.standen import judge_kinderen
from app.terms import Stand


def among(name: str) -> ColumnElement[Any]:
    """Return any of the feit_ids of a parameter."""
    return bindparam(name, type_=ARRAY(BigInteger)).any_()


def with_opvolging(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return that a child of the organisatie has a stored judgement like this; which ones is looked up once."""
    found = select(Termijn.pleegkind_id).where(Termijn.organisatie_id == ORGANISATIE, holds_on_peildatum(), condition)
    return is_among(Pleegkind.feit_id, found)


def has_opvolging(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the same, looked up of each child by itself: of few children, however many the organisatie has."""
    own = Termijn.pleegkind_id == Pleegkind.feit_id
    found = select(Termijn.id).where(own, holds_on_peildatum(), condition)
    return found.offset(literal_column("0")).exists()  # what PostgreSQL makes no join of


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
) -> dict[str, list[int]]:
    """Return the children for whom somebody must act (``open``), or should have (``laat``), by the rule itself."""
    open_, laat = [], []
    # Nothing is recorded before its day: what was known before the second catalogue held is no aanleiding either.
    known_on = peildatum if bekend_op is None else min(peildatum, civil_date(bekend_op))
    if known_on >= TWEEDE_CATALOGUS:
        keys = list_in_scope(session, actor, vandaag)
        for start in range(0, len(keys), BATCH):
            piece = judge_kinderen(session, actor.organisatie_id, keys[start : start + BATCH], peildatum, bekend_op)
            for kind, oordelen in piece.items():
                due = [one for one in oordelen if one.is_opvolging and one.uiterlijk is not None]
                if due:
                    open_.append(kind)
                if any(one.stand is Stand.TE_LAAT for one in due):
                    laat.append(kind)
    return {"open": open_, "laat": laat}

"""Facts of one child, chosen by what they say: one by its id, those of a day, the last few; no list to search in."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Uuid, bindparam, func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.db.rows import Rows
from app.models import Actie, Casuistiekbespreking
from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import holds, newest
from app.queries.feiten.eigenaren import is_of_children
from app.queries.feiten.keuze import Keuze
from app.queries.feiten.regels import feit_select, shown


@lru_cache(maxsize=32)
def of_child_query(soort: FeitSoort, keuze: Keuze, most: int | None = None) -> Rows:
    """Build the select of the facts of ``:kind`` that a choice names, in its order: all of them, or the first few."""
    model = soort.model
    chosen = (condition(model) for condition in keuze.voorwaarden)
    order = getattr(model, keuze.dag or soort.dag or "uid"), model.uid
    return (
        feit_select(model)
        .where(*_of_kind(soort), *chosen)
        .order_by(*(key.asc() if keuze.dag else key.desc() for key in order))
        .limit(most)
    )


@lru_cache(maxsize=8)
def count_of_child_query(soort: FeitSoort) -> Rows:
    """Build the select of how many facts of a kind ``:kind`` has."""
    return select(func.count().label("aantal")).select_from(soort.model).where(*_of_kind(soort))


def _of_kind(soort: FeitSoort) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return that a fact holds, and is of the child ``:kind``."""
    return is_of_children(soort.eigenaar, soort.model, [bindparam("kind", type_=BigInteger)]), holds(soort.model)


@lru_cache(maxsize=1)
def _of_bespreking() -> Rows:
    this = select(Casuistiekbespreking.feit_id).where(
        Casuistiekbespreking.uid == bindparam("bespreking", type_=Uuid), newest(Casuistiekbespreking)
    )
    mine = Actie.casuistiekbespreking_id.in_(this), holds(Actie)
    return feit_select(Actie).where(*mine).order_by(Actie.uiterlijk, Actie.uid)


def list_acties_of_bespreking(session: Session, actor: Actor, bespreking: UUID, vandaag: date) -> list[dict[str, Any]]:
    """Return what was agreed in a casuistiekbespreking that the actor was found to see, the first day first."""
    rows = session.execute(_of_bespreking(), {"bespreking": bespreking}).mappings()
    return [shown(session, actor, SOORTEN["actie"], row, vandaag) for row in rows.all()]


def list_of_child(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    kind: int,
    vandaag: date,
    keuze: Keuze,
    van: Mapping[str, UUID],
) -> list[dict[str, Any]]:
    """Return the facts of a kind of one child that a choice names, in its order.

    Args:
        session: reads.
        actor: who reads; the caller has checked that the child is theirs to see.
        soort: which kind.
        kind: feit_id of the child.
        vandaag: today.
        keuze: which of them.
        van: what its conditions ask: ``feit``.
    """
    rows = session.execute(of_child_query(soort, keuze), {"kind": kind, **van}).mappings()
    return [shown(session, actor, soort, row, vandaag) for row in rows.all()]

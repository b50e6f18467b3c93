"""A few facts of one child, chosen by what they say: one by its id, those of a day; never a list to search through."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, Uuid, bindparam, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Actie, Casuistiekbespreking
from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import holds, newest
from app.queries.feiten.eigenaren import is_of_children
from app.queries.feiten.keuze import Keuze
from app.queries.feiten.regels import feit_select, shown


@lru_cache(maxsize=32)
def of_child_query(soort: FeitSoort, keuze: Keuze) -> Select[Any]:
    """Build the select of the facts of ``:kind`` that a choice names, the last recorded first."""
    model: Any = soort.model
    own = is_of_children(soort.eigenaar, model, [bindparam("kind", type_=BigInteger)])
    chosen = (condition(model) for condition in keuze.voorwaarden)
    return feit_select(model).where(own, holds(model), *chosen).order_by(model.uid.desc())


@lru_cache(maxsize=1)
def _of_bespreking() -> Select[Any]:
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
    """Return the facts of a kind of one child that a choice names, the last recorded first.

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

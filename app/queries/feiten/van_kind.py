"""A few facts of one child, chosen by what they say: one by its id, those of a day; never a list to search through."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, bindparam
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models.soorten import FeitSoort
from app.models.versions import holds
from app.queries.feiten.eigenaren import is_of_children
from app.queries.feiten.keuze import Keuze
from app.queries.feiten.regels import feit_select, shown


@lru_cache(maxsize=32)
def _of_child(soort: FeitSoort, keuze: Keuze) -> Select[Any]:
    model: Any = soort.model
    own = is_of_children(soort.eigenaar, model, [bindparam("kind", type_=BigInteger)])
    chosen = (condition(model) for condition in keuze.voorwaarden)
    return feit_select(model).where(own, holds(model), *chosen).order_by(model.uid.desc())


def list_of_child(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    kind: int,
    vandaag: date,
    keuze: Keuze,
    van: Mapping[str, UUID | date],
) -> list[dict[str, Any]]:
    """Return the facts of a kind of one child that a choice names, the last recorded first.

    Args:
        session: reads.
        actor: who reads; the caller has checked that the child is theirs to see.
        soort: which kind.
        kind: feit_id of the child.
        vandaag: today.
        keuze: which of them.
        van: what its conditions ask: ``feit``, ``dag``.
    """
    rows = session.execute(_of_child(soort, keuze), {"kind": kind, **van}).mappings()
    return [shown(session, actor, soort, row, vandaag) for row in rows.all()]

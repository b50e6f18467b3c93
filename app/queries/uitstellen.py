"""Which reminders are put off on a day: of children, to show; and of one person, who is not reminded of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Date, and_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.models import Medewerker, Uitstel
from app.models.versions import RowByRow, holds, newest
from app.terms import NormCode

_DAG: Final = bindparam("dag", type_=Date)


def is_put_off_on(dag: Any) -> ColumnElement[bool]:
    """Return that an uitstel runs on a day, a value or a bind parameter."""
    return and_(Uitstel.datum <= dag, Uitstel.tot > dag, holds(Uitstel, RowByRow()))


@dataclass(frozen=True, slots=True)
class Uitgesteld:
    """A reminder that somebody put off: of a norm of a child, or when None of the end of an uitzondering."""

    uid: UUID
    versie: int
    norm: NormCode | None
    tot: date
    door: str
    reden: str


#: what is put off on ``:dag`` of ``:kinderen``
UITGESTELD: Final = (
    select(Uitstel.pleegkind_id, Uitstel.uid, Uitstel.versie, Uitstel.norm, Uitstel.tot, Medewerker.naam, Uitstel.reden)
    .join(Medewerker, (Medewerker.feit_id == Uitstel.medewerker_id) & newest(Medewerker, RowByRow()))
    .where(Uitstel.pleegkind_id == bindparam("kinderen", type_=ARRAY(BigInteger)).any_(), is_put_off_on(_DAG))
    .order_by(Uitstel.tot, Uitstel.id)
)
_SHOWN: Final = FastStatement(UITGESTELD)


def read_uitgesteld(session: Session, kinderen: Sequence[int], dag: date) -> Mapping[int, Sequence[Uitgesteld]]:
    """Return what is put off on a day of given children (feit_ids that the reader was found to see), by child."""
    if not kinderen:
        return {}
    return uitgesteld_of(_SHOWN.rows(session, kinderen=list(kinderen), dag=dag))


def uitgesteld_of(rows: Iterable[Sequence[Any]]) -> Mapping[int, Sequence[Uitgesteld]]:
    """Return the same of rows of ``UITGESTELD`` that were read with other lists."""
    found: dict[int, list[Uitgesteld]] = {}
    for kind, uid, versie, norm, tot, door, reden in rows:
        found.setdefault(kind, []).append(Uitgesteld(uid, versie, norm and NormCode(norm), tot, door, reden))
    return found


def read_own_uitgesteld(session: Session, medewerker_id: int, dag: date) -> Mapping[int, frozenset[NormCode]]:
    """Return of which norms of which children somebody is not reminded on a day."""
    found: dict[int, set[NormCode]] = {}
    own = select(Uitstel.pleegkind_id, Uitstel.norm).where(Uitstel.medewerker_id == medewerker_id, is_put_off_on(dag))
    for kind, norm in session.execute(own.where(Uitstel.norm.is_not(None))):
        found.setdefault(kind, set()).update((norm,) if norm else ())
    return {kind: frozenset(normen) for kind, normen in found.items()}


def is_end_put_off(session: Session, medewerker_id: int, uitzondering: int, dag: date) -> bool:
    """Tell whether somebody is not reminded on a day that an uitzondering ends."""
    own = select(Uitstel.id).where(
        Uitstel.medewerker_id == medewerker_id, Uitstel.uitzondering_id == uitzondering, is_put_off_on(dag)
    )
    return session.execute(own.limit(1)).first() is not None

"""What of the follow-up in a quarter nobody had recorded on its last day: key figures say what was known then."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Final

from sqlalchemy import BigInteger, Date, DateTime, bindparam, func, literal_column, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.rows import Parameters, Rows
from app.db.statement import FastStatement
from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import BekendOp, holds
from app.norms.kwartaaltoets.rij import Feitsleutel
from app.queries.feiten.late_registratie import recorded_on
from app.terms import AanleidingSoort

#: what an aanleiding and the steps about it are recorded as
_SOORTEN: Final = (
    *(SOORTEN[naam] for naam in AanleidingSoort), *(soort for soort in SOORTEN.values() if soort.is_opvolging),
)  # fmt: skip


def _recorded_after(soort: FeitSoort, k: BekendOp) -> Rows:
    model = soort.model
    keys = func.any(bindparam(soort.naam, type_=ARRAY(BigInteger)))
    return select(literal_column(f"'{soort.naam}'"), model.feit_id).where(
        or_(model.id == keys, model.eerste_id == keys),
        holds(model, k),
        recorded_on(soort, model) > bindparam("laatste_dag", type_=Date),
    )


def _statement(k: BekendOp) -> FastStatement:
    return FastStatement(union_all(*(_recorded_after(soort, k) for soort in _SOORTEN)))


_STATEMENTS: Final[Mapping[bool, FastStatement]] = {
    False: _statement(None),
    True: _statement(bindparam("bekend_op", type_=DateTime(timezone=True))),
}


def load_later(
    session: Session, feiten: Iterable[Feitsleutel], laatste_dag: date, bekend_op: datetime | None
) -> AbstractSet[Feitsleutel]:
    """Return which facts were first recorded after a day; one statement, and none when there are no facts.

    Args:
        session: reads.
        feiten: aanleidingen and steps.
        laatste_dag: the last day of a quarter.
        bekend_op: what the file said at that moment; None for now.
    """
    keys: dict[str, list[int]] = defaultdict(list)
    for soort, key in feiten:
        keys[soort].append(key)
    if not keys:
        return frozenset()
    asked: Parameters = {soort.naam: keys[soort.naam] for soort in _SOORTEN}
    then = {} if bekend_op is None else {"bekend_op": bekend_op}
    rows = _STATEMENTS[bekend_op is not None].rows(session, laatste_dag=laatste_dag, **asked, **then)
    return frozenset((soort, key) for soort, key in rows)

"""Whether what is recorded fits the life that it is of: asked of the database, judged by ``app.invoer.levens``."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.invoer.bezwaar import Bezwaar
from app.invoer.levens import DAGEN, fault_against_file, fault_in_birth, fault_in_life
from app.models import Gezinslid, Plaatsing, Pleegkind, Signaal
from app.models.soorten import SOORTEN, Eigenaar, FeitSoort
from app.models.versions import RowByRow, holds

Values = Mapping[str, Any]

_GEBOREN = "geboortedatum"
_FEW = RowByRow()
# What a fact hangs on → the column by which that hangs on a child.
_VIA: Mapping[Eigenaar, Any] = {Eigenaar.PLAATSING: Plaatsing, Eigenaar.SIGNAAL: Signaal}


def life_faults(
    session: Session, soort: FeitSoort, values: Values, vandaag: date, birth: date | None = None
) -> Iterator[Bezwaar]:
    """Yield what cannot be: a day before the birth, care that begins at 27, somebody over 110.

    Args:
        session: the transaction.
        soort: the kind of ``values``.
        values: the whole content, with references as feit_id; a correction has its own ``feit_id`` in it.
        vandaag: today in Amsterdam.
        birth: of whom it is about, where that was read already.
    """
    geboren = values.get(_GEBOREN)
    if geboren is None:
        geboren = birth or _birth(session, soort, values)
    else:
        found = fault_in_birth(geboren, vandaag) or _against_file(session, soort, values)
        yield from () if found is None else (found,)
    for column in DAGEN if geboren is not None else ():
        day = values.get(column)
        found = fault_in_life(column, day, geboren) if isinstance(day, date) and geboren is not None else None
        yield from () if found is None else (found,)


def _birth(session: Session, soort: FeitSoort, values: Values) -> date | None:
    """Return the date of birth of whom a fact is about; None for what is of a family."""
    statement = _birth_of(soort.eigenaar)
    rows = statement.rows(session, eigenaar=values.get(soort.eigenaar)) if statement is not None else []
    return rows[0][0] if rows else None


@cache
def _birth_of(eigenaar: Eigenaar) -> FastStatement | None:
    """Build the select of the date of birth of what a fact hangs on; None for what is of a family."""
    owner: Any = bindparam("eigenaar", type_=BigInteger)
    if eigenaar is Eigenaar.GEZINSLID:
        return FastStatement(select(Gezinslid.geboortedatum).where(Gezinslid.feit_id == owner, holds(Gezinslid, _FEW)))
    if eigenaar in _VIA:
        via = _VIA[eigenaar]
        owner = select(via.pleegkind_id).where(via.feit_id == owner, holds(via, _FEW)).scalar_subquery()
    elif eigenaar is not Eigenaar.PLEEGKIND:
        return None
    return FastStatement(select(Pleegkind.geboortedatum).where(Pleegkind.feit_id == owner, holds(Pleegkind, _FEW)))


def _against_file(session: Session, soort: FeitSoort, values: Values) -> Bezwaar | None:
    """Hold a new date of birth against every fact of that life that is recorded."""
    feit_id = values.get("feit_id")
    if feit_id is None:
        return None
    days = [
        (other.dag, first, last)
        for other in SOORTEN.values()
        if other.dag is not None and (owner := _owner_is(soort, other, feit_id)) is not None
        for first, last in session.execute(
            select(func.min(_day(other)), func.max(_day(other))).where(owner, holds(other.model))
        )
        if first is not None
    ]
    begun = [last for dag, _, last in days if dag == "van"]
    return fault_against_file(
        values[_GEBOREN], min((first for _, first, _ in days), default=None), max(begun, default=None)
    )


def _day(soort: FeitSoort) -> Any:
    return getattr(soort.model, soort.dag or "")


def _owner_is(life: FeitSoort, other: FeitSoort, feit_id: int) -> Any:
    """Return the condition that a fact of a kind is of this life, or None when it never is."""
    own = getattr(other.model, other.eigenaar)
    if life.als_eigenaar is Eigenaar.GEZINSLID:
        return own == feit_id if other.eigenaar is Eigenaar.GEZINSLID else None
    if other.eigenaar is Eigenaar.PLEEGKIND:
        return own == feit_id
    if other.eigenaar in _VIA:
        via = _VIA[other.eigenaar]
        return own.in_(select(via.feit_id).where(via.pleegkind_id == feit_id, holds(via)))
    return None

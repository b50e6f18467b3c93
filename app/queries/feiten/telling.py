"""How much was recorded about a child, of each kind of fact, and when for the last time."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Date,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.models.soorten import TIJDLIJN_SOORTEN, FeitSoort
from app.models.versions import holds
from app.queries.feiten.eigenaren import is_of_children


class Feitentelling(NamedTuple):
    """How many, and the day of the last one."""

    aantal: int
    laatste: date


def count_feiten(session: Session, kind: int) -> dict[str, Feitentelling]:
    """Return of each kind of fact what holds about a child (feit_id that the actor was found to see); one statement.

    A kind of which there is nothing is left out.
    """
    rows = session.execute(_statement(), {"kind": kind})
    return {soort: Feitentelling(aantal, laatste) for soort, aantal, laatste in rows if aantal}


@lru_cache(maxsize=1)
def _statement() -> CompoundSelect[str, int, date]:
    return union_all(*(_branch(soort) for soort in TIJDLIJN_SOORTEN))


def _branch(soort: FeitSoort) -> Select[str, int, date]:
    model = soort.model
    day = cast(getattr(model, soort.dag or "datum"), Date)
    return select(cast(literal_column(f"'{soort.naam}'"), String), func.count(), func.max(day)).where(
        is_of_children(soort.eigenaar, model, [bindparam("kind", type_=BigInteger)]), holds(model)
    )

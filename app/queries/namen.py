"""The names behind what a file names by key: members of the family, colleagues, and who did what was recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    false,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from app.db.rows import Regel, Rows
from app.db.statement import FastStatement
from app.models import Gezinslid, Medewerker
from app.models.soorten import SOORTEN, FeitSoort
from app.models.versions import newest
from app.queries.feiten.late_registratie import is_late, recorded_on

#: kind → the column of the medewerker whose work it is
_DOOR = {soort.naam: soort.auteur for soort in SOORTEN.values() if soort.auteur} | {"begeleiding": "medewerker_id"}
_UIDS = bindparam("uids", type_=ARRAY(Uuid))
_NEVER: Final = literal_column("NULL::date", Date)


@dataclass(frozen=True, slots=True)
class Naam:
    """Who it is, or who did it.

    Attributes:
        naam: of the person.
        uitkomst: of what has one: a veiligheidscheck.
        weg: a medewerker who no longer works here.
        laat_op: of what was recorded late, on which day that was.
    """

    naam: str
    uitkomst: str | None
    weg: bool
    laat_op: date | None = None


def read_namen(session: Session, uids: Iterable[UUID]) -> dict[UUID, Naam]:
    """Return who did the facts that the reader was found to see, and of gezinsleden and medewerkers their names."""
    rows = _STATEMENT.rows(session, uids=list(uids))
    return {uid: Naam(*who) for uid, *who in rows}


def namen_of(rows: Iterable[Regel]) -> dict[UUID, Naam]:
    """Return the same of rows of ``NAMEN`` that were read with other lists."""
    return {row["uid"]: Naam(row["naam"], row["uitkomst"], row["weg"], row["laat_op"]) for row in rows}


def _done(soort: str, column: str) -> Rows:
    model = SOORTEN[soort].model
    who = aliased(Medewerker)
    outcome = cast(getattr(model, "uitkomst", null()), Text)
    return (
        select(
            model.uid, who.naam, outcome.label("uitkomst"), who.ingetrokken.label("weg"),
            _late_on(SOORTEN[soort]).label("laat_op"),
        )
        .join(who, (who.feit_id == getattr(model, column)) & newest(who))
        .where(model.uid == _UIDS.any_(), newest(model))
    )  # fmt: skip


def _late_on(soort: FeitSoort) -> ColumnElement[date]:
    """Return the day on which a version was recorded, when that was late; else NULL."""
    if not soort.telt_laat:
        return _NEVER
    day = getattr(soort.model, soort.dag or "datum")
    return case((is_late(soort, soort.model, day), recorded_on(soort, soort.model)))


def _member() -> Rows:
    columns = Gezinslid.uid, Gezinslid.naam, literal_column("NULL", Text), false(), _NEVER
    return select(*columns).where(Gezinslid.uid == _UIDS.any_(), newest(Gezinslid))


def _colleague() -> Rows:
    columns = Medewerker.uid, Medewerker.naam, literal_column("NULL", Text), Medewerker.ingetrokken, _NEVER
    return select(*columns).where(Medewerker.uid == _UIDS.any_(), newest(Medewerker))


#: the names of ``:uids``
NAMEN: Final[Rows] = select(
    union_all(*(_done(soort, column) for soort, column in _DOOR.items()), _member(), _colleague()).subquery("namen")
)
_STATEMENT = FastStatement(NAMEN)

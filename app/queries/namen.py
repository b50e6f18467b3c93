"""The names behind what a file names by key: members of the family, colleagues, and who did what was recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import Text, Uuid, bindparam, cast, false, literal_column, null, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from app.db.rows import Regel, Rows
from app.db.statement import FastStatement
from app.models import Gezinslid, Medewerker
from app.models.soorten import SOORTEN
from app.models.versions import newest

#: kind → the column of the medewerker whose work it is
_DOOR = {soort.naam: soort.auteur for soort in SOORTEN.values() if soort.auteur} | {"begeleiding": "medewerker_id"}
_UIDS = bindparam("uids", type_=ARRAY(Uuid))


@dataclass(frozen=True, slots=True)
class Naam:
    """Who it is, or who did it.

    Attributes:
        naam: of the person.
        uitkomst: of what has one: a veiligheidscheck.
        weg: a medewerker who no longer works here.
    """

    naam: str
    uitkomst: str | None
    weg: bool


def read_namen(session: Session, uids: Iterable[UUID]) -> dict[UUID, Naam]:
    """Return who did the facts that the reader was found to see, and of gezinsleden and medewerkers their names."""
    rows = _STATEMENT.rows(session, uids=list(uids))
    return {uid: Naam(*who) for uid, *who in rows}


def namen_of(rows: Iterable[Regel]) -> dict[UUID, Naam]:
    """Return the same of rows of ``NAMEN`` that were read with other lists."""
    return {row["uid"]: Naam(row["naam"], row["uitkomst"], row["weg"]) for row in rows}


def _done(soort: str, column: str) -> Rows:
    model = SOORTEN[soort].model
    who = aliased(Medewerker)
    outcome = cast(getattr(model, "uitkomst", null()), Text)
    return (
        select(model.uid, who.naam, outcome.label("uitkomst"), who.ingetrokken.label("weg"))
        .join(who, (who.feit_id == getattr(model, column)) & newest(who))
        .where(model.uid == _UIDS.any_(), newest(model))
    )


def _member() -> Rows:
    columns = Gezinslid.uid, Gezinslid.naam, literal_column("NULL", Text), false()
    return select(*columns).where(Gezinslid.uid == _UIDS.any_(), newest(Gezinslid))


def _colleague() -> Rows:
    columns = Medewerker.uid, Medewerker.naam, literal_column("NULL", Text), Medewerker.ingetrokken
    return select(*columns).where(Medewerker.uid == _UIDS.any_(), newest(Medewerker))


#: the names of ``:uids``
NAMEN: Final[Rows] = select(
    union_all(*(_done(soort, column) for soort, column in _DOOR.items()), _member(), _colleague()).subquery("namen")
)
_STATEMENT = FastStatement(NAMEN)

"""Which imports an organisatie made: the change log knows what each wrote, so there is no second list of it.

An import says in its package that it is one; taking it back says of which package. What was imported before packages
said so cannot be taken back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Text, cast, exists, literal, select
from sqlalchemy.orm import Session, aliased

from app.models import Wijziging, Wijzigingspakket

IMPORT: Final = "import"
TERUG_VAN: Final = "import teruggedraaid: pakket "


@dataclass(frozen=True, slots=True)
class Import:
    """One import.

    Attributes:
        pakket_id: its package in the change log.
        op: when it began.
    """

    pakket_id: int
    op: datetime


def find_last_import(session: Session, organisatie_id: int, tabellen: Iterable[str]) -> Import | None:
    """Return the last import that wrote a row of these tables and was not taken back."""
    terug = aliased(Wijzigingspakket)
    taken_back = exists(terug.id).where(
        terug.organisatie_id == organisatie_id,
        terug.account_id.is_(None),
        terug.reden == literal(TERUG_VAN) + cast(Wijzigingspakket.id, Text),
    )
    wrote = exists(Wijziging.id).where(
        Wijziging.organisatie_id == organisatie_id,
        Wijziging.pakket_id == Wijzigingspakket.id,
        Wijziging.tabel.in_(list(tabellen)),
    )
    statement = (
        select(Wijzigingspakket.id, Wijzigingspakket.op)
        .where(
            Wijzigingspakket.organisatie_id == organisatie_id,
            Wijzigingspakket.account_id.is_(None),
            Wijzigingspakket.reden == IMPORT,
            ~taken_back,
            wrote,
        )
        .order_by(Wijzigingspakket.id.desc())
        .limit(1)
    )
    found = session.execute(statement).one_or_none()
    return Import(found.id, found.op) if found else None


def read_written(session: Session, organisatie_id: int, pakket_id: int, tabel: str) -> Sequence[int]:
    """Return the ids of the rows of a table that a package wrote."""
    statement = select(Wijziging.rij_id).where(
        Wijziging.organisatie_id == organisatie_id, Wijziging.pakket_id == pakket_id, Wijziging.tabel == tabel
    )
    return session.scalars(statement.order_by(Wijziging.rij_id)).all()

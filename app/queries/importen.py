"""Which imports an organisatie made, and how far the last one is.

The change log knows what each wrote, so there is no second list of it.

An import says in its package that it is one; taking it back says of which package. What was imported before packages
said so cannot be taken back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Text,
    bindparam,
    cast,
    exists,
    literal,
    literal_column,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import NamedRow
from app.models import Importstand, Organisatie, Wijziging, Wijzigingspakket

IMPORT: Final = "import"
TERUG_VAN: Final = "import teruggedraaid: pakket "
#: the advisory lock that whoever imports for an organisatie holds; by the code, for a new one has no row
BEURT: Final = "hashtextextended('import ' || {code}, 0)"
_ORGANISATIE: Final = bindparam("organisatie", type_=BigInteger)
_LOCK: Final = BEURT.format(code="(SELECT code FROM eigen)")
_HELD: Final[ColumnElement[bool]] = literal_column(
    "EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"  # noqa: S608 — a constant
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    f" AND (classid::bigint << 32) | objid::bigint = {_LOCK})",
    Boolean,
)


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


def _standen() -> KeysetQuery:
    eigen = select(Organisatie.code).where(Organisatie.id == _ORGANISATIE).cte("eigen")
    columns = (Importstand.begonnen_op, Importstand.gedaan, Importstand.totaal, Importstand.onderdeel)
    runs = (Importstand.geeindigd_op.is_(None) & _HELD).label("bezig")
    whole = Importstand.geeindigd_op.is_not(None).label("afgelopen")
    own = select(*columns, runs, whole).add_cte(eigen).where(Importstand.organisatie_id == _ORGANISATIE)
    return KeysetQuery(own, Key("begonnen_op", Importstand.begonnen_op, descending=True))


_STANDEN: Final = _standen()


def list_importstanden(session: Session, actor: Actor, page: Page) -> Window[NamedRow]:
    """Return how far the last import of the actor's organisatie is: one that ended, runs, or was broken off."""
    return _STANDEN.fetch(session, page, {"organisatie": actor.organisatie_id})

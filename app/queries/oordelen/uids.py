"""From internal keys to the ids that the outside knows, for everything that a judgement names."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import BigInteger, Text, bindparam, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.models import Base
from app.norms.events import EVENT_OF_NORM, SEVERAL_KINDS, kind_of
from app.norms.judge import Oordeel
from app.norms.uitleg.explain import Uitleg
from app.terms import OnderwerpSoort


def read_ids(
    session: Session,
    oordelen: Iterable[tuple[int, Oordeel]],
    uitleg: Iterable[Uitleg] = (),
    ook: Iterable[tuple[str, int]] = (),
) -> dict[tuple[str, int], UUID]:
    """Return the external id of every child, subject, event and uitzondering named, and of ``ook``; one statement."""
    wanted: dict[str, set[int]] = {name: set() for name in _ID_TABLES}
    for table, key in ook:
        wanted[table].add(key)
    for kind, oordeel in oordelen:
        wanted["pleegkind"].add(kind)
        wanted[oordeel.onderwerp_soort].add(oordeel.onderwerp_id)
        if oordeel.laatste:
            wanted[kind_of(oordeel.norm.code, oordeel.laatste)].add(oordeel.laatste.id)
        if oordeel.uitzondering_id:
            wanted["uitzondering"].add(oordeel.uitzondering_id)
    for one in uitleg:
        for event in one.telden_niet:
            wanted[event.soort].add(event.id)
    rows = _IDS.rows(session, **{name: sorted(keys) for name, keys in wanted.items()})
    return {(table, key): uid for table, key, uid in rows}


#: whom a judgement is of, what it is about, what counted for it and what excuses it
_ID_TABLES = tuple(
    name
    for name in dict.fromkeys(("pleegkind", *OnderwerpSoort, *EVENT_OF_NORM.values(), "uitzondering", *SEVERAL_KINDS))
    if name in Base.metadata.tables
)
_IDS = FastStatement(
    union_all(
        *(
            select(literal_column(f"'{name}'", Text), table.c.id, table.c.uid).where(
                table.c.id == bindparam(name, type_=ARRAY(BigInteger)).any_()
            )
            for name, table in ((name, Base.metadata.tables[name]) for name in _ID_TABLES)
        )
    )
)

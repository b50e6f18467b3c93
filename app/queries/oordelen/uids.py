"""From internal keys to the ids that the outside knows, for everything that a judgement names."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Text, bindparam, case, func, literal_column, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.models import Base, Pleegkind, Termijn
from app.norms.events import EVENT_OF_NORM, SEVERAL_KINDS, kind_of
from app.norms.judge import Oordeel
from app.norms.uitleg.explain import Uitleg
from app.terms import OnderwerpSoort

#: (table, key) → external id
Ids = dict[tuple[str, int], UUID]


def read_ids(
    session: Session,
    oordelen: Iterable[tuple[int, Oordeel]],
    uitleg: Iterable[Uitleg] = (),
    ook: Iterable[tuple[str, int]] = (),
) -> Ids:
    """Return the external id of every child, subject, event and uitzondering named, and of ``ook``; one statement."""
    wanted: dict[str, set[int]] = {name: set() for name in _ID_TABLES}
    named = [one for kind, oordeel in oordelen for one in _named_by(kind, oordeel) if one is not None]
    events = [(event.soort, event.id) for one in uitleg for event in one.telden_niet]
    for table, key in (*named, *events, *ook):
        wanted[table].add(key)
    rows = _IDS.rows(session, **{name: sorted(keys) for name, keys in wanted.items()})
    return {(table, key): uid for table, key, uid in rows}


def ids_read_along(oordelen: Iterable[tuple[int, Oordeel, Sequence[UUID | None]]]) -> Ids:
    """Return the same of judgements whose statement gave ``ID_COLUMNS`` with each."""
    return {
        named: uid
        for kind, oordeel, uids in oordelen
        for named, uid in zip(_named_by(kind, oordeel), uids, strict=True)
        if named is not None and uid is not None
    }


def _named_by(kind: int, oordeel: Oordeel) -> tuple[tuple[str, int] | None, ...]:
    """Return whom a judgement is of, what it is about, what counted last for it and what excuses it."""
    laatste, uitzondering = oordeel.laatste, oordeel.uitzondering_id
    return (
        ("pleegkind", kind),
        (oordeel.onderwerp_soort, oordeel.onderwerp_id),
        None if laatste is None else (kind_of(oordeel.norm.code, laatste), laatste.id),
        None if uitzondering is None else ("uitzondering", uitzondering),
    )


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


def _uid_in(table: str, key: Any) -> ColumnElement[Any]:
    columns = Base.metadata.tables[table].alias().c
    return select(columns.uid).where(columns.id == key).scalar_subquery()


def _uid_by(word: Any, tables: Iterable[tuple[str, str]], key: Any) -> ColumnElement[Any]:
    """Return the uid in the table that a word stands for."""
    words: dict[str, list[str]] = {}
    for name, table in tables:
        words.setdefault(table, []).append(name)
    return case(*((or_(*(word == name for name in names)), _uid_in(table, key)) for table, names in words.items()))


#: what ``_named_by`` names of a stored judgement, in its order: for a statement about termijnen with their children
ID_COLUMNS: tuple[Any, ...] = (
    Pleegkind.uid,
    _uid_by(
        Termijn.onderwerp_soort,
        ((name, name) for name in OnderwerpSoort if name in _ID_TABLES),
        Termijn.onderwerp_id,
    ),
    _uid_by(
        func.coalesce(Termijn.laatste_soort, Termijn.norm),
        (*((name, name) for name in SEVERAL_KINDS), *EVENT_OF_NORM.items()),
        Termijn.laatste_id,
    ),
    _uid_in("uitzondering", Termijn.uitzondering_id),
)

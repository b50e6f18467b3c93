"""Twice as many children in seconds: a copy of every fact of DEMO beside the first, under other keys.

Inventing 80,000 children takes a quarter of an hour; a copy has the same course of care, and that is what counts
here. No trigger or reference is checked: what is copied was checked when it was first written.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from sqlalchemy import Connection, Table, text

from app.db import sessions
from app.models import (
    Base,
    Feit,
    KindInBegeleiding,
    OpenNaVertrek,
    PlaatsingBezetting,
    Team,
    Termijn,
    ZonderBegeleider,
)
from app.services.beheer.organisaties import create_organisatie
from app.terms import OrganisatieSoort
from bench.bank import Bank

_FEITEN = tuple(mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Feit))
_DERIVED: tuple[type[Base], ...] = (PlaatsingBezetting, KindInBegeleiding, ZonderBegeleider, OpenNaVertrek, Termijn)
_TABLES: tuple[type[Base], ...] = (Team, *_FEITEN, *_DERIVED)
_KEYS = frozenset({"id", "eerste_id", "vervangt_id", "vastgelegd_door", "team_id"})
_DERIVED_KEYS = frozenset(
    {"begeleiding_id", "medewerker_id", "plaatsing_id", "pleeggezin_id", "pleegkind_id"}
    | {"onderwerp_id", "uitzondering_id", "laatste_id"}
)


def double(bank: Bank) -> None:
    """Copy every team, fact and deadline of DEMO, all keys moved by the same distance; the bank is settled after it."""
    with bank.owner.begin() as connection:
        copy_all(connection, bank.organisatie, bank.organisatie)


def copy_organisatie(bank: Bank, organisatie: int, code: str) -> int:
    """Return a new organisatie with a copy of everything of another one."""
    with sessions.unit_of_work(bank.engine) as session:
        fresh = create_organisatie(session, code, code, OrganisatieSoort.AANBIEDER).id
    with bank.owner.begin() as connection:
        copy_all(connection, organisatie, fresh)
        connection.execute(_GO_ON, {"van": organisatie, "naar": fresh})
    return fresh


_GO_ON = text("""
    UPDATE vastlegteller SET volgorde = v.volgorde, laatst_op = v.laatst_op
    FROM vastlegteller v WHERE v.organisatie_id = :van AND vastlegteller.organisatie_id = :naar
""")


def copy_all(connection: Connection, van: int, naar: int, models: Sequence[type[Base]] = _TABLES) -> None:
    """Copy every team, fact and deadline of one organisatie to another, or beside the first; or only some of these.

    Args:
        connection: the owner's; the rest of its transaction checks nothing either.
        van: the one organisatie.
        naar: the other, or the same.
        models: of what.
    """
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    keyed = [model.__tablename__ for model in models if "id" in model.__table__.columns]
    distance = max(_highest(connection, table) for table in keyed)
    for model in models:
        connection.exec_driver_sql(_copy(model, distance, van, naar))
    for table in keyed:
        _move_sequence(connection, table)


def _highest(connection: Connection, table: str) -> int:
    found: int = connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one()
    return found


def _move_sequence(connection: Connection, table: str) -> None:
    sequence = f"pg_get_serial_sequence('{table}', 'id')"
    connection.exec_driver_sql(f"SELECT setval({sequence}, (SELECT max(id) FROM {table}))")


def _copy(model: type[Base], distance: int, van: int, naar: int) -> str:
    table, pairs = model.__tablename__, list(_columns(model, distance, naar))
    names, values = ", ".join(name for name, _ in pairs), ", ".join(value for _, value in pairs)
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE organisatie_id = {van}"


def _columns(model: type[Base], distance: int, organisatie: int) -> Iterator[tuple[str, str]]:
    """Yield each column with the expression that gives its value in the copy."""
    references = _KEYS | getattr(model, "REFERENCES", {}).keys()
    if not issubclass(model, Feit):
        references |= _DERIVED_KEYS
    for column in cast("Table", model.__table__).columns:
        if column.computed is None:
            is_tenant = column.name == "organisatie_id"
            yield column.name, str(organisatie) if is_tenant else _value(column.name, references, distance)


def _value(column: str, references: frozenset[str], distance: int) -> str:
    if column in references or column == "volgorde":
        return f"{column} + {distance}"
    if column == "uid":
        return f"CAST(md5(CAST(uid AS text) || '{distance}') AS uuid)"
    if column == "nummer":
        return f"nummer || '-{distance}'"
    return f"naam || ' {distance}'" if column == "naam" else column

"""Writing many rows at once: ids reserved up front, rows streamed through COPY.

The one way in which many facts are written (demo data, workbook import). Both functions work on the session's own
connection and in its transaction, so that everything of one load becomes visible at once, or nothing does. What
does not belong here: which facts, and the head of the recordings (``app.services.feiten.versions``).
"""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import psycopg
from psycopg import sql
from sqlalchemy import Column, Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from app.db.statistics import count_within
from app.models import Base

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]

# MATERIALIZED: the numbers are drawn once, also when they are looked at twice. The sequence is looked up once: the
# look-up in every row made it ten times as slow.
_RESERVE = text("""
WITH reeks AS MATERIALIZED (SELECT CAST(pg_get_serial_sequence(:tabel, 'id') AS regclass) AS naam),
genomen AS MATERIALIZED (SELECT nextval((SELECT naam FROM reeks)) AS id FROM generate_series(1, :aantal))
SELECT min(id), max(id), CASE WHEN max(id) - min(id) + 1 = :aantal THEN NULL ELSE array_agg(id ORDER BY id) END
FROM genomen
""")

# The checks of references are planned once per session, and a plan made while a table was nearly empty may walk all
# rows of the organisatie.
_FORGET_PLANS = "DISCARD PLANS"

# One for each table for as long as the transaction lasts: all locks of each that is made are held until its end, and
# there is room for some thousands.
_STAGE = sql.SQL("CREATE TEMPORARY TABLE IF NOT EXISTS {stage} ON COMMIT DROP AS SELECT * FROM {table} WITH NO DATA")
_FILL = sql.SQL("COPY {stage} ({columns}) FROM STDIN (FORMAT BINARY)")
_MOVE = sql.SQL("INSERT INTO {table} ({columns}) SELECT {columns} FROM {stage}")
_UNSTAGE = sql.SQL("TRUNCATE {stage}")


def reserve_ids(session: Session, model: type[Base], count: int) -> Sequence[int]:
    """Take ``count`` ids from the identity sequence of a table; nobody else will get them.

    The numbers are drawn by nextval, not moved by setval: an ordinary insert takes no lock that a setval could wait
    for, so a block cut out with setval may hold an id that somebody else has just drawn. The price is that another
    session may draw a number in between.

    Args:
        session: the session whose connection is used; ids that are rolled back are lost, never given again.
        model: a model with an identity column ``id``.
        count: how many; may be 0.

    Returns:
        The ids in ascending order: a ``range`` when they are contiguous (nearly always), a list otherwise.
    """
    if count <= 0:
        return range(0)
    first, last, scattered = session.execute(_RESERVE, {"tabel": model.__tablename__, "aantal": count}).one()
    if scattered is None:
        return range(first, last + 1)
    return cast("list[int]", scattered)


def copy_rows(session: Session, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Stream rows into a table through binary COPY, by way of a temporary one.

    PostgreSQL refuses COPY into a table with row-level security, and INSERT … SELECT from the temporary table is
    checked by it like any other. It reads in the order in which it was filled, so a version finds the one before it.

    Triggers and constraints work as with INSERT; defaults of the model do not, so name every column that the table
    requires. Binary, because it took a third of the time of text to send (a fifth less with all checks of the
    table), and refuses a value of the wrong type here, with the row at hand.

    Args:
        session: the session whose connection and transaction are used. It must have flushed what the rows refer to.
        model: the model of the table.
        columns: names of the columns, in the order of the values in ``rows``.
        rows: the values; read once, never held together.

    Returns:
        How many rows were written.

    Raises:
        psycopg.Error: when the database refuses a row; the transaction must then be rolled back.
    """
    table = cast("Table", model.__table__)
    types = [_type_name(table.columns[column]) for column in columns]
    names = {
        "table": sql.Identifier(table.name),
        "stage": sql.Identifier(f"aanvoer_{table.name}"),
        "columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
    }
    count = 0
    with _connection(session).cursor() as cursor:
        cursor.execute(_STAGE.format(**names))
        with cursor.copy(_FILL.format(**names)) as copy:
            copy.set_types(types)
            write_row = copy.write_row
            for count, row in enumerate(rows, start=1):  # noqa: B007 — counting is what it is for
                write_row(row)
        cursor.execute(_FORGET_PLANS)
        cursor.execute(_MOVE.format(**names))
        cursor.execute(_UNSTAGE.format(**names))
        count_within(session, table.name, count)
    return count


def _connection(session: Session) -> psycopg.Connection[Any]:
    """Return the psycopg connection on which the session's transaction runs."""
    return cast("psycopg.Connection[Any]", session.connection().connection.driver_connection)


def _type_name(column: Column[Any]) -> str:
    """Return the PostgreSQL name of a column's type, as psycopg's registry knows it: ``bigint``, ``text[]``."""
    name = column.type.compile(dialect=_DIALECT).lower()
    return "text" if name.startswith("varchar") else name

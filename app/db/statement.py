"""Compiled statements for hot reads and writes: built once, run on psycopg itself, rows as plain tuples.

SQLAlchemy's Row costs more than fetching the row; for lists and for judging thousands of children that is the
larger half of the time. The statement is still a Core statement: one language for all queries.

On a connection of the service (``direct``) a statement goes to libpq as prepared there: psycopg's cursor, which is
Python, takes more than twice the processor time of the rest. Such a statement cannot be broken off by a signal, so
commands, whose statements may last, go the ordinary way.
"""

import weakref
from collections.abc import Mapping, Sequence
from itertools import count
from threading import RLock
from typing import Any, cast

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from sqlalchemy import ClauseElement, PoolProxiedConnection
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.orm import Session

from app.db.replicated import require_replicated
from app.db.watched import watched

Row = tuple[Any, ...]

# SQLAlchemy leaves both untyped
_DIALECT = PGDialect_psycopg(paramstyle="pyformat")  # type: ignore[no-untyped-call]
_NUMBERED = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
#: psycopg tells a number by its size; one plan is enough for all sizes (int2, int4 and arrays of them → int8)
_WIDE = {21: 20, 23: 20, 1005: 1016, 1007: 1016}
_PREPARED = "pleegzicht_prepared"
_DRIVER = "pleegzicht.driver"
_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
_numbers = count()
_compiling = RLock()
#: by statement and types of its parameters: the name under which a connection has it prepared
_Names = dict[tuple["FastStatement", tuple[int, ...]], bytes]


def direct(connection: psycopg.Connection[Any]) -> None:
    """Let fast statements on a new connection go to libpq.

    After a statement that failed or a DROP psycopg lets PostgreSQL forget everything that the connection has prepared,
    ours too.
    """
    names: _Names = {}
    manager = connection._prepared  # noqa: SLF001 — psycopg tells nobody when it does so
    forget = manager.clear

    def clear() -> bool:
        forgotten = forget()
        if forgotten:
            names.clear()
        return forgotten

    manager.clear = clear  # type: ignore[method-assign] # on purpose, of this one object
    setattr(connection, _PREPARED, names)
    _forget_nothing_when_refused(connection)


def _forget_nothing_when_refused(connection: psycopg.Connection[Any]) -> None:
    """Keep what is prepared through a ROLLBACK in which nothing failed: somebody was refused, and no table went.

    psycopg forgets it all, and the next requests plan it all again. A statement that failed it leaves on the server
    under a name that nobody knows any more: then it is right to forget everything.
    """
    rollback, this = type(connection).rollback, weakref.ref(connection)

    def refused() -> None:
        held = this()  # who calls it holds it; held here too, it would never be counted away
        if held is None:
            return
        manager = held._prepared  # noqa: SLF001 — psycopg offers no setting for it
        clear = manager.clear
        if held.pgconn.transaction_status == TransactionStatus.INTRANS:
            manager.clear = _forget_nothing  # type: ignore[method-assign] # of this one connection, for one ROLLBACK
        try:
            rollback(held)
        finally:
            manager.clear = clear  # type: ignore[method-assign] # what it was before

    connection.rollback = refused  # type: ignore[method-assign] # on purpose, of this one object


def _forget_nothing() -> bool:
    return False


class _Named:
    """A statement as psycopg's cursor wants it: parameters by name; literals became constants."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self.sql = str(compiled)
        self.constants = {name: value for name, value in compiled.params.items() if value is not None}


class _Numbered:
    """A statement as libpq wants it: parameters by number."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled = statement.compile(dialect=_NUMBERED)
        self.sql = str(compiled).encode()
        self.names: Sequence[str] = getattr(compiled, "positiontup", None) or ()
        self.formats = [PyFormat.TEXT] * len(self.names)


class FastStatement:
    """A Core statement compiled to psycopg's own form; parameters are given by name.

    It is compiled at its first use, to the form that is used: a command, which is a process of its own, uses few of all
    there are, and of those one form. A server compiles them all before it listens (``compile_all``).
    """

    def __init__(self, statement: ClauseElement) -> None:
        """Keep ``statement``; literals in it become constants of the compiled form."""
        self._statement: ClauseElement | None = statement
        self._named: _Named | None = None
        self._numbered: _Numbered | None = None
        _all.add(self)

    def compile(self) -> None:
        """Make both forms; what they are made of goes."""
        self._number()

    def _name(self) -> _Named:
        with _compiling:
            if self._named is None and self._statement is not None:
                self._named = _Named(self._statement)
            return cast("_Named", self._named)

    def _number(self) -> _Numbered:
        """Make the other form; whoever wants this one wants both, so what they were made of goes."""
        with _compiling:
            if self._numbered is None and self._statement is not None:
                self._name()
                self._numbered, self._statement = _Numbered(self._statement), None
            return cast("_Numbered", self._numbered)

    @property
    def sql(self) -> str:
        """Return the text with names."""
        return (self._named or self._name()).sql

    def parameters(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters as psycopg wants them."""
        return {**(self._named or self._name()).constants, **values}

    def rows(self, session: Session, **values: Any) -> list[Row]:
        """Run on the session's connection and return every row as a tuple."""
        return run(self, _driver_of(session), self.parameters(values))

    def run(self, session: Session, **values: Any) -> None:
        """Run on the session's connection a statement that gives no rows."""
        run(self, _driver_of(session), self.parameters(values))

    def commit(self, connection: PoolProxiedConnection, **values: Any) -> None:
        """Run on a connection in autocommit, where a statement is its own transaction."""
        run(self, connection.driver_connection, self.parameters(values))

    def send(self, driver: Any, names: _Names, values: Mapping[str, Any]) -> list[Row]:
        """Send it to libpq, which waits without the lock of Python; a transaction begins where psycopg would begin one.

        Raises:
            psycopg.Error: as psycopg itself.
        """
        idle = not driver.autocommit and driver.pgconn.transaction_status == TransactionStatus.IDLE
        if idle and self.begin(driver, values):
            return []
        transformer, form = Transformer(driver), self._numbered or self._number()
        sent = transformer.dump_sequence([values[name] for name in form.names], form.formats)
        types = tuple([_WIDE.get(oid, oid) for oid in transformer.types or ()])
        name = names.get((self, types)) or self._prepare(driver, names, types)
        result = driver.pgconn.exec_prepared(name, sent)
        _require(driver, result)
        if not result.nfields:
            return []
        transformer.set_pgresult(result)
        return transformer.load_rows(0, result.ntuples, tuple)

    def begin(self, driver: Any, values: Mapping[str, Any]) -> bool:  # noqa: ARG002 — for who says it all by beginning
        """Begin a transaction, and tell whether nothing is left to send."""
        begin_with(driver)
        return False

    def _prepare(self, driver: Any, names: _Names, types: tuple[int, ...]) -> bytes:
        name = b"_snel%d" % next(_numbers)
        _require(driver, driver.pgconn.prepare(name, self._number().sql, types))
        names[self, types] = name
        return name


#: every statement of the code that was imported
_all: weakref.WeakSet[FastStatement] = weakref.WeakSet()


def compile_all() -> None:
    """Compile what is not yet, so that nobody's request waits for it."""
    for statement in list(_all):
        statement.compile()


def run(statement: FastStatement, driver: Any, values: Mapping[str, Any]) -> list[Row]:
    """Run a statement on a connection of psycopg and return its rows, if any; whoever counts them looks here."""
    rows = _run(statement, driver, values)
    if driver.autocommit:
        require_replicated(driver)
    return rows


def _run(statement: FastStatement, driver: Any, values: Mapping[str, Any]) -> list[Row]:
    names: _Names | None = getattr(driver, _PREPARED, None)
    if names is not None and _is_ours_to_begin(driver):
        with watched(driver, statement.sql):
            return statement.send(driver, names, values)
    cursor = driver.execute(statement.sql, values)
    rows: list[Row] = cursor.fetchall() if cursor.description is not None else []
    return rows


def _is_ours_to_begin(driver: Any) -> bool:
    """Tell whether a transaction was begun, or is begun by nothing but BEGIN; psycopg knows how to begin any other."""
    if driver.autocommit or driver.pgconn.transaction_status != TransactionStatus.IDLE:
        return True
    return (driver.isolation_level, driver.read_only, driver.deferrable) == (None, None, None)


def begin_with(driver: Any, *settings: bytes) -> None:
    """Begin a transaction and give it settings, in one go.

    Args:
        driver: psycopg's connection, in no transaction.
        settings: each as it stands behind SET LOCAL.

    Raises:
        psycopg.Error: as ``FastStatement.send``.
    """
    _require(driver, driver.pgconn.exec_(b"; SET LOCAL ".join([b"BEGIN", *settings])))


def commit_reading(session: Session) -> bool:
    """Commit what a session has read, and tell whether that was done.

    SQLAlchemy's own way, and psycopg's, cost as much as a statement. Where a statement failed, or none of ours ran on
    the connection, it is left to them.
    """
    transaction, known = session.get_transaction(), session.info.get(_DRIVER)
    if known is None or known[0] is not transaction or not hasattr(known[1], _PREPARED):
        return False
    driver = known[1]
    if driver.pgconn.transaction_status != TransactionStatus.INTRANS:
        return False
    with watched(driver, "COMMIT"):
        _require(driver, driver.pgconn.exec_(b"COMMIT"))
    return True


def _driver_of(session: Session) -> Any:
    """Return the connection of a session's transaction; asking SQLAlchemy each time costs as much as running."""
    transaction = session.get_transaction()
    known: tuple[Any, Any] | None = session.info.get(_DRIVER)
    if known is not None and known[0] is transaction and transaction is not None:
        return known[1]
    driver: Any = session.connection().connection.driver_connection
    session.info[_DRIVER] = session.get_transaction(), driver
    return driver


def _require(driver: Any, result: Any) -> None:
    """Raise what PostgreSQL answered instead.

    Raises:
        psycopg.OperationalError: the connection was lost.
        psycopg.Error: the statement failed.
    """
    if result.status in _DONE:
        return
    if driver.pgconn.status == ConnStatus.BAD:
        raise psycopg.OperationalError("the connection was lost")
    raise error_from_result(result)

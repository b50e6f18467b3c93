"""How an engine is made, and sessions; the only place that commits. Who has which engine: ``app.db.engines``.

Application connections take the role ``pleegzicht_app`` at start-up: it may read and append, never change or
delete a fact. Migrations connect without it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app.db.embedded import embedded_url
from app.db.namens import Namens, act_for, only_read, only_reads
from app.db.replicated import watch_commits
from app.db.statement import commit_reading, direct
from app.errors import OngeldigeInstelling
from app.settings import Settings

APP_ROLE = "pleegzicht_app"
INSPECTOR_ROLE = "pleegzicht_inzage"
#: reads what went out for everybody, and nothing else
OPEN_ROLE = "pleegzicht_open"
#: sees every organisatie: what the owner of the tables must be a member of, since row-level security holds for it too
OWNER_ROLE = "pleegzicht_migratie"
# Compiling a plan takes longer than any statement of ours runs; some builds of PostgreSQL do so unasked.
_SESSION_OPTIONS = "-c timezone=UTC -c jit=off"
# PostgreSQL plans a large statement anew for each set of values: 6-12 ms for what then runs in 0.4. Every statement of
# a request reads by key, so the plan that fits all values is the plan.
_GENERIC_PLANS = "-c plan_cache_mode=force_generic_plan"
_REQUEST_OPTIONS = "-c idle_in_transaction_session_timeout=60s -c statement_timeout=30s -c lock_timeout=10s"
_LOG_OPTIONS = "-c idle_in_transaction_session_timeout=60s -c statement_timeout=5s -c lock_timeout=3s"
#: a machine that is cut off is given up after a quarter of a minute, not when the network does
_ALIVE = {"keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 2, "tcp_user_timeout": 15_000}
#: more than the service has shapes of statements; psycopg keeps 100
_PREPARED = 500
#: connections that an engine keeps at most. Every one more that is at work costs all others: on two cores a talk took
#: 5.2 ms of the database's processor time with ten for each of two workers, 4.7 with five, 4.3 with three.
POOL_SIZE = 6
#: of an engine whose every request writes a little and goes
SMALL_POOL = 4
#: of what is for everybody
OPEN_POOL = 2
#: seconds that a request waits for a connection; then it answers 503
PATIENCE = 5
_DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def database_url(settings: Settings) -> str:
    """Return the configured URL, or that of the embedded server (started when needed)."""
    return on_psycopg(settings.database_url or embedded_url(settings.data_dir))


def on_psycopg(url: str) -> str:
    """Return the URL of a PostgreSQL as SQLAlchemy must have it to use psycopg 3."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def make_engine(
    url: str,
    *,
    role: str | None = APP_ROLE,
    long_work: bool = False,
    pool_size: int = POOL_SIZE,
    read_only: bool = False,
    autocommit: bool = False,
) -> Engine:
    """Return an engine on psycopg 3.

    Args:
        url: SQLAlchemy URL.
        role: database role taken at connecting; ``None`` keeps the login's own (migrations).
        long_work: no statement timeout (imports, exports, drills).
        pool_size: connections kept; a request waits ``PATIENCE`` for one.
        read_only: every transaction only reads, whatever the role may do.
        autocommit: every statement is a transaction of its own, with a short patience for locks.

    Raises:
        OngeldigeInstelling: the URL is none.
    """
    try:
        target = make_url(url)
    except ArgumentError:
        raise OngeldigeInstelling("PLEEGZICHT_DATABASE_URL is geen adres van een database") from None
    options = _server_options(role, long_work=long_work, read_only=read_only, autocommit=autocommit)
    engine = create_engine(
        target,
        **({"isolation_level": "AUTOCOMMIT"} if autocommit else {}),  # of each connection, once
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=PATIENCE,
        pool_pre_ping=False,
        pool_reset_on_return=None,  # see ``_end_what_is_left_open``
        pool_use_lifo=True,  # the connection that was used last has its statements planned
        connect_args={"options": options, "connect_timeout": 5, "prepare_threshold": 2, **_ALIVE},
    )
    _forget_all_when_one_is_cut(engine)
    _end_what_is_left_open(engine)
    _set_up_connections(engine, go_direct=not long_work)
    return engine


def _server_options(role: str | None, *, long_work: bool, read_only: bool, autocommit: bool) -> str:
    """Return what the server is told at connecting."""
    options = [_SESSION_OPTIONS]
    if role:
        options.append(f"-c role={role}")
    if read_only:
        options.append("-c default_transaction_read_only=on")
    if not long_work:
        options.append(_LOG_OPTIONS if autocommit else _REQUEST_OPTIONS)
        options.append(_GENERIC_PLANS)
    return " ".join(options)


def _set_up_connections(engine: Engine, *, go_direct: bool) -> None:
    """Let each keep every statement prepared, since planning one costs more than running it, and watch its commits."""

    @event.listens_for(engine, "connect")
    def _keep(connection: Any, _record: Any) -> None:
        connection.prepared_max = _PREPARED
        watch_commits(connection)
        if go_direct:
            direct(connection)


def _end_what_is_left_open(engine: Engine) -> None:
    """Roll back what a connection that comes back has open, and what cannot tell any more.

    SQLAlchemy's own way rolls back what was committed too: a request's session ends before its connection goes back.
    """

    @event.listens_for(engine, "reset")
    def _end(connection: Any, _record: Any, _state: Any) -> None:
        if connection.pgconn.transaction_status != TransactionStatus.IDLE:
            connection.rollback()


def _forget_all_when_one_is_cut(engine: Engine) -> None:
    """Let one dead connection empty the pool: a server that was restarted cut them all, and each costs a 503.

    SQLAlchemy does so itself for errors that it sees; hot reads and the log run on psycopg's own connection.
    """

    @event.listens_for(engine, "invalidate")
    def _forget(*_connection: Any) -> None:
        engine.dispose()


def check_durability(engine: Engine) -> None:
    """Refuse a server that may lose an acknowledged record (``beloften.md`` A).

    Raises:
        OngeldigeInstelling: when fsync, full_page_writes or synchronous_commit is off.
    """
    with engine.connect() as connection:
        for name, wanted in _DURABLE.items():
            found = connection.execute(text("SELECT current_setting(:naam)"), {"naam": name}).scalar_one()
            if found != wanted and not (name == "synchronous_commit" and found in ("remote_apply", "remote_write")):
                msg = f"De PostgreSQL-server staat op {name}={found}; een vastgelegd gesprek kan dan verloren gaan"
                raise OngeldigeInstelling(msg)


def is_one_free(engine: Engine) -> bool:
    """Tell whether an engine has a connection that nobody uses; the next moment it may be another's."""
    pool = cast("QueuePool", engine.pool)
    return pool.checkedout() < pool.size()


@contextmanager
def unit_of_work(engine: Engine, namens: Namens | None = None) -> Iterator[Session]:
    """Yield a session; commit when the block returns, roll back when it raises.

    Args:
        engine: to connect with.
        namens: for whom it works, when that is known beforehand.
    """
    with _session(engine, namens) as session:
        yield session
        finish(session)


@contextmanager
def reading(engine: Engine, namens: Namens | None = None) -> Iterator[Session]:
    """Yield a session that only reads; the arguments are those of ``unit_of_work``.

    It ends with COMMIT all the same: psycopg forgets what the connection of a command has prepared at every ROLLBACK,
    and then everything is planned anew. PostgreSQL holds the transaction to it that nothing is written.
    """
    with _session(engine, namens, reads=True) as session:
        yield session
        finish(session)


def finish(session: Session) -> None:
    """Commit, unless that was done: SQLAlchemy begins what it then ends, which costs a small request something."""
    if not session.in_transaction():
        return
    if only_reads(session) and commit_reading(session):
        session.close()  # its connection goes back
    else:
        session.commit()


def _session(engine: Engine, namens: Namens | None, *, reads: bool = False) -> Session:
    session = Session(engine, expire_on_commit=False, autoflush=False)
    if reads:
        only_read(session)
    if namens is not None:
        act_for(session, namens)
    return session

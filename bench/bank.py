"""A database of its own: embedded, in a temporary folder, filled with invented children, gone at the end."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from app import clock
from app.cli.runtime import Runtime, require_organisatie
from app.db import sessions
from app.db.embedded import start_server
from app.db.namens import Namens
from app.demo.gebruikers import DEMO
from app.security.demo_issuer import issue_token
from app.security.secrets import Secrets
from app.services.demo.load import load_demo
from bench.environment import use_folder, using_database
from bench.progress import tell
from bench.recorder import Connection

#: as the application connects (``app.db.sessions``)
_OPTIONS = f"-c role={sessions.APP_ROLE} -c timezone=UTC"
PREPARE_THRESHOLD = 2
_KEPT = "klein"


@dataclass(frozen=True, slots=True)
class Bank:
    """What every measurement needs.

    Attributes:
        folder: for files that must not outlive the run.
        url: of the database, as its owner.
        owner: an engine that may change everything.
        engine: as commands use it.
        conninfo: for psycopg, with the role of the application.
        secrets: the keys.
        organisatie: the id of DEMO.
        today: the day of the run.
    """

    folder: Path
    url: str
    owner: Engine
    engine: Engine
    conninfo: str
    secrets: Secrets
    organisatie: int
    today: date

    def token(self, gebruiker: str) -> str:
        """Return a bearer token of a demo user."""
        return issue_token(gebruiker, clock.now(), self.secrets)

    def connect(self) -> Connection:
        """Return a plain connection with the settings of the application's, that works for DEMO."""
        connection = psycopg.connect(self.conninfo, prepare_threshold=PREPARE_THRESHOLD)
        connection.execute("SELECT set_config('pleegzicht.organisatie', %s, false)", (str(self.organisatie),))
        connection.commit()
        return connection

    def reading(self) -> AbstractContextManager[Session]:
        """Return a session that works for DEMO and never commits."""
        return sessions.reading(self.engine, Namens(self.organisatie))

    def number(self, sql: str, **parameters: Any) -> int:
        """Return the one number that a statement gives."""
        with self.owner.connect() as connection:
            found: int = connection.execute(text(sql), parameters).scalar_one()
            return found

    @contextmanager
    def kept_small(self) -> Iterator["Bank"]:
        """Yield a copy in a database of its own on the same server, which stays as small as this one is now.

        What is asked of both in turns differs by their size alone: a busy moment of the machine meets both.
        """
        own = make_url(self.url)
        self.owner.dispose()
        self.engine.dispose()  # what has connections cannot be copied
        server = create_engine(own.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {_KEPT} TEMPLATE {own.database} STRATEGY file_copy")
        server.dispose()
        url = own.set(database=_KEPT).render_as_string(hide_password=False)
        with using_database(url):
            runtime = Runtime.of_environment()
        with runtime:
            yield _bank_of(runtime, self.folder)

    def in_use(self) -> AbstractContextManager[None]:
        """Let this process, and what it starts, work on this database."""
        return using_database(self.url)

    def settle(self) -> None:
        """Clean up and count, as the database does by itself some time after a load."""
        with self.owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))


@contextmanager
def open_bank(kinderen: int) -> Iterator[Bank]:
    """Yield a bank with so many invented children."""
    with tempfile.TemporaryDirectory(prefix="pleegzicht-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        use_folder(folder)
        server = start_server(folder)
        runtime = Runtime.of_environment()
        try:
            yield _load(runtime, folder, kinderen)
        finally:
            runtime.engines.dispose()
            server.stop()  # whoever else joined it: they were all started here


def _load(runtime: Runtime, folder: Path, kinderen: int) -> Bank:
    runtime.migrate()
    engine, secrets = runtime.ready_engine(), runtime.read_secrets()
    tell(f"{kinderen} kinderen verzinnen")
    done = load_demo(engine, str(kinderen), seed=1, today=clock.today(), now=clock.now(), secrets=secrets)
    tell(str(done))
    bank = _bank_of(runtime, folder)
    bank.settle()
    return bank


def _bank_of(runtime: Runtime, folder: Path) -> Bank:
    """Return the bank of a database that has its children."""
    engine = runtime.ready_engine()
    with Session(engine) as session:
        organisatie = require_organisatie(session, DEMO).id
    url = runtime.engines.url
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return Bank(
        folder=folder,
        url=url,
        owner=runtime.engines.owner(),
        engine=engine,
        conninfo=make_conninfo(plain, options=_OPTIONS),
        secrets=runtime.read_secrets(),
        organisatie=organisatie,
        today=clock.today(),
    )

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
from sqlalchemy import Engine, make_url, text
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
from bench.environment import use_folder
from bench.progress import tell
from bench.recorder import Connection

#: as the application connects (``app.db.sessions``)
_OPTIONS = f"-c role={sessions.APP_ROLE} -c timezone=UTC"
PREPARE_THRESHOLD = 2


@dataclass(frozen=True, slots=True)
class Bank:
    """What every measurement needs.

    Attributes:
        folder: for files that must not outlive the run.
        owner: an engine that may change everything.
        engine: as commands use it.
        conninfo: for psycopg, with the role of the application.
        secrets: the keys.
        organisatie: the id of DEMO.
        today: the day of the run.
    """

    folder: Path
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
    engine, secrets, today = runtime.ready_engine(), runtime.read_secrets(), clock.today()
    tell(f"{kinderen} kinderen verzinnen")
    done = load_demo(engine, str(kinderen), seed=1, today=today, now=clock.now(), secrets=secrets)
    tell(str(done))
    with Session(engine) as session:
        organisatie = require_organisatie(session, DEMO).id
    url = make_url(runtime.engines.url).set(drivername="postgresql")
    conninfo = make_conninfo(url.render_as_string(hide_password=False), options=_OPTIONS)
    bank = Bank(folder, runtime.engines.owner(), engine, conninfo, secrets, organisatie, today)
    bank.settle()
    return bank

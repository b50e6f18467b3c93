"""Run a command as a person does, within this process: its exit code and what it says on both outputs."""

import logging
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app.cli import main
from app.db import sessions
from app.db.embedded import start_server
from app.security.secrets import load_secrets
from app.services.beheer.organisaties import create_organisatie
from app.settings import get_settings
from app.terms import OrganisatieSoort
from tests import database, kanarie
from tests.cli.processen import Dienst


@dataclass(frozen=True)
class Uitkomst:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line that was said."""
        (line,) = self.err.splitlines()
        return line


Run = Callable[..., Uitkomst]


class Installatie(NamedTuple):
    """One of its own, where nothing is wrong.

    Attributes:
        gezond: runs the command, and returns its exit code and its lines by what they are about.
    """

    owner: Engine
    folder: Path
    run: Run
    gezond: Callable[[], tuple[int, dict[str, str]]]


def forget_settings() -> None:
    """Let the settings be read anew."""
    get_settings.cache_clear()


@pytest.fixture
def schone_instellingen() -> Iterator[None]:
    """Let the settings be read anew, here and after."""
    forget_settings()
    yield
    forget_settings()


@contextmanager
def _no_log_of_a_service() -> Iterator[None]:
    """Take away what an application that a test made before has set for its process; a command's is a new one."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    root.handlers[:] = [one for one in handlers if type(one) is not logging.StreamHandler]
    root.setLevel(logging.WARNING)
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def runner(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs ``pleegzicht`` with arguments, on a database, with its files in a folder."""
    load_secrets(folder / "sleutels.json", create=True)
    monkeypatch.setenv("PLEEGZICHT_DATABASE_URL", url)
    monkeypatch.setenv("PLEEGZICHT_SECRETS_FILE", str(folder / "sleutels.json"))
    monkeypatch.setenv("PLEEGZICHT_DATA_DIR", str(folder / "data"))
    monkeypatch.delenv("PLEEGZICHT_DEMO", raising=False)

    def run(*arguments: str) -> Uitkomst:
        monkeypatch.setattr(sys, "argv", ["pleegzicht", *arguments])
        capfd.readouterr()
        with _no_log_of_a_service(), pytest.raises(SystemExit) as exit_:
            main.main()
        out, err = capfd.readouterr()
        kanarie.NET.look("stderr", err)
        code = exit_.value.code
        return Uitkomst(code if isinstance(code, int) else 0, out, err)

    return run


@pytest.fixture
def run(
    database_url: str,
    schone_instellingen: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Run:
    """Return a function that runs ``pleegzicht`` with arguments, on the database of the tests."""
    return runner(database_url, tmp_path, monkeypatch, capfd)


@pytest.fixture(scope="session")
def bediend() -> Iterator[Dienst]:
    """Three children on an embedded server of their own, for who serves them: it takes seconds to make."""
    with tempfile.TemporaryDirectory(prefix="pleegzicht-serve-", ignore_cleanup_errors=True) as folder:
        dienst = Dienst(Path(folder) / "data")
        code, _, err = dienst.run("demo", "--omvang", "3")
        assert code == 0, err
        yield dienst
        if dienst.postmaster.exists():
            start_server(dienst.folder).stop()


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def code() -> str:
    """Return the code of an organisatie that is not there yet."""
    return f"C{uuid4().hex[:10]}".upper()


@pytest.fixture
def heel(
    worker_id: str,
    tmp_path: Path,
    schone_instellingen: None,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Iterator[Installatie]:
    url = database.create_migrated(f"pleegzicht_gezond_{worker_id}")
    owner = sessions.make_engine(url, role=None, pool_size=1)
    with owner.begin() as connection:
        connection.execute(text(f'ALTER DATABASE "{owner.url.database}" RESET synchronous_commit'))
    run: Run = runner(url, tmp_path, monkeypatch, capfd)
    (tmp_path / "backup").touch()
    monkeypatch.setenv("PLEEGZICHT_BACKUP_MERK", str(tmp_path / "backup"))

    def gezond() -> tuple[int, dict[str, str]]:
        forget_settings()
        done = run("gezond")
        assert done.err == ""
        return done.code, {line[6:].partition(":")[0]: line for line in done.out.splitlines()}

    with Session(owner) as session:
        create_organisatie(session, "HEEL", "Hele organisatie", OrganisatieSoort.AANBIEDER)
        session.commit()
    assert run("werk").code == 0
    yield Installatie(owner, tmp_path, run, gezond)
    owner.dispose()

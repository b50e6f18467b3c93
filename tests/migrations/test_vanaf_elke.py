"""From each earlier migration, with data in it, to the newest: all that was there is there, and nothing else is made.

The data are the demo's, brought down step by step with the refusals off: what a step would lose is lost on purpose, and
what stays is a database of that time. ``--heel`` begins at every step, the suite at one in five.
"""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import SQLAlchemyError

from app.db import sessions
from app.security.secrets import load_secrets
from app.services.beheer import schema
from app.services.demo.load import load_demo
from tests import database
from tests.migrations.inhoud import (
    VANDAAG,
    Content,
    ask_the_rule_again,
    catalog,
    content,
    of_columns,
    step_down,
    without_edition,
)

NU = datetime(2026, 11, 21, 8, tzinfo=UTC)
_REVISIES = [f"{number:04d}" for number in range(1, int(schema.head_revision()))]
GEKOZEN = [one for one in _REVISIES if int(one) % 5 == 1]


@pytest.fixture(scope="module")
def verleden(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator["Verleden"]:
    name = f"pleegzicht_vanaf_{worker_id}"
    url = database.create_migrated(name)
    sleutels = load_secrets(tmp_path_factory.mktemp("vanaf") / "sleutels.json", create=True)
    engine = database.app_engine(url)
    load_demo(engine, "6", seed=1, today=VANDAAG, now=NU, secrets=sleutels)
    engine.dispose()
    owner = sessions.make_engine(url, role=None, long_work=True)
    yield Verleden(name, owner, catalog(owner))
    owner.dispose()


#: what is otherwise by then: the revision, deadlines that the rule gives anew, the head of a log that a step adds to
MOVES = {"alembic_version", "termijn", "wijzigingskop"}


class Verleden:
    """A database that goes back in time, and copies of it."""

    def __init__(self, name: str, owner: Engine, made: set[tuple[str, ...]]) -> None:
        self.name, self.owner, self.made = name, owner, made

    @contextmanager
    def copy_at(self, revision: str) -> Iterator[Engine]:
        """Yield the owner's engine of a copy as it was at a revision; earlier ones must be asked for later."""
        with refusing_nothing(self.owner):
            schema.downgrade(self.owner, revision)
        self.owner.dispose()
        url = database.create_database(f"{self.name}_{revision}", self.name)
        copy = sessions.make_engine(url, role=None, long_work=True)
        try:
            yield copy
        finally:
            copy.dispose()


@contextmanager
def refusing_nothing(engine: Engine) -> Iterator[None]:
    """Let no step down find that it would lose something."""

    def lose(
        connection: Connection,
        cursor: object,
        statement: str,
        parameters: object,
        context: object,
        many: bool,  # noqa: FBT001
    ) -> tuple[str, object]:
        asked = re.match(r"\s*SELECT\s+EXISTS\s*\(", statement)
        return ("SELECT false" if asked else statement), parameters

    event.listen(engine, "before_cursor_execute", lose, retval=True)
    yield
    event.remove(engine, "before_cursor_execute", lose)


def test_it_comes_from_each_with_all_that_was_there(verleden: Verleden, *, heel: bool) -> None:
    for revision in sorted(_REVISIES if heel else GEKOZEN, reverse=True):
        with verleden.copy_at(revision) as copy:
            before = content(copy)
            assert len(before["kindgesprek"]) > 10
            assert before["alembic_version"] == [{"version_num": revision}]
            step_down(copy)  # keeps all, or refuses: also what only older databases had
            schema.upgrade(copy)
            ask_the_rule_again(copy)
            assert gone(before, content(copy)) == {}, revision
            assert catalog(copy) == verleden.made, revision


def gone(before: Content, after: Content) -> dict[str, list[str]]:
    """Return by table the rows that are not there any more, in the columns that they had; log lines may have come."""
    lost: dict[str, list[str]] = {}
    for name, rows in before.items():
        if name in MOVES or not rows:
            continue
        there = Counter(map(str, without_edition(of_columns(after.get(name, []), rows[0]))))
        missing = Counter(map(str, without_edition(rows))) - there
        lost |= {name: list(missing)} if missing else {}
    return lost


def test_two_migrations_at_once_are_one(worker_id: str) -> None:
    """The second waits for the first, and has nothing left to do."""
    url = database.create_database(f"pleegzicht_tegelijk_{worker_id}")
    together = threading.Barrier(3)
    faults: list[SQLAlchemyError] = []

    def migrate() -> None:
        owner = sessions.make_engine(url, role=None, long_work=True)
        together.wait()
        try:
            schema.upgrade(owner)
        except SQLAlchemyError as error:
            faults.append(error)
        owner.dispose()

    threads = [threading.Thread(target=migrate) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    owner = sessions.make_engine(url, role=None, long_work=True)
    assert faults == []
    assert schema.current_revision(owner) == schema.head_revision()
    owner.dispose()

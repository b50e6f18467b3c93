"""A commit that is not known to be on a standby is not acknowledged, and neither is a line of the access log.

No server of the tests has a standby, so its warning is raised by hand; ``_WAIT`` says where such a warning comes from.
"""

from contextlib import closing

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from app.db import replicated
from app.db.sessions import make_engine, unit_of_work
from app.db.statement import FastStatement
from app.errors import Unavailable
from app.web.database_errors import as_app_error

WARN = "DO $$ BEGIN RAISE WARNING 'canceling wait'; END $$"


@pytest.fixture(autouse=True)
def raised_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicated, "_WAIT", "exec_stmt_raise")


def test_a_commit_whose_wait_was_cut_short_is_503(engine: Engine) -> None:
    with pytest.raises(OperationalError) as refused, unit_of_work(engine) as session:
        session.execute(text(WARN))
    assert isinstance(as_app_error(refused.value), Unavailable)
    with unit_of_work(engine) as session:  # and the next one is believed again
        assert session.scalar(text("SELECT 1")) == 1


def test_so_is_a_line_of_the_log(engine: Engine) -> None:
    log = make_engine(engine.url.render_as_string(hide_password=False), autocommit=True)
    with closing(log.raw_connection()) as connection:
        with pytest.raises(psycopg.OperationalError) as refused:
            FastStatement(text(WARN)).commit(connection)
        assert isinstance(as_app_error(refused.value), Unavailable)
        FastStatement(text("SELECT 1")).commit(connection)
    log.dispose()


def test_another_warning_is_none_of_this(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicated, "_WAIT", "SyncRepWaitForLSN")
    with unit_of_work(engine) as session:
        session.execute(text(WARN))

"""The embedded server, shared by real processes: several commands at once, and one that is killed."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.db.embedded import start_server
from tests.cli.processen import PATIENCE, Dienst, ended


@pytest.fixture
def dienst() -> Iterator[Dienst]:
    # Not pytest's own folder: another run of pytest closes that to the server's user.
    with tempfile.TemporaryDirectory(prefix="pleegzicht-cli-", ignore_cleanup_errors=True) as folder:
        dienst = Dienst(Path(folder) / "data")
        yield dienst
        if dienst.postmaster.exists():
            start_server(dienst.folder).stop()


def test_three_commands_at_once_share_a_server_that_none_of_them_found(dienst: Dienst) -> None:
    """On a fresh machine: one makes the server, one the database, one the tables; the last to end stops it."""
    together = [dienst.start("migrate"), dienst.start("controleer"), dienst.start("demo", "--omvang", "5")]
    outcome = [ended(process) for process in together]
    assert [code for code, _, _ in outcome] == [0, 0, 0], outcome
    assert "5 verzonnen kinderen" in outcome[2][2]
    assert not dienst.postmaster.exists()


def test_after_a_killed_command_the_server_is_usable_and_nothing_is_half_written(dienst: Dienst) -> None:
    assert dienst.run("demo", "--omvang", "5")[0] == 0
    code, before, err = dienst.run("termijnen", "--organisatie", "DEMO", "--peildatum", "2026-09-30")
    assert (code, err) == (0, "")
    with psycopg.connect(start_server(dienst.folder).get_uri("pleegzicht")) as holding:
        # Whoever writes deadlines waits here, with thousands of facts written and nothing committed.
        holding.execute("LOCK TABLE termijn IN EXCLUSIVE MODE")
        victim = dienst.start("demo", "--omvang", "20", "--aanvullen")
        wait_for_lock(dienst)
        victim.kill()
        assert ended(victim)[0] == -9
        code, out, err = dienst.run("termijnen", "--organisatie", "DEMO", "--peildatum", "2026-09-30")
        assert (code, out, err) == (0, before, "")
    assert dienst.run("controleer")[:1] == (0,)
    code, out, _ = dienst.run("termijnen", "--organisatie", "DEMO", "--peildatum", "2026-09-30")
    assert (code, out) == (0, before)
    assert dienst.run("demo", "--omvang", "3", "--aanvullen")[0] == 0


def test_a_command_waits_for_a_server_that_is_stopping(dienst: Dienst) -> None:
    assert dienst.run("migrate")[0] == 0
    server = start_server(dienst.folder)
    pid = int(dienst.postmaster.read_text().split()[0])
    with psycopg.connect(server.get_uri("pleegzicht")):  # it stops when nobody is there any more
        os.kill(pid, signal.SIGTERM)
        while "stopping" not in dienst.postmaster.read_text():
            time.sleep(0.05)
        command = dienst.start("controleer")
        time.sleep(3)
        assert command.poll() is None
    assert ended(command)[0] == 0


def wait_for_lock(dienst: Dienst) -> None:
    """Return when a command waits for the lock on the deadlines."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'termijn'::regclass"
    until = time.monotonic() + PATIENCE
    with psycopg.connect(start_server(dienst.folder).get_uri("pleegzicht"), autocommit=True) as watching:
        while watching.execute(waiting).fetchone() == (0,):
            assert time.monotonic() < until, "no command waited"
            time.sleep(0.05)

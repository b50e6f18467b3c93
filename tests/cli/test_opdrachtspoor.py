"""Every command that gives out files of children is in the access log; every other one is here with the reason."""

from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from app.cli.main import cli
from app.db import sessions
from app.db.engines import Engines
from tests.cli.conftest import Run
from tests.imports import bouw

#: what leaves a line, by how it is asked
GEEFT = {
    "termijnen": ("--peildatum", "2026-01-31"),
    "kwartaaltoets": ("2026-Q1",),
}
#: what leaves one with a medewerker who answers for it: tests/api/test_inzageverzoek_spoor.py
ANDERS = {"inzageverzoek"}
#: what gives out no file of a child
GEEN = {
    "serve": "each request is logged by itself",
    "migrate": "the schema",
    "onderhoud": "counts",
    "demo": "invented",
    "importeer": "the workbook of who runs it, row by row; the change log has what was written",
    "verifieer": "names rows by key and column, or one file that somebody has",
    "zegel": "digests",
    "bsnsleutels": "an id for a BSN that cannot be read",
    "controleer": "which stored deadlines differ, by key",
    "beheerder": "an account",
    "token": "a demo user",
    "vernietigen": "counts, and which file was left",
    "werk": "counts, by mail too: no message names a child",
    "gezond": "how the installation is",
    "geheimen": "keys, to a file",
    "kengetallen": "figures that went out for everybody",
}
_LOOK = text("""
SELECT i.naam, i.client, i.doel, i.handeling, a.uitkomst, coalesce(cardinality(a.pleegkinderen), 0) AS kinderen
FROM inzage i LEFT JOIN inzage_afloop a ON a.inzage_uid = i.uid JOIN organisatie o ON o.id = i.organisatie_id
WHERE o.code = :code ORDER BY i.id
""")


@pytest.fixture
def aanbieder(run: Run, code: str, tmp_path: Path) -> str:
    path = tmp_path / "boek.xlsx"
    path.write_bytes(bouw.xlsx_of(bouw.boek_met(plaatsingen=[{"tot": ""}])))
    assert run("importeer", str(path), "--organisatie", code, "--nieuw").code == 0
    return code


def looks(url: str, code: str) -> list[Any]:
    owner: Engine = sessions.make_engine(url, role=None)
    with owner.connect() as connection:
        found = list(connection.execute(_LOOK, {"code": code}))
    owner.dispose()
    return found


def test_every_command_is_logged_or_gives_out_nothing() -> None:
    names = {str(command.name or getattr(command.callback, "__name__", "")) for command in cli.registered_commands}
    assert names <= GEEFT.keys() | ANDERS | GEEN.keys(), "decide for the new command whether it gives out files"


@pytest.mark.parametrize("opdracht", GEEFT)
def test_a_command_leaves_a_line_with_who_why_and_which_children(
    run: Run, aanbieder: str, database_url: str, opdracht: str
) -> None:
    asked = (opdracht, *GEEFT[opdracht], "--organisatie", aanbieder)
    with mock.patch("app.cli.runtime.keyboard", return_value="ans@server"):
        assert run(*asked, "--reden", "Vraag van de raad van toezicht").code == 0
        assert run(*asked).code == 0
    first, second = looks(database_url, aanbieder)
    assert (first.naam, first.client, first.doel) == ("ans@server", "ans@server", "Vraag van de raad van toezicht")
    assert (first.handeling, first.uitkomst, first.kinderen) == (f"pleegzicht {opdracht}", "getoond", 1)
    assert "zonder opgegeven reden" in second.doel


@pytest.mark.parametrize("opdracht", GEEFT)
def test_without_a_log_nothing_is_given_out(
    run: Run, aanbieder: str, opdracht: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = mock.Mock()
    broken.connect.side_effect = OperationalError("", {}, Exception())
    monkeypatch.setattr(Engines, "log", broken)
    done = run(opdracht, *GEEFT[opdracht], "--organisatie", aanbieder)
    assert done.code == 2
    assert "K1" not in done.out

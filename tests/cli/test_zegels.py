"""``pleegzicht zegel`` and ``pleegzicht verifieer`` as a person uses them."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.db import sessions
from app.settings import get_settings
from tests.cli.conftest import Run
from tests.imports import bouw


@pytest.fixture
def aanbieder(run: Run, code: str, tmp_path: Path) -> str:
    path = tmp_path / "boek.xlsx"
    path.write_bytes(bouw.xlsx_of(bouw.boek_met()))
    assert run("importeer", str(path), "--organisatie", code, "--nieuw").code == 0
    return code


def test_an_import_is_sealed_and_verified(run: Run, aanbieder: str, tmp_path: Path) -> None:
    unsealed = run("verifieer", "--organisatie", aanbieder)
    assert unsealed.code == 0
    assert "er is geen anker buiten de database" in unsealed.line
    made = run("zegel", "--organisatie", aanbieder)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"{aanbieder}: zegel 1, digest ")
    good = run("verifieer", "--organisatie", aanbieder)
    assert (good.code, good.err) == (0, "")
    assert "1 zegels over 0 regels inzagelog" in good.out
    assert good.out.endswith(", 0 afwijkingen\n")
    assert int(good.out.split()[0]) > 10
    moved = (tmp_path / "data" / "zegels").rename(tmp_path / "elders")
    lost = run("verifieer", "--organisatie", aanbieder)
    assert lost.code == 1
    assert "er is geen anker buiten de database" in lost.err
    assert "Zegel 1 is gemaakt, maar ligt niet (heel) in de map met zegels." in lost.err
    assert run("verifieer", "--organisatie", aanbieder, "--zegels", str(moved)).code == 0


def test_what_was_changed_is_a_finding(run: Run, aanbieder: str, database_url: str) -> None:
    owner: Engine = sessions.make_engine(database_url, role=None)
    mine = "organisatie_id = (SELECT id FROM organisatie WHERE code = :code)"
    for found, statement in (
        (1, f"UPDATE kindgesprek SET alleen = NOT alleen WHERE {mine}"),
        (0, f"UPDATE kindgesprek SET alleen = NOT alleen WHERE {mine}"),
    ):
        with owner.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement), {"code": aanbieder})
        done = run("verifieer", "--organisatie", aanbieder)
        assert done.code == found
        assert ("alleen is anders dan het wijzigingslog zegt" in done.err) == bool(found)
    owner.dispose()


def test_the_public_key_can_be_kept_by_somebody_else(run: Run, aanbieder: str) -> None:
    shown = run("zegel", "--publieke-sleutel")
    assert (shown.code, len(shown.out.strip())) == (0, 64)
    run("zegel", "--organisatie", aanbieder)
    assert run("verifieer", "--organisatie", aanbieder, "--sleutel", shown.out.strip()).code == 0
    other = run("verifieer", "--organisatie", aanbieder, "--sleutel", "00" * 32)
    assert other.code == 1
    assert "niet ondertekend met de sleutel van deze installatie" in other.err


def test_a_place_that_cannot_be_reached_is_loud(
    run: Run, aanbieder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLEEGZICHT_ZEGEL_WEBHOOK", "http://127.0.0.1:1/")
    get_settings.cache_clear()
    missed = run("zegel", "--organisatie", aanbieder)
    assert missed.code == 1
    assert missed.line.startswith("Fout: Zegel 1 ligt in de map, maar het webadres nam het niet aan")
    assert (tmp_path / "data" / "zegels" / aanbieder / "00000001.json").exists()


def test_another_organisatie_is_wrong_use(run: Run) -> None:
    for command in ("zegel", "verifieer"):
        assert run(command, "--organisatie", "BESTAAT-NIET").code == 2

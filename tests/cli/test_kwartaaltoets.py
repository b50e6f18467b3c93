"""``pleegzicht kwartaaltoets`` as a person uses it: every child is in every file, and ``verifieer`` says how many."""

import re
from pathlib import Path

import pytest

from app.exports.kwartaaltoets import formats as export
from tests.cli.conftest import Run
from tests.imports import bouw


@pytest.fixture
def aanbieder(run: Run, code: str, tmp_path: Path) -> str:
    path = tmp_path / "boek.xlsx"
    boek = bouw.boek_met(plaatsingen=[{"tot": ""}])
    boek["medewerkers"].append({"nummer": "Q7", "naam": "Kwinten Kwaliteit", "rol": "kwaliteitsmedewerker"})
    path.write_bytes(bouw.xlsx_of(boek))
    assert run("importeer", str(path), "--organisatie", code, "--nieuw").code == 0
    return code


@pytest.mark.parametrize("freeze", [(), ("--vaststellen", "--door", "Q7")], ids=["concept", "vastgesteld"])
@pytest.mark.parametrize("formaat", ["csv", "json", "xlsx"])
def test_every_child_is_in_the_file(
    run: Run, aanbieder: str, tmp_path: Path, formaat: str, freeze: tuple[str, ...]
) -> None:
    file = tmp_path / f"toets.{formaat}"
    asked = ("kwartaaltoets", "2026-Q3", "--organisatie", aanbieder, "--formaat", formaat, "--uitvoer", str(file))
    done = run(*asked, *freeze)
    assert done.code == 0, done.err
    kinderen = re.findall(r": (\d+) kinderen,", done.err)
    assert kinderen == ["1"]
    checked = run("verifieer", str(file))
    assert (checked.code, checked.out.split(", ")[:2]) == (0, [file.name, "1 regels"])


def test_a_file_without_every_child_is_not_made(
    run: Run, aanbieder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted fault: a reader that sees no row, as one that works for no organisatie."""
    monkeypatch.setattr(export, "iterate_inhoud", lambda session, toets_id: iter(()))
    file = tmp_path / "toets.csv"
    done = run("kwartaaltoets", "2026-Q3", "--organisatie", aanbieder, "--uitvoer", str(file))
    assert (done.code, file.exists()) == (2, False)
    assert "Niet elk kind van deze kwartaaltoets is te lezen" in done.err

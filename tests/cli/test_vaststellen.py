"""``pleegzicht kwartaaltoets --vaststellen``: what cannot be written is not frozen, and who freezes is always known."""

import json
import os
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app.cli import console
from app.db import sessions
from app.exports.kwartaaltoets import formats as export
from app.terms import Toetsformaat
from tests.cli.conftest import Run, Uitkomst
from tests.imports import bouw

KWARTAAL = "2026-Q3"


@pytest.fixture
def aanbieder(run: Run, code: str, tmp_path: Path) -> str:
    wie = {"nummer": "Q7", "naam": "Kwinten Kwaliteit", "rol": "kwaliteitsmedewerker"}
    boek = bouw.boek_met(plaatsingen=[{"tot": ""}])
    boek["medewerkers"].append(wie)
    path = tmp_path / "boek.xlsx"
    path.write_bytes(bouw.xlsx_of(boek))
    done = run("importeer", str(path), "--organisatie", code, "--nieuw")
    assert done.code == 0, done.err
    return code


@pytest.fixture
def frozen(database_url: str, aanbieder: str) -> Iterator[Callable[[], int]]:
    """Yield what counts the frozen audits of the organisatie."""
    owner: Engine = sessions.make_engine(database_url, role=None)
    mine = "FROM kwartaaltoets t JOIN organisatie o ON o.id = t.organisatie_id WHERE o.code = :code"

    def count() -> int:
        with Session(owner) as session:
            query = text(f"SELECT count(*) {mine} AND t.status = 'vastgesteld'")
            return int(session.execute(query, {"code": aanbieder}).scalar_one())

    yield count
    owner.dispose()


Freeze = Callable[..., Uitkomst]


@pytest.fixture
def freeze(run: Run, aanbieder: str) -> Freeze:
    asked = ("kwartaaltoets", KWARTAAL, "--organisatie", aanbieder, "--vaststellen")
    return lambda *more: run(*asked, *more)


def _unwritable(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "map").mkdir()
    (tmp_path / "bestand").write_text("")
    return {
        "een map": str(tmp_path / "map"),
        "een map die er niet is": str(tmp_path / "nergens" / "toets.csv"),
        "een bestand als map": str(tmp_path / "bestand" / "toets.csv"),
        "een volle schijf": "/dev/full",
    }


@pytest.mark.parametrize("waar", ["een map", "een map die er niet is", "een bestand als map", "een volle schijf"])
@pytest.mark.parametrize("formaat", ["csv", "json"])
def test_what_cannot_be_written_is_not_frozen(
    freeze: Freeze, frozen: Callable[[], int], tmp_path: Path, waar: str, formaat: str
) -> None:
    done = freeze("--door", "Q7", "--formaat", formaat, "--uitvoer", _unwritable(tmp_path)[waar])
    assert done.code == 2
    assert done.line.startswith("Fout: ")
    assert frozen() == 0
    assert [one.name for one in (tmp_path / "map").iterdir()] == []


def test_what_breaks_off_while_writing_leaves_everything_as_it_was(
    freeze: Freeze, frozen: Callable[[], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "toets.csv"
    target.write_text("van gisteren")
    before = {one.name for one in tmp_path.iterdir()}

    def broken(*_: object, **__: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "sidecar_of", broken)  # the CSV itself stands by then
    done = freeze("--door", "Q7", "--uitvoer", str(target))
    assert (done.code, frozen(), target.read_text()) == (2, 0, "van gisteren")
    assert {one.name for one in tmp_path.iterdir()} == before


def test_nobody_named_or_somebody_who_may_not_freezes_nothing(freeze: Freeze, frozen: Callable[[], int]) -> None:
    for more, said in (
        ((), "noem met --door"),
        (("--door", "NIEMAND"), "geen medewerker met dit nummer"),
        (("--door", "M1"), "mag geen kwartaaltoets vaststellen"),
    ):
        done = freeze(*more)
        assert (done.code, done.out) == (2, "")
        assert said in done.line
    assert frozen() == 0


@pytest.mark.parametrize(("answer", "expected"), [("ja", 1), ("nee", 0), ("", 0)])
def test_at_a_terminal_it_asks(
    freeze: Freeze,
    frozen: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    expected: int,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("app.cli.kwartaaltoets.at_a_terminal", lambda: True)

    def prompt(question: str, **_: object) -> str:
        asked.append(question)
        return answer

    monkeypatch.setattr("app.cli.kwartaaltoets.typer.prompt", prompt)
    done = freeze("--door", "Q7")
    assert frozen() == expected
    assert done.code == (0 if expected else 2)
    assert "Kwinten Kwaliteit (Q7)" in asked[0]


def test_who_froze_it_stands_on_every_export(freeze: Freeze, run: Run, aanbieder: str, tmp_path: Path) -> None:
    for formaat in Toetsformaat:
        target = tmp_path / f"toets.{formaat}"
        done = freeze("--door", "Q7", "--formaat", formaat, "--uitvoer", str(target))
        assert done.code == 0, done.err
        assert "Q7" in _said(target), formaat
        checked = run("verifieer", str(target))
        assert (checked.code, checked.err) == (0, ""), formaat
        data = target.read_bytes().replace(b'"door":"Q7"', b'"door":"Q8"')
        if formaat is Toetsformaat.JSON:
            target.write_bytes(data)
            assert run("verifieer", str(target)).code == 1
    # of this organisatie alone: other tests sealed theirs in folders of their own
    assert run("verifieer", "--organisatie", aanbieder).code == 0


def _said(target: Path) -> str:
    data = target.read_bytes()
    match target.suffix:
        case ".csv":
            return target.with_name(f"{target.name}.sha256").read_text()
        case ".json":
            return str(json.loads(data)["vaststelling"]["door"])
        case ".xlsx":
            rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
            return next(str(row[1]) for row in rows if row[0] == "Vastgesteld door")
        case _:
            return PdfReader(BytesIO(data)).pages[0].extract_text()


def test_a_result_at_a_pipe_goes_straight_into_it(tmp_path: Path) -> None:
    """A device is written to, never replaced by a file."""
    fifo = tmp_path / "pijp"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    console.write_result([b"een", b"twee"], fifo)
    assert os.read(reader, 100) == b"eentwee"
    os.close(reader)
    assert not fifo.is_file()


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    kept, link = tmp_path / "toets.csv", tmp_path / "laatste.csv"
    kept.write_text("oud")
    link.symlink_to(kept)
    console.write_result([b"nieuw"], link)
    assert (link.is_symlink(), kept.read_text()) == (True, "nieuw")


def test_what_cannot_be_written_is_named_as_it_was_asked(tmp_path: Path) -> None:
    target = tmp_path / "nergens" / "toets.csv"
    with pytest.raises(OSError) as refused:  # noqa: PT011 — its name is the point
        console.write_result([b""], target)
    assert refused.value.filename == str(target)

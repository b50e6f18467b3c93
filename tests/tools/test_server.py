"""What stays of a drill: nothing, or what its processes said when it broke off."""

from pathlib import Path

import pytest

from tools import server


def test_what_was_said_stays_of_a_drill_that_breaks_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LOGS", tmp_path)
    with pytest.raises(RuntimeError):
        break_off()
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()] == [
        Path("proef/knoop1/patroni.log")
    ]


def break_off() -> None:
    with server.drill_folder("proef") as folder:
        (folder / "knoop1").mkdir()
        (folder / "knoop1/patroni.log").write_text("geen leider\n")
        (folder / "knoop1/geheim").write_text("sleutel\n")
        raise RuntimeError


def test_nothing_stays_of_one_that_went_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LOGS", tmp_path)
    with server.drill_folder("proef") as folder:
        (folder / "patroni.log").write_text("leider\n")
    assert list(tmp_path.iterdir()) == []

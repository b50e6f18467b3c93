"""Every drill is in the table, and goes well only when it ended so, said its figures and saw what it planted."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import drills
from tools.drills import DRILLS, Drill, Uitslag, run, table

_ROOT = Path(__file__).parents[2]
DRILL = Drill("proef", "drill-proef", r"^bevestigd")
SAID = "van alles 3\nbevestigd 12, verloren 0\n2 van 2 geplante fouten gezien\n"


def test_no_drill_is_left_out() -> None:
    targets = re.findall(r"^(drill-[a-z]+|alarmen): ", (_ROOT / "Makefile").read_text(), re.MULTILINE)
    assert sorted(one.doel for one in DRILLS) == sorted(targets)


@pytest.mark.parametrize(
    ("said", "ends", "word"),
    [
        (SAID, 0, "goed"),
        (SAID, 2, "FOUT"),
        (SAID, None, "FOUT: te lang"),
        (SAID.replace("2 van 2", "1 van 2"), 0, "FOUT: niet alles gezien"),
        (SAID.replace("2 van 2 geplante fouten gezien", ""), 0, "FOUT: niets geplant"),
        (SAID.replace("bevestigd", "gedaan"), 0, "FOUT: geen cijfers"),
        ("De drill kan hier niet: op deze machine ontbreekt: etcd", 2, "FOUT: kan hier niet"),
        ("rechten: 9 van 9 mutanten gedood door de matrix\nbevestigd 1\nvoorwaarden: 8 van 9 mutanten gedood", 0,
         "FOUT: niet alles gezien"),
    ],
)  # fmt: skip
def test_it_went_well_only_when_all_of_it_did(said: str, ends: int | None, word: str) -> None:
    assert Uitslag(DRILL, 1.0, said, ends).uitkomst == word


def test_the_table_says_of_each_what_it_found() -> None:
    good, bad = Uitslag(DRILL, 61.4, SAID, 0), Uitslag(Drill("ander", "drill-ander", "x"), 5.0, "", 1)
    assert table([good, bad]).splitlines() == [
        "drill  seconden  geplant  uitkomst  cijfers",
        "proef  61        2/2      goed      bevestigd 12, verloren 0",
        "ander  5         0/0      FOUT",
    ]


@pytest.mark.parametrize(("fails", "ends"), [(1, 1), (0, 0)])
def test_one_that_fails_does_not_stop_the_next(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fails: int, ends: int
) -> None:
    done: list[str] = []

    def instead(drill: Drill, command: Sequence[str]) -> Uitslag:
        done.append(drill.naam)
        assert command[:3] == ("make", "-s", drill.doel)
        return Uitslag(Drill(drill.naam, drill.doel, "bevestigd"), 1.0, SAID, fails * (drill.naam == "tokens"))

    monkeypatch.setattr(drills, "run", instead)
    monkeypatch.setattr(drills, "REPORT", tmp_path / "reports/drills.txt")
    monkeypatch.setattr("sys.argv", ["drills"])
    assert drills.main() == ends
    assert done == [one.naam for one in DRILLS if one.naam != "tests"]
    assert len((tmp_path / "reports/drills.txt").read_text().splitlines()) == len(done) + 1


def test_what_takes_too_long_is_ended_with_what_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drills, "_LONGEST", 0.5)
    found = run(DRILL, ("sh", "-c", "echo begonnen; sleep 60 & sleep 60"))
    assert (found.gezegd, found.einde) == ("begonnen\n", None)
    assert found.seconden < 30

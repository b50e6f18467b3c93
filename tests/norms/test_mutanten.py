"""Planted faults: each changes one line of a copy of the engine, and the edge tables must notice.

A check that cannot go red proves nothing (``beloften.md`` D). The replaced text must really occur, exactly
once, and the mutant must give wrong answers, not merely fail to import. ``make drill-tests`` plants them all, the suite
one in each module of the engine.
"""

import importlib
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from app import norms
from tests.keuze import covering
from tests.norms.mutanten import MUTANTEN, VERLOOP_MUTANTEN, Mutant
from tests.norms.randen import Motor, failures
from tests.norms.rekenen import SOMMEN
from tests.norms.strategieen import BEGIN, Wereld, world_of
from tests.norms.test_randen import RIJEN
from tests.norms.test_verloop import judgements_on, segments_on

BRON = Path(norms.__file__).parent


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let ``mutant`` be each fault of the edges, ``vergeten`` each forgotten breakpoint; or the choice of them."""
    for name, whole in (("mutant", MUTANTEN), ("vergeten", VERLOOP_MUTANTEN)):
        if name in metafunc.fixturenames:
            chosen = whole if metafunc.config.getoption("--heel") else covering(whole, lambda one: [one.module])
            metafunc.parametrize(name, chosen, ids=lambda one: one.naam)


@pytest.fixture
def kopie(tmp_path: Path) -> Iterator[Path]:
    """A fresh copy of the engine as the package ``kopie_norms``, importable until the test ends."""
    map_ = tmp_path / "kopie_norms"
    shutil.copytree(BRON, map_, ignore=shutil.ignore_patterns("__pycache__"))
    for pad in map_.glob("*.py"):
        tekst = pad.read_text(encoding="utf-8")
        pad.write_text(tekst.replace("app.norms", "kopie_norms"), encoding="utf-8")
    sys.path.insert(0, str(tmp_path))
    yield map_
    sys.path.remove(str(tmp_path))
    for naam in [n for n in sys.modules if n == "kopie_norms" or n.startswith("kopie_norms.")]:
        del sys.modules[naam]


def _load() -> Motor:
    importlib.invalidate_caches()
    return Motor(*(importlib.import_module(f"kopie_norms.{deel}") for deel in Motor._fields))


def test_every_text_that_is_replaced_occurs_once() -> None:
    """Of those that are not planted today too: code that changed must not leave a fault behind that cannot be made."""
    for mutant in (*MUTANTEN, *VERLOOP_MUTANTEN):
        assert (BRON / f"{mutant.module}.py").read_text(encoding="utf-8").count(mutant.oud) == 1, mutant.naam


def test_the_copy_without_a_fault_passes(kopie: Path) -> None:
    assert failures(_load(), RIJEN, SOMMEN) == []


def _plant(mutant: Mutant, kopie: Path) -> None:
    pad = kopie / f"{mutant.module}.py"
    tekst = pad.read_text(encoding="utf-8")
    assert tekst.count(mutant.oud) == 1, "the text to replace must occur exactly once"
    pad.write_text(tekst.replace(mutant.oud, mutant.nieuw), encoding="utf-8")


def test_the_edges_kill(mutant: Mutant, kopie: Path) -> None:
    _plant(mutant, kopie)
    motor = _load()
    assert motor.judge.__file__ == str(kopie / "judge.py")
    assert failures(motor, RIJEN, SOMMEN) != []


def _course_is_wrong(course: ModuleType, zaad: int) -> bool:
    """Whether this copy of the course differs from judging the days of one world."""
    dossier, gezinnen, catalogus = world_of(zaad)
    vanaf = BEGIN + timedelta(days=zaad % 300)
    termijnen = course.future_termijnen(dossier, gezinnen, catalogus, vanaf)
    return any(
        segments_on(termijnen, catalogus, op) != judgements_on(Wereld(dossier, gezinnen, catalogus), op)
        for op in (vanaf + timedelta(days=n) for n in range(420))
    )


def test_the_course_property_kills(vergeten: Mutant, kopie: Path) -> None:
    _plant(vergeten, kopie)
    _load()
    course = importlib.import_module("kopie_norms.course")
    assert any(_course_is_wrong(course, zaad) for zaad in range(400))

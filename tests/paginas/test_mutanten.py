"""Faults planted in a copy of the service: each must turn the test red that it names, and nothing else is wrong there.

Every change plants the first, and looks whether the text of each stands there once; ``make drill-tests`` plants all.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.paginas.planten import PLANTEN, Plant

_ROOT = Path(__file__).parents[2]
_NODIG = ("app", "migrations", "tests", "tools")
#: a run in the copy knows nothing of this one: neither its options, nor the server on which it runs
_ENV = {"PATH": "/usr/local/bin:/usr/bin:/bin", "TMPDIR": tempfile.gettempdir(), "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def kopie(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the service and its tests."""
    root = tmp_path_factory.mktemp("kopie")
    for naam in _NODIG:
        shutil.copytree(_ROOT / naam, root / naam, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(_ROOT / "pyproject.toml", root)
    return root


def run(kopie: Path, *tests: str) -> tuple[int, str]:
    """Run tests in the copy, and return how that ended and what was said."""
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "--show-capture=no", "-p", "no:cacheprovider"]
    # What runs is this interpreter, and the names of tests that stand in ``planten``: nothing of anybody else.
    done = subprocess.run([*command, *tests], cwd=kopie, env=_ENV, check=False, capture_output=True, text=True)  # noqa: S603
    return done.returncode, done.stdout + done.stderr


def is_seen(kopie: Path, plant: Plant) -> bool:
    """Plant a fault, and tell whether its test fails, not merely cannot begin."""
    file, test = kopie / "app" / plant.bestand, f"tests/{plant.ziet}"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace(plant.oud, plant.nieuw), "utf-8")
    try:
        code, said = run(kopie, test)
    finally:
        file.write_text(whole, "utf-8")
    return code == 1 and f"FAILED {test}" in said and "ERROR" not in said


def test_what_is_planted_stands_there_once_and_its_test_is_there() -> None:
    for plant in PLANTEN:
        file, _, test = plant.ziet.partition("::")
        assert (_ROOT / "app" / plant.bestand).read_text("utf-8").count(plant.oud) == 1, plant.naam
        assert f"def {test}(" in (_ROOT / "tests" / file).read_text("utf-8"), plant.naam


def test_a_planted_fault_is_seen(kopie: Path, *, heel: bool) -> None:
    planted = PLANTEN if heel else PLANTEN[:1]
    code, said = run(kopie, *dict.fromkeys(f"tests/{plant.ziet}" for plant in planted))
    assert code == 0, said
    assert [plant.naam for plant in planted if not is_seen(kopie, plant)] == []

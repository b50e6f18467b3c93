"""Clients as others make them of openapi.json: they compile, and what is written on them does moment 1."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import clock
from tests_e2e.aanmelden.dienst import ROOT
from tests_e2e.demo import Demo, served

HERE = Path(__file__).parent
DOCUMENT = ROOT / "openapi.json"
MADE_WITH = ROOT / ".venv" / "clients" / "bin"
PATIENCE = 600


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with served(tmp_path_factory.mktemp("clients")) as found:
        yield found


def run(*command: str | Path, folder: Path) -> str:
    """Carry out a command that must succeed, and return what it says."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True, timeout=PATIENCE)  # noqa: S603
    assert done.returncode == 0, (words, done.stdout, done.stderr)
    return done.stdout


def moment1_of(said: str) -> None:
    """Check that a visit counted, and that the deadline that was told stands in the file."""
    told = json.loads(said)
    assert told["kind"]
    assert told["norm"]
    assert told["uiterlijk"] == told["termijn"] != "None"


def ask(demo: Demo) -> tuple[str, str, str]:
    return demo.base, demo.token("begeleider"), clock.today().isoformat()


def test_a_client_in_python_is_typed_and_does_moment_1(demo: Demo, tmp_path: Path) -> None:
    python = MADE_WITH / "python"
    (tmp_path / "config.yml").write_text("post_hooks: []\n", "utf-8")  # in good form or not
    generate = (MADE_WITH / "openapi-python-client", "generate", "--path", DOCUMENT, "--config", "config.yml")
    given = ("--output-path", "pleegzicht_client", "--meta", "none", "--fail-on-warning")
    run(*generate, *given, folder=tmp_path)
    run(python, "-W", "error", "-m", "compileall", "-q", "pleegzicht_client", folder=tmp_path)
    shutil.copy(HERE / "moment1.py", tmp_path)
    mypy = (ROOT / ".venv" / "bin" / "mypy", "--strict", "--python-executable", python, "--config-file", "")
    run(*mypy, "moment1.py", folder=tmp_path)
    moment1_of(run(python, "moment1.py", *ask(demo), folder=tmp_path))


def test_a_client_in_typescript_compiles_and_does_moment_1(demo: Demo, tmp_path: Path) -> None:
    tools = HERE / "node_modules"
    for name in ("moment1.ts", "tsconfig.json", "package.json"):
        shutil.copy(HERE / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(tools)
    run(tools / ".bin" / "openapi-typescript", DOCUMENT, "--output", "schema.d.ts", folder=tmp_path)
    run(tools / ".bin" / "tsc", "--project", "tsconfig.json", folder=tmp_path)
    moment1_of(run("node", "moment1.js", *ask(demo), folder=tmp_path))

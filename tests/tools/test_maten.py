"""No file is so long that it has two subjects, and no function of the application that it does two things."""

import ast
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("app", "tests", "tools", "bench", "tests_e2e")
LINES_OF_A_FILE = 350
LINES_OF_A_FUNCTION = 45
ENDINGS = (".py", ".html", ".css", ".js", ".mjs", ".ts")
#: what is written by others, or by a program, lies in here
_INSTALLED = {"node_modules"}


def sources(*folders: str, endings: Collection[str] = (".py",)) -> Iterator[Path]:
    """Give what people write; migrations are in none of the folders, for one that ran may not change."""
    for folder in folders:
        yield from (
            path
            for path in sorted((ROOT / folder).rglob("*"))
            if path.is_file() and path.suffix in endings and not _INSTALLED & set(path.parts)
        )


def long_files(paths: Iterable[Path]) -> dict[str, int]:
    counts = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return {name: count for name, count in counts.items() if count > LINES_OF_A_FILE}


def long_functions(source: str) -> dict[str, int]:
    """Return how many lines the functions of a source are long, decorators apart, of those that are too long."""
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    counts = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    return {name: count for name, count in counts.items() if count > LINES_OF_A_FUNCTION}


def test_no_file_is_too_long() -> None:
    paths = list(sources(*FOLDERS, endings=ENDINGS))
    assert {path.relative_to(ROOT).parts[0] for path in paths} == set(FOLDERS)
    assert {path.suffix for path in paths} >= {".py", ".html", ".css", ".js"}
    assert long_files(paths) == {}


def test_no_function_of_the_application_is_too_long() -> None:
    found = {str(path.relative_to(ROOT)): long_functions(path.read_text(encoding="utf-8")) for path in sources("app")}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_one_line_more_is_seen() -> None:
    def of_lines(count: int) -> str:
        return "class A:\n    async def b(self):\n" + "        x = 1\n" * (count - 1)

    assert long_functions(of_lines(LINES_OF_A_FUNCTION)) == {}
    assert long_functions(of_lines(LINES_OF_A_FUNCTION + 1)) == {"b": LINES_OF_A_FUNCTION + 1}


def test_a_long_file_is_seen() -> None:
    migration = ROOT / "migrations/versions/0001_begin.py"
    assert list(long_files([migration])) == ["migrations/versions/0001_begin.py"]

"""The source of the application, to look in it for what stands twice."""

import ast
from collections.abc import Iterator
from pathlib import Path

import app

ROOT = Path(app.__file__).parent


def modules(*without: str) -> Iterator[tuple[str, ast.Module]]:
    """Give the name and the tree of every module, but of those whose names begin otherwise."""
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(without):
            yield name, ast.parse(path.read_text(encoding="utf-8"))

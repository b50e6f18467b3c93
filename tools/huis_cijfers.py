"""The house in figures: files per folder, where a kind is named, what recording a talk goes through, what tests weigh.

``python -m tools.huis_cijfers [--boom MAP] [--junit FILE]`` prints them of this tree or of another one, such as a
worktree of an earlier commit; the seconds of the suite are those of a report that pytest made with ``--junit-xml``.
"""

import argparse
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from tools.server import ROOT

_TEST = "tests/api/test_kindgesprek.py::test_a_talk_that_does_not_count_does_not_move_it_and_says_why"
_KINDS = ("huisbezoek", "meldcodestap")
_FULLEST = 6


class Hops(NamedTuple):
    """What one recording went through within ``app/``."""

    aanroepen: int
    functies: int
    bestanden: int


def files_per_folder(tree: Path) -> Counter[str]:
    """Return how many modules each folder of the application has, packages within it apart."""
    paths = (path for path in (tree / "app").rglob("*.py") if path.name != "__init__.py")
    return Counter(str(path.parent.relative_to(tree)) for path in paths)


def places_of(tree: Path, kind: str) -> list[str]:
    """Return the modules of the application that name a kind."""
    paths = sorted((tree / "app").rglob("*.py"))
    return [str(path.relative_to(tree)) for path in paths if re.search(kind, path.read_text(), re.IGNORECASE)]


def support_share(tree: Path) -> float:
    """Return what part of the lines in ``tests/`` stands in files that hold no tests."""
    files = list((tree / "tests").rglob("*.py"))
    lines = {path: len(path.read_text().splitlines()) for path in files}
    support = sum(count for path, count in lines.items() if not path.name.startswith("test_"))
    return support / sum(lines.values())


def hops_of(tree: Path) -> Hops:
    """Return what the recording of a talk goes through: the last one that a test made, with all that is built once."""
    path = f"PYTHONPATH={tree}:{Path(__file__).parent}"
    asked = ["env", path, sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-p", "hops", _TEST]
    done = subprocess.run(asked, cwd=tree, capture_output=True, text=True, check=True)
    found = re.findall(r"^hops (\d+) (\d+) (\d+)$", done.stdout, re.MULTILINE)
    return Hops(*map(int, found[-1]))


def seconds_of(report: Path) -> tuple[int, float]:
    """Return how many tests a report of pytest tells of, and how long all of them took."""
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - a file of our own tests
    return sum(int(one.get("tests", 0)) for one in suites), sum(float(one.get("time", 0)) for one in suites)


def lines_of(tree: Path, junit: Path | None) -> list[str]:
    """Return the figures, each in a line."""
    folders, (calls, functions, files) = files_per_folder(tree), hops_of(tree)
    fullest = ", ".join(f"{folder} {count}" for folder, count in folders.most_common(_FULLEST))
    lines = [
        f"bestanden in app: {folders.total()} in {len(folders)} mappen; de volste: {fullest}",
        f"een gesprek vastleggen: {calls} aanroepen van {functions} functies in {files} bestanden",
        *(_named(tree, kind) for kind in _KINDS),
        f"hulpcode: {support_share(tree):.1%} van de regels van tests",
    ]
    if junit is not None:
        tests, seconds = seconds_of(junit)
        lines.append(f"suite: {tests} tests in {seconds:.0f} s")
    return lines


def _named(tree: Path, kind: str) -> str:
    layers = Counter(path.split("/")[1] for path in places_of(tree, kind))
    where = ", ".join(f"{layer.removesuffix('.py')} {count}" for layer, count in layers.most_common())
    return f"{kind}: genoemd in {layers.total()} bestanden van app: {where}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boom", type=Path, default=ROOT, metavar="MAP")
    parser.add_argument("--junit", type=Path, metavar="FILE")
    asked = parser.parse_args()
    print("\n".join(lines_of(asked.boom.resolve(), asked.junit)))


if __name__ == "__main__":
    main()

"""A newcomer reads tests, not what is beside them: support is at most a third of the suite's lines of Python.

Support is every file that is no ``test_*.py``: conftest, worlds, bodies, the oracle, strategies.
"""

from pathlib import Path

_TESTS = Path(__file__).parent


def lines_of(files: list[Path]) -> int:
    return sum(len(path.read_text().splitlines()) for path in files)


def test_support_is_at_most_a_third() -> None:
    files = list(_TESTS.rglob("*.py"))
    support = [path for path in files if not path.name.startswith("test_")]
    assert 0 < lines_of(support) * 3 <= lines_of(files)

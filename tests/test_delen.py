"""Together the two parts of the suite are all of it, and what guards files and verdicts is asked at every change."""

from pathlib import Path

import pytest

from tests.delen import LANG, Deel, deel_of

ROOT = Path(__file__).parents[1]
#: what no change goes without
ALTIJD = (
    "tests/api/test_idempotency.py",
    "tests/api/test_scope.py",
    "tests/beleid/test_matrix.py",
    "tests/beleid/test_non_interferentie.py",
    "tests/beleid/test_tweede_muur.py",
    "tests/models/test_refusals.py",
    "tests/oracle/",
    "tests/verdict/",
)


@pytest.mark.parametrize("begin", LANG)
def test_what_is_long_is_there(begin: str) -> None:
    assert list(ROOT.glob(f"{begin}*")), begin


@pytest.mark.parametrize("begin", ALTIJD)
def test_what_guards_files_and_verdicts_is_asked_at_every_change(begin: str) -> None:
    found = [path.relative_to(ROOT).as_posix() for path in ROOT.glob(f"{begin}*") if path.name != "__pycache__"]
    assert found
    assert {deel_of(one) for one in found} == {Deel.KORT}


def test_the_makefile_asks_both_parts_before_a_push_and_ci_too() -> None:
    makefile, ci = (ROOT / "Makefile").read_text(), (ROOT / ".ci" / "run").read_text()
    for deel in Deel:
        assert f"--deel {deel}" in makefile
    check = makefile.partition("\ncheck:")[2].partition("\n\n")[0]
    assert [line.split()[-1] for line in check.splitlines()[1:]] == ["test", "test-lang"]
    assert "make test ARGS=" in ci
    assert "make test-lang ARGS=" in ci

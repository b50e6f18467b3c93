"""What the benchmark says of a figure that was read at two sizes."""

from collections.abc import Sequence

from bench.growing import Spending, Spent, growth_lines
from bench.singles import single_lines

_CASE = "eigen caseload"


def at(kinderen: int, *turns: float) -> Spending:
    return Spending(kinderen, [Spent(_CASE, "database lijst", turns)])


def growth(small: Sequence[float], large: Sequence[float]) -> tuple[str, bool]:
    """Return what is said of the growth of a case, and whether it keeps its bar."""
    lines = list(growth_lines(at(2500, *small), [at(20_000, 2.0, 2.0)], at(80_000, *large)))
    (line,) = [one for one in lines if "groei" in one.what]
    return line.measured, line.ok


def test_a_machine_that_was_slow_for_both_is_no_growth() -> None:
    assert growth((2.0, 2.0, 4.0), (2.0, 4.0, 4.0)) == ("1 ×", True)


def test_what_grew_in_most_turns_is_seen() -> None:
    assert growth((2.0, 4.0, 2.0), (3.0, 6.0, 2.0)) == ("1,5 ×", False)


def test_every_size_stands_beside_the_most() -> None:
    first, _ = growth_lines(at(2500, 1.0), [at(20_000, 3.5)], at(80_000, 2.0))
    assert not first.ok
    assert first.measured == "3,5 ms (1 → 3,5 → 2 ms)"


def test_the_request_that_grew_most_is_named() -> None:
    (line,) = single_lines({"een kind": 20, "een lijst": 400}, {"een kind": 2500, "een lijst": 410}, 4)
    assert not line.ok
    assert "20 → 2.500: een kind" in line.measured


def test_a_few_pages_more_are_no_growth() -> None:
    (line,) = single_lines({"een kind": 20}, {"een kind": 90}, 4)
    assert line.ok

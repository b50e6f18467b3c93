"""What the benchmark says of a figure that was read at two sizes."""

from bench.http_rounds import Processor, database_lines
from bench.singles import single_lines

_CASE = "eigen caseload"


def growth(first: Processor, last: Processor) -> tuple[str, bool]:
    """Return what is said of the growth of a case, and whether it keeps its bar."""
    (line,) = [one for one in database_lines([(2500, {_CASE: first}), (80_000, {_CASE: last})]) if "groei" in one.what]
    return line.measured, line.ok


def test_a_machine_that_became_slower_is_no_growth() -> None:
    shown = growth(Processor("database lijst", 2.0, 0.010), Processor("database lijst", 3.0, 0.015))
    assert shown == ("1 × (1,5 × zonder te rekenen met de machine zelf)", True)


def test_what_grew_on_a_machine_that_stayed_as_it_was_is_seen() -> None:
    shown = growth(Processor("database lijst", 2.0, 0.010), Processor("database lijst", 3.0, 0.010))
    assert shown == ("1,5 × (1,5 × zonder te rekenen met de machine zelf)", False)


def test_the_request_that_grew_most_is_named() -> None:
    (line,) = single_lines({"een kind": 20, "een lijst": 400}, {"een kind": 2500, "een lijst": 410}, 4)
    assert not line.ok
    assert "20 → 2.500: een kind" in line.measured


def test_a_few_pages_more_are_no_growth() -> None:
    (line,) = single_lines({"een kind": 20}, {"een kind": 90}, 4)
    assert line.ok

"""``python -m bench``: what the service takes, as ratios to what the database alone takes.

Everything runs on loopback, in a temporary folder with an embedded PostgreSQL of its own. Exit 1 when a bar is
missed.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench.bank import Bank, open_bank
from bench.copies import double
from bench.counting import count_queries
from bench.http_cases import http_cases
from bench.http_rounds import Length, compare
from bench.importing import import_workbook
from bench.judging import as_lines, judge_all
from bench.plans import plan_lines, read_plans
from bench.progress import tell
from bench.table import Line, show
from bench.toetsen import audit_all, export_all, last_quarter, lines_of, years_before
from bench.walls import measure_walls


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything.

    Attributes:
        invented: children invented; the rest are copies of these.
        doublings: of those before the first measurement.
        passes: over all children, at 1 ×, 2 × and 4 × as many.
        audits: of all children, at the same.
        http: rounds of requests.
        walls: the same, of the service with and without its walls.
        talks: at most so many recordings in a turn.
        imported: children in the workbook.
        imports: of that workbook.
    """

    invented: int
    doublings: int
    passes: tuple[int, int, int]
    audits: tuple[int, int, int]
    http: Length
    walls: Length
    talks: int
    imported: int
    imports: int


_FULL = Size(5000, 2, (2, 1, 1), (1, 1, 1), Length(5, 2.0), Length(4, 1.5), 1000, 400, 2)
_QUICK = Size(500, 0, (1, 1, 1), (1, 1, 1), Length(2, 0.5), Length(2, 0.5), 60, 40, 1)


def main() -> int:
    """Measure, print the table, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Meet de dienst als verhoudingen.")
    parser.add_argument("--snel", action="store_true", help="klein en kort, om de meting zelf te proberen")
    parser.add_argument("--muren", action="store_true", help="alleen wat elke muur kost")
    asked = parser.parse_args()
    size, measure = _QUICK if asked.snel else _FULL, _measure_walls if asked.muren else _measure
    lines: list[Line] = []
    try:
        with open_bank(size.invented) as bank:
            lines.extend(measure(bank, size))
    finally:
        print(show(lines))  # also what was measured before something went wrong
    return 1 if any(line.ok is False for line in lines) else 0


def _measure(bank: Bank, size: Size) -> Iterator[Line]:
    for _ in range(size.doublings):
        _double(bank)
    passes, plans = [judge_all(bank, size.passes[0])], [read_plans(bank)]
    kwartaal = last_quarter(bank.today)
    audits, old = [audit_all(bank, kwartaal, size.audits[0])], audit_all(bank, years_before(kwartaal), size.audits[0])
    yield from export_all(bank, kwartaal)
    yield from count_queries(bank)
    cases = http_cases(bank, size.talks)
    yield from compare(bank, cases, size.http)
    yield from measure_walls(bank, cases, size.walls)
    yield from import_workbook(bank, size.imported, size.imports)
    for times, again in zip(size.passes[1:], size.audits[1:], strict=True):
        _double(bank)
        passes.append(judge_all(bank, times))
        audits.append(audit_all(bank, kwartaal, again))
    plans.append(read_plans(bank))
    yield from as_lines(passes)
    yield from lines_of(audits, old)
    yield from plan_lines(plans[0], plans[1], 4)


def _measure_walls(bank: Bank, size: Size) -> Iterator[Line]:
    for _ in range(size.doublings):
        _double(bank)
    yield from measure_walls(bank, http_cases(bank, size.talks), size.walls)


def _double(bank: Bank) -> None:
    double(bank)
    tell("verdubbeld")


if __name__ == "__main__":
    sys.exit(main())

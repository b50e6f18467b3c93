"""``python -m bench``: what the service takes, beside a floor of another make and beside the database alone.

Everything runs on loopback, in a temporary folder with an embedded PostgreSQL of its own. The table comes last, the
figure that is farthest from its bar on top. Exit 1 when a bar is missed.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.bank import Bank, open_bank
from bench.copies import double
from bench.counting import count_queries
from bench.growing import Spending, growth_lines, spend
from bench.http_case import Case
from bench.http_cases import http_cases
from bench.http_rounds import Length, compare
from bench.importing import import_workbook, ten_organisaties
from bench.judging import as_lines, compare_catalogues, judge_all
from bench.pages import measure_pages
from bench.plans import plan_lines, read_plans
from bench.progress import tell
from bench.singles import read_singles, single_lines
from bench.starting import first_requests, small_commands
from bench.table import Line, show
from bench.tempo import Tempo
from bench.toetsen import audit_all, export_all, last_quarter, lines_of, years_before
from bench.walls import measure_walls


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything.

    Attributes:
        invented: children invented; the rest are copies of these.
        doublings: of those before most is measured.
        more: doublings after it.
        passes: over all children, at the invented ones and at the size at which most is measured.
        pages: times that each page is timed.
        http: rounds of requests.
        walls: the same, of the service with and without its walls.
        database: the same, of which only the processor time of the database is read.
        starts: of the service, for its first requests, and of each command.
        talks: children to record a talk of.
        imported: children in the workbook.
        imports: of that workbook.
    """

    invented: int
    doublings: int
    more: int
    passes: tuple[int, int]
    pages: int
    http: Length
    walls: Length
    database: Length
    starts: int
    talks: int
    imported: int
    imports: int


#: passes by each catalogue
_CATALOGUES = 4
#: 2,500, 20,000 and 80,000 children
_FULL = Size(2500, 3, 2, (1, 1), 3, Length(3, 1.2), Length(2, 0.9), Length(5, 1.0), 3, 400, 400, 1)
_QUICK = Size(300, 0, 1, (1, 1), 1, Length(1, 0.3), Length(1, 0.3), Length(1, 0.3), 1, 20, 10, 1)


def main() -> int:
    """Measure, print the table, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Meet de dienst als verhoudingen.")
    parser.add_argument("--snel", action="store_true", help="klein en kort, om de meting zelf te proberen")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--http", action="store_true", help="alleen wat over HTTP gaat, naast de bodem")
    only.add_argument("--muren", action="store_true", help="alleen wat elke muur kost")
    asked = parser.parse_args()
    size = _QUICK if asked.snel else _FULL
    measure = _measure_walls if asked.muren else _measure_http if asked.http else _measure
    lines: list[Line] = []
    try:
        with open_bank(size.invented) as bank, bank.kept_small() as small:
            lines.extend(measure(bank, small, size))
    finally:
        print(show(lines))  # also what was measured before something went wrong
    return 0 if all(line.ok for line in lines) else 1


def _measure(bank: Bank, small: Bank, size: Size) -> Iterator[Line]:
    kwartaal, tempo = last_quarter(bank.today), Tempo()
    tempo.look()
    pages = list(measure_pages(bank, size.pages))
    catalogues = compare_catalogues(bank, _CATALOGUES)
    passes, audits = [judge_all(bank, size.passes[0])], [audit_all(bank, kwartaal, size.passes[0])]
    between: list[Spending] = []
    _double(bank, size.doublings)
    tempo.look()
    if size.doublings:
        passes.append(judge_all(bank, size.passes[1]))
        audits.append(audit_all(bank, kwartaal, size.passes[1]))
        tempo.look()
        between.extend(spend([bank], size.talks, size.database))
    tempo.look()
    yield from pages
    yield catalogues
    yield from as_lines(passes)
    yield from lines_of(audits, audit_all(bank, years_before(kwartaal), 1))
    yield from export_all(bank, kwartaal)
    yield from count_queries(bank)
    tempo.look()
    yield from _http(bank, size)
    tempo.look()
    yield from measure_walls(bank, _for_walls(bank, size), size.walls)
    yield from import_workbook(bank, size.imported, size.imports)
    yield from small_commands(bank, size.starts)
    plans, singles = read_plans(bank), read_singles(bank)
    tempo.look()
    _double(bank, size.more)
    yield from plan_lines(plans, read_plans(bank), 2**size.more)
    yield from single_lines(singles, read_singles(bank), 2**size.more)
    yield from _growth(bank, small, size, between)
    tempo.look()
    yield tempo.line()


def _measure_http(bank: Bank, small: Bank, size: Size) -> Iterator[Line]:
    _double(bank, size.doublings)
    yield from _http(bank, size)
    _double(bank, size.more)
    yield from _growth(bank, small, size, ())


def _http(bank: Bank, size: Size) -> Iterator[Line]:
    yield from first_requests(bank, size.starts)
    organisaties = ten_organisaties(bank, size.talks // 10 + 5)
    yield from compare(bank, http_cases(bank, organisaties, size.talks, traced=True), size.http)


def _measure_walls(bank: Bank, _small: Bank, size: Size) -> Iterator[Line]:
    _double(bank, size.doublings)
    yield from measure_walls(bank, _for_walls(bank, size), size.walls)


def _for_walls(bank: Bank, size: Size) -> list[Case]:
    """Return what a begeleider asks all day, and the shortest recording that there is."""
    cases = http_cases(bank, (), size.talks, traced=False)
    return [cases[1], cases[-1]]


def _growth(bank: Bank, small: Bank, size: Size, between: Sequence[Spending]) -> Iterator[Line]:
    first, last = spend([small, bank], size.talks, size.database)
    yield from growth_lines(first, between, last)


def _double(bank: Bank, times: int) -> None:
    for _ in range(times):
        double(bank)
        tell("verdubbeld")
    bank.settle()


if __name__ == "__main__":
    sys.exit(main())

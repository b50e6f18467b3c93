"""What the database spends on a request at several sizes, and how that grows from the smallest to the largest.

The largest takes turns with the smallest, kept beside it (``bench.bank.Bank.kept_small``): held against itself of ten
minutes before, a figure tells more of the machine than of its size.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from bench.bank import Bank
from bench.bars import against
from bench.http_case import Case
from bench.http_cases import http_cases
from bench.http_rounds import Length
from bench.http_turn import in_turn, take_turn
from bench.processes import can_measure
from bench.progress import tell
from bench.service import Server, serving_application
from bench.table import Line, count, number


@dataclass(frozen=True, slots=True)
class Spent:
    """What the database spent on a case at one size.

    Attributes:
        naam: of the case.
        bar: its bar.
        turns: milliseconds of processor time per request, of every turn.
    """

    naam: str
    bar: str
    turns: Sequence[float]


@dataclass(frozen=True, slots=True)
class Spending:
    """The same of all cases.

    Attributes:
        kinderen: the size.
        spent: every case, always in the same order.
    """

    kinderen: int
    spent: Sequence[Spent]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One size that is asked: its database, the service on it and what is asked of that."""

    bank: Bank
    server: Server
    cases: Sequence[Case]


def spend(banks: Sequence[Bank], talks: int, length: Length) -> list[Spending]:
    """Return what the database spends at the size of each bank, which take turns.

    Args:
        banks: each as it is now.
        talks: children to record a talk of.
        length: in rounds of a turn each; one more warms up. One alone tells a tenth more or less each time.
    """
    with ExitStack() as stack:
        asked = [_start(stack, bank, talks) for bank in banks]
        rows = [_take_turns(asked, cases, length) for cases in zip(*(one.cases for one in asked), strict=True)]
    return [Spending(_children(bank), spent) for bank, spent in zip(banks, zip(*rows, strict=True), strict=True)]


def _start(stack: ExitStack, bank: Bank, talks: int) -> _Asked:
    with bank.in_use():
        cases = [case for case in http_cases(bank, (), talks, traced=False) if case.database is not None]
        return _Asked(bank, stack.enter_context(serving_application()), cases)


def _children(bank: Bank) -> int:
    return bank.number("SELECT count(*) FROM pleegkind WHERE organisatie_id = :o", o=bank.organisatie)


def _take_turns(asked: Sequence[_Asked], cases: Sequence[Case], length: Length) -> list[Spent]:
    """Return what one case, as each is asked it, took of the database of each."""
    both = list(zip(asked, cases, strict=True))
    for one, case in both:
        take_turn(one.bank, case, one.server.port, length.seconds)  # every connection of both workers plans
    turns: list[list[float]] = [[] for _ in both]
    for i in range(length.rounds):
        for which in in_turn(range(len(both)), i):
            one, case = both[which]
            turns[which].append(take_turn(one.bank, case, one.server.port, length.seconds).database)
    for case in cases:
        case.reset()
    tell(f"{cases[0].naam}: database {', '.join(f'{median(own):.1f}' for own in turns)} ms per verzoek")
    return [Spent(case.naam, case.database or "", own) for case, own in zip(cases, turns, strict=True)]


def growth_lines(small: Spending, between: Sequence[Spending], large: Spending) -> Iterator[Line]:
    """Yield of each case the most that the database spent at any size, and how that grew from the smallest.

    Args:
        small: the smallest size …
        between: sizes that were asked alone.
        large: … and the largest, which took turns with the smallest.
    """
    if not can_measure():
        return
    sizes = (small, *between, large)
    kinderen = " → ".join(count(size.kinderen) for size in sizes)
    for first, *others, last in zip(*(size.spent for size in sizes), strict=True):
        spent = [median(one.turns) for one in (first, *others, last)]
        each = " → ".join(number(one) for one in spent)
        yield against(first.bar, max(spent), first.naam, beside=f"{each} ms")
        grown = median(after / before for before, after in zip(first.turns, last.turns, strict=True))
        yield against("database groei", grown, first.naam, f"{kinderen} kinderen")

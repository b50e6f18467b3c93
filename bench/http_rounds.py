"""The service beside a floor of another make and beside our own SQL alone, over HTTP, in turns.

Every server has two workers. In each round all take a turn, one after the other, and who begins moves up: a busy moment
of the machine meets all of them. A figure is the median of the rounds, a ratio the median of each round's own.
"""

import pickle
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.bank import Bank
from bench.bars import against
from bench.floor_of import write_floor_settings
from bench.http_case import Case
from bench.http_turn import Turn, in_turn, middle, take_turn
from bench.processes import can_measure, children_of, peak_mebibytes
from bench.progress import tell
from bench.same import check_same
from bench.service import Server, serving_application, serving_bare, serving_floor, start_together
from bench.table import Line, count, number

_THREADS = 5  # of each worker of the bare application: with the pools of the others within 100 connections
_WARM = 0.5  # part of a turn

SERVICE, FLOOR, OWN_SQL = "dienst", "bodem", "eigen SQL"


@dataclass(frozen=True, slots=True)
class Length:
    """How long it lasts: rounds, and seconds per turn."""

    rounds: int
    seconds: float


def compare(bank: Bank, cases: Sequence[Case], length: Length) -> Iterator[Line]:
    """Check that floor and service answer alike, then yield the figures of every case.

    Raises:
        AssertionError: they answer differently.
    """
    with ExitStack() as stack:
        own_sql = serving_bare(_write_traces(bank, cases), bank.conninfo, _THREADS)
        started = start_together(stack, serving_application(), serving_floor(write_floor_settings(bank)), own_sql)
        servers = dict(zip((SERVICE, FLOOR, OWN_SQL), started, strict=True))
        check_same(bank, cases, servers[SERVICE].port, servers[FLOOR].port)
        for case in cases:
            yield from _compare(bank, case, length, servers)
        if can_measure():
            peak = peak_mebibytes(children_of(servers[SERVICE].pid))
            tell(f"geheugen van een werker: {peak:.0f} MiB")
            yield against("geheugen werker", peak)


def _write_traces(bank: Bank, cases: Sequence[Case]) -> Path:
    traces = bank.folder / "traces.pickle"
    traces.write_bytes(pickle.dumps({line: trace for case in cases for line, trace in case.traces.items()}))
    return traces


def _compare(bank: Bank, case: Case, length: Length, servers: dict[str, Server]) -> Iterator[Line]:
    rounds: list[dict[str, Turn]] = []
    names = [name for name in servers if name != OWN_SQL or case.own_sql]
    for i in range(length.rounds + 1):
        seconds = length.seconds * (1 if i else _WARM)
        rounds.append({})
        for name in in_turn(names, i):
            sent = case.traced if name == OWN_SQL else None
            rounds[-1][name] = take_turn(bank, case, servers[name].port, seconds, sent)
        tell(f"{case.naam}: " + ", ".join(f"{name} {turn.per_second:.0f}" for name, turn in rounds[-1].items()))
    case.reset()
    yield from _lines(case, rounds[1:])


def _lines(case: Case, rounds: Sequence[dict[str, Turn]]) -> Iterator[Line]:
    """Yield the figures of the rounds that count."""
    turns = {name: middle([one[name] for one in rounds]) for name in rounds[0]}
    for name, bar in ((FLOOR, case.floor), (OWN_SQL, case.own_sql)):
        if bar is not None:
            ratio = median(one[SERVICE].per_second / one[name].per_second for one in rounds)
            both = f"{count(turns[SERVICE].per_second)} en {count(turns[name].per_second)} per seconde"
            yield against(bar, ratio, case.naam, beside=both)
    service = turns[SERVICE]
    spread = f"{number(service.p50)} en {number(service.p99)} ms"
    if max(one[SERVICE].refused for one in rounds) > 0:
        spread += f", {number(100 * service.refused)} % geweigerd met 503"
    yield against("p99", service.p99 / service.p50, case.naam, beside=spread)
    if can_measure():
        spent = ", ".join(f"{name} {number(turn.database)} ms" for name, turn in turns.items())
        yield Line(f"{case.naam}: processortijd van de database per verzoek", spent)
    floor = turns[FLOOR]
    yield Line(f"{case.naam}: p50 en p99 van de bodem", f"{number(floor.p50)} en {number(floor.p99)} ms")

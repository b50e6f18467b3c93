"""One turn: a client sends what a case asks to one server, for so many seconds."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from bench.asgi import Request
from bench.bank import Bank
from bench.http_case import Case
from bench.processes import backend_seconds, can_measure, spent

T = TypeVar("T")
#: at the same time
CONNECTIONS = 32
_TOO_BUSY = 503


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of it.

    Attributes:
        per_second: requests answered.
        p50: milliseconds within which half of them were.
        p99: … and all but one in a hundred.
        database: milliseconds of processor time of the database per request; 0 where that cannot be read.
        refused: the part that was answered with 503: too busy.
    """

    per_second: float
    p50: float
    p99: float
    database: float
    refused: float


def take_turn(bank: Bank, case: Case, port: int, seconds: float, requests: Sequence[Request] | None = None) -> Turn:
    """Let one server answer; the database is first brought back to how it was.

    Args:
        bank: the data.
        case: what is asked.
        port: of the server.
        seconds: at most.
        requests: instead of all of the case.
    """
    sent = case.requests if requests is None else requests
    file = bank.folder / "requests.json"
    file.write_text(json.dumps([request.as_bytes().decode("latin-1") for request in sent]), encoding="utf-8")
    case.reset()
    command = [sys.executable, "-m", "bench.client", str(port), str(file), str(CONNECTIONS), str(seconds)]
    before = backend_seconds(bank) if can_measure() else {}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=600)
    after = backend_seconds(bank) if can_measure() else {}
    found = json.loads(done.stdout)
    good, refused = (found["statuses"].get(str(status), 0) for status in (case.status, _TOO_BUSY))
    assert good, f"{case.naam}: {found['statuses']}"
    assert good + refused == found["answers"], f"{case.naam}: {found['statuses']}"
    share = good / found["answers"]
    database = 1000 * spent(before, after) / found["answers"]
    return Turn(share * found["per_second"], found["p50_ms"], found["p99_ms"], database, 1 - share)


def in_turn(every: Sequence[T], number: int) -> Sequence[T]:
    """Return all in the order of the round of this number: who begins moves up, so that none is always first."""
    shift = number % len(every)
    return (*every[shift:], *every[:shift])


def middle(turns: Sequence[Turn]) -> Turn:
    """Return the median of each figure."""
    return Turn(*(median(getattr(turn, name) for turn in turns) for name in Turn.__slots__))

"""The application against the bare application, over HTTP, in turns."""

import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bench.asgi import Request
from bench.bank import Bank
from bench.bare import Trace
from bench.progress import tell
from bench.service import serving_application, serving_bare
from bench.table import Line, count, part

#: at the same time; more is too much for two cores that the client and the database share
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request to compare.

    Attributes:
        naam: what it is, in Dutch.
        bar: the least part of the bare application's requests per second.
        requests: what is sent, to both alike; one is repeated, several are sent once each.
        traces: what the bare application does for each.
        reset: brings the database back to how it was when the traces were made.
    """

    naam: str
    bar: float
    requests: Sequence[Request]
    traces: dict[str, Trace]
    reset: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Length:
    """How long it lasts: rounds, and seconds per turn."""

    rounds: int
    seconds: float


def compare(bank: Bank, cases: Sequence[Case], length: Length) -> Iterator[Line]:
    """Yield the figures of every case."""
    traces = bank.folder / "traces.pickle"
    traces.write_bytes(pickle.dumps({key: trace for case in cases for key, trace in case.traces.items()}))
    with serving_application() as application, serving_bare(traces, bank.conninfo, CONNECTIONS) as bare:
        for case in cases:
            yield from _compare(bank, case, length, application, bare)


def _compare(bank: Bank, case: Case, length: Length, application: int, bare: int) -> Iterator[Line]:
    """Let both take turns; who begins changes, and the first round only warms up."""
    rounds: list[dict[int, float]] = []
    for i in range(length.rounds + 1):
        order = (application, bare) if i % 2 else (bare, application)
        rounds.append({port: turn(bank, case, port, length.seconds) for port in order})
        tell(f"{case.naam}: {rounds[-1][application]:.0f} per seconde, kaal {rounds[-1][bare]:.0f}")
    case.reset()
    ratio = median(one[application] / one[bare] for one in rounds[1:])
    both = [median(one[port] for one in rounds[1:]) for port in (application, bare)]
    yield Line(
        f"HTTP: {case.naam}, t.o.v. kale ASGI met dezelfde SQL", f"≥ {part(case.bar)}", part(ratio), ratio >= case.bar
    )
    yield Line("  verzoeken per seconde, en kaal", "", f"{count(both[0])} en {count(both[1])}")


def turn(bank: Bank, case: Case, port: int, seconds: float) -> float:
    """Return the requests per second of one turn of one server."""
    file = bank.folder / "requests.json"
    file.write_text(json.dumps([request.as_bytes().decode("latin-1") for request in case.requests]), encoding="utf-8")
    case.reset()
    command = [sys.executable, "-m", "bench.client", str(port), str(file), str(CONNECTIONS), str(seconds)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=600).stdout)
    wanted = {str(next(iter(case.traces.values())).status)}
    assert set(found["statuses"]) == wanted, f"{case.naam}: {found['statuses']}"
    per_second: float = found["per_second"]
    return per_second

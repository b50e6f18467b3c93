"""One kind of request to compare."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.asgi import Request
from bench.bare import Trace


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of request to compare.

    Attributes:
        naam: what it is, in Dutch.
        floor: its bar beside the floor (``bench.bars``).
        own_sql: its bar beside our own statements; None when those are not asked.
        database: its bar of the database's processor time; None when it has none.
        requests: what is sent, to all alike; one is repeated, several are sent once each.
        status: of every answer.
        traces: what the bare application does for each that it is asked.
        reset: brings the database back to how it was when the traces were made.
    """

    naam: str
    floor: str
    own_sql: str | None
    database: str | None
    requests: Sequence[Request]
    status: int
    traces: Mapping[str, Trace]
    reset: Callable[[], None]

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.requests[0].method == "GET"

    @property
    def traced(self) -> Sequence[Request]:
        """What the bare application can be asked: each once, when it writes."""
        return list({one.line: one for one in reversed(self.requests) if one.line in self.traces}.values())

"""What each wall costs: the service with access log, row-level security and change log on, against each one off.

In turns over HTTP, every variant a process of its own. The list is what a begeleider asks all day; the recording is
the shortest that exists, of one talk. The bar: with all on, the list keeps 60 % of the rate that it has without. Only
a recording writes to the change log, so only there it is switched; every connection then plans all its statements
anew, which a short turn beforehand takes away.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Final

from sqlalchemy import text

from app.queries.wijzigingen.rijen import VASTGELEGD
from bench.bank import Bank
from bench.bars import against
from bench.http_case import Case
from bench.http_rounds import Length
from bench.http_turn import in_turn, take_turn
from bench.progress import tell
from bench.service import Server, serving_variant, start_together
from bench.table import Line, count
from bench.variant import INZAGELOG, RIJBEVEILIGING

_WARM: Final = 0.5  # seconds, and never longer than a turn
WIJZIGINGSLOG: Final = "wijzigingslog"
_ALLES_AAN: Final[tuple[str, ...]] = ()
_ALLES_UIT: Final = (INZAGELOG, RIJBEVEILIGING, WIJZIGINGSLOG)
_VARIANTEN: Final = (_ALLES_AAN, (INZAGELOG,), (RIJBEVEILIGING,), (WIJZIGINGSLOG,), _ALLES_UIT)


@dataclass(frozen=True, slots=True)
class _Gang:
    """Requests per second of each variant in one round."""

    rates: dict[tuple[str, ...], float]

    def kept(self, down: tuple[str, ...]) -> float:
        """Return the part of the rate that is left with the walls, of the rate without these."""
        return self.rates[_ALLES_AAN] / self.rates[down]


def measure_walls(bank: Bank, cases: Sequence[Case], length: Length) -> Iterator[Line]:
    """Yield what each wall costs of each case."""
    with ExitStack() as stack:
        variants = [serving_variant([wall for wall in down if wall != WIJZIGINGSLOG]) for down in _VARIANTEN]
        ports = dict(zip(_VARIANTEN, start_together(stack, *variants), strict=True))
        for case in cases:
            yield from _measure(bank, case, length, ports)


def _measure(bank: Bank, case: Case, length: Length, ports: dict[tuple[str, ...], Server]) -> Iterator[Line]:
    """Let the variants take turns; who begins moves up, and a first round warms up who is not warmed each turn."""
    gangen: list[_Gang] = []
    varianten = [down for down in _VARIANTEN if not (case.reads and down == (WIJZIGINGSLOG,))]
    for i in range(length.rounds + case.reads):
        rates: dict[tuple[str, ...], float] = {}
        for down in in_turn(varianten, i):
            if not case.reads:
                _let_triggers_work(bank, at_work=WIJZIGINGSLOG not in down)
                take_turn(bank, case, ports[down].port, min(_WARM, length.seconds))
            rates[down] = take_turn(bank, case, ports[down].port, length.seconds).per_second
        gangen.append(_Gang(rates))
        tell(
            f"{case.naam}: " + ", ".join(f"{'+'.join(down) or 'alles aan'} {rate:.0f}" for down, rate in rates.items())
        )
    if not case.reads:
        _let_triggers_work(bank, at_work=True)
    case.reset()
    yield from _lines(case, gangen[-length.rounds :])


def _lines(case: Case, gangen: Sequence[_Gang]) -> Iterator[Line]:
    kept = median(one.kept(_ALLES_UIT) for one in gangen)
    on, off = (median(one.rates[down] for one in gangen) for down in (_ALLES_AAN, _ALLES_UIT))
    both = f"{count(on)} en {count(off)} per seconde"
    if case.reads:
        yield against("muren", kept, case.naam, beside=both)
    else:
        yield Line(f"muren: {case.naam}, snelheid met alle t.o.v. zonder", f"{_percent(kept)} ({both})")
    for down in (one for one in _VARIANTEN[1:-1] if one in gangen[0].rates):
        cost = _percent(1 - median(one.kept(down) for one in gangen))
        yield Line(f"muren: {case.naam}, kosten van {'+'.join(down)}", cost)


def _let_triggers_work(bank: Bank, *, at_work: bool) -> None:
    """Switch the triggers of the change log on or off; nothing is asked meanwhile."""
    word = "ENABLE" if at_work else "DISABLE"
    with bank.owner.begin() as connection:
        for table in VASTGELEGD:
            names = text(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(:t) AND tgname LIKE 'leg\\_wijzig%'"
            )
            for name in connection.scalars(names, {"t": table}).all():
                connection.exec_driver_sql(f"ALTER TABLE {table} {word} TRIGGER {name}")


def _percent(part: float) -> str:
    return f"{100 * part:.0f} %"

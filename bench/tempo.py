"""How fast this machine is while something is measured: a sum that is always the same, done now and then.

Where others use the machine too it is half as fast at one moment as at another. Ratios within a minute do not mind; a
figure in seconds or milliseconds says that as well, and stands as it was measured, with this line beside it.
"""

from dataclasses import dataclass, field
from time import process_time

from bench.table import Line, number

_TERMS, _TRIES = 200_000, 3


@dataclass(slots=True)
class Tempo:
    """Seconds of processor time of that sum, at each moment at which somebody looked."""

    took: list[float] = field(default_factory=list)

    def look(self) -> None:
        """Do the sum a few times, of which the fastest counts."""
        self.took.append(min(_seconds() for _ in range(_TRIES)))

    def line(self) -> Line:
        """Return how much slower than at its fastest moment the machine was at each, and what the sum took then."""
        fastest = min(self.took)
        slower = " → ".join(f"{number(one / fastest)} ×" for one in self.took)
        return Line(
            "de machine zelf: dezelfde som, tijd t.o.v. haar snelste", f"{slower} van {number(1000 * fastest)} ms"
        )


def _seconds() -> float:
    start, total = process_time(), 0
    for term in range(_TERMS):
        total += term * term % 7
    return process_time() - start

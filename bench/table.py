"""What was measured: first the figures without a bar, last those that have one, the farthest off on top."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_PLAIN = ("maat", "gemeten")
_BARRED = ("maat", "gemeten", "grens", "afstand", "oordeel")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure.

    Attributes:
        what: what was measured, in Dutch.
        measured: the figure.
        bar: the bar, in Dutch; empty when there is none.
        distance: how many times off the bar it is: 1 is on it, more misses it; None without a bar.
    """

    what: str
    measured: str
    bar: str = ""
    distance: float | None = None

    @property
    def ok(self) -> bool:
        """Whether it keeps its bar; without one there is nothing to miss."""
        return self.distance is None or self.distance <= 1


def show(lines: Iterable[Line]) -> str:
    """Return both tables as text; the one with the bars comes last."""
    every = list(lines)
    plain = [(line.what, line.measured) for line in every if line.distance is None]
    barred = sorted((line for line in every if line.distance is not None), key=_farthest)
    tables = [_table(_PLAIN, plain), _table(_BARRED, [_cells(line) for line in barred])]
    return "\n\n".join(tables)


def _farthest(line: Line) -> float:
    return -(line.distance or 0)


def _cells(line: Line) -> tuple[str, ...]:
    distance = line.distance or 0
    off = f"{number(distance)} ×" if math.isfinite(distance) else "∞"
    return line.what, line.measured, line.bar, off, "ok" if line.ok else "gemist"


def _table(head: Sequence[str], found: Sequence[Sequence[str]]) -> str:
    rows = [head, *found]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    shown = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([shown[0], "-+-".join("-" * width for width in widths), *shown[1:]])


def number(value: float) -> str:
    """Return a figure with three digits that tell something: ``1.234``, ``25,6``, ``0,33``."""
    if value != 0 and abs(value) >= 100:
        return count(value)
    digits = 2 if abs(value) < 10 else 1
    return f"{value:.{digits}f}".rstrip("0").rstrip(".").replace(".", ",")


def times(ratio: float) -> str:
    """Return a ratio as ``3,2 ×``."""
    return f"{ratio:.1f} ×".replace(".", ",")


def count(whole: float) -> str:
    """Return a whole number with points: ``20.000``."""
    return f"{whole:,.0f}".replace(",", ".")

"""What was measured: one line per figure, with its bar when it has one."""

from collections.abc import Iterable
from dataclasses import dataclass

_HEAD = ("maat", "grens", "gemeten", "oordeel")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure.

    Attributes:
        what: what was measured, in Dutch.
        bar: the bar, in Dutch; empty when there is none.
        measured: the figure.
        ok: whether it keeps the bar; None without a bar.
    """

    what: str
    bar: str
    measured: str
    ok: bool | None = None

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The line as shown."""
        verdict = "" if self.ok is None else "ok" if self.ok else "te traag"
        return self.what, self.bar or "–", self.measured, verdict


def show(lines: Iterable[Line]) -> str:
    """Return the table as text."""
    rows = [_HEAD, *(line.cells for line in lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    shown = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([shown[0], "-+-".join("-" * width for width in widths), *shown[1:]])


def times(ratio: float) -> str:
    """Return a ratio as ``3,2 ×``."""
    return f"{ratio:.1f} ×".replace(".", ",")


def part(ratio: float) -> str:
    """Return a part of one as ``1/2,5``."""
    return f"1/{1 / ratio:.1f}".replace(".", ",")


def count(number: float) -> str:
    """Return a whole number with points: ``20.000``."""
    return f"{number:,.0f}".replace(",", ".")

"""Eight quarters in one line: the share that is navolgbaar, and beside it the share without exceptions.

Of fewer than five children nothing is drawn: the table says it, and a line would say more than there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from app.norms.kwartaaltoets.inhoud import GroepKengetallen

#: where the chart stands in the drawing
_LINKS, _RECHTS, _BOVEN, _ONDER = 52, 322, 14, 214
_STAPPEN: Final = 4
#: under so many rows no share is drawn
DREMPEL: Final = 5


@dataclass(frozen=True, slots=True)
class Kwartaalpunt:
    """One quarter."""

    kwartaal: str
    navolgbaar: int
    zonder_uitzondering: int
    rijen: int
    x: float
    y: float
    y_zonder: float

    @property
    def deel(self) -> float:
        """The share of rows that is navolgbaar."""
        return _deel(self.navolgbaar, self.rijen)

    @property
    def zonder(self) -> float:
        """The same without the rows of which an uitzondering covers a criterion."""
        return _deel(self.zonder_uitzondering, self.rijen)

    @property
    def procent(self) -> str:
        """That share in words."""
        return _procent(self.deel)

    @property
    def procent_zonder(self) -> str:
        """That share in words."""
        return _procent(self.zonder)


@dataclass(frozen=True, slots=True)
class Trend:
    """The lines: where each quarter is, the marks of the axis from the lowest share on, and the two as SVG paths.

    ``getekend`` are the quarters with enough rows to draw; the lines are through those.
    """

    punten: Sequence[Kwartaalpunt]
    getekend: Sequence[Kwartaalpunt]
    as_: Sequence[tuple[str, float]]
    lijn: str
    lijn_zonder: str


def trend_of(groepen: Mapping[str, GroepKengetallen]) -> Trend:
    """Return the line over quarters, the oldest first."""
    rows = [(kwartaal, groepen[kwartaal]["alle"]) for kwartaal in sorted(groepen)]
    told = [(kw, k["navolgbaar"], k["navolgbaar"] - k["metUitzondering"], k["rijen"]) for kw, k in rows]
    laagste = min((_deel(zonder, rijen) for _, _, zonder, rijen in told if rijen >= DREMPEL), default=0.0)
    onder = max(int(laagste * 10) / 10, 0.0)

    def y(deel: float) -> float:
        return round(_ONDER - (deel - onder) / (1 - onder or 1) * (_ONDER - _BOVEN), 1)

    step = (_RECHTS - _LINKS - 28) / max(len(told) - 1, 1)
    punten = [
        Kwartaalpunt(
            kw, mee, zonder, rijen, round(_LINKS + 14 + nr * step, 1), y(_deel(mee, rijen)), y(_deel(zonder, rijen))
        )
        for nr, (kw, mee, zonder, rijen) in enumerate(told)
    ]
    drawn = [punt for punt in punten if punt.rijen >= DREMPEL]
    marks = [onder + (1 - onder) * nr / _STAPPEN for nr in range(_STAPPEN + 1)]
    return Trend(
        punten,
        drawn,
        [(f"{round(100 * mark)}%", y(mark)) for mark in marks],
        lijn=_path((punt.x, punt.y) for punt in drawn),
        lijn_zonder=_path((punt.x, punt.y_zonder) for punt in drawn),
    )


def only_by_uitzondering(trend: Trend) -> tuple[str, str] | None:
    """Return both steps in words when an improvement is there because of exceptions alone."""
    steps = list(pairwise(trend.punten))
    if not steps:
        return None
    before, now = steps[-1]
    if now.deel <= before.deel or now.zonder > before.zonder:
        return None
    return f"van {before.procent} naar {now.procent}", f"van {before.procent_zonder} naar {now.procent_zonder}"


def _path(places: Iterable[tuple[float, float]]) -> str:
    return "M" + " ".join(f"{x} {y}" for x, y in places)


def _deel(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _procent(deel: float) -> str:
    return f"{100 * deel:.1f}".replace(".", ",") + "\u00a0procent"

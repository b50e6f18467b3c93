"""Drawing days: mostly on or beside an edge, sometimes anywhere."""

from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st

from .kalender import add_dagen, add_maanden

VANDAAG = date(2026, 11, 21)
BEGIN = date(2018, 1, 1)

# Leap days, month ends, and the days before the holidays of several years.
BIJZONDERE_DAGEN = (
    date(2018, 12, 31),
    date(2020, 1, 31),
    date(2020, 2, 29),
    date(2021, 8, 31),
    date(2022, 2, 28),
    date(2023, 10, 31),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2024, 3, 28),
    date(2024, 5, 3),
    date(2024, 12, 23),
    date(2025, 2, 28),
    date(2025, 4, 17),
    date(2025, 4, 24),
    date(2025, 5, 28),
    date(2025, 8, 31),
    date(2025, 11, 30),
    date(2025, 12, 24),
    date(2026, 3, 31),
    date(2026, 4, 2),
    date(2026, 5, 13),
    date(2026, 5, 21),
    date(2026, 8, 31),
)
GEBOORTEDAGEN_KIND = (
    date(2007, 11, 21),
    date(2008, 2, 29),  # 18 on 1 March 2026: drawn more often
    date(2008, 2, 29),
    date(2008, 2, 29),
    date(2008, 11, 22),
    date(2009, 8, 31),
    date(2012, 2, 29),
    date(2016, 2, 29),
    date(2020, 2, 29),
    date(2020, 8, 31),
    date(2022, 5, 22),
    date(2024, 2, 29),
)
NAAST = (-1, 0, 1)


def draw_dag(draw: st.DrawFn, van: date, tot: date, ankers: Iterable[date] = ()) -> date:
    """A day from van up to and including tot: most often an edge or beside an anchor, else special or any."""
    tot = max(van, tot)
    naast = [add_dagen(anker, verschil) for anker in ankers for verschil in NAAST]
    keuze = draw(st.integers(0, 5))
    if keuze == 0:
        return draw(st.dates(van, tot))
    kandidaten = {van, tot, *(BIJZONDERE_DAGEN if keuze == 1 else naast)}
    binnen: list[date] = sorted(dag for dag in kandidaten if van <= dag <= tot)
    return draw(st.sampled_from(binnen))


def draw_dag_na(draw: st.DrawFn, van: date, dagen: tuple[int, ...], maanden: tuple[int, ...]) -> date:
    """Some days after a day, or some months after it, or beside those months."""
    if draw(st.booleans()):
        return add_dagen(van, draw(st.sampled_from(dagen)))
    op_de_maand = add_maanden(van, draw(st.sampled_from(maanden)))
    return max(van, add_dagen(op_de_maand, draw(st.sampled_from(NAAST))))


def draw_kans(draw: st.DrawFn, een_op: int) -> bool:
    """True about once in so many; the simplest draw is False."""
    return draw(st.integers(0, een_op - 1)) == een_op - 1

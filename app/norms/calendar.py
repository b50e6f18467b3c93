"""Civil-date arithmetic: months, working days, birthdays, half-open periods and their unbroken runs.

Only dates belong here, no facts and no norms. Source: ``normen.md`` §5 ("Rekenen"); every result that
would leave the calendar (year 1 to 9999) is clamped to its first or last day instead of raising.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple, Protocol

from app.terms import MaatregelSoort

FAMILY_GAP_MONTHS = 24
ADULT_AGE = 18
_SATURDAY = 5
_SUNDAY = 6
_SAFE_DAY = 28  # every month has it, so no clamping is needed up to here
_FEBRUARY = 2
_LEAP_DAY = 29
_ONE_DAY = timedelta(days=1)
_by_van = attrgetter("van")
_remember = lru_cache(maxsize=65536)  # the same few thousand days are asked for every child


class Looptijd(Protocol):
    """Anything that holds during [van, tot)."""

    @property
    def van(self) -> date:
        """First day."""

    @property
    def tot(self) -> date | None:
        """Day of leaving, on which it no longer holds; None while it runs on."""


class Run(NamedTuple):
    """An unbroken run of periods: its first day, and the end of the run before it if there was one."""

    van: date
    vorige_einde: date | None


@_remember
def add_days(anchor: date, n: int) -> date:
    """Return the day ``n`` calendar days after ``anchor`` (before it when negative)."""
    try:
        return anchor + timedelta(days=n)
    except OverflowError:
        return date.max if n > 0 else date.min


@_remember
def add_months(anchor: date, n: int) -> date:
    """Return m(anchor, n): ``n`` calendar months on, clamped to the end of the month (§5).

    Always counted from the anchor; it does not compose (31 Jan + 1 = 28 Feb, + 2 = 31 Mar).
    """
    year, month0 = divmod(anchor.year * 12 + anchor.month - 1 + n, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if n > 0 else date.min
    if anchor.day <= _SAFE_DAY:
        return date(year, month0 + 1, anchor.day)
    return date(year, month0 + 1, min(anchor.day, _days_in_month(year, month0 + 1)))


def _days_in_month(year: int, month: int) -> int:
    if month == _FEBRUARY:
        return 29 if _is_leap(year) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@_remember
def birthday(geboortedatum: date, n: int) -> date:
    """Return the ``n``-th birthday; somebody of 29 February has it on 1 March in other years (§5)."""
    year = geboortedatum.year + n
    if year > date.max.year:
        return date.max
    if geboortedatum.month == _FEBRUARY and geboortedatum.day == _LEAP_DAY and not _is_leap(year):
        return date(year, 3, 1)
    return geboortedatum.replace(year=year)


def age_on(geboortedatum: date, p: date) -> int:
    """Return how many birthdays somebody has had by ``p``; 0 before the first."""
    years = p.year - geboortedatum.year
    return max(0, years - (birthday(geboortedatum, years) > p)) if years > 0 else 0


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (Meeus/Jones/Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    skipped, leap_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - skipped - moon_shift + 15) % 30
    weekday = (32 + 2 * leap_rest + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day0 = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day0 + 1)


@lru_cache(maxsize=256)
def holidays(year: int) -> frozenset[date]:
    """Return the days of art. 3 Algemene termijnenwet in a year, as ``normen.md`` §5 lists them."""
    easter = easter_sunday(year)
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == _SUNDAY:
        kings_day = date(year, 4, 26)
    fixed = (date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))
    good_friday, easter_monday, ascension, whit_monday = -2, 1, 39, 50
    moving = (easter + timedelta(days=n) for n in (good_friday, easter_monday, ascension, whit_monday))
    return frozenset((*fixed, *moving))


def is_working_day(d: date) -> bool:
    """Tell whether ``d`` is a Monday to Friday that is no holiday."""
    return d.weekday() < _SATURDAY and d not in holidays(d.year)


def add_working_days(d: date, n: int) -> date:
    """Return w(d, n): the ``n``-th working day after ``d`` (§5)."""
    while n > 0 and d < date.max:
        d += _ONE_DAY
        if is_working_day(d):
            n -= 1
    return d


def count_working_days(after: date, until: date) -> int:
    """Return how many working days lie after one day, up to and including another; 0 when that is no later."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(is_working_day(day) for day in days)


def is_active(van: date, tot: date | None, p: date) -> bool:
    """Tell whether the half-open period [van, tot) holds on ``p``; the day of leaving is outside (§5)."""
    return van <= p and (tot is None or p < tot)


def zorgperiode(plaatsingen: Iterable[Looptijd], p: date) -> date | None:
    """Return Z: the first day of the zorgperiode that holds ``p``; None when not in zorg on ``p`` (§5)."""
    return _start_of_active_run([x for x in plaatsingen if x.van <= p], p)


class MaatregelLooptijd(Looptijd, Protocol):
    """A period with the kind of its maatregel."""

    @property
    def soort(self) -> MaatregelSoort:
        """Kind of the maatregel."""


def maatregel_run(
    maatregelen: Iterable[MaatregelLooptijd], soorten: Collection[MaatregelSoort], p: date
) -> date | None:
    """Return M: first day of the unbroken run of maatregelen of these kinds; None when none is active (§5).

    A change between two of the named kinds does not break the run; a maatregel of another kind is no part.
    """
    return _start_of_active_run([x for x in maatregelen if x.van <= p and x.soort in soorten], p)


def family_run(plaatsingen: Iterable[Looptijd], p: date) -> Run | None:
    """Return the family's current run (F and the end of the run before it) from plaatsingen with van ≤ p.

    A plaatsing joins when it starts no later than m(latest tot so far, 24), that day included (§5).
    """
    return _last_run([x for x in plaatsingen if x.van <= p], _family_reach)


def _start_of_active_run(periodes: list[Looptijd], p: date) -> date | None:
    # What is active on p is always in the last run: whatever starts later still touches it.
    for periode in periodes:
        if periode.tot is None or p < periode.tot:
            break
    else:
        return None
    if len(periodes) == 1:
        return periodes[0].van
    run = _last_run(periodes, _next_day)
    return None if run is None else run.van


def _next_day(tot: date) -> date:
    return add_days(tot, 1)


def _family_reach(tot: date) -> date:
    return add_months(tot, FAMILY_GAP_MONTHS)


def _last_run(periodes: list[Looptijd], reach: Callable[[date], date]) -> Run | None:
    """Walk the periods in order of van; a new run begins beyond ``reach(latest tot so far)``."""
    if not periodes:
        return None
    if len(periodes) > 1:
        periodes.sort(key=_by_van)
    start, einde, vorige_einde = periodes[0].van, periodes[0].tot, None
    for periode in periodes[1:]:
        if einde is None:
            break  # an open tot never ends a run
        if periode.van > reach(einde):
            start, einde, vorige_einde = periode.van, periode.tot, einde
        else:
            einde = None if periode.tot is None else max(einde, periode.tot)
    return Run(start, vorige_einde)

"""When something is due: the last moment at which it should have begun. Civil time, as people read it on a clock."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Final

from app.clock import AMSTERDAM

#: an instant → the last moment up to it at which the job was due
Periode = Callable[[datetime], datetime]

_DAY: Final = timedelta(days=1)


def always(nu: datetime) -> datetime:
    """Due at every run."""
    return nu


def hourly(nu: datetime) -> datetime:
    """Due at every whole hour."""
    return nu.replace(minute=0, second=0, microsecond=0)


def nightly(hour: int) -> Periode:
    """Due every day at an hour of the night."""

    def due(nu: datetime) -> datetime:
        here = nu.astimezone(AMSTERDAM)
        moment = datetime.combine(here.date(), time(hour), AMSTERDAM)
        return moment if moment <= nu else datetime.combine(here.date() - _DAY, time(hour), AMSTERDAM)

    return due


def weekly(weekday: int, hour: int) -> Periode:
    """Due every week on a day (Monday is 0) at an hour."""

    def due(nu: datetime) -> datetime:
        here = nu.astimezone(AMSTERDAM)
        day = here.date() - _DAY * ((here.weekday() - weekday) % 7)
        moment = datetime.combine(day, time(hour), AMSTERDAM)
        return moment if moment <= nu else datetime.combine(day - _DAY * 7, time(hour), AMSTERDAM)

    return due

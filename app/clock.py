"""The only clock. Everything else gets its time as an argument (a lint rule holds it)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return this instant as an aware UTC datetime."""
    return datetime.now(UTC)


def civil_date(instant: datetime) -> date:
    """Return the civil date (Europe/Amsterdam) on which an aware instant falls."""
    return instant.astimezone(AMSTERDAM).date()


def start_of_day(day: date) -> datetime:
    """Return 00:00 in Amsterdam on a civil date, as an aware UTC datetime (``normen.md`` §3)."""
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)


def today() -> date:
    """Return today's civil date in Amsterdam."""
    return civil_date(now())

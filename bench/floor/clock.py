"""The floor's own clock: an instant in UTC, and the day in the Netherlands."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return the instant."""
    return datetime.now(UTC)  # noqa: TID251 — the floor has a clock of its own


def civil_date(at: datetime) -> date:
    """Return the day that an instant falls on in the Netherlands."""
    return at.astimezone(_AMSTERDAM).date()

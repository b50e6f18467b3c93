"""The days and instants on which these tests play."""

from datetime import UTC, date, datetime, timedelta

from app.services.feiten.recording import RequestTime

VANDAAG = date(2026, 11, 21)
NU = datetime(2026, 11, 21, 12, tzinfo=UTC)


def later(**duration: int) -> RequestTime:
    """Return a moment some time after ``NU``."""
    nu = NU + timedelta(**duration)
    return RequestTime(nu, nu.date())

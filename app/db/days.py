"""The Dutch day of a moment, as SQL says it; ``app.clock.civil_date`` says it in Python."""

from typing import Any

from sqlalchemy import Date, cast, func

from app import clock


def day_of(moment: Any) -> Any:
    """Return the day in the Netherlands on which a moment (timestamptz) falls."""
    return cast(func.timezone(clock.AMSTERDAM.key, moment), Date)

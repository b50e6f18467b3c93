"""The Dutch day of a moment, as SQL says it; ``app.clock.civil_date`` says it in Python."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, cast, func

from app import clock
from app.db.rows import Expression


def day_of(moment: Expression[datetime]) -> ColumnElement[date]:
    """Return the day in the Netherlands on which a moment (timestamptz) falls."""
    return cast(func.timezone(clock.AMSTERDAM.key, moment), Date)

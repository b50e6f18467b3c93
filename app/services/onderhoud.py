"""What the database needs from time to time: the months of the access log, made before they begin.

Asks for the owner of the tables: the application's role owns nothing.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine, text

from app.norms.calendar import add_months

#: how far ahead; ``_overig`` takes what comes later still, so a forgotten run loses nothing
MAANDEN_VOORUIT = 24
LOGBOEKEN = ("inzage", "inzage_afloop")

_EXISTS = text("SELECT to_regclass(:naam) IS NOT NULL")


def make_months(engine: Engine, vandaag: date, maanden: int = MAANDEN_VOORUIT) -> Sequence[str]:
    """Make the months of the access log that are not there yet, and return the names of those that were made.

    Args:
        engine: of the owner.
        vandaag: the civil date.
        maanden: how many months ahead.

    Raises:
        IntegrityError: rows of such a month already lie in ``_overig``; nothing is changed.
    """
    first = vandaag.replace(day=1)
    made = []
    with engine.begin() as connection:
        for table in LOGBOEKEN:
            for month in (add_months(first, step) for step in range(maanden + 1)):
                name = f"{table}_{month:%Y_%m}"
                if not connection.execute(_EXISTS, {"naam": f"public.{name}"}).scalar_one():
                    connection.exec_driver_sql(_create(table, name, month))
                    made.append(name)
    return made


def _create(table: str, name: str, month: date) -> str:
    """Return the statement; a partition's bounds take no parameters, and all of these are ours."""
    return (
        f"CREATE TABLE public.{name} PARTITION OF public.{table} "
        f"FOR VALUES FROM ('{month} 00:00+00') TO ('{add_months(month, 1)} 00:00+00')"
    )

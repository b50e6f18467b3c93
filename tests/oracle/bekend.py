"""Since when the file says what an import brought (``normen.md`` §3), by an author of its own."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .feiten import DATUMKOLOM, TWEEDE_DATUMKOLOM, Rij

ALTIJD = datetime(1900, 1, 1, tzinfo=UTC)
# Of a signaal its own date; that it became known later is what the norms ask.
EIGEN_DATUM = {**DATUMKOLOM, **TWEEDE_DATUMKOLOM, "signalen": "datum"}


def middernacht(dag: date) -> datetime:
    """00:00 in Amsterdam, where a civil date begins."""
    return datetime(dag.year, dag.month, dag.day, tzinfo=ZoneInfo("Europe/Amsterdam"))


def get_vastgelegd(rij: Rij) -> datetime | None:
    """The moment that the row itself says it was recorded on."""
    gegeven: Any = rij.get("vastgelegd_op")
    return None if gegeven is None else middernacht(gegeven)


def get_bekend_sinds(blad: str, rij: Rij, vorige: datetime | None, import_op: datetime) -> datetime:
    """Since when this version is what the file says; vorige is that of the version that it replaces."""
    gegeven = get_vastgelegd(rij)
    if vorige is not None:
        return gegeven if gegeven is not None and gegeven > vorige else import_op
    kolom = EIGEN_DATUM.get(blad)
    eigen = ALTIJD if kolom is None else middernacht(rij[kolom])
    return min(gegeven or eigen, import_op)

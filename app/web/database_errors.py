"""What a database error means to the client: try again, changed meanwhile, in conflict, or our fault."""

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.errors import AppError, Conflict, PreconditionFailed, Unavailable

# SQLSTATE classes that pass: connection, resources, shutdown and cancelled, rolled back, lock timeout
_PASSING = ("08", "53", "57", "40", "55P03")
_READ_ONLY = "25006"  # a standby before its promotion
_UNIQUE, _EXCLUSION = "23505", "23P01"


def as_app_error(error: Exception) -> AppError | None:
    """Return what to answer, or None when it is a fault of ours (500).

    Args:
        error: of SQLAlchemy, or of psycopg itself: hot reads run on its connection.
    """
    if isinstance(error, PoolTimeout):
        return Unavailable()
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, psycopg.Error):
        return None
    state = cause.sqlstate or ""
    if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError) and not state:
        return Unavailable()  # the connection itself: refused, cut, timed out
    if state == _READ_ONLY or state.startswith(_PASSING):
        return Unavailable()
    if state == _UNIQUE and (cause.diag.constraint_name or "").endswith("_vervangt_id"):
        return PreconditionFailed()  # two corrections of one version at the same moment
    return Conflict() if state in (_UNIQUE, _EXCLUSION) else None

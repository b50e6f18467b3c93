"""What a database error means to the client: wait and try again, changed meanwhile, in conflict, or a fault of ours."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError, TimeoutError

from app.errors import AppError, Conflict, PreconditionFailed, Unavailable

# SQLSTATE classes that pass by themselves: connection, resources, shutdown and cancelled, rolled back, lock timeout
_PASSING = ("08", "53", "57", "40", "55P03")
_READ_ONLY = "25006"  # a standby before its promotion
_UNIQUE, _EXCLUSION = "23505", "23P01"


def _constraint(error: DBAPIError) -> str:
    return getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""


def as_app_error(error: SQLAlchemyError) -> AppError | None:
    """Return what to answer, or None when it is a fault of ours (500)."""
    if isinstance(error, TimeoutError | OperationalError | InterfaceError):
        return Unavailable()
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None) or ""
    if error.connection_invalidated or state == _READ_ONLY or state.startswith(_PASSING):
        return Unavailable()
    if state == _UNIQUE and _constraint(error).endswith("_vervangt_id"):
        return PreconditionFailed()  # two corrections of one version at the same moment
    return Conflict() if state in (_UNIQUE, _EXCLUSION) else None

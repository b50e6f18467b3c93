"""Whether what PostgreSQL records reaches the backup: the archive of its WAL."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Archief:
    """How the archive of a server stands.

    Attributes:
        is_on: whether it has one.
        stuck_since: since when nothing gets into it; None while it does.
    """

    is_on: bool
    stuck_since: datetime | None


#: a server that tried nothing yet failed at nothing
_ARCHIEF = text("""
SELECT current_setting('archive_mode') <> 'off',
    CASE WHEN last_failed_time > coalesce(last_archived_time, '-infinity')
        THEN coalesce(last_archived_time, stats_reset, last_failed_time) END
FROM pg_stat_archiver
""")


def read_archief(connection: Connection) -> Archief:
    """Return how the archive of the server stands."""
    is_on, stuck_since = connection.execute(_ARCHIEF).one()
    return Archief(is_on, stuck_since if is_on else None)

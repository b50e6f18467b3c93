"""Tell a monitoring server, on a port of its own, what all processes counted and how the installation stands."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.db.engines import Engines
from app.db.replica import position_on
from app.errors import OngeldigeInstelling
from app.queries.metingen import read_jobs, read_numbers
from app.settings import Settings, share_metrics

if TYPE_CHECKING:
    from prometheus_client import Metric


@contextmanager
def metrics_served(settings: Settings) -> Iterator[None]:
    """Serve ``/metrics`` as long as the block runs, where the settings ask for it.

    Raises:
        OngeldigeInstelling: the address cannot be listened on.
    """
    if settings.metrics_port is None:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="pleegzicht-metrics-", ignore_cleanup_errors=True) as folder:
        share_metrics(folder)
        # Imported now: the library decides at its import whether processes share their numbers.
        from prometheus_client import CollectorRegistry, start_http_server
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        engines = Engines(settings)
        registry.register(_Installation(settings, engines))
        try:
            server, thread = start_http_server(settings.metrics_port, settings.metrics_host, registry)
        except OSError:
            where = f"{settings.metrics_host}, poort {settings.metrics_port}"
            raise OngeldigeInstelling(f"Op {where} kan /metrics niet luisteren: bezet of onbekend") from None
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            engines.dispose()


class _Installation:
    """What is true of the installation, asked anew at each look."""

    def __init__(self, settings: Settings, engines: Engines) -> None:
        self._settings, self._engines = settings, engines

    def collect(self) -> Iterator["Metric"]:
        """Yield each figure; without a database it says that, and what it can see without one."""
        from prometheus_client.core import GaugeMetricFamily

        for name, (meaning, value) in self._without_database().items():
            yield GaugeMetricFamily(name, meaning, value=value)
        owner, up = self._engines.owner(), 1.0
        try:
            with owner.connect() as connection:
                mail = self._settings.smtp_host is not None
                numbers, jobs = read_numbers(connection, clock.now(), mail=mail), read_jobs(connection)
                numbers = {**numbers, **self._replica(connection)}
        except SQLAlchemyError:
            numbers, jobs, up = {}, {}, 0.0
        finally:
            owner.dispose()
        yield GaugeMetricFamily("pleegzicht_database_up", "Whether the database answers.", value=up)
        for name, (meaning, value) in numbers.items():
            yield GaugeMetricFamily(name, meaning, value=value)
        succeeded = GaugeMetricFamily(
            "pleegzicht_task_success_timestamp_seconds", "When a job last succeeded everywhere.", labels=["task"]
        )
        failed = GaugeMetricFamily("pleegzicht_task_failed", "For how many it failed at the last try.", labels=["task"])
        for job, (at, count) in jobs.items():
            succeeded.add_metric([job], at)
            failed.add_metric([job], count)
        yield from (succeeded, failed)

    def _replica(self, connection: Connection) -> dict[str, tuple[str, float]]:
        replica = self._engines.replica
        if replica is None:
            return {}
        try:
            lag = replica.lag(position_on(connection))
        except SQLAlchemyError:
            lag = None
        said = {"pleegzicht_replica_up": ("Whether the replica answers and follows.", float(lag is not None))}
        if lag is not None:
            said["pleegzicht_replica_lag_seconds"] = ("How far the replica is behind the database.", lag)
        return said

    def _without_database(self) -> dict[str, tuple[str, float]]:
        merk = self._settings.backup_merk
        if merk is None:
            return {}
        try:
            at = merk.stat().st_mtime
        except OSError:  # not there, or not to be seen: neither may take the other figures along
            at = 0.0
        return {"pleegzicht_backup_timestamp_seconds": ("When the last backup was finished; 0 when never seen.", at)}


def forget_process(pid: int | None) -> None:
    """Leave out what a process that is gone held at the moment; what it counted stays counted."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(pid)  # type: ignore[no-untyped-call]

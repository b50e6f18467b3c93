"""What a process that serves tells of its requests, for a monitoring server: by template of a route, never by address.

Only made where ``PLEEGZICHT_METRICS_PORT`` is set. The numbers lie in files that the processes share
(``app.cli.metrics``), so that one port tells of all workers.
"""

from typing import Any, Final, cast

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from sqlalchemy import Engine, QueuePool, event

from app.db.engines import Engines

#: seconds; a page is meant to be there within a fifth of one
_BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})
_POOL: Final = {
    "pleegzicht_pool_connections": "Connections to the database that are in use.",
    "pleegzicht_pool_size": "Connections to the database that there may be.",
}


class Metrics:
    """The meters of one process."""

    def __init__(self, engines: Engines) -> None:
        registry = CollectorRegistry()  # read by nobody: what is written to the shared files is what is told
        self._requests = Counter(
            "pleegzicht_requests",
            "Answered requests by route template and status.",
            ("method", "route", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "pleegzicht_request_seconds",
            "Time until the last byte of an answer was handed over.",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._taken, self._there = (
            Gauge(name, meaning, ("pool",), multiprocess_mode="livesum", registry=registry)
            for name, meaning in _POOL.items()
        )
        for name in ("app", "write", "log"):
            self._watch(getattr(engines, name), name)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(known, route).observe(seconds)

    def _watch(self, engine: Engine, name: str) -> None:
        taken, pool = self._taken.labels(name), cast("QueuePool", engine.pool)
        self._there.labels(name).set(pool.size())

        @event.listens_for(engine, "checkout")
        def _out(*_: Any) -> None:
            taken.inc()

        @event.listens_for(engine, "checkin")
        def _in(*_: Any) -> None:
            taken.dec()

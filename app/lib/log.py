"""Events in the log of the process: a name and facts, never a person.

structlog takes longer to import than most commands take to run, so it is imported when there is something to say.
"""

import sys
from typing import Any


def events() -> Any:
    """Return the logger; what nobody configured goes to stderr, for standard output is the result of a command."""
    import structlog  # noqa: PLC0415 — see the module

    if not structlog.is_configured():
        structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    return structlog.get_logger()

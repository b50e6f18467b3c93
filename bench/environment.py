"""The settings of what is measured: its own folder and the demo, nothing of the caller's."""

import os
from pathlib import Path

from app.settings import get_settings

_PREFIX = "PLEEGZICHT_"
_environ = os.environ  # noqa: TID251 — this process is the caller of the service: it gives the settings


def use_folder(folder: Path) -> None:
    """Let this process, and what it starts, work in a folder as the demo does."""
    for name in [name for name in _environ if name.startswith(_PREFIX)]:
        del _environ[name]
    _environ.update({f"{_PREFIX}DEMO": "1", f"{_PREFIX}DATA_DIR": str(folder), f"{_PREFIX}LOG_LEVEL": "ERROR"})
    get_settings.cache_clear()


def environment_of_service() -> dict[str, str]:
    """Return the environment of the served application: it logs every request, as it always does."""
    return {**_environ, f"{_PREFIX}LOG_LEVEL": "INFO"}

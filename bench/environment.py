"""The settings of what is measured: its own folder and the demo, nothing of the caller's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from app.settings import get_settings

_PREFIX = "PLEEGZICHT_"
_environ = os.environ  # noqa: TID251 — this process is the caller of the service: it gives the settings


def use_folder(folder: Path) -> None:
    """Let this process, and what it starts, work in a folder as the demo does."""
    for name in [name for name in _environ if name.startswith(_PREFIX)]:
        del _environ[name]
    _environ.update({f"{_PREFIX}DEMO": "1", f"{_PREFIX}DATA_DIR": str(folder), f"{_PREFIX}LOG_LEVEL": "ERROR"})
    get_settings.cache_clear()


@contextmanager
def using_database(url: str) -> Iterator[None]:
    """Let this process, and what it starts meanwhile, work on another database than that of the folder."""
    with patch.dict(_environ, {f"{_PREFIX}DATABASE_URL": url}):
        get_settings.cache_clear()
        yield
    get_settings.cache_clear()


def environment_of_service() -> dict[str, str]:
    """Return the environment of the served application: it logs every request, as it always does."""
    return {**_environ, f"{_PREFIX}LOG_LEVEL": "INFO"}

"""One process migrates at a time: the roles that migrations make are those of the whole server, whichever the database.

Two workers that change the same role at once would stop one of them with "tuple concurrently updated".
"""

import fcntl
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar
from unittest import mock

from app.services.beheer import schema

P = ParamSpec("P")
R = TypeVar("R")

_FILE = (Path(tempfile.gettempdir()) / "pleegzicht-tests-migratie.lock").open("a")
_guard = threading.Lock()
_within: list[int] = []


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other processes waiting; threads of this one go on as they would: a test of two at once is about that."""
    with _guard:
        if not _within:
            fcntl.flock(_FILE, fcntl.LOCK_EX)
        _within.append(threading.get_ident())
    try:
        yield
    finally:
        with _guard:
            _within.remove(threading.get_ident())
            if not _within:
                fcntl.flock(_FILE, fcntl.LOCK_UN)


def _waiting(change: Callable[P, R]) -> Callable[P, R]:
    @wraps(change)
    def changed(*args: P.args, **kwargs: P.kwargs) -> R:
        with _alone():
            return change(*args, **kwargs)

    return changed


@contextmanager
def one_process_at_a_time() -> Iterator[None]:
    """Let every migration of this process wait for those of others."""
    with (
        mock.patch.object(schema, "upgrade", _waiting(schema.upgrade)),
        mock.patch.object(schema, "downgrade", _waiting(schema.downgrade)),
    ):
        yield

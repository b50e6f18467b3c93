"""What recording a talk goes through, from its route to its commit: a plugin of pytest that counts while a test runs.

Stands alone, so that it counts in an older tree too (``tools.huis_cijfers``).
"""

import sys
import threading
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

_ROUTE, _KIND = "record_owned", "kindgesprek"
_COMMIT = ("/sqlalchemy/orm/session.py", "Session.commit")
_ANSWER = ("/starlette/responses.py", "Response.__call__")


class Hops:
    """The calls in ``app/`` of each recording of a talk; what an expression makes on the way, as a lambda, is none.

    One request is looked at at a time, whatever threads it uses. It ends with the last commit before its answer leaves.
    """

    def __init__(self, app: Path) -> None:
        """Count what lies below a folder."""
        self._app = f"{app}/"
        self._calls: Counter[CodeType] | None = None
        self._committed: Counter[CodeType] = Counter()
        self.recordings: list[Counter[CodeType]] = []

    def begin(self) -> None:
        """Look at every call, in this thread and in those that are started from now on."""
        threading.setprofile(self._profile)
        sys.setprofile(self._profile)

    def end(self) -> None:
        """Look no more."""
        sys.setprofile(None)
        threading.setprofile(None)

    def _profile(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event != "call":
            return
        if code.co_filename.startswith(self._app):
            self._count(frame, code)
        elif self._calls is not None and code.co_qualname == _COMMIT[1] and code.co_filename.endswith(_COMMIT[0]):
            self._committed = self._calls.copy()
        elif self._calls is not None and code.co_qualname == _ANSWER[1] and code.co_filename.endswith(_ANSWER[0]):
            self.recordings.append(self._committed)
            self._calls = None

    def _count(self, frame: FrameType, code: CodeType) -> None:
        if code.co_name == _ROUTE and frame.f_locals["soort"].naam == _KIND:
            self._calls, self._committed = Counter(), Counter()
        if self._calls is not None and not code.co_name.startswith("<"):
            self._calls[code] += 1


def pytest_sessionstart(session: Any) -> None:
    """Look at every call from here on."""
    session.hops = Hops(session.config.rootpath / "app")
    session.hops.begin()


def pytest_sessionfinish(session: Any) -> None:
    """Say of each recording how many calls it was, of how many functions in how many files."""
    session.hops.end()
    for calls in session.hops.recordings:
        print(f"\nhops {calls.total()} {len(calls)} {len({code.co_filename for code in calls})}")

"""python-jose reads the clock itself; where a test asks, that clock stands still."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

import jose.jwt
import pytest

#: The moment at which it stands still, in seconds since 1970.
FROZEN = 1_800_000_000

SetClock = Callable[[int], None]


def stopped_at(moment: int) -> type[datetime]:
    """Return a datetime whose now is one moment."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Stopped":
            return cls.fromtimestamp(moment, tz or UTC)

    return Stopped


@pytest.fixture
def jose_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Stop python-jose's clock at ``FROZEN``; return what sets it to another moment."""

    def stop_at(moment: int) -> None:
        monkeypatch.setattr(jose.jwt, "datetime", stopped_at(moment))

    stop_at(FROZEN)
    return stop_at

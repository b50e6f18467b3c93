"""Where an issuer's keys come from, and the source that needs nobody: fixed keys (the demo).

Those that are fetched are in ``app.security.jwks``, which brings an HTTP client that a command can do without.
"""

from typing import Protocol

from app.security.tokens import KeySet


class KeySource(Protocol):
    """Gives the keys of the issuer."""

    def must_fetch(self, kid: str, at: int) -> bool:
        """Tell whether ``fetch`` should be called (it may block) before ``current``."""

    def fetch(self, at: int) -> None:
        """Get the keys again; never raises."""

    def current(self, at: int) -> KeySet:
        """Return the keys as known now."""


class FixedKeys:
    """Keys that never change while the process lives."""

    def __init__(self, keys: KeySet) -> None:
        self._keys = keys

    def must_fetch(self, kid: str, at: int) -> bool:  # noqa: ARG002 - KeySource
        """Never."""
        return False

    def fetch(self, at: int) -> None:
        """Do nothing."""

    def current(self, at: int) -> KeySet:  # noqa: ARG002 - KeySource
        """Return the keys."""
        return self._keys

"""An issuer's keys, fetched from its JWKS address and kept."""

import json
from threading import Lock

import httpx2

from app.errors import OngeldigeInstelling, Unavailable
from app.lib.adres import is_safe_address
from app.lib.log import events
from app.security.fetch import fetch, new_client
from app.security.tokens import KeySet

MAX_BYTES = 256 * 1024
FRESH = 3600  # seconds that fetched keys are used without asking again
PAUSE = 30  # seconds between two fetches: an unknown kid is free to invent
STALE = 24 * 3600  # seconds that the last keys are used while the issuer does not answer


def download_keys(client: httpx2.Client, url: str) -> KeySet:
    """Ask for an issuer's keys now.

    Raises:
        Refused: for another status.
        httpx2.HTTPError: it cannot be reached.
        ValueError, KeyError, TypeError: what came is no set with a fit key.
    """
    keys = KeySet.from_jwks(json.loads(fetch(client, "GET", url, limit=MAX_BYTES))["keys"])
    if not keys.keys:
        raise ValueError("no fit key")
    return keys


class FetchedKeys:
    """Keys from a JWKS address.

    Args:
        url: https, or http on this machine.
        client: for tests; with a timeout and without redirects.
    """

    def __init__(self, url: str, client: httpx2.Client | None = None) -> None:
        if not is_safe_address(url):
            raise OngeldigeInstelling("PLEEGZICHT_OIDC_JWKS_URL moet met https beginnen")
        self._url = url
        self._client = client or new_client()
        self._lock = Lock()
        self._keys: KeySet | None = None
        self._fetched_at = self._tried_at = -STALE

    def must_fetch(self, kid: str, at: int) -> bool:
        """Tell whether the kid is unknown or the keys are old, and the last try is long enough ago."""
        known = self._keys is not None and kid in self._keys.keys and at - self._fetched_at < FRESH
        return not known and at - self._tried_at >= PAUSE

    def fetch(self, at: int) -> None:
        """Get the keys; when that fails the last ones stay."""
        with self._lock:
            if at - self._tried_at < PAUSE:
                return  # another request did it while this one waited
            self._tried_at = at
            try:
                self._keys, self._fetched_at = download_keys(self._client, self._url), at
            except Exception as error:  # noqa: BLE001 - an issuer in trouble must not take us down
                events().warning("jwks_not_fetched", error=type(error).__qualname__)

    def current(self, at: int) -> KeySet:
        """Return the keys.

        Raises:
            Unavailable: there are none, or the issuer has not answered for a day.
        """
        if self._keys is None or at - self._fetched_at > STALE:
            raise Unavailable(retry_after=PAUSE)
        return self._keys

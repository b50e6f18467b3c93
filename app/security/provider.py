"""The provider of sign-in as it describes itself (OpenID Connect Discovery), fetched, checked and kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import httpx2

from app.errors import Unavailable
from app.lib.adres import is_safe_address
from app.lib.log import events
from app.security.fetch import fetch

MAX_BYTES = 128 * 1024
FRESH = 3600  # seconds that a description is used without asking again
PAUSE = 10  # seconds between two tries
_WELL_KNOWN = "/.well-known/openid-configuration"


class UnfitProvider(ValueError):
    """A description that is not the issuer's, or of a provider that cannot do what we ask."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What we use of the description.

    Attributes:
        authorization_endpoint: where the browser goes.
        token_endpoint: where we take a code.
        end_session_endpoint: where the browser goes to sign out there too, if anywhere.
        sends_iss: its answers name the issuer (RFC 9207).
        secret_in_body: it takes a client's secret in the form only, not in the header.
    """

    authorization_endpoint: str
    token_endpoint: str
    end_session_endpoint: str | None
    sends_iss: bool
    secret_in_body: bool

    @classmethod
    def of(cls, document: Mapping[str, Any], issuer: str) -> "Provider":
        """Check a description.

        Raises:
            UnfitProvider: another issuer, an unsafe address, no code flow, or no S256 where it lists its methods.
        """
        if document.get("issuer") != issuer:
            raise UnfitProvider("issuer")
        if "code" not in _listed(document, "response_types_supported", ["code"]):
            raise UnfitProvider("response_types_supported")
        if "S256" not in _listed(document, "code_challenge_methods_supported", ["S256"]):
            raise UnfitProvider("code_challenge_methods_supported")
        methods = _listed(document, "token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return cls(
            _address(document, "authorization_endpoint"),
            _address(document, "token_endpoint"),
            _address(document, "end_session_endpoint") if "end_session_endpoint" in document else None,
            sends_iss=document.get("authorization_response_iss_parameter_supported") is True,
            secret_in_body="client_secret_basic" not in methods,
        )


def _listed(document: Mapping[str, Any], name: str, default: list[str]) -> list[Any]:
    found = document.get(name, default)
    if not isinstance(found, list):
        raise UnfitProvider(name)
    return found


def _address(document: Mapping[str, Any], name: str) -> str:
    found: Any = document.get(name)
    if not is_safe_address(found):
        raise UnfitProvider(name)
    return str(found)


def read_provider(client: httpx2.Client, issuer: str) -> Provider:
    """Ask an issuer to describe itself now.

    Raises:
        Refused: for another status.
        httpx2.HTTPError: it cannot be reached.
        UnfitProvider: it cannot do what we ask.
        ValueError, AttributeError: what came is no description.
    """
    body = fetch(client, "GET", issuer.rstrip("/") + _WELL_KNOWN, limit=MAX_BYTES)
    return Provider.of(json.loads(body), issuer)


class KnownProvider:
    """The provider of an issuer; asked when first needed and then each hour."""

    def __init__(self, issuer: str, client: httpx2.Client) -> None:
        self._issuer, self._client = issuer, client
        self._lock = Lock()
        self._known: Provider | None = None
        self._known_at = self._tried_at = -FRESH

    def get(self, at: int) -> Provider:
        """Return it; may block. While it is in trouble the last description stays.

        Raises:
            Unavailable: it never gave a fit one.
        """
        with self._lock:
            if at - self._known_at >= FRESH and at - self._tried_at >= PAUSE:
                self._try(at)
            if self._known is None:
                raise Unavailable(retry_after=PAUSE)
            return self._known

    def _try(self, at: int) -> None:
        self._tried_at = at
        try:
            self._known, self._known_at = read_provider(self._client, self._issuer), at
        except UnfitProvider as error:
            events().error("provider_unfit", field=str(error))
        except Exception as error:  # noqa: BLE001 - a provider in trouble must not take us down
            events().warning("provider_not_fetched", error=type(error).__qualname__)

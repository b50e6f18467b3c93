"""The authorization code flow with PKCE as a client of the provider (OpenID Connect Core 3.1, RFC 7636, RFC 9207).

No web here: ``app.routers.pages.aanmelden`` has the addresses and the cookies.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx2

from app.errors import NotSignedIn, Unavailable
from app.lib.log import events
from app.security.aanmelding import AanmeldenGeweigerd, AanmeldenMislukt, Aanmelding, GeenToegang
from app.security.fetch import Refused, fetch, new_client
from app.security.id_token import IdTokenRequest
from app.security.provider import MAX_BYTES, KnownProvider, Provider
from app.security.rollen import GeenRol
from app.security.secrets import read_one_secret
from app.security.sign_in import SignIn
from app.security.tokens import Claims

RETURN_PATH = "/aanmelden/terug"
_MAX_CODE = 4096  # characters of what a browser brings back
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What the provider knows us by.

    Attributes:
        client_id: our name there.
        secret: None for a public client: PKCE alone.
        scope: what we ask, ``openid`` in it.
        base_url: where our pages stand, without a slash at the end.
    """

    client_id: str
    secret: str | None = field(repr=False)
    scope: str
    base_url: str


@dataclass(frozen=True, slots=True)
class Callback:
    """What the provider sent along with the browser."""

    code: str | None
    state: str | None
    iss: str | None
    error: str | None


class CodeFlow:
    """Begins and finishes sign-ins; everything but ``begin`` with a known provider may block."""

    def __init__(self, sign_in: SignIn, settings: ClientSettings, client: httpx2.Client | None = None) -> None:
        self._sign_in, self._settings = sign_in, settings
        self._client = client or new_client()
        self._provider = KnownProvider(sign_in.issuer, self._client)

    def begin(self, aanmelding: Aanmelding) -> str:
        """Return the address at the provider to which the browser goes.

        Raises:
            Unavailable: the provider cannot be reached.
        """
        return _with_query(
            self._provider.get(aanmelding.begonnen).authorization_endpoint,
            response_type="code",
            client_id=self._settings.client_id,
            redirect_uri=self._redirect_uri,
            scope=self._settings.scope,
            state=aanmelding.state,
            nonce=aanmelding.nonce,
            code_challenge=aanmelding.challenge,
            code_challenge_method="S256",
        )

    def finish(self, aanmelding: Aanmelding, callback: Callback, at: int) -> Claims:
        """Return who signed in.

        Raises:
            AanmeldenMislukt: the answer is not to this sign-in, or not of our provider.
            AanmeldenGeweigerd: the provider refused.
            GeenToegang: the token names no rol, where it must.
            Unavailable: the provider is in trouble.
        """
        aanmelding.check_state(callback.state)
        provider = self._provider.get(at)
        self._check_iss(provider, callback.iss)
        if callback.error is not None:
            raise AanmeldenGeweigerd
        if not callback.code or len(callback.code) > _MAX_CODE:
            raise AanmeldenMislukt
        answer = self._redeem(provider, callback.code, aanmelding)
        asked = IdTokenRequest(self._settings.client_id, aanmelding.nonce, answer["access_token"])
        try:
            return self._sign_in.id_claims(answer["id_token"], asked, at)
        except GeenRol:
            raise GeenToegang from None
        except NotSignedIn:
            events().warning("id_token_refused")
            raise AanmeldenMislukt from None

    def end(self, at: int) -> str | None:
        """Return the address at which to sign out at the provider too, or None when it has none or is in trouble."""
        try:
            address = self._provider.get(at).end_session_endpoint
        except Unavailable:
            return None
        if address is None:
            return None
        home = self._settings.base_url + "/"
        return _with_query(address, client_id=self._settings.client_id, post_logout_redirect_uri=home)

    @property
    def _redirect_uri(self) -> str:
        return self._settings.base_url + RETURN_PATH

    def _check_iss(self, provider: Provider, iss: str | None) -> None:
        """Refuse the answer of another provider (RFC 9207)."""
        if iss != self._sign_in.issuer and (iss is not None or provider.sends_iss):
            raise AanmeldenMislukt

    def _redeem(self, provider: Provider, code: str, aanmelding: Aanmelding) -> dict[str, str]:
        """Return the tokens for a code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": aanmelding.verifier,
            "client_id": self._settings.client_id,
        }
        headers: dict[str, str] = {}
        if self._settings.secret is not None and provider.secret_in_body:
            form["client_secret"] = self._settings.secret
        elif self._settings.secret is not None:
            headers["Authorization"] = _basic(self._settings.client_id, self._settings.secret)
        try:
            body = fetch(self._client, "POST", provider.token_endpoint, limit=MAX_BYTES, data=form, headers=headers)
        except Refused as refusal:
            raise _refused(refusal) from None
        except (httpx2.HTTPError, ValueError) as error:
            events().warning("token_endpoint_in_trouble", error=type(error).__qualname__)
            raise Unavailable from None
        return _tokens(body)


def _refused(refusal: Refused) -> AanmeldenMislukt | Unavailable:
    """Return what a refusal of the token endpoint means: a code used before or somebody else's, or trouble."""
    events().warning("code_refused", status=refusal.status)
    return Unavailable() if refusal.status >= _SERVER_ERROR else AanmeldenMislukt()


def _tokens(body: bytes) -> dict[str, str]:
    try:
        answer: Mapping[str, Any] = json.loads(body)
        tokens = {name: answer[name] for name in ("access_token", "id_token", "token_type")}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise AanmeldenMislukt from None
    if not all(isinstance(value, str) for value in tokens.values()) or tokens["token_type"].lower() != "bearer":
        raise AanmeldenMislukt
    return tokens


def _basic(client_id: str, secret: str) -> str:
    """Return the header of RFC 6749 2.3.1: both encoded as in a form first."""
    pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


def _with_query(address: str, **parameters: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"


def read_client_secret(path: Path | None) -> str | None:
    """Return the secret in a file (one line), or None without a file.

    Raises:
        OngeldigeInstelling: it cannot be read, or holds none.
    """
    return None if path is None else read_one_secret("PLEEGZICHT_OIDC_CLIENT_SECRET_FILE", path)

"""The one issuer that this service trusts: the configured one, or its own in the demo."""

import hashlib
from dataclasses import dataclass, field

from app.security import demo_issuer
from app.security.jwks import FetchedKeys, KeySource
from app.security.secrets import Secrets
from app.security.tokens import LEEWAY, Claims, peek_kid, read_claims

#: Seconds that a verified token is not verified again: a signature costs as much as the rest of a small request.
REMEMBER = 60
_MOST = 4096


@dataclass(frozen=True)
class SignIn:
    """Issuer, audience and keys.

    Attributes:
        keys: where the issuer's keys come from.
        issuer: the one ``iss``.
        audience: the one ``aud``.
        require_nbf: whether the issuer always sends ``nbf``.
    """

    keys: KeySource
    issuer: str
    audience: str
    require_nbf: bool = True
    _verified: dict[bytes, tuple[Claims, int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def remembered(self, token: str, at: int) -> Claims | None:
        """Return the claims of a token of exactly these bytes that was verified less than a minute ago."""
        claims, verified_at = self._verified.get(_digest(token), (None, 0))
        if claims is None or not (0 <= at - verified_at < REMEMBER and at < claims.expires_at + LEEWAY):
            return None
        return claims

    def must_fetch(self, token: str, at: int) -> bool:
        """Tell whether keys must be fetched for this token first.

        Raises:
            NotSignedIn: when the token's form is wrong: it costs no fetch.
        """
        return self.keys.must_fetch(peek_kid(token), at)

    def fetch(self, at: int) -> None:
        """Fetch the keys; blocks."""
        self.keys.fetch(at)

    def claims(self, token: str, at: int, access_token: str | None = None) -> Claims:
        """Return the claims of a valid token.

        Raises:
            NotSignedIn: for every fault of the token.
            Unavailable: when the issuer's keys cannot be had.
        """
        claims = read_claims(
            token,
            self.keys.current(at),
            issuer=self.issuer,
            audience=self.audience,
            at=at,
            require_nbf=self.require_nbf,
            access_token=access_token,
        )
        if access_token is None:
            self._remember(token, claims, at)
        return claims

    def _remember(self, token: str, claims: Claims, at: int) -> None:
        if len(self._verified) >= _MOST:
            self._verified.clear()
        self._verified[_digest(token)] = claims, at


def _digest(token: str) -> bytes:
    """Return what a token is remembered by: the token itself is as good as a password."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def oidc_sign_in(issuer: str, audience: str, jwks_url: str) -> SignIn:
    """Return the sign-in of a real issuer."""
    return SignIn(FetchedKeys(jwks_url), issuer, audience, require_nbf=False)


def demo_sign_in(secrets: Secrets) -> SignIn:
    """Return the sign-in of the demo: this service is its own issuer."""
    return SignIn(demo_issuer.public_keys(secrets), demo_issuer.ISSUER, demo_issuer.AUDIENCE)

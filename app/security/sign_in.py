"""The one issuer that this service trusts: the configured one, or its own in the demo."""

import hashlib
from dataclasses import dataclass, field

from app.security import demo_issuer
from app.security.id_token import IdTokenRequest, read_id_token
from app.security.jwks import FetchedKeys
from app.security.key_source import KeySource
from app.security.rollen import RolMapping
from app.security.secrets import Secrets
from app.security.tokens import LEEWAY, Claims, Expected, peek_kid, read_claims

#: Seconds that a verified token is not verified again: a signature costs as much as the rest of a small request.
REMEMBER = 60
_MOST = 4096  # tokens that a process remembers


@dataclass(frozen=True)
class SignIn:
    """Issuer, audience and keys.

    Attributes:
        keys: where the issuer's keys come from.
        issuer: the one ``iss``.
        audience: the one ``aud``.
        require_nbf: whether the issuer always sends ``nbf``.
        rollen: the claim that must name a rol; None: the stored rol is the rol.
    """

    keys: KeySource
    issuer: str
    audience: str
    require_nbf: bool = True
    rollen: RolMapping | None = None
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

    def claims(self, token: str, at: int) -> Claims:
        """Return the claims of a valid bearer token.

        Raises:
            NotSignedIn: for every fault of the token.
            Unavailable: when the issuer's keys cannot be had.
        """
        expected = Expected(self.issuer, self.audience, self.require_nbf)
        claims = read_claims(token, self.keys.current(at), expected, at, self.rollen)
        self._remember(token, claims, at)
        return claims

    def id_claims(self, token: str, asked: IdTokenRequest, at: int) -> Claims:
        """Return the claims of a valid ID token; fetches keys when needed, so it may block.

        Raises:
            NotSignedIn, Unavailable: as ``claims``.
        """
        if self.must_fetch(token, at):
            self.fetch(at)
        return read_id_token(token, self.keys.current(at), self.issuer, asked, at, self.rollen)

    def _remember(self, token: str, claims: Claims, at: int) -> None:
        if len(self._verified) >= _MOST:
            self._verified.clear()
        self._verified[_digest(token)] = claims, at


def _digest(token: str) -> bytes:
    """Return what a token is remembered by: the token itself is as good as a password."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def oidc_sign_in(issuer: str, audience: str, jwks_url: str, rollen: RolMapping | None = None) -> SignIn:
    """Return the sign-in of a real issuer."""
    return SignIn(FetchedKeys(jwks_url), issuer, audience, require_nbf=False, rollen=rollen)


def demo_sign_in(secrets: Secrets) -> SignIn:
    """Return the sign-in of the demo: this service is its own issuer."""
    return SignIn(demo_issuer.public_keys(secrets), demo_issuer.ISSUER, demo_issuer.AUDIENCE)

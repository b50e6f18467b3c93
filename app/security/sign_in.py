"""The one issuer that this service trusts: the configured one, or its own in the demo."""

from dataclasses import dataclass

from app.security import demo_issuer
from app.security.jwks import FetchedKeys, FixedKeys, KeySource
from app.security.secrets import Secrets
from app.security.tokens import Claims, KeySet, peek_kid, read_claims


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
        return read_claims(
            token,
            self.keys.current(at),
            issuer=self.issuer,
            audience=self.audience,
            at=at,
            require_nbf=self.require_nbf,
            access_token=access_token,
        )


def oidc_sign_in(issuer: str, audience: str, jwks_url: str) -> SignIn:
    """Return the sign-in of a real issuer."""
    return SignIn(FetchedKeys(jwks_url), issuer, audience, require_nbf=False)


def demo_sign_in(secrets: Secrets) -> SignIn:
    """Return the sign-in of the demo: this service is its own issuer."""
    return SignIn(demo_issuer.public_keys(secrets), demo_issuer.ISSUER, demo_issuer.AUDIENCE)


def no_sign_in() -> SignIn:
    """Return a sign-in that nobody can pass: neither demo nor issuer is configured."""
    return SignIn(FixedKeys(KeySet({})), "", "")

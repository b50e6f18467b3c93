"""The token issuer of the demo: an ES256 key beside the other secrets; never with a real issuer."""

from datetime import datetime, timedelta

from jose import jwt

from app.security.key_source import FixedKeys
from app.security.secrets import Secrets
from app.security.tokens import KeySet

ISSUER = "urn:pleegzicht:demo"
AUDIENCE = "pleegzicht"
LIFETIME = timedelta(hours=8)

_PUBLIC = ("kty", "crv", "x", "y", "kid", "use", "alg")


def issue_token(gebruiker: str, at: datetime, secrets: Secrets, lifetime: timedelta = LIFETIME) -> str:
    """Return a bearer token for a demo user.

    Args:
        gebruiker: the subject, such as ``begeleider``.
        at: issued at; aware.
        secrets: with the demo key.
        lifetime: at most a day.
    """
    start = int(at.timestamp())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": gebruiker,
        "iat": start,
        "nbf": start,
        "exp": start + int(lifetime.total_seconds()),
    }
    key = secrets.demo_jwk
    return jwt.encode(claims, dict(key), algorithm="ES256", headers={"kid": key["kid"]})


def public_keys(secrets: Secrets) -> FixedKeys:
    """Return the public half of the demo key."""
    return FixedKeys(KeySet.from_jwks([{name: secrets.demo_jwk[name] for name in _PUBLIC}]))

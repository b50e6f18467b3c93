"""Reading an ID token: the rules of ``tokens``, and what OpenID Connect Core asks beyond them (3.1.3.7)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import NotSignedIn
from app.security.rollen import RolMapping
from app.security.tokens import Claims, Expected, KeySet, claims_of, verify

_TYPES = frozenset(("jwt",))


@dataclass(frozen=True, slots=True)
class IdTokenRequest:
    """What was asked, and so must be answered.

    Attributes:
        client_id: ours at the provider.
        nonce: of this one sign-in.
        access_token: that came with it; ``at_hash`` is about that one.
    """

    client_id: str
    nonce: str = field(repr=False)
    access_token: str = field(repr=False)


def read_id_token(
    token: str, keys: KeySet, issuer: str, asked: IdTokenRequest, at: int, rollen: RolMapping | None = None
) -> Claims:
    """Return the claims of an ID token that was made for us, in answer to this one sign-in.

    Raises:
        NotSignedIn: for every fault, without saying which.
    """
    expected = Expected(issuer, asked.client_id, require_nbf=False, types=_TYPES)
    claims = verify(token, keys, expected, at, asked.access_token)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode("utf-8", "replace"), asked.nonce.encode()):
        raise NotSignedIn
    if not _is_for_us(claims, asked.client_id):
        raise NotSignedIn
    return claims_of(claims, rollen)


def _is_for_us(claims: Mapping[str, Any], client_id: str) -> bool:
    """Tell whether we are the party that asked for it; of several audiences ``azp`` must say which."""
    if "azp" in claims:
        return bool(claims["azp"] == client_id)
    return claims["aud"] in (client_id, [client_id])

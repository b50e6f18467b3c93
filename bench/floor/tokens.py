"""Bearer tokens: ES256 under one key, checked with ``cryptography`` itself."""

import hashlib
import json
from base64 import urlsafe_b64decode
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from bench.floor.errors import Refused
from bench.floor.settings import Settings

_LEEWAY, _REMEMBER, _MOST = 30, 60, 4096  # seconds, seconds, tokens
_MAX = 8 * 1024

Who = tuple[str, str]


class Tokens:
    """Who a token says that somebody is; one of the same bytes is verified once a minute."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._key = _key(settings.jwk)
        self._known: dict[bytes, tuple[Who, int, int]] = {}

    def who(self, header: bytes, at: int) -> Who:
        """Return issuer and subject of an Authorization header.

        Raises:
            Refused: whatever is wrong with it.
        """
        digest = hashlib.sha256(header).digest()
        who, until, verified = self._known.get(digest, (("", ""), 0, 0))
        if at - verified < _REMEMBER and at < until + _LEEWAY:
            return who
        claims = self._verify(header, at)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[digest] = (claims["iss"], claims["sub"]), claims["exp"], at
        return claims["iss"], claims["sub"]

    def _verify(self, header: bytes, at: int) -> dict[str, Any]:
        try:
            scheme, _, token = header.partition(b" ")
            head, body, signature = token.split(b".")
            known, raw = json.loads(_decode(head)), _decode(signature)
            if scheme.lower() != b"bearer" or len(token) > _MAX or known.get("crit") or len(raw) != 64:
                raise Refused(401)
            if known["alg"] != "ES256" or known["kid"] != self._settings.jwk["kid"]:
                raise Refused(401)
            r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
            self._key.verify(encode_dss_signature(r, s), head + b"." + body, ECDSA(SHA256()))
            claims: dict[str, Any] = json.loads(_decode(body))
            if claims["iss"] != self._settings.issuer or claims["aud"] != self._settings.audience:
                raise Refused(401)
            if not claims["nbf"] - _LEEWAY <= at < claims["exp"] + _LEEWAY or not claims["sub"]:
                raise Refused(401)
        except (ValueError, KeyError, TypeError, InvalidSignature):
            raise Refused(401) from None
        return claims


def _key(jwk: dict[str, str]) -> EllipticCurvePublicKey:
    x, y = (int.from_bytes(_decode(jwk[name].encode()), "big") for name in ("x", "y"))
    return EllipticCurvePublicNumbers(x, y, SECP256R1()).public_key()


def _decode(segment: bytes) -> bytes:
    return urlsafe_b64decode(segment + b"=" * (-len(segment) % 4))

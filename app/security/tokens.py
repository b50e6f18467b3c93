"""Reading a bearer token with python-jose, under the rules of ``beloften.md`` §6.

python-jose 3.5 trusts too much by itself: it takes tokens without aud, exp or sub, unknown ``crit``, any
algorithm that the key could be bent to, and raises more than JWTError. So everything about the token's form
is checked here first, the key is picked here, and every exception is the same 401.
"""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jose import jwk, jwt
from jose.backends.base import Key
from jose.constants import ALGORITHMS

from app.errors import NotSignedIn
from app.security.rollen import RolMapping
from app.terms import Rol

MAX_TOKEN = 8 * 1024  # characters
LEEWAY = 30  # seconds between our clock and the issuer's
MAX_LIFETIME = 24 * 3600  # seconds

_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_HEADER = frozenset(("alg", "typ", "kid"))
_TYPES = frozenset(("jwt", "at+jwt"))
_OF_ID_TOKENS = frozenset(("nonce", "at_hash", "c_hash", "s_hash"))
_PRIVATE = frozenset(("d", "p", "q", "dp", "dq", "qi", "oth", "k"))
_MAX_NAME = 255  # characters of an issuer or a subject
_MIN_RSA_BITS, _MAX_RSA_BITS = 2048, 8192
_OPTIONS = {f"require_{claim}": True for claim in ("aud", "exp", "iat", "iss", "sub")} | {"leeway": LEEWAY}


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says: who (issuer and subject), until when (seconds since 1970), and maybe as what."""

    issuer: str
    subject: str
    expires_at: int
    rol: Rol | None = None


class UnfitKey(ValueError):
    """A JWK that may not sign tokens here."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One public key with the one algorithm it may be used with."""

    kid: str
    algorithm: str
    key: Key

    @classmethod
    def from_jwk(cls, data: Mapping[str, Any]) -> "SigningKey":
        """Check a JWK and make its key.

        Raises:
            UnfitKey: no kid, no RSA of 2048 bits or P-256, another use or algorithm, or private parts.
        """
        algorithm = _algorithm_of(data)
        if not isinstance(data.get("kid"), str) or not data["kid"] or _PRIVATE & data.keys():
            raise UnfitKey
        if data.get("use", "sig") != "sig" or data.get("alg", algorithm) != algorithm:
            raise UnfitKey
        if "key_ops" in data and "verify" not in data["key_ops"]:
            raise UnfitKey
        return cls(data["kid"], algorithm, jwk.construct(dict(data), algorithm))


def _algorithm_of(data: Mapping[str, Any]) -> str:
    """Return RS256 for RSA of 2048 bits and more, ES256 for P-256; hard-coded, whatever the JWK says."""
    if data.get("kty") == "RSA" and _MIN_RSA_BITS <= _bits(data.get("n")) <= _MAX_RSA_BITS:
        return ALGORITHMS.RS256
    if data.get("kty") == "EC" and data.get("crv") == "P-256":
        return ALGORITHMS.ES256
    raise UnfitKey


def _bits(number: object) -> int:
    if not isinstance(number, str):
        return 0
    return int.from_bytes(_decode(number), "big").bit_length()


def _decode(segment: str) -> bytes:
    return urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


@dataclass(frozen=True, slots=True)
class KeySet:
    """The keys of an issuer by their kid."""

    keys: Mapping[str, SigningKey]

    @classmethod
    def from_jwks(cls, jwks: Iterable[Mapping[str, Any]]) -> "KeySet":
        """Return the fit keys; unfit ones are left out, and so is a kid that occurs twice."""
        keys: dict[str, SigningKey] = {}
        double: set[str] = set()
        for data in jwks:
            try:
                key = SigningKey.from_jwk(data)
            except Exception:  # noqa: BLE001, S112 - python-jose and cryptography raise of all kinds: unfit
                continue
            double |= {key.kid} & keys.keys()
            keys[key.kid] = key
        return cls({kid: key for kid, key in keys.items() if kid not in double})


def peek_kid(token: str) -> str:
    """Return the kid of a token whose form and header are acceptable; nothing is verified yet.

    Raises:
        NotSignedIn: for every fault.
    """
    return _header(token)["kid"]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say of itself, whatever else it says.

    Attributes:
        issuer: the one ``iss``.
        audience: must be (in) ``aud``.
        require_nbf: False for issuers that never send it (OpenID Connect and RFC 9068 do not ask for it).
        types: the ``typ`` that it may have, in small letters.
    """

    issuer: str
    audience: str
    require_nbf: bool = True
    types: frozenset[str] = _TYPES


def read_claims(token: str, keys: KeySet, expected: Expected, at: int, rollen: RolMapping | None = None) -> Claims:
    """Return the claims of a bearer token that is valid at a moment.

    An ID token is none: it tells a client who signed in, and is no key to anything. It bears a nonce or a hash.

    Args:
        token: compact JWS.
        keys: the issuer's keys.
        expected: what it must say.
        at: seconds since 1970. python-jose reads its own clock too; both must agree.
        rollen: the claim that must name a rol; None: tokens name none.

    Raises:
        NotSignedIn: for every fault, without saying which.
    """
    claims = verify(token, keys, expected, at)
    if _OF_ID_TOKENS & claims.keys():
        raise NotSignedIn
    return claims_of(claims, rollen)


def claims_of(claims: Mapping[str, Any], rollen: RolMapping | None) -> Claims:
    """Return what we keep of verified claims.

    Raises:
        NotSignedIn: they must name a rol, and do not name exactly one.
    """
    return Claims(claims["iss"], claims["sub"], claims["exp"], rollen.rol_of(claims) if rollen else None)


def verify(token: str, keys: KeySet, expected: Expected, at: int, access_token: str | None = None) -> dict[str, Any]:
    """Return every claim of a token after checking its form, signature, issuer, audience and times.

    Args:
        token: compact JWS.
        keys: the issuer's keys.
        expected: what it must say.
        at: seconds since 1970.
        access_token: that an ``at_hash`` belongs to; without it a token with one is refused.

    Raises:
        NotSignedIn: for every fault, without saying which.
    """
    try:
        header = _header(token, expected.types)
        key = keys.keys[header["kid"]]
        if header["alg"] != key.algorithm:
            raise NotSignedIn  # noqa: TRY301
        _strictly(token.split(".")[1])  # python-jose would take the last of a name said twice
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=[key.algorithm],
            options={**_OPTIONS, "require_nbf": expected.require_nbf},
            issuer=expected.issuer,
            audience=expected.audience,
            access_token=access_token,
        )
        _check(claims, at)
    except Exception:  # noqa: BLE001 - python-jose raises more than JWTError on hostile input
        raise NotSignedIn from None
    return claims


def _header(token: str, types: frozenset[str] = _TYPES) -> dict[str, str]:
    """Return the header after checking the token's size, form and header against the allow-list."""
    try:
        if len(token) > MAX_TOKEN or not _COMPACT.fullmatch(token):
            raise NotSignedIn  # noqa: TRY301
        header = _strictly(token.partition(".")[0])
        if not isinstance(header, dict) or not header.keys() <= _HEADER:
            raise NotSignedIn  # noqa: TRY301
        if not all(isinstance(value, str) for value in header.values()):
            raise NotSignedIn  # noqa: TRY301
        if header["alg"] not in (ALGORITHMS.RS256, ALGORITHMS.ES256) or not header["kid"]:
            raise NotSignedIn  # noqa: TRY301
        if header.get("typ", "JWT").lower() not in types:
            raise NotSignedIn  # noqa: TRY301
    except Exception:  # noqa: BLE001 - anything odd in a header is the same 401
        raise NotSignedIn from None
    return header


def _strictly(segment: str) -> Any:
    """Return the JSON of a segment; a name said twice, NaN and Infinity are refused."""
    return json.loads(_decode(segment), object_pairs_hook=_without_doubles, parse_constant=_refuse)


def _refuse(_constant: str) -> None:
    raise NotSignedIn


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise NotSignedIn
    return dict(pairs)


def _check(claims: Mapping[str, Any], at: int) -> None:
    """Check types and times once more, by our own clock."""
    times = [claims["exp"], claims["iat"], claims.get("nbf", claims["iat"])]
    if not all(type(moment) is int for moment in times):
        raise NotSignedIn
    exp, iat, nbf = times
    if not (nbf - LEEWAY <= at < exp + LEEWAY and iat - LEEWAY <= at and iat < exp <= iat + MAX_LIFETIME):
        raise NotSignedIn
    names = (claims["iss"], claims["sub"])
    if not all(isinstance(word, str) and 0 < len(word) <= _MAX_NAME and word.isprintable() for word in names):
        raise NotSignedIn

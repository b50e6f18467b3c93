"""Tokens that must not get in, by name, and how to make them; ``test_tokens`` and the drill try them all."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from jose import jwe, jwk

from app.security.tokens import LEEWAY, MAX_TOKEN, KeySet
from tests.security.conftest import FROZEN

ISSUER, AUDIENCE = "https://aanmelden.example", "pleegzicht"
NOW = FROZEN
CLAIMS: dict[str, Any] = {
    "iss": ISSUER, "aud": AUDIENCE, "sub": "noor", "iat": NOW, "nbf": NOW, "exp": NOW + 600,
}  # fmt: skip


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def public_jwk(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, algorithm: str, kid: str) -> dict[str, Any]:
    data = jwk.construct(pem(key).decode(), algorithm).public_key().to_dict()
    return {**data, "kid": kid, "use": "sig", "alg": algorithm}


RSA, OTHER_RSA, SMALL_RSA = (
    rsa.generate_private_key(public_exponent=65537, key_size=size) for size in (2048, 2048, 1024)
)
EC, P384 = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1())
KEYS = KeySet.from_jwks([public_jwk(RSA, "RS256", "r"), public_jwk(EC, "ES256", "e")])


def segment(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sign(
    claims: Mapping[str, Any] = CLAIMS,
    header: Mapping[str, Any] | None = None,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = RSA,
    algorithm: str = "RS256",
) -> str:
    """Sign any header over any claims with a good signature."""
    head = {"alg": algorithm, "typ": "JWT", "kid": "r"} if header is None else header
    return sign_raw(segment(head), segment(dict(claims)), key, algorithm)


def sign_raw(head: str, payload: str, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, algorithm: str) -> str:
    signature = jwk.construct(pem(key).decode(), algorithm).sign(f"{head}.{payload}".encode())
    return f"{head}.{payload}.{segment(signature)}"


def hmac_token(secret: bytes, header: Mapping[str, Any]) -> str:
    head, payload = segment(header), segment(CLAIMS)
    mac = hmac.digest(secret, f"{head}.{payload}".encode(), hashlib.sha256)
    return f"{head}.{payload}.{segment(mac)}"


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in CLAIMS.items() if name not in names}


def head(**more: Any) -> dict[str, Any]:
    return {"alg": "RS256", "typ": "JWT", "kid": "r", **more}


def tampered(part: int) -> str:
    parts = sign().split(".")
    parts[part] = parts[part][:-8] + ("AAAAAAAA" if parts[part][-8:] != "AAAAAAAA" else "BBBBBBBB")
    return ".".join(parts)


def es256_der() -> str:
    """Return an ES256 token whose signature is DER, as OpenSSL gives it, and not r and s."""
    head, payload = segment({"alg": "ES256", "kid": "e"}), segment(CLAIMS)
    return f"{head}.{payload}.{segment(EC.sign(f'{head}.{payload}'.encode(), ec.ECDSA(SHA256())))}"


ZERO = segment(bytes(64))
EC_HEAD = {"alg": "ES256", "typ": "JWT", "kid": "e"}
ATTACKS: dict[str, Callable[[], str]] = {
    # form
    "empty": lambda: "",
    "no segments": lambda: "token",
    "two segments": lambda: ".".join(sign().split(".")[:2]),
    "four segments": lambda: sign() + ".AAAA",
    "empty signature": lambda: ".".join(sign().split(".")[:2]) + ".",
    "newline at the end": lambda: sign() + "\n",
    "padding": lambda: sign() + "==",
    "space inside": lambda: sign().replace(".", ". ", 1),
    "standard base64": lambda: sign(header=head(kid="r")).replace("-", "+").replace("_", "/") + "+/",
    "too large": lambda: sign({**CLAIMS, "vulling": "x" * MAX_TOKEN}),
    "encrypted (JWE)": lambda: jwe.encrypt(json.dumps(CLAIMS), "k" * 32, "A256GCM", "dir").decode(),
    "header is a list": lambda: sign_raw(segment(["RS256"]), segment(CLAIMS), RSA, "RS256"),
    "header is no JSON": lambda: sign_raw(segment(b"{"), segment(CLAIMS), RSA, "RS256"),
    "header is no UTF-8": lambda: sign_raw(segment(b'{"\xff":1}'), segment(CLAIMS), RSA, "RS256"),
    "header nested deep": lambda: sign_raw(segment(b'{"kid":' + b"[" * 3000), segment(CLAIMS), RSA, "RS256"),
    "header says a key twice": lambda: sign_raw(
        segment(b'{"alg":"none","alg":"RS256","kid":"r"}'), segment(CLAIMS), RSA, "RS256"
    ),
    "payload is a list": lambda: sign_raw(segment(head()), segment([1]), RSA, "RS256"),
    "payload is no JSON": lambda: sign_raw(segment(head()), segment(b"{"), RSA, "RS256"),
    # algorithm and header
    "alg none": lambda: f"{segment(head(alg='none'))}.{segment(CLAIMS)}.",
    "alg none with a signature": lambda: sign(header=head(alg="none")),
    "alg NoNe": lambda: sign(header=head(alg="NoNe")),
    "alg missing": lambda: sign(header={"kid": "r"}),
    "alg is a list": lambda: sign(header=head(alg=["RS256"])),
    "alg RS512": lambda: sign(header=head(alg="RS512"), algorithm="RS512"),
    "alg is a substring": lambda: sign(header=head(alg="RS25")),
    "HS256 with the public key": lambda: hmac_token(public_pem(RSA), head(alg="HS256")),
    "HS256 with the modulus": lambda: hmac_token(public_jwk(RSA, "RS256", "r")["n"].encode(), head(alg="HS256")),
    "HS256 with an empty key": lambda: hmac_token(b"", head(alg="HS256")),
    "ES256 with the RSA key's kid": lambda: sign(header={**EC_HEAD, "kid": "r"}, key=EC, algorithm="ES256"),
    "RS256 with the EC key's kid": lambda: sign(header=head(kid="e")),
    "kid missing": lambda: sign(header={"alg": "RS256"}),
    "kid unknown": lambda: sign(header=head(kid="anders")),
    "kid empty": lambda: sign(header=head(kid="")),
    "kid is a number": lambda: sign(header=head(kid=1)),
    "kid is a path": lambda: sign(header=head(kid="../../dev/null")),
    "crit": lambda: sign(header=head(crit=["exp"])),
    "b64 false": lambda: sign(header=head(b64=False)),
    "jwk in the header": lambda: sign(header=head(jwk=public_jwk(OTHER_RSA, "RS256", "r")), key=OTHER_RSA),
    "jku in the header": lambda: sign(header=head(jku="https://aanvaller.example/jwks"), key=OTHER_RSA),
    "x5u in the header": lambda: sign(header=head(x5u="https://aanvaller.example/x"), key=OTHER_RSA),
    "zip": lambda: sign(header=head(zip="DEF")),
    "typ is another": lambda: sign(header=head(typ="logout+jwt")),
    # signature
    "signed by another key": lambda: sign(key=OTHER_RSA),
    "claims changed": lambda: tampered(1),
    "signature changed": lambda: tampered(2),
    "ES256 signature of zeroes": lambda: f"{segment(EC_HEAD)}.{segment(CLAIMS)}.{ZERO}",
    "ES256 signature in DER": es256_der,
    # claims
    "expired": lambda: sign({**CLAIMS, "iat": NOW - 900, "nbf": NOW - 900, "exp": NOW - LEEWAY - 1}),
    "not yet valid": lambda: sign({**CLAIMS, "nbf": NOW + LEEWAY + 60}),
    "issued in the future": lambda: sign({**CLAIMS, "iat": NOW + LEEWAY + 60}),
    "exp missing": lambda: sign(without("exp")),
    "iat missing": lambda: sign(without("iat")),
    "nbf missing": lambda: sign(without("nbf")),
    "aud missing": lambda: sign(without("aud")),
    "iss missing": lambda: sign(without("iss")),
    "sub missing": lambda: sign(without("sub")),
    "no claims": lambda: sign({}),
    "exp is text": lambda: sign({**CLAIMS, "exp": str(NOW + 600)}),
    "exp is a fraction": lambda: sign({**CLAIMS, "exp": NOW + 600.5}),
    "exp is true": lambda: sign({**CLAIMS, "exp": True}),
    "exp is null": lambda: sign({**CLAIMS, "exp": None}),
    "exp is Infinity": lambda: sign({**CLAIMS, "exp": float("inf")}),
    "exp is a list": lambda: sign({**CLAIMS, "exp": [NOW + 600]}),
    "lives for a year": lambda: sign({**CLAIMS, "exp": NOW + 365 * 86400}),
    "exp before iat": lambda: sign({**CLAIMS, "iat": NOW + 20, "exp": NOW + 10}),
    "aud is another": lambda: sign({**CLAIMS, "aud": "anders"}),
    "aud is a longer name": lambda: sign({**CLAIMS, "aud": "pleegzicht-test"}),
    "aud is an empty list": lambda: sign({**CLAIMS, "aud": []}),
    "aud is an object": lambda: sign({**CLAIMS, "aud": {"pleegzicht": True}}),
    "aud is a mixed list": lambda: sign({**CLAIMS, "aud": ["pleegzicht", 1]}),
    "iss is another": lambda: sign({**CLAIMS, "iss": "https://aanvaller.example"}),
    "iss has a slash more": lambda: sign({**CLAIMS, "iss": ISSUER + "/"}),
    "iss is a list": lambda: sign({**CLAIMS, "iss": [ISSUER]}),
    "sub is empty": lambda: sign({**CLAIMS, "sub": ""}),
    "sub is a number": lambda: sign({**CLAIMS, "sub": 7}),
    "sub is long": lambda: sign({**CLAIMS, "sub": "x" * 256}),
    "sub has a NUL": lambda: sign({**CLAIMS, "sub": "noor\0"}),
    "sub has a lone surrogate": lambda: sign({**CLAIMS, "sub": "\ud800"}),
    "at_hash without its access token": lambda: sign({**CLAIMS, "at_hash": "x"}),
    # more of the same kinds
    "RS384": lambda: sign(header=head(alg="RS384"), algorithm="RS384"),
    "x5c in the header": lambda: sign(header=head(x5c=["AAAA"]), key=OTHER_RSA),
    "cty JWT": lambda: sign(header=head(cty="JWT")),
    "a token inside a token": lambda: sign_raw(segment(head()), segment(sign().encode()), RSA, "RS256"),
    "payload swapped": lambda: ".".join(
        (sign().split(".")[0], segment({**CLAIMS, "sub": "sam"}), sign().split(".")[2])
    ),
    "payload says sub twice": lambda: sign_raw(segment(head()), segment(_twice("sub", "sam")), RSA, "RS256"),
    "payload says exp twice": lambda: sign_raw(segment(head()), segment(_twice("exp", NOW + 900)), RSA, "RS256"),
    "payload nested deep": lambda: sign_raw(segment(head()), segment(b'{"a":' + b"[" * 4000), RSA, "RS256"),
    "payload is no UTF-8": lambda: sign_raw(segment(head()), segment(b'{"sub":"\xff"}'), RSA, "RS256"),
    "exp is NaN": lambda: sign({**CLAIMS, "exp": float("nan")}),
    "iat is text": lambda: sign({**CLAIMS, "iat": str(NOW)}),
    "9 KiB": lambda: sign({**CLAIMS, "vulling": "x" * 6600}),
    "aud is a list without us": lambda: sign({**CLAIMS, "aud": ["anders", "nog-een"]}),
    "ID token (nonce)": lambda: sign({**CLAIMS, "nonce": "n"}),
    "ID token (c_hash)": lambda: sign({**CLAIMS, "c_hash": "x"}),
    "ID token of the pages": lambda: sign({**CLAIMS, "aud": "pleegzicht-web", "nonce": "n"}),
    "JWT with two dots more": lambda: sign() + "..",
    "comma and a second token": lambda: sign() + "," + sign(),
}


def _twice(name: str, first: object) -> bytes:
    """Return the claims with a name said once more in front: the last one is the good one."""
    return f'{{"{name}":{json.dumps(first)},'.encode() + json.dumps(CLAIMS).encode()[1:]

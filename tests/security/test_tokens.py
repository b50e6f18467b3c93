"""Every token that must not get in, by name; and the few that must."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from jose import jwe, jwk, jwt

from app.errors import NotSignedIn
from app.security.tokens import LEEWAY, MAX_TOKEN, Claims, KeySet, SigningKey, UnfitKey, peek_kid, read_claims
from tests.security.conftest import FROZEN, SetClock

pytestmark = pytest.mark.usefixtures("jose_clock")

ISSUER, AUDIENCE = "https://aanmelden.example", "pleegzicht"
NOW = FROZEN
CLAIMS: dict[str, Any] = {
    "iss": ISSUER, "aud": AUDIENCE, "sub": "noor", "iat": NOW, "nbf": NOW, "exp": NOW + 600,
}  # fmt: skip


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _public_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _public_jwk(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, algorithm: str, kid: str) -> dict[str, Any]:
    data = jwk.construct(_pem(key).decode(), algorithm).public_key().to_dict()
    return {**data, "kid": kid, "use": "sig", "alg": algorithm}


RSA, OTHER_RSA, SMALL_RSA = (
    rsa.generate_private_key(public_exponent=65537, key_size=size) for size in (2048, 2048, 1024)
)
EC, P384 = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1())
KEYS = KeySet.from_jwks([_public_jwk(RSA, "RS256", "r"), _public_jwk(EC, "ES256", "e")])


def _segment(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _sign(
    claims: Mapping[str, Any] = CLAIMS,
    header: Mapping[str, Any] | None = None,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = RSA,
    algorithm: str = "RS256",
) -> str:
    """Sign any header over any claims with a good signature."""
    head = {"alg": algorithm, "typ": "JWT", "kid": "r"} if header is None else header
    return _sign_raw(_segment(head), _segment(dict(claims)), key, algorithm)


def _sign_raw(head: str, payload: str, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, algorithm: str) -> str:
    signature = jwk.construct(_pem(key).decode(), algorithm).sign(f"{head}.{payload}".encode())
    return f"{head}.{payload}.{_segment(signature)}"


def _hmac(secret: bytes, header: Mapping[str, Any]) -> str:
    head, payload = _segment(header), _segment(CLAIMS)
    mac = hmac.digest(secret, f"{head}.{payload}".encode(), hashlib.sha256)
    return f"{head}.{payload}.{_segment(mac)}"


def _without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in CLAIMS.items() if name not in names}


def _read(token: str, at: int = NOW, **more: Any) -> Claims:
    return read_claims(token, KEYS, issuer=ISSUER, audience=AUDIENCE, at=at, **more)


def _head(**more: Any) -> dict[str, Any]:
    return {"alg": "RS256", "typ": "JWT", "kid": "r", **more}


def _tampered(part: int) -> str:
    parts = _sign().split(".")
    parts[part] = parts[part][:-8] + ("AAAAAAAA" if parts[part][-8:] != "AAAAAAAA" else "BBBBBBBB")
    return ".".join(parts)


def _es256_der() -> str:
    """Return an ES256 token whose signature is DER, as OpenSSL gives it, and not r and s."""
    head, payload = _segment({"alg": "ES256", "kid": "e"}), _segment(CLAIMS)
    return f"{head}.{payload}.{_segment(EC.sign(f'{head}.{payload}'.encode(), ec.ECDSA(SHA256())))}"


_ZERO = _segment(bytes(64))
_EC_HEAD = {"alg": "ES256", "typ": "JWT", "kid": "e"}
ATTACKS: dict[str, Callable[[], str]] = {
    # form
    "empty": lambda: "",
    "no segments": lambda: "token",
    "two segments": lambda: ".".join(_sign().split(".")[:2]),
    "four segments": lambda: _sign() + ".AAAA",
    "empty signature": lambda: ".".join(_sign().split(".")[:2]) + ".",
    "newline at the end": lambda: _sign() + "\n",
    "padding": lambda: _sign() + "==",
    "space inside": lambda: _sign().replace(".", ". ", 1),
    "standard base64": lambda: _sign(header=_head(kid="r")).replace("-", "+").replace("_", "/") + "+/",
    "too large": lambda: _sign({**CLAIMS, "vulling": "x" * MAX_TOKEN}),
    "encrypted (JWE)": lambda: jwe.encrypt(json.dumps(CLAIMS), "k" * 32, "A256GCM", "dir").decode(),
    "header is a list": lambda: _sign_raw(_segment(["RS256"]), _segment(CLAIMS), RSA, "RS256"),
    "header is no JSON": lambda: _sign_raw(_segment(b"{"), _segment(CLAIMS), RSA, "RS256"),
    "header is no UTF-8": lambda: _sign_raw(_segment(b'{"\xff":1}'), _segment(CLAIMS), RSA, "RS256"),
    "header nested deep": lambda: _sign_raw(_segment(b'{"kid":' + b"[" * 3000), _segment(CLAIMS), RSA, "RS256"),
    "header says a key twice": lambda: _sign_raw(
        _segment(b'{"alg":"none","alg":"RS256","kid":"r"}'), _segment(CLAIMS), RSA, "RS256"
    ),
    "payload is a list": lambda: _sign_raw(_segment(_head()), _segment([1]), RSA, "RS256"),
    "payload is no JSON": lambda: _sign_raw(_segment(_head()), _segment(b"{"), RSA, "RS256"),
    # algorithm and header
    "alg none": lambda: f"{_segment(_head(alg='none'))}.{_segment(CLAIMS)}.",
    "alg none with a signature": lambda: _sign(header=_head(alg="none")),
    "alg NoNe": lambda: _sign(header=_head(alg="NoNe")),
    "alg missing": lambda: _sign(header={"kid": "r"}),
    "alg is a list": lambda: _sign(header=_head(alg=["RS256"])),
    "alg RS512": lambda: _sign(header=_head(alg="RS512"), algorithm="RS512"),
    "alg is a substring": lambda: _sign(header=_head(alg="RS25")),
    "HS256 with the public key": lambda: _hmac(_public_pem(RSA), _head(alg="HS256")),
    "HS256 with the modulus": lambda: _hmac(_public_jwk(RSA, "RS256", "r")["n"].encode(), _head(alg="HS256")),
    "HS256 with an empty key": lambda: _hmac(b"", _head(alg="HS256")),
    "ES256 with the RSA key's kid": lambda: _sign(header={**_EC_HEAD, "kid": "r"}, key=EC, algorithm="ES256"),
    "RS256 with the EC key's kid": lambda: _sign(header=_head(kid="e")),
    "kid missing": lambda: _sign(header={"alg": "RS256"}),
    "kid unknown": lambda: _sign(header=_head(kid="anders")),
    "kid empty": lambda: _sign(header=_head(kid="")),
    "kid is a number": lambda: _sign(header=_head(kid=1)),
    "kid is a path": lambda: _sign(header=_head(kid="../../dev/null")),
    "crit": lambda: _sign(header=_head(crit=["exp"])),
    "b64 false": lambda: _sign(header=_head(b64=False)),
    "jwk in the header": lambda: _sign(header=_head(jwk=_public_jwk(OTHER_RSA, "RS256", "r")), key=OTHER_RSA),
    "jku in the header": lambda: _sign(header=_head(jku="https://aanvaller.example/jwks"), key=OTHER_RSA),
    "x5u in the header": lambda: _sign(header=_head(x5u="https://aanvaller.example/x"), key=OTHER_RSA),
    "zip": lambda: _sign(header=_head(zip="DEF")),
    "typ is another": lambda: _sign(header=_head(typ="logout+jwt")),
    # signature
    "signed by another key": lambda: _sign(key=OTHER_RSA),
    "claims changed": lambda: _tampered(1),
    "signature changed": lambda: _tampered(2),
    "ES256 signature of zeroes": lambda: f"{_segment(_EC_HEAD)}.{_segment(CLAIMS)}.{_ZERO}",
    "ES256 signature in DER": _es256_der,
    # claims
    "expired": lambda: _sign({**CLAIMS, "iat": NOW - 900, "nbf": NOW - 900, "exp": NOW - LEEWAY - 1}),
    "not yet valid": lambda: _sign({**CLAIMS, "nbf": NOW + LEEWAY + 60}),
    "issued in the future": lambda: _sign({**CLAIMS, "iat": NOW + LEEWAY + 60}),
    "exp missing": lambda: _sign(_without("exp")),
    "iat missing": lambda: _sign(_without("iat")),
    "nbf missing": lambda: _sign(_without("nbf")),
    "aud missing": lambda: _sign(_without("aud")),
    "iss missing": lambda: _sign(_without("iss")),
    "sub missing": lambda: _sign(_without("sub")),
    "no claims": lambda: _sign({}),
    "exp is text": lambda: _sign({**CLAIMS, "exp": str(NOW + 600)}),
    "exp is a fraction": lambda: _sign({**CLAIMS, "exp": NOW + 600.5}),
    "exp is true": lambda: _sign({**CLAIMS, "exp": True}),
    "exp is null": lambda: _sign({**CLAIMS, "exp": None}),
    "exp is Infinity": lambda: _sign({**CLAIMS, "exp": float("inf")}),
    "exp is a list": lambda: _sign({**CLAIMS, "exp": [NOW + 600]}),
    "lives for a year": lambda: _sign({**CLAIMS, "exp": NOW + 365 * 86400}),
    "exp before iat": lambda: _sign({**CLAIMS, "iat": NOW + 20, "exp": NOW + 10}),
    "aud is another": lambda: _sign({**CLAIMS, "aud": "anders"}),
    "aud is a longer name": lambda: _sign({**CLAIMS, "aud": "pleegzicht-test"}),
    "aud is an empty list": lambda: _sign({**CLAIMS, "aud": []}),
    "aud is an object": lambda: _sign({**CLAIMS, "aud": {"pleegzicht": True}}),
    "aud is a mixed list": lambda: _sign({**CLAIMS, "aud": ["pleegzicht", 1]}),
    "iss is another": lambda: _sign({**CLAIMS, "iss": "https://aanvaller.example"}),
    "iss has a slash more": lambda: _sign({**CLAIMS, "iss": ISSUER + "/"}),
    "iss is a list": lambda: _sign({**CLAIMS, "iss": [ISSUER]}),
    "sub is empty": lambda: _sign({**CLAIMS, "sub": ""}),
    "sub is a number": lambda: _sign({**CLAIMS, "sub": 7}),
    "sub is long": lambda: _sign({**CLAIMS, "sub": "x" * 256}),
    "sub has a NUL": lambda: _sign({**CLAIMS, "sub": "noor\0"}),
    "sub has a lone surrogate": lambda: _sign({**CLAIMS, "sub": "\ud800"}),
    "at_hash without its access token": lambda: _sign({**CLAIMS, "at_hash": "x"}),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_401_and_nothing_else(name: str) -> None:
    with pytest.raises(NotSignedIn) as refused:
        _read(ATTACKS[name]())
    assert refused.value.__cause__ is None  # and no trail that a log could print
    assert str(refused.value) == NotSignedIn.detail


def test_a_good_token_of_either_kind_is_read() -> None:
    expected = Claims(ISSUER, "noor", NOW + 600)
    assert _read(_sign()) == expected
    assert _read(_sign(header=_EC_HEAD, key=EC, algorithm="ES256")) == expected
    assert _read(_sign(header={"alg": "RS256", "kid": "r", "typ": "at+jwt"})) == expected
    assert _read(_sign({**CLAIMS, "aud": ["anders", AUDIENCE]})) == expected


def test_an_issuer_that_sends_no_nbf_can_be_configured() -> None:
    assert _read(_sign(_without("nbf")), require_nbf=False).subject == "noor"
    with pytest.raises(NotSignedIn):
        _read(_sign({**CLAIMS, "nbf": NOW + 600}), require_nbf=False)


def test_an_id_token_is_read_with_its_access_token() -> None:
    access = "toegang"
    digest = hashlib.sha256(access.encode()).digest()[:16]
    token = _sign({**CLAIMS, "at_hash": _segment(digest), "nonce": "n"})
    assert _read(token, access_token=access).nonce == "n"
    with pytest.raises(NotSignedIn):
        _read(token, access_token="anders")


@pytest.mark.parametrize("at", [NOW - LEEWAY - 1, NOW + 600 + LEEWAY], ids=["early", "late"])
def test_the_given_time_counts_beside_python_jose_s_own(at: int) -> None:
    with pytest.raises(NotSignedIn):
        _read(_sign(), at=at)


@pytest.mark.parametrize("moment", [NOW - LEEWAY - 1, NOW + 600 + LEEWAY + 1], ids=["behind", "ahead"])
def test_python_jose_s_own_time_counts_beside_the_given(jose_clock: SetClock, moment: int) -> None:
    jose_clock(moment)
    with pytest.raises(NotSignedIn):
        _read(_sign())


def test_not_before_counts_by_the_given_time_too() -> None:
    token = _sign({**CLAIMS, "nbf": NOW + 20})
    assert _read(token).subject == "noor"
    with pytest.raises(NotSignedIn):
        _read(token, at=NOW - 20)


@pytest.mark.parametrize("at", [NOW - LEEWAY, NOW + 600 + LEEWAY - 1], ids=["early", "late"])
def test_clocks_may_differ_by_the_leeway(at: int) -> None:
    assert _read(_sign(), at=at).subject == "noor"


def test_the_kid_is_known_before_anything_is_verified() -> None:
    assert peek_kid(_sign(key=OTHER_RSA)) == "r"


ODD_HEADERS = [
    "empty", "no segments", "two segments", "four segments", "empty signature", "newline at the end", "padding",
    "too large", "encrypted (JWE)", "header is a list", "header is no JSON", "header is no UTF-8", "header nested deep",
    "header says a key twice", "alg none", "alg none with a signature", "alg NoNe", "alg missing", "alg is a list",
    "alg RS512", "alg is a substring", "HS256 with the public key", "kid missing", "kid empty", "kid is a number",
    "crit", "b64 false", "jwk in the header", "jku in the header", "x5u in the header", "zip", "typ is another",
]  # fmt: skip


@pytest.mark.parametrize("name", ODD_HEADERS)
def test_an_odd_header_costs_no_fetch_of_keys(name: str) -> None:
    with pytest.raises(NotSignedIn):
        peek_kid(ATTACKS[name]())


def test_python_jose_alone_would_let_some_of_these_in() -> None:
    """The reason for this module: if python-jose gets stricter, this says so."""
    for name in ("aud missing", "exp missing", "sub missing", "crit", "kid missing", "lives for a year"):
        claims = jwt.decode(ATTACKS[name](), _public_pem(RSA).decode(), algorithms=["RS256"], audience=AUDIENCE)
        assert claims["iss"] == ISSUER, name


GOOD = _public_jwk(RSA, "RS256", "r")
UNFIT: dict[str, dict[str, Any]] = {
    "RSA of 1024 bits": _public_jwk(SMALL_RSA, "RS256", "k"),
    "P-384": {**_public_jwk(P384, "ES384", "k"), "alg": "ES256"},
    "for encryption": {**GOOD, "use": "enc"},
    "for signing only": {**GOOD, "key_ops": ["sign"]},
    "alg HS256": {**GOOD, "alg": "HS256"},
    "alg RS512": {**GOOD, "alg": "RS512"},
    "without kid": {name: value for name, value in GOOD.items() if name != "kid"},
    "kid is a number": {**GOOD, "kid": 1},
    "symmetric": {"kty": "oct", "k": "AAAA", "kid": "k", "alg": "HS256"},
    "with its private part": {**jwk.construct(_pem(EC).decode(), "ES256").to_dict(), "kid": "k"},
    "exponent 1": {**GOOD, "e": "AQ"},
    "modulus of 9000 bits": {**GOOD, "n": _segment(b"\xff" * 1125)},
    "modulus missing": {name: value for name, value in GOOD.items() if name != "n"},
    "point not on the curve": {**_public_jwk(EC, "ES256", "k"), "y": _segment(b"\x01" * 32)},
    "no key at all": {},
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_key_is_left_out(name: str) -> None:
    assert KeySet.from_jwks([UNFIT[name], _public_jwk(EC, "ES256", "goed")]).keys.keys() == {"goed"}


def test_a_kid_that_occurs_twice_is_left_out() -> None:
    assert not KeySet.from_jwks([GOOD, _public_jwk(EC, "ES256", "r")]).keys


def test_a_key_that_names_no_algorithm_gets_the_one_of_its_kind() -> None:
    data = {name: value for name, value in GOOD.items() if name not in ("alg", "use")}
    assert SigningKey.from_jwk(data).algorithm == "RS256"
    with pytest.raises(UnfitKey):
        SigningKey.from_jwk({**data, "kty": "OKP"})

"""Every token that must not get in, by name; and the few that must."""

import hashlib
from typing import Any

import pytest
from jose import jwk, jwt

from app.errors import NotSignedIn
from app.security.tokens import LEEWAY, Claims, Expected, KeySet, SigningKey, UnfitKey, peek_kid, read_claims, verify
from tests.security.aanvallen import (
    ATTACKS,
    AUDIENCE,
    CLAIMS,
    EC,
    EC_HEAD,
    ISSUER,
    KEYS,
    NOW,
    OTHER_RSA,
    P384,
    RSA,
    SMALL_RSA,
    pem,
    public_jwk,
    public_pem,
    segment,
    sign,
    without,
)
from tests.security.conftest import SetClock

pytestmark = pytest.mark.usefixtures("jose_clock")


def _read(token: str, at: int = NOW, *, require_nbf: bool = True) -> Claims:
    return read_claims(token, KEYS, Expected(ISSUER, AUDIENCE, require_nbf), at)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_401_and_nothing_else(name: str) -> None:
    with pytest.raises(NotSignedIn) as refused:
        _read(ATTACKS[name]())
    assert refused.value.__cause__ is None  # and no trail that a log could print
    assert str(refused.value) == NotSignedIn.detail


def test_a_good_token_of_either_kind_is_read() -> None:
    expected = Claims(ISSUER, "noor", NOW + 600)
    assert _read(sign()) == expected
    assert _read(sign(header=EC_HEAD, key=EC, algorithm="ES256")) == expected
    assert _read(sign(header={"alg": "RS256", "kid": "r", "typ": "at+jwt"})) == expected
    assert _read(sign({**CLAIMS, "aud": ["anders", AUDIENCE]})) == expected


def test_an_issuer_that_sends_no_nbf_can_be_configured() -> None:
    assert _read(sign(without("nbf")), require_nbf=False).subject == "noor"
    with pytest.raises(NotSignedIn):
        _read(sign({**CLAIMS, "nbf": NOW + 600}), require_nbf=False)


def test_a_hash_belongs_to_its_access_token() -> None:
    access = "toegang"
    digest = hashlib.sha256(access.encode()).digest()[:16]
    token, expected = sign({**CLAIMS, "at_hash": segment(digest), "nonce": "n"}), Expected(ISSUER, AUDIENCE)
    assert verify(token, KEYS, expected, NOW, access)["nonce"] == "n"
    with pytest.raises(NotSignedIn):
        verify(token, KEYS, expected, NOW, "anders")


@pytest.mark.parametrize("at", [NOW - LEEWAY - 1, NOW + 600 + LEEWAY], ids=["early", "late"])
def test_the_given_time_counts_beside_python_jose_s_own(at: int) -> None:
    with pytest.raises(NotSignedIn):
        _read(sign(), at=at)


@pytest.mark.parametrize("moment", [NOW - LEEWAY - 1, NOW + 600 + LEEWAY + 1], ids=["behind", "ahead"])
def test_python_jose_s_own_time_counts_beside_the_given(jose_clock: SetClock, moment: int) -> None:
    jose_clock(moment)
    with pytest.raises(NotSignedIn):
        _read(sign())


def test_not_before_counts_by_the_given_time_too() -> None:
    token = sign({**CLAIMS, "nbf": NOW + 20})
    assert _read(token).subject == "noor"
    with pytest.raises(NotSignedIn):
        _read(token, at=NOW - 20)


@pytest.mark.parametrize("at", [NOW - LEEWAY, NOW + 600 + LEEWAY - 1], ids=["early", "late"])
def test_clocks_may_differ_by_the_leeway(at: int) -> None:
    assert _read(sign(), at=at).subject == "noor"


def test_the_kid_is_known_before_anything_is_verified() -> None:
    assert peek_kid(sign(key=OTHER_RSA)) == "r"


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
        claims = jwt.decode(ATTACKS[name](), public_pem(RSA).decode(), algorithms=["RS256"], audience=AUDIENCE)
        assert claims["iss"] == ISSUER, name


GOOD = public_jwk(RSA, "RS256", "r")
UNFIT: dict[str, dict[str, Any]] = {
    "RSA of 1024 bits": public_jwk(SMALL_RSA, "RS256", "k"),
    "P-384": {**public_jwk(P384, "ES384", "k"), "alg": "ES256"},
    "for encryption": {**GOOD, "use": "enc"},
    "for signing only": {**GOOD, "key_ops": ["sign"]},
    "alg HS256": {**GOOD, "alg": "HS256"},
    "alg RS512": {**GOOD, "alg": "RS512"},
    "without kid": {name: value for name, value in GOOD.items() if name != "kid"},
    "kid is a number": {**GOOD, "kid": 1},
    "symmetric": {"kty": "oct", "k": "AAAA", "kid": "k", "alg": "HS256"},
    "with its private part": {**jwk.construct(pem(EC).decode(), "ES256").to_dict(), "kid": "k"},
    "exponent 1": {**GOOD, "e": "AQ"},
    "modulus of 9000 bits": {**GOOD, "n": segment(b"\xff" * 1125)},
    "modulus missing": {name: value for name, value in GOOD.items() if name != "n"},
    "point not on the curve": {**public_jwk(EC, "ES256", "k"), "y": segment(b"\x01" * 32)},
    "no key at all": {},
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_key_is_left_out(name: str) -> None:
    assert KeySet.from_jwks([UNFIT[name], public_jwk(EC, "ES256", "goed")]).keys.keys() == {"goed"}


def test_a_kid_that_occurs_twice_is_left_out() -> None:
    assert not KeySet.from_jwks([GOOD, public_jwk(EC, "ES256", "r")]).keys


def test_a_key_that_names_no_algorithm_gets_the_one_of_its_kind() -> None:
    data = {name: value for name, value in GOOD.items() if name not in ("alg", "use")}
    assert SigningKey.from_jwk(data).algorithm == "RS256"
    with pytest.raises(UnfitKey):
        SigningKey.from_jwk({**data, "kty": "OKP"})

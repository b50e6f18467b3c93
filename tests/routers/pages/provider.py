"""A provider of sign-in in this process, that checks PKCE as it should and misbehaves where a test tells it to."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jose import jwk, jwt

from app import clock
from app.security.key_source import FixedKeys
from app.security.tokens import KeySet

ISSUER = "https://aanmelden.example/tenant"
CLIENT = "pleegzicht-web"
_KEY = ec.generate_private_key(ec.SECP256R1())
_PEM = _KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
_PUBLIC = {**jwk.construct(_PEM, "ES256").public_key().to_dict(), "kid": "p", "use": "sig", "alg": "ES256"}
KEYS = FixedKeys(KeySet.from_jwks([_PUBLIC]))

Document = dict[str, Any]


def description() -> Document:
    return {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/auth?smaak=zoet",
        "token_endpoint": f"{ISSUER}/token",
        "end_session_endpoint": f"{ISSUER}/weg",
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
    }


def sign(claims: dict[str, Any], **header: str) -> str:
    return jwt.encode(claims, _PEM, algorithm="ES256", headers={"kid": "p", **header})


@dataclass
class Provider:
    """What it says of itself, which codes are out, and how it misbehaves.

    Attributes:
        claims: over those of a good ID token; None leaves one out.
        header: over that of a good ID token.
        sloppy: a code works as often as you like, with any verifier.
        token: answers instead of the token endpoint.
        asked: the requests to the token endpoint.
    """

    document: Document = field(default_factory=description)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=dict)
    sloppy: bool = False
    token: Callable[[httpx2.Request], httpx2.Response] | None = None
    asked: list[httpx2.Request] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def client(self) -> httpx2.Client:
        return httpx2.Client(transport=httpx2.MockTransport(self._answer))

    def approve(self, address: str, subject: str) -> dict[str, str]:
        """Sign somebody in and return what goes back with the browser."""
        asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = {**asked, "sub": subject}
        return {"code": code, "state": asked["state"], "iss": ISSUER}

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/.well-known/openid-configuration"):
            return httpx2.Response(200, json=self.document)
        assert (request.method, request.url.path) == ("POST", "/tenant/token")
        self.asked.append(request)
        return self.token(request) if self.token else self._redeem(request)

    def _redeem(self, request: httpx2.Request) -> httpx2.Response:
        form = {name: value for name, (value,) in parse_qs(request.content.decode()).items()}
        asked = self.codes.get(form["code"]) if self.sloppy else self.codes.pop(form["code"], None)
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return httpx2.Response(400, json={"error": "invalid_grant"})
        challenge = _b64(hashlib.sha256(form["code_verifier"].encode()).digest())
        if not self.sloppy and (challenge != asked["code_challenge"] or asked["code_challenge_method"] != "S256"):
            return httpx2.Response(400, json={"error": "invalid_grant"})
        access = "toegang"
        now = int(clock.now().timestamp())
        claims = {
            "iss": ISSUER, "aud": CLIENT, "sub": asked["sub"], "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "at_hash": _b64(hashlib.sha256(access.encode()).digest()[:16]), **self.claims,
        }  # fmt: skip
        id_token = sign({name: value for name, value in claims.items() if value is not None}, **self.header)
        return httpx2.Response(200, json={"access_token": access, "token_type": "Bearer", "id_token": id_token})


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def as_json(value: object) -> httpx2.Response:
    return httpx2.Response(200, content=json.dumps(value))

"""Fetching keys: once, again for a new kid but not too often, and an issuer in trouble takes nobody down."""

import json
from collections.abc import Callable

import httpx2
import pytest

from app.errors import OngeldigeInstelling, Unavailable
from app.security.jwks import FRESH, MAX_BYTES, PAUSE, STALE, FetchedKeys
from tests.security.aanvallen import EC, RSA, public_jwk

URL = "https://aanmelden.example/jwks"
T = 1_800_000_000
ONE, TWO = public_jwk(RSA, "RS256", "een"), public_jwk(EC, "ES256", "twee")

Answer = Callable[[httpx2.Request], httpx2.Response]


class Issuer:
    """An issuer whose answer a test may change; counts the fetches."""

    def __init__(self, *keys: object) -> None:
        self.count = 0
        self.answer: Answer = lambda _: httpx2.Response(200, json={"keys": list(keys)})
        self.source = FetchedKeys(URL, httpx2.Client(transport=httpx2.MockTransport(self._handle)))

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        self.count += 1
        return self.answer(request)

    def ask(self, kid: str, at: int) -> bool:
        """Do as a request does: fetch when needed, and tell whether the kid is there."""
        if self.source.must_fetch(kid, at):
            self.source.fetch(at)
        return kid in self.source.current(at).keys


def test_keys_are_fetched_once_and_kept() -> None:
    issuer = Issuer(ONE)
    assert all(issuer.ask("een", T + second) for second in range(0, FRESH, 60))
    assert issuer.count == 1


def test_they_are_fetched_again_when_old() -> None:
    issuer = Issuer(ONE)
    issuer.ask("een", T)
    issuer.ask("een", T + FRESH)
    assert issuer.count == 2


def test_a_new_kid_is_found_after_the_issuer_changed_its_key() -> None:
    issuer = Issuer(ONE)
    issuer.ask("een", T)
    issuer.answer = lambda _: httpx2.Response(200, json={"keys": [ONE, TWO]})
    assert not issuer.ask("twee", T + PAUSE - 1)
    assert issuer.ask("twee", T + PAUSE)


def test_invented_kids_do_not_make_us_hammer_the_issuer() -> None:
    issuer = Issuer(ONE)
    for number in range(500):
        issuer.ask(f"verzonnen-{number}", T + number // 10)
    assert issuer.count <= 1 + 50 // PAUSE
    assert not issuer.source.must_fetch("verzonnen", T + 50)  # nor does it cost a hop to another thread


TROUBLE: dict[str, Answer] = {
    "503": lambda _: httpx2.Response(503),
    "redirect": lambda _: httpx2.Response(302, headers={"Location": "https://aanvaller.example/jwks"}),
    "no JSON": lambda _: httpx2.Response(200, text="<html>"),
    "no keys": lambda _: httpx2.Response(200, json={"keys": []}),
    "another shape": lambda _: httpx2.Response(200, json=[1]),
    "too large": lambda _: httpx2.Response(200, content=json.dumps({"keys": [TWO]}).ljust(MAX_BYTES + 1)),
}


@pytest.mark.parametrize("name", TROUBLE)
def test_the_last_keys_stay_while_the_issuer_is_in_trouble(name: str) -> None:
    issuer = Issuer(ONE)
    issuer.ask("een", T)
    issuer.answer = TROUBLE[name]
    assert issuer.ask("een", T + FRESH)
    assert issuer.count == 2
    with pytest.raises(Unavailable):
        issuer.ask("een", T + STALE + 1)


def test_an_issuer_that_cannot_be_reached_is_503_and_not_401() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("nee", request=request)

    issuer = Issuer()
    issuer.answer = refuse
    with pytest.raises(Unavailable):
        issuer.ask("een", T)


@pytest.mark.parametrize("url", ["http://aanmelden.example/jwks", "ftp://x", "file:///etc/passwd", "aanmelden"])
def test_keys_come_over_https_only(url: str) -> None:
    with pytest.raises(OngeldigeInstelling):
        FetchedKeys(url)


def test_the_connection_follows_nobody_and_waits_for_nobody() -> None:
    client = FetchedKeys(URL)._client
    assert not client.follow_redirects
    assert client.timeout == httpx2.Timeout(3.0)


def test_an_issuer_on_this_machine_may_be_http() -> None:
    FetchedKeys("http://127.0.0.1:9000/jwks")

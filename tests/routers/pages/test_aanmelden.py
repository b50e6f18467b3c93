"""Signing in on pages: the good way, and every way that must end on a page that says no and no session."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from app.security.aanmelding import is_local_path
from tests.routers.pages.conftest import AANMELDING, BASE, SESSIE, Browser, Huis, NewPerson, Persoon, later
from tests.routers.pages.provider import CLIENT, ISSUER, as_json


def test_signing_in_says_who_you_are(huis: Huis, browser: Browser, person: Persoon) -> None:
    assert not browser.is_in()
    address = browser.begin()
    assert address.startswith(f"{ISSUER}/auth?smaak=zoet&")
    asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
    assert asked.keys() == {
        "smaak", "response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
        "code_challenge_method",
    }  # fmt: skip
    assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", CLIENT, "S256")
    assert asked["redirect_uri"] == f"{BASE}/aanmelden/terug"
    answer = browser.back(huis.provider.approve(address, person.subject))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    page = browser.home().text
    assert "Noor &lt;script&gt;" in page
    assert "Teamleider" in page
    assert f"Pleegzorg &lt;b&gt;{person.organisatie}&lt;/b&gt;" in page
    assert "Gesprekken met een kind vastleggen" in browser.client.get("/ik").text


def test_the_cookies_are_for_this_host_over_https_alone(browser: Browser, huis: Huis, person: Persoon) -> None:
    begun = browser.client.get("/aanmelden")
    given = begun.headers["set-cookie"]
    assert given.startswith(f"{AANMELDING}=")
    assert given.split("; ", 1)[1] == "HttpOnly; Max-Age=600; Path=/; SameSite=lax; Secure"
    done = browser.back(huis.provider.approve(begun.headers["location"], person.subject))
    session, cleared = done.headers.get_list("set-cookie")
    assert session.startswith(f"{SESSIE}=")
    assert session.split("; ", 1)[1] == "HttpOnly; Path=/; SameSite=lax; Secure"
    assert cleared.startswith(f'{AANMELDING}=""; ')
    assert "Max-Age=0" in cleared
    assert browser.cookie(AANMELDING) is None


def test_nothing_of_a_sign_in_is_used_twice(huis: Huis, person: Persoon) -> None:
    first, second = (parse_qs(urlsplit(huis.browser().begin()).query) for _ in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


def test_signing_in_again_gives_another_key_and_ends_the_first(browser: Browser, person: Persoon) -> None:
    browser.sign_in(person)
    first = browser.cookie()
    browser.sign_in(person)
    assert browser.cookie() != first
    assert browser.is_in()
    browser.client.cookies.set(SESSIE, first or "", domain="pleegzicht.example", path="/")
    assert not browser.is_in()


def test_a_key_that_was_there_before_is_not_taken_over(browser: Browser, person: Persoon) -> None:
    browser.client.cookies.set(SESSIE, "A" * 43, domain="pleegzicht.example", path="/")
    browser.sign_in(person)
    assert "A" * 43 not in str(browser.client.cookies)


@pytest.mark.parametrize("secret", [None, "gehe:im é+/"])
def test_a_public_client_shows_no_secret_and_another_one_its_own(huis: Huis, person: Persoon, secret: str) -> None:
    huis.set_up(secret=secret)
    assert huis.browser().sign_in(person).status_code == 303
    (asked,) = huis.provider.asked
    assert ("authorization" in asked.headers) == (secret is not None)
    assert b"client_secret" not in asked.content


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(huis: Huis, person: Persoon) -> None:
    huis.provider.document["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    huis.set_up(secret="geheim")
    assert huis.browser().sign_in(person).status_code == 303
    (asked,) = huis.provider.asked
    assert b"client_secret=geheim" in asked.content
    assert "authorization" not in asked.headers


# What must not get in


def refused(huis: Huis, browser: Browser, answer: Any, status: int = 400) -> None:
    """Check that a page says no, in Dutch and without what was sent, and that nobody is in."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Aanmelden is niet gelukt</h1>" in answer.text or status != 400
    assert "<h1>Geen toegang</h1>" in answer.text or status != 403
    assert browser.cookie(AANMELDING) is None
    assert browser.cookie() is None
    assert not browser.is_in()


def test_a_callback_that_was_used_is_refused(huis: Huis, browser: Browser, person: Persoon) -> None:
    """Also by somebody who kept the cookie, and at a provider that gives tokens twice for a code."""
    huis.provider.sloppy = True
    parameters = huis.provider.approve(browser.begin(), person.subject)
    kept = browser.cookie(AANMELDING)
    assert browser.back(parameters).status_code == 303
    before = huis.sessies()
    thief = huis.browser()
    thief.client.cookies.set(AANMELDING, kept or "", domain="pleegzicht.example", path="/")
    refused(huis, thief, thief.back(parameters))
    assert huis.sessies() == before


def test_without_the_cookie_of_the_browser_that_began_it_is_refused(huis: Huis, person: Persoon) -> None:
    parameters = huis.provider.approve(huis.browser().begin(), person.subject)
    other = huis.browser()
    refused(huis, other, other.back(parameters))
    other.begin()  # a cookie of its own, of another sign-in
    refused(huis, other, other.back(parameters))
    assert huis.provider.asked == []


def test_after_ten_minutes_it_is_refused(huis: Huis, browser: Browser, person: Persoon) -> None:
    parameters = huis.provider.approve(browser.begin(), person.subject)
    kept = browser.cookie(AANMELDING) or ""
    browser.client.cookies.clear()  # what the browser forgets, somebody else may have kept
    browser.client.cookies.set(AANMELDING, kept, domain="pleegzicht.example", path="/")
    with later(timedelta(seconds=600)):
        refused(huis, browser, browser.back(parameters))
    assert huis.provider.asked == []


def test_a_code_of_another_sign_in_is_refused(huis: Huis, new_person: NewPerson) -> None:
    """The code of one, in the sign-in of another: PKCE at the provider, and the nonce here when that sleeps."""
    for sloppy in (False, True):
        huis.provider.sloppy = sloppy
        mine, theirs = huis.browser(), huis.browser()
        own = huis.provider.approve(mine.begin(), new_person().subject)
        stolen = huis.provider.approve(theirs.begin(), new_person().subject)
        refused(huis, mine, mine.back({**own, "code": stolen["code"]}))


PARAMETERS: dict[str, Callable[[dict[str, str]], Any]] = {
    "no parameters": lambda _: {},
    "no state": lambda p: {**p, "state": ""},
    "another state": lambda p: {**p, "state": "x" * 43},
    "state that is no ASCII": lambda p: {**p, "state": "é"},
    "state twice": lambda p: [*p.items(), ("state", p["state"])],
    "no code": lambda p: {**p, "code": ""},
    "code twice": lambda p: [*p.items(), ("code", "ander")],
    "a code that is long": lambda p: {**p, "code": "x" * 5000},
    "iss missing": lambda p: {name: value for name, value in p.items() if name != "iss"},
    "iss of another": lambda p: {**p, "iss": "https://aanvaller.example"},
    "iss with a slash": lambda p: {**p, "iss": ISSUER + "/"},
    "iss twice": lambda p: [*p.items(), ("iss", "https://aanvaller.example")],
    "error of the provider": lambda p: {**p, "error": "access_denied", "error_description": "Kanarie <b>"},
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_an_answer_that_is_not_to_this_sign_in_is_refused(
    huis: Huis, browser: Browser, person: Persoon, name: str
) -> None:
    parameters = huis.provider.approve(browser.begin(), person.subject)
    answer = browser.back(PARAMETERS[name](parameters))
    refused(huis, browser, answer)
    assert huis.provider.asked == []
    assert "Kanarie" not in answer.text
    assert "aanvaller" not in answer.text


ID_TOKENS: dict[str, dict[str, Any]] = {
    "nonce of another": {"nonce": "x" * 43},
    "nonce missing": {"nonce": None},
    "nonce is a list": {"nonce": ["x"]},
    "aud of another": {"aud": "ander"},
    "aud of the API": {"aud": "pleegzicht"},
    "aud missing": {"aud": None},
    "several aud without azp": {"aud": [CLIENT, "ander"]},
    "azp of another": {"azp": "ander"},
    "several aud, azp of another": {"aud": [CLIENT, "ander"], "azp": "ander"},
    "iss of another": {"iss": "https://aanvaller.example"},
    "expired": {"exp": 1_700_000_000, "iat": 1_699_999_000},
    "iat missing": {"iat": None},
    "issued tomorrow": {"iat": 4_000_000_000, "exp": 4_000_000_300},
    "at_hash of another token": {"at_hash": "x" * 22},
    "sub missing": {"sub": None},
}


@pytest.mark.parametrize("name", ID_TOKENS)
def test_an_id_token_that_is_not_for_this_sign_in_is_refused(
    huis: Huis, browser: Browser, person: Persoon, name: str
) -> None:
    huis.provider.claims = ID_TOKENS[name]
    refused(huis, browser, browser.sign_in(person))


def test_an_access_token_is_no_id_token(huis: Huis, browser: Browser, person: Persoon) -> None:
    huis.provider.header = {"typ": "at+jwt"}
    refused(huis, browser, browser.sign_in(person))


def test_several_audiences_with_us_as_the_party_are_fine(huis: Huis, browser: Browser, person: Persoon) -> None:
    huis.provider.claims = {"aud": [CLIENT, "ander"], "azp": CLIENT}
    assert browser.sign_in(person).status_code == 303


ANSWERS: dict[str, tuple[int, Callable[[httpx2.Request], httpx2.Response]]] = {
    "no JSON": (400, lambda _: httpx2.Response(200, text="<html>")),
    "a list": (400, lambda _: as_json([1])),
    "no id_token": (400, lambda _: as_json({"access_token": "x", "token_type": "Bearer"})),
    "another kind of token": (400, lambda _: as_json({"access_token": "x", "token_type": "mac", "id_token": "x"})),
    "id_token is no token": (400, lambda _: as_json({"access_token": "x", "token_type": "Bearer", "id_token": "x"})),
    "redirect": (400, lambda r: httpx2.Response(307, headers={"Location": str(r.url)})),
    "500": (503, lambda _: httpx2.Response(500)),
    "too large": (503, lambda _: httpx2.Response(200, content=b" " * 200_000)),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_token_endpoint_that_answers_otherwise_signs_nobody_in(
    huis: Huis, browser: Browser, person: Persoon, name: str
) -> None:
    status, huis.provider.token = ANSWERS[name]
    refused(huis, browser, browser.sign_in(person), status)
    assert len(huis.provider.asked) == 1


def test_a_provider_that_cannot_be_reached_is_503(huis: Huis, browser: Browser, person: Persoon) -> None:
    def unreachable(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("nee", request=request)

    huis.provider.token = unreachable
    answer = browser.sign_in(person)
    refused(huis, browser, answer, 503)
    assert int(answer.headers["retry-after"]) > 0


UNFIT: dict[str, dict[str, Any]] = {
    "issuer of another": {"issuer": "https://aanvaller.example"},
    "issuer with a slash": {"issuer": ISSUER + "/"},
    "issuer missing": {"issuer": None},
    "authorization over http": {"authorization_endpoint": "http://aanmelden.example/auth"},
    "token over http": {"token_endpoint": "http://aanmelden.example/token"},
    "token is a script": {"token_endpoint": "javascript:alert(1)"},
    "end of session over http": {"end_session_endpoint": "http://aanmelden.example/weg"},
    "no code flow": {"response_types_supported": ["id_token"]},
    "plain PKCE alone": {"code_challenge_methods_supported": ["plain"]},
    "too large": {"vulling": "x" * 200_000},
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_provider_gets_no_browser(huis: Huis, browser: Browser, name: str) -> None:
    huis.provider.document |= UNFIT[name]
    answer = browser.client.get("/aanmelden")
    assert answer.status_code == 503
    assert "location" not in answer.headers


def test_who_is_unknown_here_gets_a_page_that_says_so(huis: Huis, browser: Browser, person: Persoon) -> None:
    answer = browser.back(huis.provider.approve(browser.begin(), "onbekend"))
    refused(huis, browser, answer, 403)
    person.revoke()
    revoked = browser.sign_in(person)
    assert revoked.text == answer.text


LOCAL = ["/", "/x", "/pleegkinderen?team=1&x=%20"]
ELSEWHERE = [
    "", "x", "//aanvaller.example", "/\\aanvaller.example", "\\\\x", "https://aanvaller.example", "/\t/x", "/ x",
    "/x\n", "/é", "javascript:alert(1)", "/aanmelden", "/aanmelden/terug", "/" + "x" * 300, "/v1/ik", "/x\\y",
]  # fmt: skip


def test_what_is_a_path_of_ours() -> None:
    assert [path for path in LOCAL if not is_local_path(path)] == []
    assert [path for path in ELSEWHERE if is_local_path(path)] == []


@pytest.mark.parametrize(("terug", "to"), [("/x?y=1", "/x?y=1"), ("//aanvaller.example", "/"), ("", "/")])
def test_afterwards_you_are_where_you_were_going(
    huis: Huis, browser: Browser, person: Persoon, terug: str, to: str
) -> None:
    answer = browser.back(huis.provider.approve(browser.begin(terug), person.subject))
    assert answer.headers["location"] == to

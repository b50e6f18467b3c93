"""Sessions: how they end, who loses access at once, forms of others, and what pages and API never share."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.routers.pages.woorden.rollen import RECHTEN, ROLLEN
from app.terms import Rol
from tests.api.database import counting_statements
from tests.routers.pages.conftest import SESSIE, Browser, Huis, NewPerson, Persoon, later
from tests.routers.pages.provider import ISSUER, sign

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def inside(browser: Browser, person: Persoon) -> Browser:
    assert browser.sign_in(person).status_code == 303
    return browser


# How it ends


def test_a_revoked_medewerker_is_out_at_once(inside: Browser, person: Persoon) -> None:
    assert inside.is_in()
    person.revoke()
    assert not inside.is_in()


@pytest.mark.parametrize("came_before", [False, True])
def test_a_closed_account_is_out_at_once(inside: Browser, person: Persoon, *, came_before: bool) -> None:
    if came_before:
        assert inside.is_in()
    person.close_account()
    assert not inside.is_in()


def test_who_comes_back_is_asked_after_once(inside: Browser, huis: Huis, person: Persoon) -> None:
    """Whose key it is does not change, so that is told; whether it still opens anything is asked every time."""
    assert inside.is_in()
    with counting_statements() as seen:
        assert inside.client.get("/ik").status_code == 200
    assert [sql for sql in seen if "FROM sessie" in sql] == []
    assert len([sql for sql in seen if "FROM account" in sql and "JOIN sessie" in sql]) == 1
    inside.client.post("/afmelden", data={"formulier": inside.form_token()})
    assert not inside.is_in()
    another = huis.browser()
    assert another.sign_in(person).status_code == 303
    assert another.is_in()


def test_an_account_that_is_of_somebody_else_since_works_for_them(inside: Browser, person: Persoon) -> None:
    assert inside.is_in()
    person.hand_account_to("Fatma")
    assert "Fatma" in inside.client.get("/ik").text
    with counting_statements() as seen:
        assert inside.client.get("/ik").status_code == 200
    assert [sql for sql in seen if "FROM sessie" in sql] == []


def test_another_rol_holds_at_once(inside: Browser, person: Persoon) -> None:
    assert "Kwaliteitsmedewerker" not in inside.home().text
    person.become(Rol.KWALITEITSMEDEWERKER)
    assert "Kwaliteitsmedewerker" in inside.home().text


def test_half_an_hour_of_nothing_ends_it(inside: Browser) -> None:
    with later(timedelta(minutes=29)):
        assert inside.is_in()
    with later(timedelta(minutes=58)):
        assert inside.is_in()  # it was used meanwhile
    with later(timedelta(minutes=58 + 30)):
        assert not inside.is_in()


def test_twelve_hours_end_it_however_busy(inside: Browser) -> None:
    for minutes in range(25, 12 * 60, 25):
        with later(timedelta(minutes=minutes)):
            assert inside.is_in(), minutes
    with later(timedelta(hours=12)):
        assert not inside.is_in()


def test_a_key_that_is_none_is_nobody(huis: Huis) -> None:
    for key in ("", "x", "A" * 43, "A" * 5000, "%C3%A9", "' OR 1=1 --"):
        browser = huis.browser()
        browser.client.headers["Cookie"] = f"{SESSIE}={key}"
        assert not browser.is_in()


# Signing out


def test_signing_out_ends_it_here_and_goes_on_to_the_provider(inside: Browser) -> None:
    key = inside.cookie()
    answer = inside.client.post("/afmelden", data={"formulier": inside.form_token()})
    assert answer.status_code == 200
    assert "U bent afgemeld" in answer.text
    assert f"url={ISSUER}/weg?client_id=pleegzicht-web&amp;post_logout_redirect_uri=https" in answer.text
    assert inside.cookie() is None
    inside.client.cookies.set(SESSIE, key or "", domain="pleegzicht.example", path="/")
    assert not inside.is_in()


def test_a_provider_that_ends_no_sessions_is_not_asked_to(huis: Huis, inside: Browser) -> None:
    del huis.provider.document["end_session_endpoint"]
    huis.set_up()
    answer = inside.client.post("/afmelden", data={"formulier": inside.form_token()})
    assert answer.status_code == 200
    assert "http-equiv" not in answer.text


def test_only_a_form_of_this_session_signs_out(huis: Huis, inside: Browser, new_person: NewPerson) -> None:
    other = huis.browser()
    other.sign_in(new_person())
    good, strange = inside.form_token(), other.form_token()
    for content in (
        "",
        "formulier=",
        "formulier=x",
        f"formulier={strange}",
        f"formulier={good[:-1]}{'1' if good[-1] == '0' else '0'}",  # an ending of its own would be the form itself
        "formulier=%C3%A9",
    ):
        assert inside.client.post("/afmelden", content=content, headers=FORM).status_code in (400, 403), content
    for site in ("cross-site", "same-site", "none"):
        headers = {**FORM, "Sec-Fetch-Site": site}
        assert inside.client.post("/afmelden", content=f"formulier={good}", headers=headers).status_code == 403
    for content in (f"formulier={good}&formulier={good}", f"formulier={good}&x=%00", "formulier", "a=%FF"):
        assert inside.client.post("/afmelden", content=content, headers=FORM).status_code == 400, content
    as_json = inside.client.post("/afmelden", json={"formulier": good})
    assert as_json.status_code == 415
    assert inside.is_in()
    assert inside.client.post("/afmelden", content=f"formulier={good}", headers=FORM).status_code == 200


def test_who_is_not_in_cannot_sign_out(browser: Browser) -> None:
    answer = browser.client.post("/afmelden", content="formulier=x", headers=FORM)
    assert answer.status_code == 401
    assert "U bent niet aangemeld" in answer.text
    assert "www-authenticate" not in answer.headers


# Pages and API


def test_the_api_never_looks_at_the_cookie(inside: Browser) -> None:
    assert inside.client.get("/v1/ik", headers={"Accept": "application/json"}).status_code == 401


def test_pages_never_look_at_a_token(huis: Huis, person: Persoon) -> None:
    now = int(clock.now().timestamp())
    claims = {"iss": ISSUER, "aud": "pleegzicht", "sub": person.subject, "iat": now, "exp": now + 60}
    bearer = {"Authorization": f"Bearer {sign(claims)}"}
    browser = huis.browser()
    assert browser.client.get("/v1/ik", headers={**bearer, "Accept": "*/*"}).status_code == 200
    browser.client.headers.update(bearer)
    assert not browser.is_in()


def test_an_error_is_a_page_for_who_reads_pages_and_a_problem_for_programs(browser: Browser) -> None:
    page, problem = browser.client.get("/nergens"), browser.client.get("/nergens", headers={"Accept": "*/*"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    assert browser.client.get("/v1/nergens").headers["content-type"] == "application/problem+json"
    wrong = browser.client.post("/aanmelden")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET, HEAD")


def test_every_page_has_strict_headers(inside: Browser, huis: Huis) -> None:
    for answer in (inside.home(), huis.browser().home(), inside.client.get("/nergens")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self';" in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
        assert answer.headers["vary"] == "Cookie"
        for inline in (r"<script>", r"<style", r"\sstyle=", r"\son[a-z]+="):
            assert not re.search(inline, answer.text), inline


def test_what_pages_look_like_is_kept_for_ever_under_a_name_of_its_content(browser: Browser) -> None:
    names = set(re.findall(r'"(/static/[^"]+)"', browser.home().text))
    assert len(names) == 2
    for name in names:
        answer = browser.client.get(name)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert re.search(r"\.[0-9a-f]{16}\.(css|svg)$", name)
        packed = browser.client.get(name, headers={"Accept-Encoding": "br, gzip;q=0.8"})
        plain = browser.client.get(name, headers={"Accept-Encoding": "gzip;q=0, identity"})
        assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) < len(plain.content)
    for name in ("pleegzicht.css", "..%2fmain.py", "%2e%2e/main.py", "x"):
        assert browser.client.get(f"/static/{name}").status_code == 404


def test_there_is_a_word_for_every_rol_and_right() -> None:
    assert ROLLEN.keys() == set(Rol)
    assert RECHTEN.keys() == set(Permission)
    assert len(set(RECHTEN.values())) == len(RECHTEN)
    assert all(PERMISSIONS_OF_ROL[rol] for rol in Rol)

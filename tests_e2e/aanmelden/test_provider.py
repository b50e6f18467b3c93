"""Through a real provider, without a browser: the good way, and the attacks that a browser cannot make."""

import re
import time
from urllib.parse import urlencode, urlsplit

import httpx2

from app.security.aanmelding import Aanmelding, aanmelding_lockbox, close_aanmelding
from app.security.secrets import load_secrets
from tests_e2e.aanmelden.conftest import Kaal, parameters
from tests_e2e.aanmelden.dienst import Opstelling


def refused(kaal: Kaal, answer: httpx2.Response, status: int = 400) -> None:
    assert answer.status_code == status, answer.text
    assert "<h1>Aanmelden is niet gelukt</h1>" in answer.text or status == 403
    assert not kaal.is_in()


def with_parameters(address: str, **over: str) -> str:
    return f"{address.partition('?')[0]}?{urlencode({**parameters(address), **over})}"


def test_who_signs_in_is_in_and_signs_out_again(kaal: Kaal, opstelling: Opstelling) -> None:
    assert not kaal.is_in()
    answer = kaal.sign_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    page = kaal.get("/ik").text
    assert "<h1>Bea Beheer</h1>" in page
    assert "Beheerder" in page
    token = re.search(r'name="formulier" value="(\w+)"', page)
    assert token
    done = kaal.client.post(f"{opstelling.base}/afmelden", data={"formulier": token[1]})
    assert f"{opstelling.issuer}/session/end" in done.text
    assert not kaal.is_in()


def test_the_same_callback_again(kaal: Kaal, opstelling: Opstelling) -> None:
    callback = kaal.at_provider(kaal.begin())
    kept = kaal.client.cookies.get("pleegzicht-aanmelding") or ""
    assert kaal.client.get(callback).status_code == 303
    thief = Kaal(opstelling)
    thief.client.cookies.set("pleegzicht-aanmelding", kept, domain="127.0.0.1", path="/")
    refused(thief, thief.client.get(callback))


def test_the_callback_in_another_browser(kaal: Kaal, opstelling: Opstelling) -> None:
    callback = kaal.at_provider(kaal.begin())
    other = Kaal(opstelling)
    refused(other, other.client.get(callback))
    other.begin()
    refused(other, other.client.get(callback))


def test_another_nonce(kaal: Kaal) -> None:
    callback = kaal.at_provider(with_parameters(kaal.begin(), nonce="verzonnen"))
    refused(kaal, kaal.client.get(callback))


def test_another_challenge(kaal: Kaal) -> None:
    callback = kaal.at_provider(with_parameters(kaal.begin(), code_challenge="A" * 43))
    refused(kaal, kaal.client.get(callback))


def test_a_code_of_somebody_else(kaal: Kaal, opstelling: Opstelling) -> None:
    other = Kaal(opstelling)
    stolen = parameters(other.at_provider(other.begin()))["code"]
    own = kaal.at_provider(kaal.begin())
    refused(kaal, kaal.client.get(with_parameters(own, code=stolen)))


def test_another_issuer(kaal: Kaal) -> None:
    own = kaal.at_provider(kaal.begin())
    refused(kaal, kaal.client.get(with_parameters(own, iss="https://aanvaller.example")))
    own = kaal.at_provider(kaal.begin())
    without = {name: value for name, value in parameters(own).items() if name != "iss"}
    refused(kaal, kaal.client.get(f"{own.partition('?')[0]}?{urlencode(without)}"))


def test_a_sign_in_of_more_than_ten_minutes_ago(kaal: Kaal, opstelling: Opstelling) -> None:
    """Encrypted with the service's own keys, as it did itself at that moment; the provider's answer is fresh."""
    lockbox = aanmelding_lockbox(load_secrets(opstelling.secrets_file, create=False))
    for age, status in ((0, 303), (601, 400)):
        one = Kaal(opstelling)
        old = Aanmelding.begin("/", int(time.time()) - age)  # noqa: TID251 - the clock of the service itself
        address = with_parameters(one.begin(), state=old.state, nonce=old.nonce, code_challenge=old.challenge)
        callback = one.at_provider(address)
        one.client.cookies.delete("pleegzicht-aanmelding")
        one.client.cookies.set("pleegzicht-aanmelding", close_aanmelding(lockbox, old), domain="127.0.0.1", path="/")
        assert one.client.get(callback).status_code == status, age


def test_who_says_no_at_the_provider(kaal: Kaal) -> None:
    address = kaal.begin()
    refusal = {"error": "access_denied", "state": parameters(address)["state"]}
    discovery = httpx2.get(f"{kaal.opstelling.issuer}/.well-known/openid-configuration").json()
    back = f"/aanmelden/terug?{urlencode({**refusal, 'iss': discovery['issuer'], 'error_description': 'Kanarie'})}"
    answer = kaal.get(back)
    refused(kaal, answer)
    assert "Kanarie" not in answer.text


def test_who_is_unknown_here(kaal: Kaal) -> None:
    refused(kaal, kaal.sign_in("onbekende"), 403)


def test_a_token_of_the_same_issuer_opens_the_api_and_an_id_token_does_not(kaal: Kaal, opstelling: Opstelling) -> None:
    """A client of its own, as a program would have; both tokens come from one answer of the provider."""
    aanmelding = Aanmelding.begin("/", 0)
    asked = {
        "response_type": "code", "client_id": "publiek", "redirect_uri": f"{opstelling.base}/aanmelden/terug",
        "scope": "openid api", "resource": "urn:pleegzicht:api", "state": aanmelding.state, "nonce": aanmelding.nonce,
        "code_challenge": aanmelding.challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    callback = kaal.at_provider(f"{opstelling.issuer}/auth?{urlencode(asked)}")
    form = {
        "grant_type": "authorization_code", "code": parameters(callback)["code"], "client_id": "publiek",
        "redirect_uri": asked["redirect_uri"], "code_verifier": aanmelding.verifier, "resource": asked["resource"],
    }  # fmt: skip
    tokens = httpx2.post(f"{opstelling.issuer}/token", data=form).json()
    answers = {
        name: httpx2.get(f"{opstelling.base}/v1/ik", headers={"Authorization": f"Bearer {tokens[name]}"})
        for name in ("access_token", "id_token")
    }
    assert answers["access_token"].json()["medewerker"]["naam"] == "Bea Beheer"
    assert answers["id_token"].status_code == 401
    assert urlsplit(opstelling.issuer).hostname == "localhost"

"""A norm is made stricter on a page: what it was and becomes, a last question, once; and it ends there as well."""

import re

import pytest

from tests.api.client import Dienst, Gebruiker
from tests.api.mensen import add_organisatie
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_PATH = "/normen/aanscherping"
_HB = {
    "norm": "HB", "getal-dagen": "28", "waarschuwing": "14", "van": "2026-11-02",
    "toelichting": "Elke vier weken op bezoek.",
}  # fmt: skip


@pytest.fixture
def chief(dienst: Dienst) -> Gebruiker:
    return add_organisatie(dienst)[0]


@pytest.fixture
def beheer(dienst: Dienst, chief: Gebruiker) -> Bladeraar:
    return bladeraar(dienst, chief)


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def own(chief: Gebruiker) -> list[dict[str, object]]:
    return [one for one in chief.rows("/normen") if one["id"]]


def test_a_norm_is_made_stricter_after_a_last_question_and_once(beheer: Bladeraar, chief: Gebruiker) -> None:
    place_child(chief, van="2026-09-25")  # 38 days without a visit: late by 28 days, and not by 42
    place_child(chief, van="2026-08-01")  # late by both
    assert f'href="{_PATH}?norm=HB"' in beheer.read("/normen")
    page = beheer.read(f"{_PATH}?norm=HB")
    assert field(page, "getal-dagen") == "42"
    sent = {**_HB, "sleutel": field(page, "sleutel")}
    asked = beheer.post(_PATH, {**sent, "zeker": "ja"})  # nobody saw a question yet
    assert asked.status_code == 200
    text = asked.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Dit vanaf 2 november 2026?" in text
    assert "Dagen: was 42, wordt <b>28</b>" in text
    assert "<b>1 kind</b> hierdoor te laat, en anders niet" in text
    assert "Elke vier weken op bezoek.</textarea>" in text
    assert own(chief) == []
    sure = {**sent, "gezien": field(asked.text, "gezien"), "zeker": "ja"}
    other = beheer.post(_PATH, {**sure, "getal-dagen": "21"})  # another than the question was about
    assert other.status_code == 200
    assert own(chief) == []
    for _ in range(2):
        done = beheer.post(_PATH, sure)
        assert (done.status_code, done.headers["location"]) == (303, "/normen")
    (made,) = own(chief)
    assert (made["code"], made["parameters"], made["waarschuwingDagen"]) == ("HB", {"dagen": 28}, 14)
    assert "Elke vier weken op bezoek." in beheer.read("/normen").split('<h2 id="normen">')[0]


def test_what_would_loosen_a_norm_is_said_at_its_field_and_nothing_typed_is_lost(
    beheer: Bladeraar, chief: Gebruiker
) -> None:
    check = {**_HB, "norm": "VC-J", "getal-maanden": "9", "getal-dagen_na_signaal": "7", "waarschuwing": "60"}
    del check["getal-dagen"]
    assert "Dit vanaf" in beheer.post(_PATH, check).text
    looser = beheer.post(_PATH, {**check, "getal-maanden": "18"})
    assert looser.status_code == 400
    assert 'href="#getallen"' in looser.text
    assert 'id="getallen-fout"' in looser.text
    assert field(looser.text, "getal-maanden") == "18"
    empty = beheer.post(_PATH, {"norm": "HB", "getal-dagen": "veel", "waarschuwing": "x"})
    assert empty.status_code == 400
    for name in ("getallen", "waarschuwing", "van", "toelichting"):
        assert f'href="#{name}"' in empty.text
        assert f'id="{name}-fout"' in empty.text
    past = beheer.post(_PATH, {**check, "van": "2026-10-01"})
    assert 'href="#van"' in past.text
    assert "Elke vier weken op bezoek.</textarea>" in past.text
    assert own(chief) == []
    assert beheer.post(_PATH, {**check, "norm": "X"}).status_code == 400


def test_what_was_typed_is_there_when_the_form_of_that_norm_is_opened_again(beheer: Bladeraar) -> None:
    adres = re.search(r'data-concept="([^"]+)"', beheer.read(f"{_PATH}?norm=HB"))
    assert adres
    assert beheer.post(adres[1], {**_HB, "sleutel": "een"}).status_code == 200
    for path in (_PATH, f"{_PATH}?norm=HB"):
        page = beheer.read(path)
        assert "Concept van" in page
        assert "Elke vier weken op bezoek.</textarea>" in page
    assert "Elke vier weken" not in beheer.read(f"{_PATH}?norm=MDO")


def test_what_was_made_stricter_ends_or_is_taken_back_on_the_page(beheer: Bladeraar, chief: Gebruiker) -> None:
    body = {
        "code": "HB", "waarschuwingDagen": 14, "parameters": {"dagen": 28}, "toelichting": "Vaker.",
        "geldigVan": "2026-11-02",
    }  # fmt: skip
    now = chief.made("/normen", body).id
    other = {**body, "code": "EVAL-J", "parameters": {"maanden": 6}, "geldigVan": "2027-01-01"}
    later = chief.made("/normen", other).id
    page = beheer.read("/normen")
    assert f'action="/normen/{now}/beeindiging"' in page
    assert f'action="/normen/{later}/intrekking"' in page
    assert f'action="/normen/{now}/intrekking"' not in page  # what holds is not as if it never did
    wrong = beheer.post(f"/normen/{now}/beeindiging", {"vanaf": "2026-11-30", "reden": ""})
    assert wrong.status_code == 400
    assert f'href="#reden-{now}"' in wrong.text
    assert 'value="2026-11-30"' in wrong.text
    end = {"vanaf": "2026-12-01", "reden": "Te zwaar.", "sleutel": f"einde-{now}"}
    for _ in range(2):
        assert beheer.post(f"/normen/{now}/beeindiging", end).headers["location"] == "/normen"
    back = {"reden": "Vergissing.", "sleutel": f"terug-{later}"}
    for _ in range(2):
        assert beheer.post(f"/normen/{later}/intrekking", back).headers["location"] == "/normen"
    (left,) = own(chief)
    assert (left["id"], left["geldigTot"]) == (now, "2026-12-01")


def test_who_may_not_tighten_has_no_such_forms(dienst: Dienst, world: World) -> None:
    for wie in ("kwaliteit", "teamleider"):
        page = bladeraar(dienst, world[wie]).read("/normen")
        assert _PATH not in page
        assert "/beeindiging" not in page

"""Somebody else, another browser, another day: what is typed meets what changed meanwhile, and is kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app import clock
from tests_e2e.leesbaar import check
from tests_e2e.werkplek.api import Api
from tests_e2e.werkplek.bezoek import WOORDEN, fill_visit, is_recorded_once, save, sign_in_on
from tests_e2e.werkplek.conftest import BREED, SMAL, AlsProgramma, Binnen, Iemand

script = pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
_EERST, _MIJN = "Ik wil elke week naar oma.", "Ik wil bellen met oma."


def recorded_talk(api: Api, nr: int) -> dict[str, Any]:
    """Record a talk with a child of a list, and return it."""
    kind = api.geplaatst()[nr]
    said = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True}
    talk = {**said, "datum": clock.today().isoformat(), "plaatsingId": kind["zorg"]["plaatsingId"]}
    return api.post(f"/pleegkinderen/{kind['id']}/kindgesprekken", {**talk, "stemVanHetKind": "Ik wil naar oma."})


@script
@pytest.mark.parametrize(
    ("keuze", "blijft"), [("Wat ik typte", _MIJN), ("Wat er nu staat", _EERST), ("Allebei", f"{_EERST}\n{_MIJN}")]
)
def test_who_was_second_to_save_sees_both_texts_and_chooses(
    binnen: Binnen, api: AlsProgramma, keuze: str, blijft: str, *, script: bool
) -> None:
    talk = recorded_talk(api("begeleider2"), -1)
    path = f"/kindgesprekken/{talk['id']}"
    iemand = binnen("begeleider2", SMAL, script=script)
    page = iemand.go(f"/feiten/kindgesprek/{talk['id']}")
    page.locator("summary", has_text="Verbeteren").click()
    page.locator("#stem_van_het_kind").fill(_MIJN)
    page.locator("#reden").fill("zo zei het kind het")
    api("teamleider").change(path, "correctie", {"stemVanHetKind": _EERST, "reden": "nagevraagd"})
    page.get_by_role("button", name="Verbetering bewaren").click()
    expect(page.get_by_text("Iemand anders was eerst.")).to_be_visible()
    for versie, woorden in (("Staat nu in het dossier", _EERST), ("Nog niet bewaard", _MIJN)):
        expect(page.locator(".versies .versie", has_text=versie)).to_contain_text(woorden)
    expect(page.locator("#stem_van_het_kind")).to_have_value(_MIJN)
    if script and keuze == "Allebei":
        check(page)
    page.locator("#keuze .tegel", has_text=keuze).click()
    page.get_by_role("button", name="Verbetering bewaren").click()
    expect(page.get_by_text("Iemand anders was eerst.")).to_have_count(0)
    assert api("begeleider2").get(path).json()["stemVanHetKind"] == blijft


def typed_before_the_end(binnen: Binnen, api: AlsProgramma, wie: str, nr: int, *, script: bool) -> tuple[Iemand, str]:
    """Let somebody fill in a visit to a child whose plaatsing turns out to have ended yesterday."""
    kind = api("begeleider").geplaatst()[nr]
    form = f"/kinderen/{kind['id']}/bezoek"
    iemand = binnen(wie, SMAL, script=script)
    fill_visit(iemand.go(form), f"{WOORDEN} 7")
    end = {"tot": (clock.today() - timedelta(days=1)).isoformat(), "eindreden": "naar huis"}
    api("teamleider").change(f"/plaatsingen/{kind['zorg']['plaatsingId']}", "beeindiging", end)
    save(iemand.page)
    return iemand, form


@script
def test_a_plaatsing_that_ended_meanwhile_takes_no_text_along(
    binnen: Binnen, api: AlsProgramma, *, script: bool
) -> None:
    """Of today the form comes back as it was; of a day when the child still lived there it is recorded."""
    iemand, form = typed_before_the_end(binnen, api, "teamleider", -1, script=script)
    page = iemand.page
    expect(page.locator("#fouten a[href='#datum']")).to_be_visible()
    expect(page.locator("#woorden")).to_have_value(f"{WOORDEN} 7")
    expect(page.locator("#gesprek-alleen")).to_be_checked()
    page.locator(f"#wanneer-{clock.today() - timedelta(days=1)}").check()
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    is_recorded_once(iemand, form, f"{WOORDEN} 7")


@script
def test_who_may_record_no_more_since_it_ended_is_given_the_text_back(
    binnen: Binnen, api: AlsProgramma, *, script: bool
) -> None:
    """The last team finishes the file of a child that left (ADR 0016): what a begeleider typed is theirs to hand on."""
    page = typed_before_the_end(binnen, api, "begeleider", -1, script=script)[0].page
    expect(page.get_by_role("heading", level=1)).to_have_text("Geen recht")
    expect(page.locator("main textarea")).to_have_value(f"{WOORDEN} 7")
    expect(page.locator("main dl")).to_contain_text("alleen")


def test_signing_out_everywhere_ends_every_other_browser_at_once(binnen: Binnen) -> None:
    phone, desk = binnen("gedragswetenschapper", SMAL), binnen("gedragswetenschapper", BREED)
    desk.page.locator("details.ik summary").click()
    desk.page.get_by_role("button", name="Overal afmelden").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("U bent afgemeld")
    for one in (phone, desk):
        answer = one.page.goto(one.base + "/kinderen")
        assert answer
        assert answer.status == 401
        expect(one.page.get_by_text("U bent niet aangemeld")).to_be_visible()


def test_whose_session_ended_finds_the_text_in_the_same_form_after_signing_in(
    binnen: Binnen, api: AlsProgramma
) -> None:
    form = f"/kinderen/{api('begeleider2').geplaatst()[-2]['id']}/bezoek"
    iemand = binnen("begeleider2", SMAL)
    page = iemand.go(form)
    fill_visit(page, f"{WOORDEN} 8")
    expect(page.locator("form .concept")).to_contain_text(re.compile(r"Concept van \d\d:\d\d"))
    iemand.context.clear_cookies()
    answer = page.goto(iemand.base + form)
    assert answer
    assert answer.status == 401
    sign_in_on(page, iemand.base, "begeleider2")
    iemand.go(form)
    expect(page.locator("#woorden")).to_have_value(f"{WOORDEN} 8")
    expect(page.locator("#veiligheid-ja")).to_be_checked()
    page.get_by_role("button", name="Concept weggooien").click()
    expect(page.locator("#woorden")).to_have_value("")


# Without scripts

#: what is chosen and typed, by the id of its field
_GEKOZEN = (
    "hoe-thuis", "aangekondigd-nee", "nieuw-ja", "gezien-ja", "gesprek-samen", "veiligheid-ja", "thuis-twijfel",
    "gevoel-nee", "check-ja", "uitkomst-veilig",
)  # fmt: skip
_GETYPT = {
    "woorden": f"{WOORDEN} 9\nEn zwemmen.", "wil": "Een hond.", "vervolg": "Volgende week bellen.",
    "instrument": "ARIJ",
}  # fmt: skip


def without_scripts(binnen: Binnen, api: AlsProgramma, nr: int) -> tuple[Iemand, str]:
    """Open the form of a child and fill in every field, but for the reason that one of them asks for."""
    form = f"/kinderen/{api('begeleider2').geplaatst()[nr]['id']}/bezoek"
    iemand = binnen("begeleider2", SMAL, script=False)
    page = iemand.go(form)
    page.locator(f"#wanneer-{clock.today() - timedelta(days=1)}").check()
    for veld in _GEKOZEN:
        page.locator(f"#{veld}").check()
    page.locator("input[name=erbij-pleegouder]").check()
    for veld, woorden in _GETYPT.items():
        page.locator(f"#{veld}").fill(woorden)
    return iemand, form


def is_filled_in(page: Page) -> None:
    chosen = (f"wanneer-{clock.today() - timedelta(days=1)}", *_GEKOZEN)
    for veld in chosen:
        expect(page.locator(f"#{veld}")).to_be_checked()
    expect(page.locator("input[name=erbij-pleegouder]")).to_be_checked()
    for veld, woorden in _GETYPT.items():
        expect(page.locator(f"#{veld}")).to_have_value(woorden)


def test_without_scripts_a_form_that_is_not_right_comes_back_with_every_field(
    binnen: Binnen, api: AlsProgramma
) -> None:
    iemand, form = without_scripts(binnen, api, -3)
    page = iemand.page
    save(page)
    expect(page.locator("#fouten a")).to_have_text("Kies waarom alleen praten niet lukte.")
    is_filled_in(page)
    page.locator("#reden").select_option("pleegouder_aanwezig")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    is_recorded_once(iemand, form, _GETYPT["woorden"].splitlines()[0])


def test_without_scripts_what_was_typed_is_given_back_when_the_session_is_over(
    binnen: Binnen, api: AlsProgramma
) -> None:
    iemand, form = without_scripts(binnen, api, -4)
    page = iemand.page
    iemand.context.clear_cookies()
    save(page)
    expect(page.get_by_text("Wat u typte is hier nog")).to_be_visible()
    given = [one.input_value() for one in page.locator("main textarea").all()]
    assert {*given} == {*_GETYPT.values()}
    for chosen in ("samen", "twijfel", "Erbij-pleegouder", "veilig"):
        expect(page.locator("main dl")).to_contain_text(chosen)
    again = sign_in_on(iemand.context.new_page(), iemand.base, "begeleider2")
    again.goto(iemand.base + form)
    expect(again.locator("#woorden")).to_have_value("")
    expect(page.locator("main textarea").first).to_be_visible()  # it is there still, in its own tab, to take over

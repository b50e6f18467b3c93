"""What people on the road come to do, in a browser, with scripts and without: in as few steps as they have time for."""

import re

import pytest
from playwright.sync_api import Page, expect

from app import clock
from tests_e2e.leesbaar import check
from tests_e2e.werkplek.bezoek import WOORDEN, fill_visit
from tests_e2e.werkplek.conftest import BREED, SMAL, AlsProgramma, Binnen, Iemand, Moment
from tests_e2e.werkplek.handen import look
from tests_e2e.werkplek.teller import HOOGSTENS

script = pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])


@script
def test_1_a_visit_is_recorded_on_a_phone_in_three_taps_to_the_form(
    binnen: Binnen, moment: Moment, *, script: bool
) -> None:
    iemand = binnen("begeleider", SMAL, script=script)
    page = iemand.page
    with moment(page) as teller:
        page.get_by_role("link", name="Bezoek", exact=True).click()
        page.locator("a.kind-naam").nth(3 if script else 4).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Bezoek aan")
    assert teller.tikken <= HOOGSTENS[1]
    fill_visit(page)
    if script:
        expect(page.locator(".telt")).to_contain_text("Telt mee: volgende gesprek uiterlijk")
    page.get_by_role("button", name="Bezoek bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    expect(page.locator(".telt")).to_contain_text(re.compile("Telt mee, volgende gesprek uiterlijk"))
    if script:
        check(page)
    page.get_by_role("link", name="Naar het dossier").click()
    expect(page.locator(".loop .stem").first).to_contain_text("Ik wil vaker naar voetbal.")
    assert iemand.klachten == []


@script
def test_1_why_a_talk_does_not_count_is_read_before_saving_and_after(
    binnen: Binnen, moment: Moment, *, script: bool
) -> None:
    page = binnen("begeleider", SMAL, script=script).page
    with moment(page):
        page.locator("a.kind-doe").nth(2 if script else 3).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Bezoek aan")
    page.locator("#gezien-ja").check()
    page.locator("#gesprek-samen").check()
    page.locator("input[name=erbij-pleegouder]").check()
    page.locator("#reden").select_option("pleegouder_aanwezig")
    page.locator("#veiligheid-ja").check()
    page.locator("#nieuw-ja").check()
    if script:
        expect(page.locator(".telt")).to_contain_text("Telt niet mee, want een pleegouder was erbij.")
    page.get_by_role("button", name="Bezoek bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    expect(page.locator(".telt")).to_contain_text("Telt niet mee, want niet alleen gesproken.")
    expect(page.locator(".telt")).to_contain_text("Een gesprek dat meetelt moet er zijn uiterlijk")


@script
def test_2_a_child_that_tells_it_is_not_safe_turns_the_form_to_follow_up(binnen: Binnen, *, script: bool) -> None:
    page = binnen("begeleider2", SMAL, script=script).page
    page.get_by_role("link", name="Bezoek", exact=True).click()
    page.locator("a.kind-naam").nth(1 if script else 2).click()
    fill_visit(page, WOORDEN)
    page.locator("#onveilig").check()
    page.get_by_role("button", name="Bewaren en opvolgen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("thuis is het niet veilig")
    expect(page.locator('a[href="tel:08002000"]')).to_be_visible()
    expect(page.locator('a[href^="tel:085"]', has_text="Gedragswetenschapper van dienst")).to_be_visible()
    look(page, script=script)
    page.get_by_role("link", name="Ook een signaal vastleggen").click()
    page.locator("#soort").fill("mishandeling")
    page.locator("#calamiteit-nee").check()
    page.locator("#check-ja").check()
    expect(page.locator("#meldcode-1")).to_have_value(re.compile("zei: “Ik wil vaker naar voetbal.”"))
    page.locator("#meldcode-1").fill("Het kind zei het zelf.")
    look(page, script=script)
    page.get_by_role("button", name="Signaal bewaren").click()
    expect(page.get_by_text("is het de beroepsnorm om te melden bij Veilig Thuis")).to_be_visible()
    expect(page.locator(".stap--klaar")).to_contain_text("Het kind zei het zelf.")
    look(page, script=script)
    page.locator('input[name="met"][value="gedragswetenschapper"]').check()
    page.locator('input[name^="ook-"][value="kindgesprek"]').first.check()  # one overleg answers the talk as well
    page.get_by_role("button", name="Overleg vastleggen").click()
    expect(page.locator(".loop li").first).to_contain_text("Overleg na een zorg")


@script
def test_2_in_two_steps_the_overleg_is_in_the_file(binnen: Binnen, moment: Moment, *, script: bool) -> None:
    page = binnen("begeleider2", SMAL, script=script).page
    page.locator("a.kind-doe").nth(3 if script else 4).click()
    fill_visit(page)
    with moment(page):
        page.locator("#onveilig").check()
        page.get_by_role("button", name="Bewaren en opvolgen").click()
        page.locator('input[name="met"][value="gedragswetenschapper"]').check()
        page.get_by_role("button", name="Overleg vastleggen").click()
        expect(page.locator(".loop li").first).to_contain_text("Overleg na een zorg")


@script
def test_2_who_saves_and_walks_away_finds_the_child_first_on_the_list(binnen: Binnen, *, script: bool) -> None:
    page = binnen("begeleider2", SMAL, script=script).page
    page.get_by_role("link", name="Bezoek", exact=True).click()
    kind = page.locator("a.kind-naam").nth(5 if script else 6)
    dossier = (kind.get_attribute("href") or "").removesuffix("/bezoek")
    kind.click()
    fill_visit(page)
    page.locator("#onveilig").check()
    page.get_by_role("button", name="Bewaren en opvolgen").click()
    expect(page.get_by_role("heading", name="Bezoek bewaard")).to_have_count(0)
    page.get_by_role("link", name="Kinderen", exact=True).click()
    first = page.locator("section.deel").first
    expect(first.get_by_role("heading", level=2)).to_have_text("Opvolging open")
    expect(first.locator(f'a.kind-naam[href="{dossier}"]')).to_be_visible()
    page.goto(page.url.removesuffix("/kinderen") + dossier)
    expect(page.get_by_role("heading", name=re.compile("Opvolging open"))).not_to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("Verder met opvolgen")).first).to_be_visible()


#: in which order children ask for attention, as far as there are any
_GROEPEN = (
    "Opvolging open", "Nog nooit alleen gesproken, of te laat", "Wacht op u", "De dag komt dichterbij",
    "Streefdag voorbij", "Onder een uitzondering", "Geen norm van toepassing", "Op tijd vastgelegd",
)  # fmt: skip


@script
def test_3_every_child_is_on_monday_s_list_once_the_worst_first(
    binnen: Binnen, api: AlsProgramma, moment: Moment, *, script: bool
) -> None:
    iemand = binnen("begeleider", BREED, script=script)
    page = iemand.go("/acties")
    with moment(page):
        page.get_by_role("link", name="Kinderen", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mijn kinderen")
    groups = page.locator(".deel h2, .vouw h2").all_inner_texts()
    assert groups[0] in _GROEPEN[:2]
    assert groups == [one for one in _GROEPEN if one in groups]
    lines = [one.get_attribute("href") or "" for one in page.locator("a.kind-naam").all()]
    assert sorted(lines) == sorted(f"/kinderen/{one['id']}" for one in api("begeleider").kinderen())
    told = re.search(r"(\d+)\s+kinderen", page.locator(".inleiding").inner_text())
    assert told
    assert len(lines) == int(told[1])
    more = page.get_by_role("link", name=re.compile(r"nog \d+ reden")).first
    expect(more).to_have_attribute("href", re.compile(r"/kinderen/[0-9a-f-]{36}#oordelen"))
    folded = page.locator("details.vouw")
    if "Op tijd vastgelegd" in groups:
        expect(folded.locator("a.kind-naam").first).to_be_hidden()
        folded.locator("summary").click()
        expect(folded.locator("a.kind-naam").first).to_be_visible()


@script
def test_3_what_somebody_agreed_to_do_waits_for_them_on_the_list(
    binnen: Binnen, api: AlsProgramma, *, script: bool
) -> None:
    iemand = binnen("begeleider", BREED, script=script)
    page = iemand.page
    late = page.locator("#g-opvolging, #g-te_laat").locator("xpath=ancestor::section").locator("a.kind-naam")
    worse = {one.get_attribute("href") for one in late.all()}
    calm = [one["id"] for one in api("begeleider").geplaatst() if f"/kinderen/{one['id']}" not in worse]
    assert calm, "the demo has children about whom nothing is late"
    kind, day = calm[0 if script else -1], clock.today()
    agreed = {"datum": day.isoformat(), "uiterlijk": day.isoformat(), "omschrijving": "School bellen over verzuim."}
    api("begeleider").post(f"/pleegkinderen/{kind}/acties", agreed)
    iemand.go("/kinderen")
    mine = page.locator("section", has=page.locator("#g-wacht"))
    line = mine.locator("li.kind", has=page.locator(f'a[href="/kinderen/{kind}"]'))
    expect(line).to_contain_text(re.compile("Wacht op u.*Actie: School bellen over verzuim, uiterlijk", re.DOTALL))


@script
def test_5_the_gi_calls_and_two_letters_say_when_a_child_was_last_seen(
    binnen: Binnen, moment: Moment, *, script: bool
) -> None:
    iemand = binnen("begeleider", SMAL, script=script)
    page = iemand.page
    naam = page.locator("a.kind-naam .naam-vol").first.inner_text()
    with moment(page):
        page.locator("#zoek").fill(naam[:2])
        page.get_by_role("button", name="Zoeken").click()
        page.locator("a.kind-naam", has_text=naam).click()
        is_answered(page, script=script)
    assert naam.split()[0] not in page.title()
    assert naam.split()[0].lower() not in page.url.lower()


def is_answered(page: Page, *, script: bool) -> None:
    """Check that the first lines say when a child was seen, spoken to and checked; on a phone without scrolling."""
    for nr, vraag in enumerate(("Gezien", "Alleen gesproken", "Veiligheidscheck")):
        expect(page.locator(".zicht dt").nth(nr)).to_have_text(vraag)
        expect(page.locator(".zicht dd").nth(nr)).to_contain_text(re.compile(r"\d{4}|Niets vastgelegd"))
    if script:
        expect(page.locator(".zicht dd").first).to_be_in_viewport()


@script
def test_5_a_number_is_enough_and_nobody_asks_for_a_bsn(
    binnen: Binnen, api: AlsProgramma, moment: Moment, *, script: bool
) -> None:
    page = binnen("begeleider", SMAL, script=script).page
    kind = api("begeleider").kinderen()[0]
    with moment(page):
        page.locator("#zoek").fill(kind["zorg"]["nummer"])
        page.get_by_role("button", name="Zoeken").click()
        expect(page.get_by_text("BSN")).to_have_count(0)
        page.locator(f'a.kind-naam[href="/kinderen/{kind["id"]}"]').click()
        is_answered(page, script=script)
    assert page.url.endswith(f"/kinderen/{kind['id']}")


def seen(iemand: Iemand, dossier: str) -> list[str]:
    """Return what the first lines of a child's page say."""
    return iemand.go(dossier).locator(".zicht dd").all_inner_texts()


@script
def test_5_what_came_by_way_of_a_foster_mother_is_never_shown_as_seen(
    binnen: Binnen, api: AlsProgramma, *, script: bool
) -> None:
    iemand = binnen("begeleider2", SMAL, script=script)
    dossier = f"/kinderen/{api('begeleider2').geplaatst()[0 if script else 1]['id']}"
    before = seen(iemand, dossier)
    for hoe in ("#hoe-thuis", "#hoe-telefoon"):
        page = iemand.go(f"{dossier}/bezoek")
        page.locator(hoe).check()
        page.locator("#gezien-nee").check()
        page.locator("#gesprek-samen" if hoe == "#hoe-telefoon" else "#gesprek-geen").check()
        if hoe == "#hoe-telefoon":  # with the child at the telephone of the foster mother
            page.locator("input[name=erbij-pleegouder]").check()
            page.locator("#reden").select_option("pleegouder_aanwezig")
            page.locator("#veiligheid-ja").check()
        page.get_by_role("button", name="Bezoek bewaren").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bezoek bewaard")
    assert seen(iemand, dossier) == before


@script
def test_6_who_takes_a_child_over_reads_one_page_and_plans_the_first_day(
    binnen: Binnen, moment: Moment, *, script: bool
) -> None:
    page = binnen("begeleider2", SMAL, script=script).page
    with moment(page):
        page.locator("a.kind-naam").nth(5 if script else 6).click()
        page.get_by_role("link", name="Overdracht op één blad").click()
        for kop in ("Wat het kind zelf zei", "Signalen", "Afgesproken en nog niet gedaan", "Wie begeleidde dit kind"):
            expect(page.get_by_role("heading", name=kop)).to_be_visible()
        page.get_by_label("Ik heb dit gelezen").check()
        page.get_by_role("button", name="Bewaren").click()
        expect(page.get_by_text("Gelezen door")).to_be_visible()
    expect(page.get_by_label("Ik heb dit gelezen")).to_have_count(0)


@script
def test_6_what_was_agreed_before_has_a_new_owner_who_meets_the_child(
    binnen: Binnen, api: AlsProgramma, moment: Moment, *, script: bool
) -> None:
    kind, day = api("begeleider").geplaatst()[-3 if script else -4], clock.today().isoformat()
    agreed = {"datum": day, "uiterlijk": day, "omschrijving": "Zwemles regelen."}
    api("begeleider").post(f"/pleegkinderen/{kind['id']}/acties", agreed)
    naar = api("begeleider2").geplaatst()[0]["zorg"]
    over = [{"pleegkindId": kind["id"], "medewerkerId": naar["begeleiderId"], "van": day}]
    path = f"/medewerkers/{kind['zorg']['begeleiderId']}/overdracht"
    api("teamleider").post(path, {"kinderen": over, "reden": "ander werk"})
    iemand = binnen("begeleider2", SMAL, script=script)
    page = iemand.page
    page.get_by_role("link", name="Kinderen die nieuw bij u zijn").click()
    with moment(page):
        page.locator(f'a[href="/kinderen/{kind["id"]}/overdracht"]').click()
        expect(page.get_by_text(f"Zwemles regelen.: {naar['begeleiderNaam']}, uiterlijk")).to_be_visible()
        page.get_by_label("Ik heb dit gelezen").check()
        page.locator("#kennismaken").fill(day)
        page.get_by_role("button", name="Bewaren").click()
        expect(page.get_by_text("Kennismaken met het kind")).to_be_visible()
    iemand.go("/acties")
    for wat in ("Zwemles regelen.", "Kennismaken met het kind"):
        expect(page.locator("li", has=page.locator(f'a[href="/kinderen/{kind["id"]}"]'), has_text=wat)).to_have_count(1)

"""What people come to do, each in a browser, with scripts and without: in as few steps as they have time for."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests_e2e.werkplek.conftest import BREED, SMAL, Binnen, check

script = pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])


def fill_visit(page: Page) -> None:
    page.locator("#gezien-ja").check()
    page.locator("#gesprek-alleen").check()
    page.locator("#veiligheid-ja").check()
    page.locator("#woorden").fill("Ik wil vaker naar voetbal.")


@script
def test_1_a_visit_is_recorded_on_a_phone_in_three_taps_to_the_form(binnen: Binnen, *, script: bool) -> None:
    iemand = binnen("begeleider", SMAL, script=script)
    page = iemand.page
    page.get_by_role("link", name="Bezoek", exact=True).click()  # one
    page.locator("a.kind-naam").nth(3 if script else 4).click()  # two: the form is there
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bezoek aan")
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


def look(page: Page, *, script: bool) -> None:
    """Check the page; without scripts nothing can be asked of it."""
    if script:
        check(page)


@script
def test_2_a_child_that_tells_it_is_not_safe_turns_the_form_to_follow_up(binnen: Binnen, *, script: bool) -> None:
    page = binnen("begeleider2", SMAL, script=script).page
    page.get_by_role("link", name="Bezoek", exact=True).click()
    page.locator("a.kind-naam").nth(1 if script else 2).click()
    fill_visit(page)
    page.locator("#onveilig").check()
    page.get_by_role("button", name="Bewaren en opvolgen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("thuis is het niet veilig")
    expect(page.locator('a[href="tel:08002000"]')).to_be_visible()
    look(page, script=script)
    page.get_by_role("link", name="Ook een signaal vastleggen").click()
    page.locator("#soort").fill("mishandeling")
    page.locator("#calamiteit-nee").check()
    page.locator("#check-ja").check()
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
def test_3_every_child_is_on_monday_s_list_the_worst_first(binnen: Binnen, *, script: bool) -> None:
    page = binnen("begeleider", BREED, script=script).page
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn kinderen")
    told = re.search(r"(\d+)\s+kinderen", page.locator(".inleiding").inner_text())
    assert told
    assert page.locator("a.kind-naam").count() == int(told[1])
    assert page.locator(".deel h2").first.inner_text() in ("Opvolging open", "Nog nooit of te laat")


@script
def test_4_nine_children_go_to_two_others_in_one_go(binnen: Binnen, *, script: bool) -> None:
    page = binnen("teamleider", BREED, script=script).page
    expect(page.get_by_role("heading", level=1)).to_have_text("Team")
    page.get_by_role("link", name=re.compile("Kinderen overdragen van")).first.click()
    before = page.locator(".verdeel li").count()
    for nr in (0, 1):
        page.locator('input[name^="wie-"]').nth(nr).check()
    page.get_by_role("button", name=re.compile("Verdeel gelijk")).click()
    chosen = {page.locator(".verdeel select").nth(nr).input_value() for nr in range(before)}
    assert len(chosen - {""}) == 2
    for nr in range(2, before):  # two children go today; the others stay
        page.locator(".verdeel select").nth(nr).select_option("")
    page.locator("#reden").fill("ziek")
    page.get_by_role("button", name="Overdragen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Team")


@script
def test_5_the_gi_calls_and_two_letters_say_when_a_child_was_last_seen(binnen: Binnen, *, script: bool) -> None:
    iemand = binnen("begeleider", SMAL, script=script)
    page = iemand.page
    naam = page.locator("a.kind-naam .naam-vol").first.inner_text()
    page.locator("#zoek").fill(naam[:2])
    page.get_by_role("button", name="Zoeken").click()
    page.locator("a.kind-naam", has_text=naam).click()
    for vraag in ("Gezien", "Alleen gesproken", "Veiligheidscheck"):
        expect(page.locator(".zicht dt", has_text=vraag).first).to_be_visible()
    assert naam.split()[0] not in page.title()
    assert naam.split()[0].lower() not in page.url.lower()


@script
def test_6_who_takes_a_child_over_reads_one_page_and_plans_the_first_day(binnen: Binnen, *, script: bool) -> None:
    page = binnen("begeleider2", SMAL, script=script).page
    page.locator("a.kind-naam").nth(5 if script else 6).click()
    page.get_by_role("link", name="Overdracht op één blad").click()  # two
    for kop in ("Wat het kind zelf zei", "Signalen", "Afgesproken en nog niet gedaan", "Wie begeleidde dit kind"):
        expect(page.get_by_role("heading", name=kop)).to_be_visible()
    page.get_by_label("Ik heb dit gelezen").check()
    page.get_by_role("button", name="Bewaren").click()  # three
    expect(page.get_by_text("Gelezen door")).to_be_visible()
    expect(page.get_by_label("Ik heb dit gelezen")).to_have_count(0)


@script
def test_7_an_audit_is_built_looked_at_and_frozen_after_a_last_question(binnen: Binnen, *, script: bool) -> None:
    page = binnen("kwaliteit", BREED, script=script).page
    page.locator("#kwartaal").select_option(index=0 if script else 1)
    page.get_by_role("button", name="Concept opmaken").click()
    page.get_by_role("button", name="Vaststellen").click()
    expect(page.locator("#fouten")).to_contain_text("Er is nog niets vastgesteld.")
    page.get_by_role("link", name="Vergelijk met wat nu bekend is").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat zou de toets nu zeggen?")
    page.get_by_role("link", name=re.compile("Kwartaaltoets 20")).click()
    page.locator("#zeker").check()
    page.get_by_role("button", name="Vaststellen").click()
    expect(page.get_by_text("Niemand kan deze toets nog wijzigen.")).to_be_visible()


@script
def test_8_an_uitzondering_is_asked_by_one_and_approved_by_another(binnen: Binnen, *, script: bool) -> None:
    page = binnen("begeleider", BREED, script=script).page
    page.locator("a.kind-naam").nth(5 if script else 6).click()
    page.get_by_role("link", name="Uitzondering of zichtplan vragen").click()
    page.locator('input[name="norm-KAG-R"]').check()
    page.locator("#reden").fill("Ligt in het ziekenhuis.")
    page.locator("#borging").fill("Elke week op bezoek.")
    page.locator("#tot").fill(page.locator("#van").input_value())
    page.get_by_role("button", name="Vragen om akkoord").click()
    expect(page.get_by_text("Wacht op akkoord")).to_be_visible()
    assert page.get_by_role("button", name="Akkoord geven").count() == 0  # never one's own
    one = page.url
    other = binnen("gedragswetenschapper", BREED, script=script).page
    other.goto(one)
    other.get_by_role("button", name="Akkoord geven").click()
    expect(other.get_by_text("Goedgekeurd", exact=True)).to_be_visible()


@script
def test_9_a_beheerder_adds_a_team_and_sees_who_looked(binnen: Binnen, *, script: bool) -> None:
    page = binnen("beheerder", BREED, script=script).page
    page.locator("#teamnaam").fill(f"Team {'met' if script else 'zonder'}")
    page.get_by_role("button", name="Toevoegen van een team").click()
    expect(page.get_by_role("link", name=f"Team {'met' if script else 'zonder'}")).to_be_visible()
    page.get_by_role("link", name="Wie keek in welk dossier?").click()
    expect(page.locator("tbody tr").first).to_contain_text("op een bladzijde")


@script
def test_10_an_inspecteur_draws_a_sample_and_reads_without_a_name(binnen: Binnen, *, script: bool) -> None:
    page = binnen("inspecteur", BREED, script=script).page
    expect(page.get_by_text("U ziet geen namen.")).to_be_visible()
    page.get_by_role("button", name="Steekproef trekken").click()
    first = [page.locator("tbody th a").nth(nr).inner_text() for nr in range(5)]
    page.reload()
    assert first == [page.locator("tbody th a").nth(nr).inner_text() for nr in range(5)]
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dossier")


def test_names_hide_for_the_train(binnen: Binnen) -> None:
    page = binnen("begeleider", SMAL).page
    page.get_by_role("switch", name="Verberg namen").click()
    expect(page.locator(".naam-vol").first).to_be_hidden()
    page.wait_for_timeout(500)
    page.reload()
    expect(page.locator(".naam-vol").first).to_be_hidden()
    expect(page.locator(".naam-kort").first).to_be_visible()

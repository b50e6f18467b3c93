"""What a team and kwaliteit come to do, with scripts and without: in as few steps as they have time for."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from app import clock
from tests_e2e.aanmelden.dienst import ROOT
from tests_e2e.werkplek.api import add_begeleiders
from tests_e2e.werkplek.conftest import BREED, AlsProgramma, Binnen, Moment
from tests_e2e.werkplek.handen import look, saved

script = pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
_VANDAAG = clock.today().isoformat()
_ROMMELIG = ROOT / "tests" / "data" / "aanbieder-rommelig.xlsx"


@script
def test_4_nine_children_go_to_two_others_in_one_go(
    binnen: Binnen, api: AlsProgramma, moment: Moment, *, script: bool
) -> None:
    page = binnen("teamleider", BREED, script=script).page
    leider = api("teamleider")
    ziek, *anderen = add_begeleiders(api("beheerder"), leider, 3)
    kinderen = {leider.places(ziek["id"], _VANDAAG) for _ in range(9)}
    page.reload()
    with moment(page):
        page.locator(f"a[href='/medewerkers/{ziek['id']}/overdracht']").click()
        for wie in anderen:
            page.locator(f"input[name='wie-{wie['id']}']").check()
        page.get_by_role("button", name=re.compile("^Verdeel over")).click()
        page.locator("#reden").fill("ziek")
        page.get_by_role("button", name="Overdragen").click()
        expect(page.get_by_text("De overdracht is vastgelegd")).to_be_visible()
    now = Counter(one["zorg"]["begeleiderNaam"] for one in leider.kinderen() if one["id"] in kinderen)
    assert sorted(now.values()) == [4, 5]
    assert {*now} == {wie["naam"] for wie in anderen}


@script
def test_4_who_is_absent_and_who_covers_is_said(
    binnen: Binnen, api: AlsProgramma, moment: Moment, *, script: bool
) -> None:
    weg, invaller = add_begeleiders(api("beheerder"), api("teamleider"), 2)
    page = binnen("teamleider", BREED, script=script).page
    with moment(page):
        page.locator(f"a[href='/medewerkers/{weg['id']}/afwezigheid']").click()
        page.locator("#vervanger").select_option(invaller["id"])
        page.get_by_role("button", name="Melden").click()
        away = page.locator("section[aria-labelledby=afwezig] li", has_text=weg["naam"])
        expect(away).to_contain_text(f"{invaller['naam']} valt in.")


@script
def test_4_the_team_on_monday_counts_names_that_it_leads_to(binnen: Binnen, moment: Moment, *, script: bool) -> None:
    page = binnen("teamleider", BREED, script=script).page
    for kop in ("Opvolging open", "Zonder begeleider", "Wacht op uw akkoord", "Per begeleider"):
        expect(page.get_by_role("heading", name=kop)).to_be_visible()
    row = page.locator("#leden ~ *, section[aria-labelledby=leden] tbody tr").filter(has=page.locator("a")).first
    told = re.search(r"(\d+) kinderen van", row.locator("a[aria-label]").first.get_attribute("aria-label") or "")
    assert told
    with moment(page):
        row.locator("a[aria-label]").first.click()
        expect(page.locator("a.kind-naam")).to_have_count(int(told[1]))


@script
def test_7_an_audit_is_built_looked_at_and_frozen_after_a_last_question(
    binnen: Binnen, moment: Moment, tmp_path: Path, *, script: bool
) -> None:
    page = binnen("kwaliteit", BREED, script=script).page
    with moment(page):
        page.locator("#kwartaal").select_option(index=0 if script else 1)
        page.get_by_role("button", name="Concept opmaken").click()
        expect(page.get_by_text("Er staat nog niets vast.")).to_be_visible()
    page.get_by_role("button", name="Vaststellen").click()  # by accident
    expect(page.locator("#fouten")).to_contain_text("Er is nog niets vastgesteld.")
    with moment(page):
        page.get_by_role("link", name="Vergelijk met wat nu bekend is").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Wat zou de toets nu zeggen?")
        page.get_by_role("link", name=re.compile("Kwartaaltoets 20")).click()
        page.locator("#zeker").check()
        page.get_by_role("button", name="Vaststellen").click()
        expect(page.get_by_text("Niemand kan deze toets nog wijzigen.")).to_be_visible()
        file = saved(page, "CSV", tmp_path)
    assert file.read_bytes().count(b"\n") > 20


@script
def test_7_the_files_the_quarters_before_and_what_is_late_are_one_page_away(
    binnen: Binnen, moment: Moment, tmp_path: Path, *, script: bool
) -> None:
    page = binnen("kwaliteit", BREED, script=script).page
    with moment(page):
        page.get_by_role("link", name="2026-Q2", exact=True).click()
        expect(page.locator("section[aria-labelledby=trend] tbody tr")).to_have_count(8)
        expect(page.locator("section[aria-labelledby=trend] svg title")).to_have_text("Navolgbaar per kwartaal")
        assert saved(page, "CSV", tmp_path).read_bytes().count(b"\n") > 40
        page.get_by_role("link", name="Extra inzet die nu open is").click()
        told = re.search(r"staan er (\d+): \d+ open, en daarvan (\d+) te laat", page.locator(".inleiding").inner_text())
        assert told
        assert 0 <= int(told[2]) <= int(told[1]) == page.locator("tbody tr").count() > 0
        expect(page.get_by_role("link", name="Alleen te laat")).to_be_visible()
        look(page, script=script)
        page.locator("tbody th a").first.click()
        expect(page.get_by_role("heading", name="Wat ermee gebeurde")).to_be_visible()
    look(page, script=script)


@script
def test_7_a_workbook_is_brought_with_its_faults_on_screen(binnen: Binnen, moment: Moment, *, script: bool) -> None:
    page = binnen("kwaliteit", BREED, script=script).page
    with moment(page):
        page.get_by_role("link", name="Werkboek inlezen").click()
        page.locator("#bestand").set_input_files(_ROMMELIG)
        page.get_by_role("button", name="Controleren").click()
        expect(page.locator("#uitkomst")).to_contain_text("er is niets geschreven")
    assert page.locator("tbody tr").count() > 5
    look(page, script=script)


@script
def test_8_an_uitzondering_is_asked_by_one_and_approved_by_another(
    binnen: Binnen, moment: Moment, *, script: bool
) -> None:
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
    asked = urlsplit(page.url).path
    other = binnen("gedragswetenschapper", BREED, script=script).page
    with moment(other):
        other.locator(f"section[aria-labelledby=wacht] a[href='{asked}']").click()
        other.get_by_role("button", name="Akkoord geven").click()
        expect(other.get_by_text("Goedgekeurd", exact=True)).to_be_visible()


@script
def test_8_a_discussion_is_recorded_with_an_action_for_somebody_and_a_day(
    binnen: Binnen, moment: Moment, *, script: bool
) -> None:
    begeleider = binnen("begeleider", BREED, script=script).page
    naam = begeleider.locator("details.ik .ik-menu b").text_content() or ""
    page = binnen("gedragswetenschapper", BREED, script=script).page
    with moment(page):
        page.get_by_role("link", name="Om te bespreken").click()
        theirs = page.locator(".lijst > li", has_text=f"Begeleider {naam}").first
        theirs.get_by_role("link", name=re.compile("Bespreking vastleggen")).click()
        afspraak = f"School bellen {uuid4().hex[:6]}"
        page.locator("input[name=multi][value=ja]").check()
        page.locator("#conclusie").fill("Vaker langs, en school erbij.")
        page.locator("#wat-1").fill(afspraak)
        page.locator("#wie-1").select_option(label=naam)
        page.locator("#wanneer-1").fill("2030-01-15")
        look(page, script=script)
        page.get_by_role("button", name="Bespreking bewaren").click()
        expect(page.locator(".loop")).to_contain_text("Casuïstiekbespreking")
    begeleider.get_by_role("link", name="Acties", exact=True).click()
    expect(begeleider.locator(".lijst li", has_text=afspraak)).to_contain_text("15 januari 2030")

"""What people behind a desk come to do, with scripts and without, until who wanted it has it: in as few steps."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from app import clock
from tests_e2e.aanmelden.dienst import ROOT
from tests_e2e.demo import Demo
from tests_e2e.werkplek.api import add_begeleiders
from tests_e2e.werkplek.conftest import BREED, AlsProgramma, Binnen, Moment, check

script = pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
_VANDAAG = clock.today().isoformat()
_ROMMELIG = ROOT / "tests" / "data" / "aanbieder-rommelig.xlsx"


def look(page: Page, *, script: bool) -> None:
    if script:
        check(page)


def menu(page: Page, naam: str) -> None:
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=naam, exact=True).click()


def open_first(page: Page, summary: str) -> None:
    """Open what is folded: a browser does so without scripts too."""
    page.locator("summary", has_text=summary).first.click()


def saved(page: Page, button: str, tmp_path: Path) -> Path:
    """Return the file that a button or link gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).or_(page.get_by_role("link", name=button)).first.click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


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
        page.get_by_role("button", name=re.compile("Verdeel gelijk")).click()
        page.locator("#reden").fill("ziek")
        page.get_by_role("button", name="Overdragen").click()
        expect(page.get_by_text("De overdracht is vastgelegd")).to_be_visible()
    now = Counter(one["zorg"]["begeleiderNaam"] for one in leider.kinderen() if one["id"] in kinderen)
    assert sorted(now.values()) == [4, 5]
    assert {*now} == {wie["naam"] for wie in anderen}


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
        told = re.search(r"staan er (\d+), van wie (\d+) te laat", page.locator(".inleiding").inner_text())
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


@script
def test_9_a_beheerder_adds_a_team_and_sees_who_looked(binnen: Binnen, moment: Moment, *, script: bool) -> None:
    page = binnen("beheerder", BREED, script=script).page
    with moment(page):
        page.locator("#teamnaam").fill(f"Team {'met' if script else 'zonder'}")
        page.get_by_role("button", name="Toevoegen van een team").click()
        expect(page.get_by_role("link", name=f"Team {'met' if script else 'zonder'}")).to_be_visible()
        page.get_by_role("link", name="Wie keek in welk dossier?").click()
        expect(page.locator("tbody tr").first).to_contain_text("op een bladzijde")


@script
def test_9_a_withdrawn_vgb_asks_of_every_child_there_who_decides(
    binnen: Binnen, api: AlsProgramma, moment: Moment, *, script: bool
) -> None:
    kind = api("beheerder").geplaatst()[2 if script else 3]
    page = binnen("beheerder", BREED, script=script).page
    with moment(page):
        page.locator("#zoek").fill(kind["zorg"]["nummer"])
        page.get_by_role("button", name="Zoeken").click()
        page.locator("main a[href^='/gezinnen/']").first.click()
        there = page.locator("section[aria-labelledby=kinderen] li a")
        kinderen = [one.get_attribute("href") for one in there.all()]
        ouder = page.locator("section[aria-labelledby=leden] .lijst > li", has_text="pleegouder").first
        ouder.locator("summary").click()
        ouder.locator("input[value=ingetrokken]").check()
        ouder.locator("input[name=datum]").fill(_VANDAAG)
        look(page, script=script)
        ouder.locator("form[action$='/vgbs'] button").click()
        expect(page.locator("section[aria-labelledby=leden]")).to_contain_text("Ingetrokken")
    assert f"/kinderen/{kind['id']}" in kinderen
    menu(page, "Beheer")
    for dossier in kinderen:
        regel = page.locator("section[aria-labelledby=vgb] li").filter(has=page.locator(f"a[href='{dossier}']")).first
        expect(regel).to_contain_text(re.compile(r"beslist"))


@script
def test_9_a_child_is_given_its_file_and_a_file_is_judged_before_it_goes(
    binnen: Binnen, api: AlsProgramma, moment: Moment, tmp_path: Path, *, script: bool
) -> None:
    body: dict[str, object] = {"roepnaam": "Mees", "achternaam": f"Van {uuid4().hex[:8]}"}
    kind = api("beheerder").post("/pleegkinderen", {**body, "geboortedatum": "2010-05-05"})
    page = binnen("beheerder", BREED, script=script).page
    page.get_by_role("link", name="Inzage geven").click()
    page.locator("#nummer").fill(kind["nummer"])
    page.locator("input[name=verzoeker][value=kind]").check()
    page.locator("#reden").fill("Per brief gevraagd.")
    look(page, script=script)
    assert saved(page, "Maak de PDF", tmp_path).read_bytes().startswith(b"%PDF")
    menu(page, "Beheer")
    with moment(page):
        page.get_by_role("link", name="Bewaren en vernietigen").click()
        open_first(page, "Verzoek om vernietiging vastleggen")
        page.locator("#nummer").fill(kind["nummer"])
        page.locator("input[name=verzoeker][value=kind]").check()
        page.locator("#ontvangen").fill(_VANDAAG)
        page.locator("#toelichting").fill("Wil niet dat dit bewaard blijft.")
        page.get_by_role("button", name="Voorstellen").click()
        regel = page.locator("section[aria-labelledby=voorstellen] .lijst > li").first
        expect(regel).to_contain_text("0 van 2 akkoord")
        regel.locator("summary").click()
        regel.locator("input[value=goedgekeurd]").check()
        look(page, script=script)
        regel.get_by_role("button", name="Oordeel vastleggen").click()
        expect(page.locator("section[aria-labelledby=voorstellen] li").first).to_contain_text("1 van 2 akkoord")


@script
def test_9_who_looked_and_who_wrote_in_one_file(binnen: Binnen, moment: Moment, *, script: bool) -> None:
    page = binnen("beheerder", BREED, script=script).page
    with moment(page):
        menu(page, "Kinderen")
        page.locator("a.kind-naam").nth(1 if script else 2).click()
        page.get_by_role("link", name="Wie keek hier?").click()
        expect(page.locator("tbody tr").first).to_contain_text("op een bladzijde")
    page.get_by_role("link", name="Dossier", exact=True).click()
    page.get_by_role("link", name="Wie legde wat vast?").click()
    expect(page.locator("tbody tr").first).to_contain_text("vastgelegd")
    look(page, script=script)


@script
def test_10_an_inspecteur_draws_a_sample_and_reads_without_a_name(
    binnen: Binnen, api: AlsProgramma, moment: Moment, *, script: bool
) -> None:
    page = binnen("inspecteur", BREED, script=script).page
    kinderen = api("beheerder").kinderen()
    read = [page.locator("main").inner_text()]
    with moment(page):
        page.get_by_role("button", name="Steekproef trekken").click()
        first = page.locator("tbody th a").all_inner_texts()
        page.reload()
        assert first == page.locator("tbody th a").all_inner_texts()
        read.append(page.locator("main").inner_text())
        page.locator("tbody th a").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Dossier")
        read.append(page.locator("main").inner_text())
    assert "U ziet geen namen." in read[0]
    told = {word for one in kinderen for word in (one["roepnaam"], one["achternaam"], one["zorg"]["nummer"])}
    assert len(told) > 60
    assert [word for word in told if any(re.search(rf"\b{re.escape(word)}\b", text) for text in read)] == []


@script
def test_10_the_same_verdicts_a_file_that_verifies_and_what_came_after_the_announcement(
    binnen: Binnen, demo: Demo, moment: Moment, tmp_path: Path, *, script: bool
) -> None:
    page = binnen("inspecteur", BREED, script=script).page
    expect(page.get_by_text("Het bezoek is aangekondigd op")).to_be_visible()
    with moment(page):
        page.get_by_role("button", name="Steekproef trekken").click()
        expect(page.get_by_role("columnheader", name="Na de aankondiging vastgelegd")).to_be_visible()
        file = saved(page, "JSON", tmp_path)
        later = page.locator("tbody tr").filter(has=page.locator("td:last-child", has_text=re.compile(r"^[1-9]")))
        later.first.locator("th a").click()
        expect(page.get_by_text("Na de aankondiging van het bezoek.").first).to_be_visible()
        expect(page.get_by_role("heading", name="Waar staan we?")).to_be_visible()
    assert ", 0 afwijkingen, digest " in demo.run("verifieer", str(file))
    look(page, script=script)

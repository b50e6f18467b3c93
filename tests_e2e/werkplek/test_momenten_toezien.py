"""What a beheerder and an inspecteur come to do, with scripts and without: in as few steps as they have time for."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from app import clock
from tests_e2e.demo import Demo
from tests_e2e.werkplek.conftest import BREED, AlsProgramma, Binnen, Moment
from tests_e2e.werkplek.handen import look, menu, saved

script = pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
_VANDAAG = clock.today().isoformat()


def open_first(page: Page, summary: str) -> None:
    """Open what is folded: a browser does so without scripts too."""
    page.locator("summary", has_text=summary).first.click()


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


@script
def test_9_somebody_begins_here_and_an_inspectie_may_look(binnen: Binnen, moment: Moment, *, script: bool) -> None:
    page, naam, doel = binnen("beheerder", BREED, script=script).page, f"Nieuw {uuid4().hex[:8]}", uuid4().hex
    with moment(page):
        open_first(page, "Medewerker toevoegen")
        page.locator("#naam").fill(naam)
        page.locator("#rol").select_option("teamleider")
        page.locator("form[action='/medewerkers'] button").click()
        expect(page.locator("section[aria-labelledby=wie] th", has_text=naam)).to_be_visible()
        open_first(page, "Mandaat geven")
        page.locator("#inspectie").fill("IGJ")
        page.locator("#doel").fill(doel)
        page.locator("#grond").fill("Jeugdwet")
        for veld, day in (("#van", "01-15"), ("#tot", "07-15")):  # after that of the demo
            page.locator(veld).fill(f"{2031 if script else 2032}-{day}")
        page.locator("form[action='/toezichtsmandaten'] button").click()
        expect(page.locator("section[aria-labelledby=mandaten] tr", has_text=doel)).to_contain_text(
            f"15 juli {2031 if script else 2032}"
        )

"""The moments behind a desk, whole: what ``test_momenten`` begins, goes on here until who wanted it has it."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from playwright.sync_api import Page, expect

from app import clock
from tests_e2e.aanmelden.dienst import ROOT
from tests_e2e.demo import Demo
from tests_e2e.werkplek.conftest import BREED, Binnen, check

script = pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])
_VANDAAG = clock.today().isoformat()
_ROMMELIG = ROOT / "tests" / "data" / "aanbieder-rommelig.xlsx"
Maak = Callable[[str, dict[str, object]], dict[str, str]]


@pytest.fixture(scope="module")
def maak(demo: Demo) -> Maak:
    """Return what records something by the API, as the beheerder."""
    token = demo.token("beheerder")

    def post(path: str, body: dict[str, object]) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
        answer = httpx2.post(f"{demo.base}/v1{path}", json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        made: dict[str, str] = answer.json()
        return made

    return post


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
def test_4_the_team_on_monday_counts_names_that_it_leads_to(binnen: Binnen, *, script: bool) -> None:
    page = binnen("teamleider", BREED, script=script).page
    for kop in ("Opvolging open", "Zonder begeleider", "Wacht op uw akkoord", "Per begeleider"):
        expect(page.get_by_role("heading", name=kop)).to_be_visible()
    row = page.locator("#leden ~ *, section[aria-labelledby=leden] tbody tr").filter(has=page.locator("a")).first
    told = re.search(r"(\d+) kinderen van", row.locator("a[aria-label]").first.get_attribute("aria-label") or "")
    assert told
    row.locator("a[aria-label]").first.click()  # one
    assert page.locator("a.kind-naam").count() == int(told[1])


@script
def test_7_the_files_the_quarters_before_and_what_is_late_are_one_page_away(
    binnen: Binnen, tmp_path: Path, *, script: bool
) -> None:
    page = binnen("kwaliteit", BREED, script=script).page
    page.get_by_role("link", name="2026-Q2", exact=True).click()  # one
    expect(page.locator("section[aria-labelledby=trend] tbody tr")).to_have_count(8)
    expect(page.locator("section[aria-labelledby=trend] svg title")).to_have_text("Navolgbaar per kwartaal")
    assert saved(page, "CSV", tmp_path).read_bytes().count(b"\n") > 40  # two
    page.get_by_role("link", name="Extra inzet die nu open is").click()  # three
    told = re.search(r"staan er (\d+), van wie (\d+) te laat", page.locator(".inleiding").inner_text())
    assert told
    assert 0 <= int(told[2]) <= int(told[1]) == page.locator("tbody tr").count() > 0
    expect(page.get_by_role("link", name="Alleen te laat")).to_be_visible()
    look(page, script=script)
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", name="Wat ermee gebeurde")).to_be_visible()
    look(page, script=script)


@script
def test_7_a_workbook_is_brought_with_its_faults_on_screen(binnen: Binnen, *, script: bool) -> None:
    page = binnen("kwaliteit", BREED, script=script).page
    page.get_by_role("link", name="Werkboek inlezen").click()  # one
    page.locator("#bestand").set_input_files(_ROMMELIG)
    page.get_by_role("button", name="Controleren").click()  # two
    expect(page.locator("#uitkomst")).to_contain_text("er is niets geschreven")
    assert page.locator("tbody tr").count() > 5
    look(page, script=script)


@script
def test_8_a_discussion_is_recorded_with_an_action_for_somebody_and_a_day(binnen: Binnen, *, script: bool) -> None:
    begeleider = binnen("begeleider", BREED, script=script).page
    naam = begeleider.locator("details.ik .ik-menu b").text_content() or ""
    page = binnen("gedragswetenschapper", BREED, script=script).page
    page.get_by_role("link", name="Om te bespreken").click()  # one
    theirs = page.locator(".lijst > li", has_text=f"Begeleider {naam}").first
    theirs.get_by_role("link", name=re.compile("Bespreking vastleggen")).click()  # two
    afspraak = f"School bellen {uuid4().hex[:6]}"
    page.locator("input[name=multi][value=ja]").check()
    page.locator("#conclusie").fill("Vaker langs, en school erbij.")
    page.locator("#wat-1").fill(afspraak)
    page.locator("#wie-1").select_option(label=naam)
    page.locator("#wanneer-1").fill("2030-01-15")
    look(page, script=script)
    page.get_by_role("button", name="Bespreking bewaren").click()  # three
    expect(page.locator(".loop")).to_contain_text("Casuïstiekbespreking")
    begeleider.get_by_role("link", name="Acties", exact=True).click()
    expect(begeleider.locator(".lijst li", has_text=afspraak)).to_contain_text("15 januari 2030")


@script
def test_9_a_withdrawn_vgb_asks_of_every_child_there_who_decides(binnen: Binnen, *, script: bool) -> None:
    page = binnen("beheerder", BREED, script=script).page
    menu(page, "Kinderen")
    page.locator("a.kind-naam").nth(2 if script else 3).click()
    page.locator(".feiten a[href^='/gezinnen/']").click()
    there = page.locator("section[aria-labelledby=kinderen] li a")
    kinderen = [one.get_attribute("href") for one in there.all()]
    assert kinderen
    open_first(page, "VGB vastleggen")  # one
    form = page.locator("form[action$='/vgbs']").first
    form.locator("input[value=ingetrokken]").check()
    form.locator("input[name=datum]").fill(_VANDAAG)
    look(page, script=script)
    page.locator("form[action$='/vgbs'] button").first.click()  # two
    expect(page.locator("section[aria-labelledby=leden]")).to_contain_text("Ingetrokken")
    menu(page, "Beheer")
    for kind in kinderen:
        regel = page.locator("section[aria-labelledby=vgb] li").filter(has=page.locator(f"a[href='{kind}']")).first
        expect(regel).to_contain_text(re.compile(r"beslist"))


@script
def test_9_a_child_is_given_its_file_and_a_file_is_judged_before_it_goes(
    binnen: Binnen, maak: Maak, tmp_path: Path, *, script: bool
) -> None:
    body: dict[str, object] = {"roepnaam": "Mees", "achternaam": f"Van {uuid4().hex[:8]}"}
    kind = maak("/pleegkinderen", {**body, "geboortedatum": "2010-05-05"})
    page = binnen("beheerder", BREED, script=script).page
    page.get_by_role("link", name="Inzage geven").click()  # one
    page.locator("#nummer").fill(kind["nummer"])
    page.locator("input[name=verzoeker][value=kind]").check()
    page.locator("#reden").fill("Per brief gevraagd.")
    look(page, script=script)
    assert saved(page, "Maak de PDF", tmp_path).read_bytes().startswith(b"%PDF")  # two
    menu(page, "Beheer")
    page.get_by_role("link", name="Bewaren en vernietigen").click()  # one
    open_first(page, "Verzoek om vernietiging vastleggen")
    page.locator("#nummer").fill(kind["nummer"])
    page.locator("input[name=verzoeker][value=kind]").check()
    page.locator("#ontvangen").fill(_VANDAAG)
    page.locator("#toelichting").fill("Wil niet dat dit bewaard blijft.")
    page.get_by_role("button", name="Voorstellen").click()  # two
    regel = page.locator("section[aria-labelledby=voorstellen] .lijst > li").first
    expect(regel).to_contain_text("0 van 2 akkoord")
    regel.locator("summary").click()
    regel.locator("input[value=goedgekeurd]").check()
    look(page, script=script)
    regel.get_by_role("button", name="Oordeel vastleggen").click()  # three
    expect(page.locator("section[aria-labelledby=voorstellen] .lijst > li").first).to_contain_text("1 van 2 akkoord")


@script
def test_9_who_looked_and_who_wrote_in_one_file(binnen: Binnen, *, script: bool) -> None:
    page = binnen("beheerder", BREED, script=script).page
    menu(page, "Kinderen")
    page.locator("a.kind-naam").nth(1 if script else 2).click()
    page.get_by_role("link", name="Wie keek hier?").click()
    expect(page.locator("tbody tr").first).to_contain_text("op een bladzijde")
    page.get_by_role("link", name="Dossier", exact=True).click()
    page.get_by_role("link", name="Wie legde wat vast?").click()
    expect(page.locator("tbody tr").first).to_contain_text("vastgelegd")
    look(page, script=script)


@script
def test_10_the_same_verdicts_a_file_that_verifies_and_what_came_after_the_announcement(
    binnen: Binnen, demo: Demo, tmp_path: Path, *, script: bool
) -> None:
    page = binnen("inspecteur", BREED, script=script).page
    expect(page.get_by_text("Het bezoek is aangekondigd op")).to_be_visible()
    page.get_by_role("button", name="Steekproef trekken").click()  # one
    expect(page.get_by_role("columnheader", name="Na de aankondiging vastgelegd")).to_be_visible()
    file = saved(page, "JSON", tmp_path)  # two
    assert ", 0 afwijkingen, digest " in demo.run("verifieer", str(file))
    later = page.locator("tbody tr").filter(has=page.locator("td:last-child", has_text=re.compile(r"^[1-9]")))
    later.first.locator("th a").click()  # three
    expect(page.get_by_text("Na de aankondiging van het bezoek.").first).to_be_visible()
    expect(page.get_by_role("heading", name="Waar staan we?")).to_be_visible()
    look(page, script=script)

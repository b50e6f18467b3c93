"""Names hide for the train: on no page of the demo is the name of a child, a family or who lives there to be seen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests_e2e.werkplek.api import Api
from tests_e2e.werkplek.conftest import SMAL, AlsProgramma, Binnen
from tests_e2e.werkplek.test_bladen import _BLADEN, open_page

_LET = "In wat iemand zelf schreef, kan een naam staan."
#: what a screen reader says of a tag instead of what stands in it
_VOORGELEZEN = """() => [...document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')]
    .flatMap(one => ['aria-label', 'title', 'alt', 'placeholder'].map(name => one.getAttribute(name))).join(' ')"""


@pytest.fixture(scope="module")
def namen(api: AlsProgramma) -> re.Pattern[str]:
    """Return what finds the name of anybody of the demo whom the switch hides."""
    return re.compile("|".join(rf"\b{re.escape(naam)}\b" for naam in people_of(api("beheerder"))))


def people_of(chief: Api) -> set[str]:
    """Return the names in full; a first name or a surname alone when no colleague has it."""
    kinderen = chief.kinderen()
    gezinnen = chief.rows("/pleeggezinnen?limit=200")
    leden = {lid["naam"] for one in gezinnen for lid in chief.rows(f"/pleeggezinnen/{one['id']}/gezinsleden")}
    colleagues = " ".join(one["naam"] for one in chief.rows("/medewerkers?limit=200"))
    alone = {one[part] for one in kinderen for part in ("roepnaam", "achternaam")}
    whole = {f"{one['roepnaam']} {one['achternaam']}" for one in kinderen}
    homes = {form for one in gezinnen for form in (one["naam"], f"g{one['naam'][1:]}")}
    assert min(map(len, (whole, alone, leden, homes))) > 20
    return whole | leden | homes | {naam for naam in alone if naam not in colleagues}


def hide(page: Page) -> None:
    page.get_by_role("switch", name="Verberg namen").click()
    expect(page.locator("html")).to_have_attribute("data-namen", "uit")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("wie", [wie for wie in _BLADEN if wie != "inspecteur"])
def test_no_page_shows_a_name_while_names_are_hidden(binnen: Binnen, namen: re.Pattern[str], wie: str) -> None:
    iemand, told = binnen(wie, SMAL), []
    page = iemand.page
    hide(page)
    for route in _BLADEN[wie]:
        open_page(iemand, route)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
        shown = f"{page.title()} {page.locator('body').inner_text()} {page.evaluate(_VOORGELEZEN)}"
        told += [(route, naam) for naam in namen.findall(shown)]
        if page.locator(".nav").count():
            expect(page.get_by_text(_LET)).to_be_visible()
    assert told == []


def test_names_stay_hidden_until_they_are_asked_for(binnen: Binnen) -> None:
    page = binnen("begeleider", SMAL).page
    expect(page.get_by_text(_LET)).to_be_hidden()
    hide(page)
    for times in range(2):
        expect(page.locator(".naam-vol").first).to_be_hidden()
        expect(page.locator(".naam-kort").first).to_be_visible()
        if not times:
            page.reload()
    page.get_by_role("switch", name="Verberg namen").click()
    expect(page.locator(".naam-vol").first).to_be_visible()

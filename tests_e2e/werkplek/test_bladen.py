"""Every page at two widths, light and dark: what axe finds, what sticks out, and a picture (``make beelden``)."""

import gzip
import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from app.access.policy import route_regels
from tests_e2e.werkplek.conftest import BREED, SMAL, Binnen, Iemand, check, pictures

_TOETS = "a[href^='/kwartaaltoetsen/']"
_STEEKPROEF = "/toezicht/steekproef?organisatie=DEMO&seed=7"
#: who → what they look at; behind the > the first link that matches
_BLADEN = {
    "begeleider": [
        "/kinderen", "/kinderen > a.kind-naam", "/bezoek", "/kinderen > a.kind-doe", "/zoeken", "/ik",
        "/kinderen > a.kind-naam > a[href^='/gezinnen/']", "/kinderen > a.kind-naam > a[href$='/overdracht']",
        "/overdracht", "/noodtoegang", "/acties", "/kinderen > a.kind-naam > a[href$='/actie']",
        "/kinderen > a.kind-naam > a[href$='/signaal']",
        "/agenda", "/kinderen > a.kind-naam > a[href*='/uitstel?norm=']",
    ],
    "teamleider": [
        "/team", "/team > a[href*=overdracht]", "/team > a[href$=afwezigheid]", "/bespreken", "/noodtoegang",
        "/kinderen > a.kind-naam > a[href$=uitzondering]", "/samenvoegingen", "/team > a[href^='/uitzonderingen/']",
        "/kinderen > a.kind-naam > a[href$=samenvoeging]", "/kinderen > a.kind-naam > a[href$='/zorg']",
        "/kinderen > a.kind-naam > a[href$='/zorg'] > a[href$='/plaatsing']",
        "/kinderen > a.kind-naam > a[href$='/zorg'] > a[href^='/feiten/plaatsing/']",
        "/kinderen > a.kind-naam > a[href$='/zorg'] > a[href^='/feiten/begeleiding/']",
    ],
    "gedragswetenschapper": ["/team", "/bespreken > a[href$=bespreking]", "/bespreken > a[href$=ruisfactoren]",
        "/kinderen > a.kind-naam > .loop h3 a"],
    "kwaliteit": [
        "/kwartaaltoetsen", "/kinderen", f"/kwartaaltoetsen > {_TOETS}",
        f"/kwartaaltoetsen > {_TOETS} > a[href$=vergelijking]",
        f"/kwartaaltoetsen > {_TOETS} > a[href$=publicatie]", "/import", "/import/voortgang",
        "/extra-inzetten", "/extra-inzetten > a[href^='/extra-inzetten/']",
        "/kinderen > a.kind-naam > a[href^='/wijz']",
    ],
    "beheerder": [
        "/beheer", "/inzagen", "/webhooks", "/import/voortgang", "/inzageverzoek", "/vernietigingen", "/wijzigingen",
        "/normen", "/kinderen > a.kind-naam > a[href^='/gezinnen/']", "/normen/aanscherping?norm=HB",
    ],
    "inspecteur": [
        "/toezicht", "/api", "/api/bezoeken", _STEEKPROEF, f"{_STEEKPROEF} > a[href^='/toezicht/dossiers/']",
    ],
}  # fmt: skip
#: what is no page, what comes after a form (the moments look at those), and what the demo has none of
_ELDERS = {
    "/aanmelden", "/aanmelden/terug", "/static/{name}", "/livez", "/readyz", "/agenda/{sleutel}.ics",
    "/kwartaaltoetsen/{id}/export", "/toezicht/kwartaaltoetsen/{id}/export", "/kinderen/{id}/bezoek/{feit}",
    "/kinderen/{id}/signaal/{feit}",
    "/samenvoegingen/{id}", "/webhooks/{id}", "/toetsopdrachten/{id}", "/toetsopdrachten/{id}/export",
}  # fmt: skip
_MOST = 60_000


def open_page(iemand: Iemand, route: str) -> None:
    path, *links = route.split(" > ")
    page = iemand.go(path)
    for link in links:
        href = page.locator(link).first.get_attribute("href")
        assert href
        page = iemand.go(href)


@pytest.mark.parametrize(("maat", "kleur"), [(m, k) for m in (BREED, SMAL) for k in ("light", "dark")])
@pytest.mark.parametrize("wie", _BLADEN)
def test_every_page_can_be_read_by_everybody(binnen: Binnen, wie: str, maat: tuple[int, int], kleur: str) -> None:
    iemand = binnen(wie, maat)
    iemand.page.emulate_media(color_scheme="dark" if kleur == "dark" else "light")
    for nr, route in enumerate(_BLADEN[wie]):
        open_page(iemand, route)
        iemand.page.screenshot(path=pictures() / f"{wie}-{nr + 1}-{maat[0]}-{kleur}.png", full_page=True)
        check(iemand.page)
    assert iemand.klachten == []


def test_every_page_is_looked_at(binnen: Binnen) -> None:
    """The first one too, on which somebody of the demo is chosen: every GET of the access policy that is a page."""
    seen = set()
    for wie, routes in _BLADEN.items():
        iemand = binnen(wie)
        for route in routes:
            open_page(iemand, route)
            seen.add(urlsplit(iemand.page.url).path)
    pages = {one.pad for one in route_regels() if one.methode == "GET" and not one.pad.startswith("/v1/")}
    missed = {
        pad
        for pad in pages - _ELDERS
        if not any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pad), path) for path in seen | {"/"})
    }
    assert missed == set()


@pytest.mark.parametrize("kleur", ["light", "dark"])
def test_the_page_to_choose_somebody_can_be_read_by_everybody(chromium: Browser, base: str, kleur: str) -> None:
    page = chromium.new_page(color_scheme="dark" if kleur == "dark" else "light")
    page.goto(base)
    for width, height in (BREED, SMAL):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=pictures() / f"niemand-1-{width}-{kleur}.png", full_page=True)
        check(page)
    page.context.close()


def test_a_page_with_all_that_it_needs_is_light(binnen: Binnen) -> None:
    iemand = binnen("begeleider")
    sizes: dict[str, int] = {}
    iemand.page.on("response", lambda answer: sizes.update({answer.url: len(gzip.compress(answer.body()))}))
    open_page(iemand, "/kinderen > a.kind-naam")
    assert len(sizes) >= 4
    assert sum(sizes.values()) <= 2 * _MOST  # two pages, and the style once


def test_the_page_of_a_child_prints_without_the_menu(binnen: Binnen) -> None:
    iemand = binnen("begeleider", BREED)
    open_page(iemand, "/kinderen > a.kind-naam")
    iemand.page.emulate_media(media="print")
    assert not iemand.page.locator(".nav").is_visible()
    assert iemand.page.locator(".druk").is_visible()
    assert iemand.page.locator(".uitleg").first.is_visible()


#: what is printed: whose it is, where it stands, and how many pages at most; of the caseload names become initials
_PAPIER = (
    ("begeleider", "/kinderen > a.kind-naam", 6),
    ("begeleider", "/kinderen", 3),
    ("begeleider", "/kinderen > a.kind-naam > a[href$='/overdracht']", 1),
    ("kwaliteit", f"/kwartaaltoetsen > {_TOETS}", 2),
    ("inspecteur", _STEEKPROEF, 2),
)


@pytest.mark.parametrize(("wie", "route", "hoogstens"), _PAPIER)
def test_paper_is_a4_and_says_of_which_day_and_which_norms(
    binnen: Binnen, wie: str, route: str, hoogstens: int
) -> None:
    iemand = binnen(wie, BREED)
    open_page(iemand, route)
    namen = iemand.page.locator(".kind-naam .naam-vol").all_inner_texts()
    pages = PdfReader(BytesIO(iemand.page.pdf(prefer_css_page_size=True))).pages
    texts = [one.extract_text() for one in pages]
    assert 1 <= len(pages) <= hoogstens
    for nr, (one, text) in enumerate(zip(pages, texts, strict=True), start=1):
        assert (round(float(one.mediabox.width)), round(float(one.mediabox.height))) == (595, 842)
        assert f"bladzijde {nr} van {len(pages)}" in text
    for word in ("Gemaakt op", "Peildatum", "Normen"):
        assert word in texts[0]
    assert ("versies van" in texts[0]) != ("eerste versies" in texts[0])
    assert ("kan een naam staan" in texts[0]) is (route == "/kinderen")
    if route == "/kinderen":
        assert namen
        assert [naam for naam in namen if any(naam in text for text in texts)] == []

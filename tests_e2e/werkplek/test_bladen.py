"""Every page at two widths, light and dark, and twice as large: what axe finds, what sticks out, and a picture."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Final, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from app.access.policy import route_regels
from tests_e2e.conftest import Beeld
from tests_e2e.leesbaar import faults
from tests_e2e.werkplek.conftest import BREED, SMAL, Binnen, Iemand, deur

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


Fouten = dict[str, list[str]]
#: a window of a desk at 200 % is one of half as much, for whatever a style asks of its width
_GROOT = (BREED[0] // 2, BREED[1] // 2)
_SCHERMEN: Final[tuple[tuple[tuple[int, int], Literal["light", "dark"]], ...]] = (
    (BREED, "light"), (BREED, "dark"), (SMAL, "light"), (SMAL, "dark"), (_GROOT, "light"),
)  # fmt: skip


def judge(page: Page, beeld: Beeld, naam: str) -> Fouten:
    """Return what is wrong with an open page, by width and colours; in them it must stand by then."""
    found: Fouten = {}
    for (width, height), kleur in _SCHERMEN:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=kleur)
        dark = "matchMedia('(prefers-color-scheme: dark)').matches"
        assert page.evaluate(f"[innerWidth, {dark}]") == [width, kleur == "dark"]
        beeld(page, f"werkplek/{naam}-{width}-{kleur}")
        if fouten := faults(page):
            found[f"{naam} {urlsplit(page.url).path} {width} {kleur}"] = fouten
    return found


@dataclass
class Rondgang:
    """What somebody met on all their pages.

    Attributes:
        paden: the addresses of the pages.
        fouten: what is wrong with them.
        klachten: what the browser complained of.
    """

    paden: set[str] = field(default_factory=set)
    fouten: Fouten = field(default_factory=dict)
    klachten: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def rondgang(chromium: Browser, base: str, beeld: Beeld) -> Iterator[Callable[[str], Rondgang]]:
    """Yield who goes past all their pages, once, and judges every one of them."""

    @cache
    def walk(wie: str) -> Rondgang:
        iemand, past = binnen(wie), Rondgang()
        for nr, route in enumerate(_BLADEN[wie], start=1):
            open_page(iemand, route)
            past.paden.add(urlsplit(iemand.page.url).path)
            past.fouten |= judge(iemand.page, beeld, f"{wie}-{nr}")
        past.klachten += iemand.klachten
        return past

    with deur(chromium, base) as binnen:
        yield walk


@pytest.mark.parametrize("wie", _BLADEN)
def test_every_page_can_be_read_by_everybody(rondgang: Callable[[str], Rondgang], wie: str) -> None:
    past = rondgang(wie)
    assert past.fouten == {}
    assert past.klachten == []


def test_every_page_is_looked_at(rondgang: Callable[[str], Rondgang]) -> None:
    """The first one too, on which somebody of the demo is chosen: every GET of the access policy that is a page."""
    seen = {"/"}.union(*(rondgang(wie).paden for wie in _BLADEN))
    pages = {one.pad for one in route_regels() if one.methode == "GET" and not one.pad.startswith("/v1/")}
    missed = {
        pad for pad in pages - _ELDERS if not any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pad), path) for path in seen)
    }
    assert missed == set()


def test_the_page_to_choose_somebody_can_be_read_by_everybody(chromium: Browser, base: str, beeld: Beeld) -> None:
    page = chromium.new_page()
    page.goto(base)
    assert judge(page, beeld, "niemand-1") == {}
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

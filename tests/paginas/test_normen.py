"""The norms on a page: every norm of the API with its rule and source, and what the organisatie tightened."""

from app.norms.normwoorden import NORMEN
from app.norms.versies.catalogue import LANDELIJK
from app.routers.pages.woorden.getallen import GETALLEN
from tests.api.client import Dienst
from tests.api.mensen import add_organisatie
from tests.paginas.conftest import bladeraar

_STRENGER = {
    "code": "HB", "geldigVan": "2026-11-02", "waarschuwingDagen": 14, "parameters": {"dagen": 28},
    "toelichting": "Elke vier weken op bezoek.",
}  # fmt: skip


def test_every_norm_says_what_it_asks_and_why(dienst: Dienst) -> None:
    chief, _ = add_organisatie(dienst)
    page = bladeraar(dienst, chief).read("/normen").replace("&#39;", "'").replace("\N{NO-BREAK SPACE}", " ")
    for norm in chief.rows("/normen"):
        assert norm["regel"] in page
        assert norm["bron"] in page
    assert all(f'id="{code}"' in page for code in NORMEN)
    assert "maakte geen norm strenger: de landelijke gelden" in page


def test_what_an_organisatie_tightened_leads_and_stands_above_the_national_norm(dienst: Dienst) -> None:
    chief, _ = add_organisatie(dienst)
    chief.made("/normen", _STRENGER)
    page = bladeraar(dienst, chief).read("/normen").replace("\N{NO-BREAK SPACE}", " ")
    first = page.split('<h2 id="normen">')[0]
    assert "<b>28</b> dagen; waarschuwing 14 dagen van tevoren. Geldt vanaf 2 november 2026." in first
    assert "Elke vier weken op bezoek." in first
    of_norm = page.split('id="HB"')[1].split("</details>")[0]
    assert "strenger dan landelijk" in of_norm
    assert of_norm.index("28 dagen") < of_norm.index("De landelijke norm, waar die van uw organisatie boven gaat")
    assert "42 dagen" in of_norm


def test_every_number_of_a_norm_has_a_word() -> None:
    assert GETALLEN.keys() == {name for norm in LANDELIJK for name in norm.parameters}

"""Who says no to a last question leaves nothing behind: no text of it comes back as if it still stood."""

import re
from pathlib import Path
from uuid import UUID

import pytest

import app
from app.routers.pages.formulieren.formulier import FORMULIEREN, NEE
from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.concepten.conftest import concepten
from tests.paginas.conftest import bladeraar

_TEMPLATES = Path(app.__file__).parent / "templates"
_KEEPS = re.compile(r"<form\b(?:(?!</form>).)*?bewaarvelden\(.*?</form>", re.DOTALL)
_NO = re.compile(r"<a\b[^>]*>(?:Nog niet|Nee)\b")


def _asked(world: World, formulier: str) -> tuple[str, str, UUID]:
    """Return who is asked, where, and what about."""
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    if formulier == "aanscherping":
        return "beheerder", "/normen/aanscherping?norm=HB", UUID(world.medewerkers["beheerder"])
    over = world.medewerkers["begeleider"] if formulier == "kinderoverdracht" else ids["pleegkind"]
    path = FORMULIEREN[formulier][1].format(over=over)
    if formulier == "samenvoeging":
        other = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
        path = f"{path}?ander={other}"
    return "teamleider", path, UUID(over)


@pytest.mark.parametrize("formulier", NEE)
def test_who_says_no_finds_nothing_of_it_again(formulier: str, dienst: Dienst, world: World) -> None:
    wie, path, over = _asked(world, formulier)
    browser, adres = bladeraar(dienst, world[wie]), f"/concepten/{formulier}/{over}"
    assert browser.post(adres, {"reden": "Zij is ziek.", "norm": "HB"}).status_code == 200
    said = browser.read(path)
    assert "Concept van" in said
    if formulier != "aanscherping":  # there the question comes after it was shown what it does
        assert f'formaction="{adres}/weg" name="nee" value="ja"' in said
    left = browser.post(f"{adres}/weg", {"reden": "Zij is ziek.", "nee": "ja"})
    assert (left.status_code, left.headers["location"]) == (303, NEE[formulier].format(over=over))
    assert concepten(dienst) == []
    assert "Concept van" not in browser.read(path)


def test_no_is_never_a_link_out_of_a_form_that_keeps_what_is_typed() -> None:
    forms = [form for path in _TEMPLATES.rglob("*.html") for form in _KEEPS.findall(path.read_text("utf-8"))]
    assert len(forms) > 25
    assert [form for form in forms if _NO.search(form)] == []
    assert sum("nee(" in form for form in forms) == len(NEE)

"""Every form, sent with nothing in it: each error says the label of its field, and what may be left empty says so."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, Final

import pytest

from app.errors import Unprocessable
from app.routers.pages.formulieren import formulier
from tests.paginas.conftest import Bladeraar, fields_of
from tests.paginas.rondgang.conftest import Wereld
from tests.paginas.rondgang.test_formulieren import every_form
from tests.paginas.rondgang.velden import Veld, Velden

_LIST: Final = re.compile(r'id="fouten".*?</ul>', re.DOTALL)
_FAULT: Final = re.compile(r'<li>(?:<a href="#([^"]+)">)?(.*?)(?:</a>)?</li>', re.DOTALL)
#: how a sentence begins that says nothing when it does not say of what
_POINTS: Final = re.compile(r"(Vul dit|Vul een|Dit |Deze |Geef |Maak een keuze|Kies er)")
#: … and how it goes on after the name of its field
_AFTER: Final = re.compile(r"[:?] (vul dit|vul een|dit |deze |geef |maak een keuze|kies er)", re.IGNORECASE)
#: what nobody but a programmer reads
_CODE: Final = re.compile(r"JJJJ|UUID|true of false|null|'[a-z_]+'")
_LEEG: Final = "(mag leeg"
#: how a label begins of what is only asked with some answers
_ONLY: Final = "Alleen "
#: beside the field that searches, in the form that it is in
_ZOEKT: Final = "zoek"


class Gestopt(Unprocessable):
    """All of it was right: nothing is recorded of it."""

    detail = "Er is niets bewaard."


@pytest.fixture
def nothing_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    whole: Callable[..., Any] = formulier._once

    def stopped(*given: Any) -> None:
        whole(*given)
        raise Gestopt

    monkeypatch.setattr(formulier, "_once", stopped)


def empties(wereld: Wereld) -> Iterator[tuple[str, str, Velden, str]]:
    """Yield of each kind of form its address, its fields, and the page after it was sent with nothing in it."""
    seen = set()
    for browser, path, action, form in every_form(wereld):
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "{id}", action) + (fields_of(form).get("stap") or "")
        velden = Velden(form)
        if kind in seen or not velden.velden:
            continue
        seen.add(kind)
        yield kind, path, velden, _sent(browser, path, action, form, velden)
    assert len(seen) > 25


def _sent(browser: Bladeraar, path: str, action: str, form: str, velden: Velden) -> str:
    return browser.post(action, {**fields_of(form), **velden.empty(), **asks_all(action)}, of=path).text


def asks_all(action: str) -> dict[str, str]:
    """Return the answers because of which a form asks all that it can ask."""
    answers = {"/bezoek": {"gesprek": "alleen"}, "/overdracht": {"gelezen": "ja"}}
    return next((told for end, told in answers.items() if action.endswith(end)), {})


def faults_in(page: str) -> list[tuple[str, str]]:
    """Return the field and the sentence of every fault in the list above a form."""
    found = _LIST.search(page)
    return [(veld, _text(zin)) for veld, zin in _FAULT.findall(found[0])] if found else []


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_every_fault_says_of_which_field_it_is(wereld: Wereld, nothing_recorded: None) -> None:
    wrong = []
    for kind, _, velden, page in empties(wereld):
        labels = {one: veld.label.partition(" (")[0] for veld in velden.velden.values() for one in veld.ids}
        for veld, zin in faults_in(page):
            if veld and f'id="{veld}"' not in page:
                wrong.append((kind, veld, "leads nowhere"))
            otherwise = _AFTER.search(zin) and veld in labels and not zin.startswith(labels[veld])
            if otherwise or _POINTS.match(zin) or _CODE.search(zin):
                wrong.append((kind, veld, zin))
    assert wrong == []


def may_be_empty(velden: Velden, page: str) -> Iterator[Veld]:
    """Yield the fields that the form was not refused for."""
    refused = {veld for veld, _ in faults_in(page)}
    yield from (veld for veld in velden.velden.values() if not veld.ids & refused)


def test_what_may_be_left_empty_says_so_and_nothing_else_does(wereld: Wereld, nothing_recorded: None) -> None:
    unsaid, untrue = set(), set()
    for kind, _, velden, page in empties(wereld):
        free = {veld.naam for veld in may_be_empty(velden, page)}
        for veld in velden.velden.values():
            says = _LEEG in f"{veld.label} {veld.vragen}" or veld.label.startswith(_ONLY)
            if veld.naam not in free and says:
                untrue.add((kind, veld.naam))
            if veld.naam in asks_all(kind):
                continue
            optional = veld.naam in free and not veld.vast and veld.soort != "checkbox" and veld.naam != _ZOEKT
            if optional and not says and not veld.voorwaarde:
                unsaid.add((kind, veld.naam, veld.label))
    assert not unsaid, "\n".join(map(str, sorted(unsaid)))
    assert not untrue, "\n".join(map(str, sorted(untrue)))

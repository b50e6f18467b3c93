"""Every form of every page: it has a key, what people write in it is kept, and tapped twice it is done once."""

import re
from collections.abc import Iterator
from inspect import unwrap
from types import CodeType, FunctionType
from typing import Any, Final

from app.access.policy import route_regels
from app.routers.pages.formulieren.formulier import FORMULIEREN, send
from tests.api.client import Dienst
from tests.api.routes import contexts
from tests.paginas.conftest import Bladeraar, fields_of, forms_in
from tests.paginas.rondgang.conftest import Wereld

#: what records nothing: it looks, signs in or out, sets a cookie, or is about what was typed itself
_RECORDS_NOTHING: Final = re.compile(r"/_zoek$|^/afmelden|^/voorkeuren|^/aanmelden|^/concepten/|/verdeling$")
#: a file goes in or comes out, whole: the same again is no fault (an import changes nothing a second time)
_FILES: Final = frozenset({"/import", "/inzageverzoek"})
_FIELD = re.compile(r'<(?:textarea|input type="text")[^>]*\bname="([^"]+)"')
#: fields in which somebody says why, or what was seen: not a name, a number or an address
_WHY = re.compile(r"reden|waarom|toelichting|conclusie|omschrijving|woorden|borging|doel|stem_|weglaten")
WOORDEN: Final = "Omdat het zo is."


def records(action: str) -> bool:
    return not _RECORDS_NOTHING.search(action) and action not in _FILES


def every_form(wereld: Wereld) -> Iterator[tuple[Bladeraar, str, str, str]]:
    """Yield who looks, the page, and the address and text of each form that records something."""
    for _, route, browser in wereld.walk():
        answer = wereld.shown(browser, route)
        if answer.headers["content-type"].startswith("text/html"):
            path = wereld.address(route)
            yield from ((browser, path, action, form) for action, form in forms_in(answer.text) if records(action))


def test_every_form_has_a_key_and_keeps_why(wereld: Wereld) -> None:
    """In a world in which everything is there; a form in which somebody writes why is left, and is there again."""
    seen, without_key, not_kept = set(), set(), set()
    for browser, path, action, form in every_form(wereld):
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "{id}", action)
        if kind in seen:
            continue
        seen.add(kind)
        if not fields_of(form).get("sleutel"):
            without_key.add(kind)
        why = [name for name in _FIELD.findall(form) if _WHY.search(name)]
        keeps = re.search(r'data-concept="([^"]+)"', form)
        if not why or not keeps:
            not_kept |= {kind} if why else set()
            continue
        assert browser.post(keeps[1], {**fields_of(form), why[-1]: WOORDEN}, of=path).status_code == 200
        again = next(text for other, text in forms_in(browser.read(path)) if other == action and keeps[1] in text)
        if WOORDEN not in again:
            not_kept.add(kind)
        browser.post(f"{keeps[1]}/weg", {"kind": wereld.eigen["pleegkind"]}, of=path)
    assert without_key == set()
    assert not_kept == set()
    assert len(seen) > 30


def test_whatever_is_kept_is_opened_where_it_was_typed() -> None:
    paths = {one.pad for one in route_regels() if one.methode == "GET"}
    shapes = {re.sub(r"\{[^}]+\}", "[^/]+", pad) for pad in paths}
    for name, (_, where) in FORMULIEREN.items():
        example = where.replace("{over}", "x").replace("{kind}", "y")
        assert any(re.fullmatch(shape, example) for shape in shapes), name


def _calls(code: CodeType, known: dict[str, Any]) -> Iterator[Any]:
    """Yield what a function, and what is defined in it, names of its module."""
    for name in code.co_names:
        if name in known:
            yield known[name]
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _calls(inner, known)


def reaches_send(endpoint: Any) -> bool:
    """Tell whether an endpoint, through functions of pages, comes to ``send``."""
    todo, done = [endpoint], set[Any]()
    while todo:
        one = todo.pop()
        if one is send:
            return True
        if not isinstance(one, FunctionType) or one in done or not one.__module__.startswith("app.routers.pages"):
            continue
        done.add(one)
        todo += _calls(one.__code__, one.__globals__)
    return False


def test_every_page_that_records_goes_by_the_one_rule(dienst: Dienst) -> None:
    """``send`` does it once, however often it is sent, and gives the outcome of the first: no page has its own way."""
    posts = {
        one.path or "": unwrap(one.endpoint)
        for one in contexts(dienst.api)
        if one.endpoint and "POST" in (one.methods or ()) and not (one.path or "").startswith("/v1/")
    }
    assert {one.pad for one in route_regels() if one.methode == "POST" and not one.pad.startswith("/v1/")} == set(posts)
    assert {path for path, endpoint in posts.items() if records(path) and not reaches_send(endpoint)} == set()
    assert len([path for path in posts if records(path)]) > 40

"""Verberg namen: on no page is any name of a child, its family or who lives there left, for nobody who may see it.

What people wrote themselves is theirs, and may hold a name: the page says so (ADR 0024). The files here have none.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from sqlalchemy import text

from tests.paginas.conftest import titel
from tests.paginas.rondgang.conftest import Wereld

#: what is read aloud or shown of a tag itself; what stands in a field is the person's to type
_GELEZEN = ("aria-label", "title", "alt", "placeholder", "content", "label")
_LEEG = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"})
#: no name, but that nothing is published yet
_STAND = ("/kwartaaltoetsen/{id}/publicatie", "Voorbeeld")
_HREF = re.compile(r'(?:href|action)="([^"]*)"')
_NAMEN = text("""
    SELECT roepnaam FROM pleegkind UNION SELECT achternaam FROM pleegkind UNION SELECT naam FROM pleeggezin
    UNION SELECT naam FROM gezinslid""")


class Gezien(HTMLParser):
    """What somebody sees or hears of a page while names are hidden."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [value for name, value in attrs if name in _GELEZEN and value]
        if tag not in _LEEG:
            hides = ("class", "naam-vol") in attrs or tag == "textarea"
            self._inside.append(hides or any(self._inside[-1:]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _LEEG:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._inside[-1:]):
            self.words.append(data)


@pytest.fixture(scope="module")
def namen(wereld: Wereld) -> re.Pattern[str]:
    """Return what finds every name that there is, whole or the word in it that is nobody else's."""
    with wereld.dienst.owner.connect() as connection:
        found = {str(naam).removeprefix("Gezin ") for naam in connection.execute(_NAMEN).scalars()}
    assert len(found) > 10
    return re.compile("|".join(rf"\b{re.escape(naam)}\b" for naam in found))


def told(wereld: Wereld, namen: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield which name is read on which page."""
    for _, route, browser in wereld.walk():
        browser.koekjes["pleegzicht-namen"] = "uit"
        answer = wereld.shown(browser, route)
        if answer.headers["content-type"].startswith("text/html"):
            assert 'data-namen="uit"' in answer.text
            yield from ((route.pad, naam) for words in Gezien(answer.text).words for naam in namen.findall(words))


def test_no_page_tells_a_name_while_names_are_hidden(wereld: Wereld, namen: re.Pattern[str]) -> None:
    assert set(told(wereld, namen)) == {_STAND}


def test_no_title_and_no_address_says_who_it_is_about(wereld: Wereld, namen: re.Pattern[str]) -> None:
    """Names shown or not: they stand in the history, and a printer may put them above and below every sheet."""
    with wereld.dienst.owner.connect() as connection:
        nummers = set(connection.execute(text("SELECT nummer FROM pleegkind")).scalars())
    for _, route, browser in wereld.walk():
        answer = wereld.shown(browser, route)
        if answer.headers["content-type"].startswith("text/html"):
            out = f"{titel(answer.text)} {' '.join(_HREF.findall(answer.text))}"
            assert not namen.search(out), route.pad
            assert not [nummer for nummer in nummers if nummer in out], route.pad

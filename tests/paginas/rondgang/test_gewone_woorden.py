"""No page says a day as a computer writes it, or a code that only a programmer knows."""

import re
from collections.abc import Iterator
from typing import Final

from app.terms import NormCode, Ruiscode
from tests.paginas.rondgang.conftest import Wereld
from tests.paginas.rondgang.test_namen import Gezien

_CODES: Final = "|".join(map(re.escape, (*NormCode, *Ruiscode)))
_NO_WORD: Final = re.compile(rf"\b\d{{4}}-\d\d-\d\d\b|(?<![\w-])(?:{_CODES})(?![\w-])|\b[a-z]+_[a-z_]+\b")
#: pages for who connects a program, which name fields and events as programs do
_FOR_PROGRAMS: Final = ("/api", "/webhooks")


def no_words(wereld: Wereld) -> Iterator[tuple[str, str]]:
    """Yield what no page should say, and on which it stands."""
    for _, route, browser in wereld.walk():
        answer = wereld.shown(browser, route)
        if answer.headers["content-type"].startswith("text/html") and not route.pad.startswith(_FOR_PROGRAMS):
            for words in Gezien(answer.text).words:
                yield from ((route.pad, found) for found in _NO_WORD.findall(words))


def test_every_day_and_every_code_is_said_in_words(wereld: Wereld) -> None:
    assert sorted(set(no_words(wereld))) == []


def test_what_is_no_word_is_found() -> None:
    said = Gezien('<p title="2026-11-02">KAG-R en VC-J.stand, R04; te_laat</p><p>KAG-R2 AR01 op 2 mei</p>').words
    assert [found for words in said for found in _NO_WORD.findall(words)] == [
        "2026-11-02", "KAG-R", "VC-J", "R04", "te_laat",
    ]  # fmt: skip

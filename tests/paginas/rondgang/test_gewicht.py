"""How much every page weighs with all that it needs, packed as it goes out: every GET page, for who may see it."""

import gzip
import re
from functools import cache

from tests.paginas.conftest import Bladeraar
from tests.paginas.rondgang.conftest import Wereld, pages

#: bytes of a page with its style and scripts
_MOST = 60_000
_NEEDED = re.compile(r'"(/static/[^"]+)"')
#: what is no page, but a file
_FILES = {"/kwartaaltoetsen/{id}/export", "/toezicht/kwartaaltoetsen/{id}/export", "/toetsopdrachten/{id}/export"}


def test_every_page_is_light(wereld: Wereld) -> None:
    @cache
    def packed(name: str) -> int:
        return len(gzip.compress(Bladeraar(wereld.dienst, "").file(name)))

    weights = {}
    for user, route, browser in wereld.walk():
        answer = wereld.shown(browser, route)
        if answer.headers["content-type"].startswith("text/html"):
            needed = set(_NEEDED.findall(answer.text))
            assert len(needed) >= 3, route.pad
            weights[route.pad, user] = len(gzip.compress(answer.content)) + sum(map(packed, needed))
    assert {pad for pad, _ in weights} == {one.pad for one in pages()} - _FILES
    assert {page: n for page, n in weights.items() if n > _MOST} == {}

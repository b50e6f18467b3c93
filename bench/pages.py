"""The pages: what each weighs with all that it needs, what it asks of the database, and how long it takes.

Everybody of the demo walks through them by the links that they find, from the menu on, and opens what only comes after
a form. Of each page of the policy table the heaviest figure counts, whoever saw it; none of them may be missed.
"""

import gzip
import re
import secrets
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from statistics import median
from time import perf_counter
from typing import Final

from starlette.types import ASGIApp

from app import clock
from app.access.policy import route_regels
from app.db import sessions
from app.main import create_served_app
from app.queries.accounts.actor import get_actor
from app.security.demo_issuer import ISSUER
from app.services.sessies import begin_sessie
from bench.after_forms import after_forms
from bench.asgi import Answer, Request, ask
from bench.bank import Bank
from bench.bars import BARS, against
from bench.counting import asks
from bench.progress import tell
from bench.recorder import recording
from bench.table import Line, count, number
from bench.toetsen import audit, freeze, last_quarter, years_before

#: who did not sign in
NIEMAND: Final = "niemand"
WIE: Final = (NIEMAND, "begeleider", "teamleider", "gedragswetenschapper", "kwaliteit", "beheerder", "inspecteur")
#: where everybody begins: the menu does the rest; and what a form of the inspecteur asks
_FIRST: Final = ("/", "/api", "/toezicht/steekproef?organisatie=DEMO&seed=7")
_HOME, _API = "/kinderen", "/v1/pleegkinderen?metZorg=true&limit=200"
#: addresses of one page for one person, and seconds after which once is enough
_EACH, _SLOW, _HOME_TIMES = 1, 0.5, 25
#: what is no page: a file, or what only a browser on its way elsewhere asks
_NO_PAGE: Final = frozenset(
    {
        "/static/{name}", "/livez", "/readyz", "/aanmelden", "/aanmelden/terug", "/agenda/{sleutel}.ics",
        "/kwartaaltoetsen/{id}/export", "/toezicht/kwartaaltoetsen/{id}/export", "/toetsopdrachten/{id}/export",
    }
)  # fmt: skip
#: no list and no file, but a whole quarter that is judged anew: its bar is the audit itself (ADR 0036)
_JUDGES_ANEW: Final = "/kwartaaltoetsen/{id}/vergelijking"
_LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
_NEEDED = re.compile(r'"(/static/[^"]+)"')
_IMPORTED = re.compile(r"""\bfrom\s*["']\./([\w.-]+)["']|\bimport\s*["']\./([\w.-]+)["']""")
#: whose session it is and who that is: of every page alike
_WHO = re.compile(r"\b(?:FROM|UPDATE) sessie\b|\bFROM account\b")


@dataclass(slots=True)
class _Page:
    """The most of each figure, over whoever looked at it."""

    weight: int = 0
    queries: int = 0
    milliseconds: float = 0.0
    seen: Counter[str] = field(default_factory=Counter)


class _Browser:
    """Somebody of the demo with a session, who times a page so often, and the files that were fetched."""

    def __init__(self, app: ASGIApp, bank: Bank, wie: str, times: int) -> None:
        self._app, self._times = app, times
        self._cookie = f"pleegzicht={NIEMAND if wie == NIEMAND else _begin(bank, wie)}"
        self._sizes, self._needs = dict[str, int](), dict[str, set[str]]()

    def get(self, target: str) -> Answer:
        """Return what a browser gets."""
        return ask(self._app, Request("GET", target, "", cookie=self._cookie))

    def measure(self, target: str) -> tuple[Answer, int, float]:
        """Return a page, what it asked of the database, and the median of the milliseconds that it took.

        It is asked once before: what a connection and a process ask once is of no page.
        """
        self.get(target)
        with recording() as recorder:
            answer = self.get(target)
            asked = sum(asks(step) and not _WHO.search(step.sql) for step in recorder.take())
        took: list[float] = []
        while len(took) < self._times and (not took or took[0] < 1000 * _SLOW):
            start = perf_counter()
            self.get(target)
            took.append(1000 * (perf_counter() - start))
        return answer, asked, median(took)

    def weigh(self, answer: Answer) -> int:
        """Return the bytes, packed, of a page with its style and scripts, and what those import."""
        files, todo = set[str](), set(_NEEDED.findall(answer.body.decode()))
        while todo:
            name = todo.pop()
            files.add(name)
            todo |= self._needed_by(name) - files
        return len(gzip.compress(answer.body)) + sum(self._sizes[name] for name in files)

    def _needed_by(self, name: str) -> set[str]:
        """Return what a file imports; a browser fetches each once."""
        if name not in self._needs:
            content = self.get(name).body
            self._sizes[name] = len(gzip.compress(content))
            is_script = name.partition("?")[0].endswith(".js")
            named = _IMPORTED.findall(content.decode()) if is_script else []
            self._needs[name] = {f"/static/{one or other}" for one, other in named}
        return self._needs[name]


def _begin(bank: Bank, wie: str) -> str:
    """Begin a session of somebody and return its key."""
    with sessions.unit_of_work(bank.engine) as session:
        actor = get_actor(session, ISSUER, wie, bank.today)
        assert actor is not None, wie
        key = begin_sessie(session, actor, secrets.token_bytes(32), None, clock.now())
    assert key is not None
    return key


def measure_pages(bank: Bank, times: int) -> Iterator[Line]:
    """Yield the table of the pages, the heaviest of each figure beside its bar, and the home page beside the API.

    Two quarters are frozen for it: their pages are pages too. The time of a page is the median of so many.
    """
    for kwartaal in (years_before(last_quarter(bank.today)), last_quarter(bank.today).vorige):
        freeze(bank, kwartaal)
    app = create_served_app()
    pages = {pad: _Page() for pad in patterns_of_pages()}
    with after_forms(app, bank) as after:
        for wie in WIE:
            _walk(_Browser(app, bank, wie, times), wie, pages, (*_FIRST, *after.get(wie, ())))
            tell(f"bladen van {wie}: {sum(1 for page in pages.values() if page.seen[wie])}")
    seen = {pad: page for pad, page in pages.items() if page.seen}
    for pad, page in sorted(seen.items()):
        figures = f"{number(page.weight / 1000)} kB, {page.queries} queries, {number(page.milliseconds)} ms"
        yield Line(f"blad {pad}", figures)
    missed = ", ".join(sorted(pages.keys() - seen))
    yield against("blad gemeten", len(seen) / len(pages), beside=f"niet gemeten: {missed}" if missed else "")
    anew = seen.pop(_JUDGES_ANEW)
    heavy = [f"{pad} {page.queries}" for pad, page in sorted(seen.items()) if page.queries > BARS["blad queries"].limit]
    yield Line("bladen met meer queries dan de grens", ", ".join(heavy) or "geen")
    for key, figure in (("blad gewicht", "weight"), ("blad queries", "queries")):
        pad = max(seen, key=lambda one: float(getattr(seen[one], figure)))
        most = getattr(seen[pad], figure)
        yield against(key, most / 1000 if figure == "weight" else most, beside=f"{pad}, van {count(len(seen))} bladen")
    yield _compare_comparison(bank, anew)
    yield _compare_home(_Browser(app, bank, "begeleider", times), app, bank)


def patterns_of_pages() -> dict[str, re.Pattern[str]]:
    """Return every page of the policy table, and what its addresses look like."""
    found = (one.pad for one in route_regels() if one.methode == "GET" and not one.is_step)
    pads = {pad for pad in found if not pad.startswith("/v1/")} - _NO_PAGE
    return {pad: re.compile(re.sub(r"\{\w+\}", "[^/]+", pad)) for pad in sorted(pads)}


def _walk(browser: _Browser, wie: str, pages: Mapping[str, _Page], first: Sequence[str]) -> None:
    """Follow links from where somebody begins, breadth first; of each page a few addresses."""
    patterns, known, todo = patterns_of_pages(), set(first), deque(first)
    while todo:
        target = todo.popleft()
        pad = page_of(target, patterns)
        if pad is None or pages[pad].seen[wie] >= _EACH:
            continue
        answer, asked, took = browser.measure(target)
        if answer.status == 200:
            page = pages[pad]
            page.seen[wie] += 1
            page.weight = max(page.weight, browser.weigh(answer))
            page.queries, page.milliseconds = max(page.queries, asked), max(page.milliseconds, took)
        found = dict.fromkeys(links_in(answer))
        todo.extend(link for link in found if link not in known)
        known.update(found)


def links_in(answer: Answer) -> Iterator[str]:
    """Yield where an answer sends to, and the addresses that stand in it."""
    if "location" in answer.headers:
        yield answer.headers["location"]
    yield from (unescape(link) for link in _LINK.findall(answer.body.decode()))


def page_of(target: str, patterns: Mapping[str, re.Pattern[str]]) -> str | None:
    """Return which page an address is of: the one without a gap when there are two."""
    path = target.partition("?")[0]
    return min((pad for pad, one in patterns.items() if one.fullmatch(path)), key=lambda pad: "{" in pad, default=None)


def _compare_comparison(bank: Bank, page: _Page) -> Line:
    """Return how long comparing an audit with what is known now takes beside making that audit."""
    with bank.reading() as session:
        start = perf_counter()
        kinderen = audit(session, bank, last_quarter(bank.today).vorige)
        took = 1000 * (perf_counter() - start)
    beside = (
        f"{count(kinderen)} kinderen, {count(page.queries)} queries, {number(page.milliseconds)} en {number(took)} ms"
    )
    return against("blad vergelijking", page.milliseconds / took, beside=beside)


def _compare_home(browser: _Browser, app: ASGIApp, bank: Bank) -> Line:
    """Return how long the home page takes beside the API's list of the same children, in turn."""
    asked = Request("GET", _API, bank.token("begeleider"))
    page, api = list[float](), list[float]()
    for _ in range(_HOME_TIMES):
        start = perf_counter()
        assert browser.get(_HOME).status == 200
        between = perf_counter()
        assert ask(app, asked).status == 200
        page.append(between - start)
        api.append(perf_counter() - between)
    ratio = median(one / other for one, other in zip(page, api, strict=True))
    return against("blad thuis", ratio, beside=f"{number(1000 * median(page))} en {number(1000 * median(api))} ms")

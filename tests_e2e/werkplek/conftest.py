"""The demo as README starts it, on a port of its own, and people with a browser: desk, phone, without scripts."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect, sync_playwright

from tests_e2e.aanmelden.dienst import HERE, ROOT
from tests_e2e.demo import Demo, served
from tests_e2e.werkplek.api import Api, api_of
from tests_e2e.werkplek.teller import HOOGSTENS, Teller, tellend

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = (HERE / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A page of a busy machine may take longer than the five seconds that are usual; what never comes is still missed.
expect.set_options(timeout=30_000)
BREED, SMAL = (1280, 900), (360, 740)
#: a slow 3G: bytes that come through in a second, and milliseconds before anything does
TRAAG = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Serve the demo with data of this run alone."""
    with served(tmp_path_factory.mktemp("werkplek")) as demo:
        yield demo


@pytest.fixture(scope="session")
def base(demo: Demo) -> str:
    return demo.base


AlsProgramma = Callable[[str], Api]


@pytest.fixture(scope="session")
def api(demo: Demo) -> AlsProgramma:
    """Return how somebody of the demo asks the API, beside the browser."""
    return lru_cache(partial(api_of, demo))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    assert found, "chromium is not installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Iemand:
    """Somebody of the demo at a browser; what the browser complains of is kept."""

    base: str
    context: BrowserContext
    page: Page
    klachten: list[str]

    def go(self, path: str) -> Page:
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status < 400, (path, answer.status)
        return self.page


Binnen = Callable[..., Iemand]


@pytest.fixture
def binnen(chromium: Browser, base: str) -> Iterator[Binnen]:
    """Return how somebody comes in: by the page of the demo, with or without scripts."""
    opened: list[BrowserContext] = []

    def come(wie: str, maat: tuple[int, int] = SMAL, *, script: bool = True) -> Iemand:
        width, height = maat
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="nl-NL", java_script_enabled=script
        )
        context.set_default_timeout(60_000)
        opened.append(context)
        page, klachten = context.new_page(), list[str]()
        page.on("console", lambda message: klachten.append(message.text) if message.type == "error" else None)
        page.goto(base)
        page.locator(f"button[value={wie}]").click()
        page.wait_for_selector("details.ik")
        return Iemand(base, context, page, klachten)

    yield come
    for context in opened:
        context.close()


Moment = Callable[[Page], AbstractContextManager[Teller]]


@pytest.fixture
def moment(request: pytest.FixtureRequest) -> Moment:
    """Return what counts what somebody does, and holds it to what the moment may ask whose number the test has."""
    number, teller = int(request.function.__name__.split("_")[1]), Teller()

    @contextmanager
    def counted(page: Page) -> Iterator[Teller]:
        with tellend(page, teller):
            yield teller
        assert 0 < teller.stappen <= HOOGSTENS[number], teller

    return counted


def slow_line(iemand: Iemand) -> CDPSession:
    """Let everything come over a slow line from here on."""
    line = iemand.context.new_cdp_session(iemand.page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", TRAAG)
    return line


#: what a finger taps or types in, but for boxes that have their label as a target, and is lower than it must be
_TOO_SMALL = """() => [...document.querySelectorAll('button, select, textarea, a.knop, summary, input')]
    .filter(one => !['hidden', 'checkbox', 'radio'].includes(one.type) && one.getClientRects().length)
    .filter(one => one.getBoundingClientRect().height < 44)
    .map(one => one.outerHTML.slice(0, 120))"""


def check(page: Page) -> None:
    """Check what axe checks, with everything unfolded, that nothing sticks out sideways, that a finger can hit it."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    assert found["passes"], "axe checked nothing"
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(_TOO_SMALL) == []


def pictures() -> Path:
    """Return where pictures are put."""
    folder = ROOT / ".reports" / "werkplek"
    folder.mkdir(parents=True, exist_ok=True)
    return folder

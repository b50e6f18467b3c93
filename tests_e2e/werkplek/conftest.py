"""The demo as README starts it, on a port of its own, and people with a browser: desk, phone, without scripts."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests_e2e.demo import Demo, served
from tests_e2e.werkplek.api import Api, api_of
from tests_e2e.werkplek.teller import HOOGSTENS, Teller, tellend

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


@contextmanager
def deur(chromium: Browser, base: str) -> Iterator[Binnen]:
    """Yield how somebody comes in, and close their browsers behind them."""
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


@pytest.fixture
def binnen(chromium: Browser, base: str) -> Iterator[Binnen]:
    """Return how somebody comes in: by the page of the demo, with or without scripts."""
    with deur(chromium, base) as binnen:
        yield binnen


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

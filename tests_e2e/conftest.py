"""A browser, and pictures of what it shows when they are asked for."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests_e2e.aanmelden.dienst import ROOT

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of ``make beelden``."""
    parser.addoption("--beelden", action="store_true", help="een plaatje van elk blad, in .reports")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    assert found, "chromium is not installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


Beeld = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def beeld(pytestconfig: pytest.Config) -> Beeld:
    """Return what makes a picture of a whole page, by its name in ``.reports``, when pictures are asked for."""
    asked = bool(pytestconfig.getoption("--beelden"))

    def make(page: Page, name: str) -> None:
        if asked:
            page.screenshot(path=ROOT / ".reports" / f"{name}.png", full_page=True, animations="disabled")

    return make

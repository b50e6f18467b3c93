"""In a real Chromium, on a desktop and on a phone: sign in, see who you are, sign out; and nobody is shut out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests_e2e.aanmelden.conftest import WHO
from tests_e2e.aanmelden.dienst import Opstelling
from tests_e2e.conftest import Beeld
from tests_e2e.leesbaar import check

SIZES = {"desktop": (1280, 800), "telefoon": (375, 812)}


@pytest.fixture(params=SIZES)
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def context(chromium: Browser, size: str) -> Iterator[BrowserContext]:
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=2 if width < 500 else 1, locale="nl-NL"
    )
    context.set_default_timeout(60_000)
    yield context
    context.close()


def look(page: Page, beeld: Beeld, name: str) -> None:
    """Look at it as everybody does."""
    beeld(page, f"aanmelden/{name}")
    check(page)


def sign_in_at_provider(page: Page) -> None:
    page.locator("input[name=login]").fill(WHO)
    page.locator("input[name=password]").fill("x")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()  # yes, for this service


def test_from_the_first_page_to_signed_out(
    context: BrowserContext, opstelling: Opstelling, beeld: Beeld, size: str
) -> None:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if opstelling.base in page.url else None)
    page.goto(opstelling.base)
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")
    look(page, beeld, f"aanmelden-{size}")

    page.get_by_role("link", name="Aanmelden").click()
    assert page.url.startswith(opstelling.issuer)
    sign_in_at_provider(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Beheer")
    assert page.url == f"{opstelling.base}/beheer"
    page.locator("details.ik summary").click()
    expect(page.locator("details.ik").get_by_text("Bea Beheer").last).to_be_visible()
    look(page, beeld, f"ik-{size}")

    cookie = next(one for one in context.cookies() if one["name"] == "pleegzicht")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert "pleegzicht" not in page.evaluate("document.cookie")

    page.get_by_role("button", name="Afmelden", exact=True).click()
    page.wait_for_url(f"{opstelling.issuer}/**")  # on to the provider by itself
    page.get_by_role("button", name="Yes").click()
    page.wait_for_url(f"{opstelling.base}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden")
    assert all(one["name"] != "pleegzicht" for one in context.cookies())
    assert complaints == []


def test_a_refusal_can_be_read(context: BrowserContext, opstelling: Opstelling, beeld: Beeld, size: str) -> None:
    page = context.new_page()
    page.goto(f"{opstelling.base}/aanmelden/terug?code=x&state=y")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden is niet gelukt")
    look(page, beeld, f"mislukt-{size}")


def test_it_works_by_keyboard_alone(context: BrowserContext, opstelling: Opstelling) -> None:
    page = context.new_page()
    page.goto(opstelling.base)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aanmelden")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{opstelling.issuer}/**")

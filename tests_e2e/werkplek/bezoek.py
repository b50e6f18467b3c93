"""The form of a visit, as tests fill it in and look for it in the file."""

from itertools import count

from playwright.sync_api import BrowserContext, Page, expect

from tests_e2e.werkplek.conftest import Iemand

WOORDEN = "Ik wil vaker naar voetbal."
_KEREN = count(1)


def open_form(iemand: Iemand, nr: int) -> str:
    """Open the form of a child and return where it is."""
    href = iemand.page.locator("a.kind-doe").nth(nr).get_attribute("href")
    assert href
    iemand.go(href)
    return href


def fill_visit(page: Page, woorden: str = "") -> None:
    """Fill in a visit; without words with some of its own: the same once more is asked about."""
    page.locator("#gezien-ja").check()
    page.locator("#gesprek-alleen").check()
    page.locator("#veiligheid-ja").check()
    page.locator("#woorden").fill(woorden or f"{WOORDEN} Keer {next(_KEREN)}.")


def save(page: Page) -> None:
    page.get_by_role("button", name="Bezoek bewaren").click()


def sign_in(context: BrowserContext, base: str, wie: str) -> Page:
    """Sign in as the page of the demo lets one, in a tab of its own."""
    return sign_in_on(context.new_page(), base, wie)


def sign_in_on(page: Page, base: str, wie: str) -> Page:
    """Sign in on a page that is open."""
    page.goto(base)
    page.locator(f"button[value={wie}]").click()
    page.wait_for_selector("details.ik")
    return page


def is_recorded_once(iemand: Iemand, form: str, woorden: str) -> None:
    page = iemand.go(form.removesuffix("/bezoek"))
    expect(page.locator(".loop .stem", has_text=woorden)).to_have_count(1)

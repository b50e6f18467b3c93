"""What every moment does: look at a page, choose from the menu, save a file."""

from pathlib import Path

from playwright.sync_api import Page

from tests_e2e.leesbaar import check


def look(page: Page, *, script: bool) -> None:
    """Check the page; without scripts nothing can be asked of it."""
    if script:
        check(page)


def menu(page: Page, naam: str) -> None:
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=naam, exact=True).click()


def saved(page: Page, button: str, tmp_path: Path) -> Path:
    """Return the file that a button or link gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).or_(page.get_by_role("link", name=button)).first.click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path

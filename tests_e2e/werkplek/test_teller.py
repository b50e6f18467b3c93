"""The counter counts: every moment is counted, with and without scripts, and one that asks too much is told."""

import re
from inspect import signature
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page

from tests_e2e.werkplek import test_momenten, test_momenten_kantoor, test_momenten_toezien
from tests_e2e.werkplek.conftest import Moment
from tests_e2e.werkplek.teller import HOOGSTENS, Teller, tellend

_BLAD = """<a href="/twee">verder</a><details><summary>meer</summary></details>
<label><input type="checkbox"> keuze</label><select><option>a<option>b</select>
<form action="/drie"><input name="q"><button>Stuur</button></form>"""
script = pytest.mark.parametrize("script", [True, False], ids=["met script", "zonder script"])


def counted(module: ModuleType) -> set[int]:
    """Return the moments that a module counts, each with scripts and without."""
    tests = {name: one for name, one in vars(module).items() if re.match(r"test_\d+_", name)}
    return {
        int(name.split("_")[1]) for name, one in tests.items() if {"moment", "script"} <= set(signature(one).parameters)
    }


def test_every_moment_is_counted_with_scripts_and_without() -> None:
    found = [counted(module) for module in (test_momenten, test_momenten_kantoor, test_momenten_toezien)]
    assert set().union(*found) == HOOGSTENS.keys() == set(range(1, 11))


def served(chromium: Browser, *, script: bool = True) -> Page:
    page = chromium.new_context(java_script_enabled=script).new_page()
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=_BLAD))
    page.goto("http://pleegzicht.test/een")
    return page


@script
def test_steps_touches_letters_and_thoughts_are_told_apart(chromium: Browser, *, script: bool) -> None:
    page, teller = served(chromium, script=script), Teller()
    with tellend(page, teller):
        page.get_by_role("link").click()
        page.locator("summary").click()
        page.get_by_role("checkbox").check()
        page.get_by_role("combobox").select_option("b")
        page.locator("input[name=q]").fill("Isa")
        page.get_by_role("button").click()
        page.wait_for_url("**/drie*")
    page.locator("summary").click()
    assert (teller.stappen, teller.tikken, teller.letters, teller.gedachten) == (2, 7, 3, 5)
    assert teller.seconden == pytest.approx(5 * 1.35 + 7 * 1.2 + 3 * 0.28 + teller.wachten)
    assert teller.wachten > 0
    page.context.close()


def follow(page: Page, moment: Moment, times: int) -> None:
    with moment(page):
        for _ in range(times):
            page.get_by_role("link").click()


def test_5_what_asks_more_than_there_is_time_for_is_told(chromium: Browser, moment: Moment) -> None:
    page = served(chromium)
    follow(page, moment, HOOGSTENS[5])
    with pytest.raises(AssertionError, match="stappen=3"):
        follow(page, moment, 1)
    page.context.close()


def test_5_nobody_types_an_address(chromium: Browser, moment: Moment) -> None:
    page = served(chromium)
    with pytest.raises(AssertionError, match="an address is typed"), moment(page):
        page.goto("http://pleegzicht.test/twee")
    page.context.close()

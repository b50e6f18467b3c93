"""Somebody who guides children turns on a feed for their own calendar, gets a new address, and turns it off."""

import re

from tests.api.client import Dienst
from tests.api.world import World
from tests.paginas.conftest import Bladeraar, bladeraar


def address(browser: Bladeraar) -> str | None:
    found = re.search(r'value="http[^"]*(/agenda/[^"]+\.ics)"', browser.read("/agenda"))
    return found[1] if found else None


def test_a_feed_is_off_until_it_is_asked_for_and_a_new_address_ends_the_old_one(dienst: Dienst, world: World) -> None:
    browser = bladeraar(dienst, world["collega"])
    assert 'href="/agenda"' in browser.read("/ik")
    assert address(browser) is None
    assert "Uw agenda staat uit." in browser.read("/agenda")
    assert browser.post("/agenda", {}, of="/agenda").headers["location"] == "/agenda"
    first = address(browser)
    assert first
    assert "BEGIN:VCALENDAR" in browser.get(first).text
    browser.post("/agenda", {}, of="/agenda")
    second = address(browser)
    assert second
    assert (browser.get(first).status_code, browser.get(second).status_code) == (404, 200)
    assert browser.post("/agenda/intrekking", {}, of="/agenda").headers["location"] == "/agenda"
    assert address(browser) is None
    assert browser.get(second).status_code == 404
    again = browser.post("/agenda/intrekking", {}, of="/agenda")
    assert (again.status_code, "Uw agenda staat al uit." in again.text) == (409, True)


def test_who_guides_nobody_has_no_feed(dienst: Dienst, world: World) -> None:
    browser = bladeraar(dienst, world["kwaliteit"])
    assert browser.get("/agenda").status_code == 403
    assert 'href="/agenda"' not in browser.read("/ik")

"""A slow line, and a person whom movement makes ill: the pages stay what they are."""

from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests_e2e.werkplek.conftest import BREED, SMAL, TRAAG, Binnen, slow_line

_EERSTE_REGEL = """window.eersteRegel = null;
new MutationObserver(() => {
    if (window.eersteRegel === null && document.querySelector('.kind-reden, .cijfer, .zicht dd'))
        window.eersteRegel = performance.now();
}).observe(document, {childList: true, subtree: true});"""
#: what is shown of a page, and that its first line is among it
_GEZIEN = """() => {
    const [first] = performance.getEntriesByName('first-contentful-paint');
    return first && window.eersteRegel !== null ? Math.max(first.startTime, window.eersteRegel) : null;
}"""
#: at most so many milliseconds until the first useful line
_MOST = 2_000


@pytest.mark.parametrize(("wie", "pad"), [("begeleider", "/kinderen"), ("teamleider", "/team")])
def test_the_first_useful_line_is_there_within_two_seconds_on_a_slow_line(binnen: Binnen, wie: str, pad: str) -> None:
    iemand = binnen(wie, SMAL)
    iemand.go(pad)  # what a process asks once is of no line
    page = iemand.page
    slow_line(iemand).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.add_init_script(_EERSTE_REGEL)
    took = []
    for _ in range(3):
        page.goto(iemand.base + pad)
        page.wait_for_function(_GEZIEN)
        took.append(page.evaluate(_GEZIEN))
    assert min(took) <= _MOST, took
    assert min(took) >= TRAAG["latency"], "the line was not slow"


def test_who_asks_for_less_movement_gets_none(chromium: Browser, base: str) -> None:
    moving = """() => [...document.querySelectorAll('*')].filter(one => {
        const style = getComputedStyle(one);
        const times = `${style.transitionDuration}, ${style.animationDuration}`.split(', ');
        return times.some(time => parseFloat(time) > 0) || style.scrollBehavior === 'smooth';
    }).map(one => one.outerHTML.slice(0, 80))"""
    wanted: tuple[tuple[Literal["reduce", "no-preference"], bool], ...] = (("reduce", False), ("no-preference", True))
    for asked, moves in wanted:
        page = chromium.new_page(reduced_motion=asked, viewport={"width": BREED[0], "height": BREED[1]})
        page.goto(base)
        page.locator("button[value=teamleider]").click()
        page.wait_for_selector("details.ik")
        assert bool(page.evaluate(moving)) is moves, asked
        page.context.close()

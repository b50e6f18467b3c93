"""Whether everybody can read a page and use it: what axe finds, what sticks out, what a finger cannot hit."""

from playwright.sync_api import Page

from tests_e2e.aanmelden.dienst import HERE

_AXE = (HERE / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Of rules that hold axe describes one place instead of all of them, which takes longer than judging: no rule is left
# out. A colour that is on its way to another is not judged. What a finger taps or types in is high enough, but for
# boxes that have their label as a target.
_JUDGED = """async tags => {
    const folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach(one => one.open = true);
    await Promise.allSettled(document.getAnimations().map(one => one.finished));
    const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations']});
    const begin = one => one.outerHTML.slice(0, 120);
    const low = [...document.querySelectorAll('button, select, textarea, a.knop, summary, input')]
        .filter(one => !['hidden', 'checkbox', 'radio'].includes(one.type) && one.getClientRects().length)
        .filter(one => one.getBoundingClientRect().height < 44);
    const wide = document.documentElement.scrollWidth - innerWidth;
    const out = [...document.body.querySelectorAll('*')]
        .filter(one => one.getBoundingClientRect().right > innerWidth + 1);
    const said = [found.passes.length, [
        ...found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html}`)),
        ...(wide > 0 ? [`sticks out ${wide} px`, ...out.slice(0, 5).map(one => `sticks out: ${begin(one)}`)] : []),
        ...low.map(one => `lower than a finger: ${begin(one)}`),
    ]];
    folded.forEach(one => one.open = false);
    return said;
}"""


def faults(page: Page) -> list[str]:
    """Return what is wrong with a page as it stands, with everything unfolded for as long as it takes."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    passes, found = page.evaluate(_JUDGED, _TAGS)
    assert passes, "axe checked nothing"
    return list(found)


def check(page: Page) -> None:
    """Check that nothing is wrong with it."""
    assert faults(page) == []

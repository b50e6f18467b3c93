"""An audit that is made beside the page: it waits, is made, fails; with scripts the page sees it by itself."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx2
import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from tests_e2e.conftest import Beeld
from tests_e2e.demo import Demo
from tests_e2e.leesbaar import check
from tests_e2e.werkplek.conftest import BREED, SMAL, Binnen

_HALFWAY = "begonnen_op = now(), pogingen = 1, gedaan = 1200, totaal = 3400"
_FAILED = "begonnen_op = now(), geeindigd_op = now(), pogingen = 3, fout = 'Dit is drie keer begonnen en niet gelukt.'"
script = pytest.mark.parametrize("script", [True, False], ids=["script", "geen script"])


@pytest.fixture(scope="module")
def vraag(demo: Demo) -> Callable[[str], str]:
    """Return what asks for an audit without waiting, and returns the address of the page of it."""
    token = demo.token("kwaliteit")

    def ask(kwartaal: str) -> str:
        headers = {"Authorization": f"Bearer {token}", "Prefer": "respond-async", "Idempotency-Key": str(uuid4())}
        answer = httpx2.post(f"{demo.base}/v1/kwartaaltoetsen", json={"kwartaal": kwartaal}, headers=headers)
        assert answer.status_code == 202, answer.text
        return f"/toetsopdrachten/{answer.json()['id']}"

    return ask


@pytest.fixture
def zet(demo: Demo) -> Iterator[Callable[[str, str], None]]:
    """Yield what changes an order behind its back, as a worker on another machine does."""
    folder = Path(demo.env["PLEEGZICHT_DATA_DIR"])
    (postmaster,) = folder.rglob("postmaster.pid")
    _, _, _, port, socket, *_ = postmaster.read_text().splitlines()
    with psycopg.connect(host=socket, port=port, user="postgres", dbname="pleegzicht", autocommit=True) as owner:

        def put(where: str, how: str) -> None:
            done = owner.execute(f"UPDATE toetsopdracht SET {how} WHERE uid = %s", [where.rpartition("/")[2]])
            assert done.rowcount == 1

        yield put


def look(page: Page, beeld: Beeld, name: str) -> None:
    """Look at it as everybody does."""
    for kleur in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if kleur == "dark" else "light")
        width = page.viewport_size["width"] if page.viewport_size else 0
        beeld(page, f"werkplek/opdracht-{name}-{width}-{kleur}")
        check(page)


def again(page: Page, *, script: bool) -> None:
    """Wait until the page looked by itself, or let it look."""
    if not script:
        page.get_by_role("link", name="Kijk opnieuw").click()


@script
@pytest.mark.parametrize("maat", [BREED, SMAL], ids=["breed", "smal"])
def test_it_waits_is_made_and_is_there(
    demo: Demo,
    binnen: Binnen,
    vraag: Callable[[str], str],
    zet: Callable[[str, str], None],
    beeld: Beeld,
    maat: tuple[int, int],
    *,
    script: bool,
) -> None:
    iemand = binnen("kwaliteit", maat, script=script)
    where = vraag("2023-Q3" if script else "2023-Q2")
    page, stand = iemand.go(where), iemand.page.locator("#stand")
    expect(stand).to_contain_text("staat klaar om gemaakt te worden")
    expect(page).to_have_title(re.compile("Wordt gemaakt"))
    zet(where, _HALFWAY)
    again(page, script=script)
    expect(stand).to_contain_text("De toets wordt gemaakt: 1.200 van 3.400 kinderen.")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1200")
    if script:
        look(page, beeld, "bezig")
    assert re.search(r"\b[1-9]\d* gemaakt", demo.run("werk", "toetsopdrachten", "--nu"))
    again(page, script=script)
    expect(stand).to_contain_text("De toets is gemaakt.")
    expect(page).to_have_title(re.compile("Gemaakt"))
    if script:
        look(page, beeld, "gemaakt")
    page.get_by_role("link", name="Naar de toets").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2023-Q")
    assert iemand.klachten == []


@script
def test_it_is_said_that_it_failed_and_how_to_go_on(
    binnen: Binnen, vraag: Callable[[str], str], zet: Callable[[str, str], None], beeld: Beeld, *, script: bool
) -> None:
    iemand = binnen("kwaliteit", SMAL, script=script)
    where = vraag("2023-Q1" if script else "2022-Q4")
    page = iemand.go(where)
    zet(where, _FAILED)
    again(page, script=script)
    expect(page.locator("#stand")).to_contain_text("drie keer begonnen en niet gelukt")
    expect(page).to_have_title(re.compile("Niet gelukt"))
    if script:
        look(page, beeld, "mislukt")
    page.get_by_role("link", name="Vraag het opnieuw").click()
    expect(page.get_by_role("button", name="Concept opmaken")).to_be_visible()


def test_a_service_that_starts_again_and_a_lost_network_are_waited_for(
    binnen: Binnen, vraag: Callable[[str], str], zet: Callable[[str, str], None]
) -> None:
    iemand = binnen("kwaliteit")
    where = vraag("2022-Q3")
    page, answers = iemand.go(where), iter((503, None))

    def break_off(route: Route) -> None:
        status = next(answers, 0)
        if status is None:
            route.abort()
        elif status:
            route.fulfill(status=status, body="even niet")
        else:
            route.continue_()

    page.route(f"**{where}", break_off)
    page.wait_for_event("requestfailed")
    zet(where, _HALFWAY)
    expect(page.locator("#stand")).to_contain_text("1.200 van 3.400")


def test_who_walked_away_is_signed_out_as_always(binnen: Binnen, vraag: Callable[[str], str]) -> None:
    """Looking by itself is no use of the page: it ends, and the link stays."""
    iemand = binnen("kwaliteit")
    page, asked = iemand.page, list[str]()
    page.clock.install()
    where = vraag("2022-Q2")
    iemand.go(where)
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith(where) else None)
    with page.expect_response(lambda answer: answer.url.endswith(where)):
        page.clock.run_for("16:00")
    before = len(asked)
    page.clock.run_for("05:00")
    assert len(asked) == before
    expect(page.get_by_role("link", name="Kijk opnieuw")).to_be_visible()

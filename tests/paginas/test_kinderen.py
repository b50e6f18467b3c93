"""Mijn kinderen, the search and the page of one child: everybody is on it, nothing is said that is not so."""

import gzip
import re
from contextlib import ExitStack
from datetime import timedelta
from unittest import mock

import pytest
from anyio import to_thread

from app.db.sessions import SMALL_POOL
from app.web import visitor
from app.web.threads import Threads
from tests.api.client import NOBODY, NU, Dienst, standing_still, without_id
from tests.api.database import counting_queries
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar, titel

_GESPREK = {
    "doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True, "datum": "2026-10-12",
    "stemVanHetKind": "Ik wil vaker <b>naar oma</b>.",
}  # fmt: skip


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


def test_a_child_of_which_nothing_was_recorded_leads_the_list(begeleider: Bladeraar, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"], van="2026-05-20")["pleegkind"]
    page = begeleider.read("/kinderen")
    head, line = page.split(f'href="/kinderen/{kind}"', 1)
    assert "Nog nooit alleen gesproken, of te laat" in head
    line = line.split('href="/kinderen/', 1)[0]
    assert re.search(r'stand--nooit">.*?Nog nooit alleen</span>', line)
    assert "Nog nooit alleen gesproken: te laat sinds 21\N{NO-BREAK SPACE}september" in line


def test_how_many_more_reasons_there_are_leads_to_them(begeleider: Bladeraar, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"], van="2025-01-10")["pleegkind"]
    told = re.search(rf'href="/kinderen/{kind}#oordelen">nog (\d+) reden(en)?<', begeleider.read("/kinderen"))
    assert told
    assert (told[2] is None) == (told[1] == "1")
    part = begeleider.read(f"/kinderen/{kind}").split('<h2 id="oordelen">')[1].split("</section>")[0]
    assert part.count("<details") - part.count("Op tijd vastgelegd</span>") == int(told[1]) + 1


def test_the_list_has_the_children_that_the_api_lists_and_no_other(dienst: Dienst, world: World) -> None:
    for user in ("begeleider", "teamleider", "gedragswetenschapper", "kwaliteit", "beheerder"):
        page = bladeraar(dienst, world[user]).read("/kinderen")
        shown = set(re.findall(r'class="kind-naam" href="/kinderen/([0-9a-f-]{36})"', page))
        assert shown == {one["id"] for one in world[user].walk("/pleegkinderen?limit=200")}, user


def line_of(page: str, kind: str) -> str:
    """Return the line of a child in a list."""
    return page.split(f'href="/kinderen/{kind}"', 1)[1].split('<li class="kind', 1)[0]


def test_what_was_agreed_waits_for_who_agreed_it_unless_something_is_late(dienst: Dienst, world: World) -> None:
    leider, user, mij = world["teamleider"], world["begeleider"], world.medewerkers["begeleider"]
    new, late = (place_child(leider, mij, van=van)["pleegkind"] for van in ("2026-10-30", "2026-05-20"))
    for kind in (new, late):
        for wat, dag in (("Ouders bellen.", "2026-11-07"), ("School\nbellen.", "2026-11-04"), ("Ooit.", "2027-06-01")):
            user.made(f"/pleegkinderen/{kind}/acties", {"datum": "2026-11-02", "omschrijving": wat, "uiterlijk": dag})
    page = bladeraar(dienst, user).read("/kinderen")
    assert "Wacht op u</span>" in line_of(page, new)
    assert "Actie: School bellen, uiterlijk 4\N{NO-BREAK SPACE}november" in line_of(page, new)
    assert page.index('id="g-te_laat"') < page.index('id="g-wacht"') < page.index(f'href="/kinderen/{new}"')
    assert "Nog nooit alleen gesproken" in line_of(page, late)
    assert "Wacht op u" not in line_of(bladeraar(dienst, leider).read("/kinderen"), new)


def test_of_who_records_nothing_no_action_is_looked_for(dienst: Dienst, world: World) -> None:
    """They see every child of an organisatie, and agree to nothing; of who does, only when something is due."""
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    due = {"datum": "2026-11-02", "omschrijving": "Ouders bellen.", "uiterlijk": "2026-11-07"}
    world["begeleider"].made(f"/pleegkinderen/{kind}/acties", due)
    asked = {}
    for user in ("begeleider", "kwaliteit", "beheerder"):
        browser = bladeraar(dienst, world[user])
        browser.read("/kinderen")
        with counting_queries() as seen:
            browser.read("/kinderen")
        asked[user] = any("FROM actie" in sql for sql in seen)
    assert asked == {"begeleider": True, "kwaliteit": False, "beheerder": False}


def test_a_page_is_made_and_ended_on_one_thread_and_one_connection(begeleider: Bladeraar, dienst: Dienst) -> None:
    """Who looks is found on the connection that the page reads on; its line in the log is written where it is made."""
    begeleider.read("/kinderen")
    ways = (Threads, "run"), (to_thread, "run_sync"), (dienst.engines.app.pool, "connect")
    counted = [mock.patch.object(where, name, autospec=True, side_effect=getattr(where, name)) for where, name in ways]
    with counted[0] as ours, counted[1] as others, counted[2] as connections:
        begeleider.read("/kinderen")
    assert (ours.call_count, others.call_count, connections.call_count) == (1, 0, 1)


def test_who_only_reads_does_not_wait_for_who_writes(
    begeleider: Bladeraar, dienst: Dienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That a session was used is written down now and then; who holds all that may write holds up no page by it."""
    monkeypatch.setattr("app.web.visitor._KEPT", timedelta(0))
    with ExitStack() as held:
        for _ in range(SMALL_POOL):
            held.enter_context(dienst.engines.write.connect())
        begeleider.read("/kinderen")
    with mock.patch.object(visitor, "keep_sessie") as kept:
        begeleider.read("/kinderen")
    assert kept.call_count == 1


def test_no_page_promises_more_time_than_its_session_has(begeleider: Bladeraar, dienst: Dienst) -> None:
    """What could not be written down counts from when it last was; then a page may not say 29 minutes."""
    said = []
    with standing_still(NU + timedelta(minutes=12)), ExitStack() as held:
        for _ in range(SMALL_POOL):
            held.enter_context(dienst.engines.write.connect())
        said.append(_still(begeleider.read("/kinderen")))
    with standing_still(NU + timedelta(minutes=12)):
        said += [_still(begeleider.read("/kinderen")) for _ in range(2)]
    assert said == [18 * 60, 29 * 60, 29 * 60]


def _still(page: str) -> int:
    """Return how many seconds a page says that its session lasts without use."""
    found = re.search(r'data-stil="(\d+)"', page)
    assert found
    return int(found[1])


def test_a_foreign_child_and_one_that_is_not_there_are_the_same_page(begeleider: Bladeraar, world: World) -> None:
    absent = begeleider.get(f"/kinderen/{NOBODY}")
    assert absent.status_code == 404
    for relatie in ("team", "organisatie", "vreemd"):
        assert without_id(begeleider.get(f"/kinderen/{world.files[relatie]['pleegkind']}")) == without_id(absent)


def test_the_page_of_a_child_says_when_it_was_seen_and_by_whom(
    begeleider: Bladeraar, world: World, dienst: Dienst
) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])
    page = begeleider.read(f"/kinderen/{kind['pleegkind']}")
    assert page.count("niets vastgelegd") >= 3
    world["begeleider"].made(
        f"/pleegkinderen/{kind['pleegkind']}/kindgesprekken", {**_GESPREK, "plaatsingId": kind["plaatsing"]}
    )
    later = {**_GESPREK, "plaatsingId": kind["plaatsing"], "alleen": False, "vorm": "telefoon", "datum": "2026-10-20"}
    world["begeleider"].made(f"/pleegkinderen/{kind['pleegkind']}/kindgesprekken", later)
    page = begeleider.read(f"/kinderen/{kind['pleegkind']}")
    assert page.count("12\N{NO-BREAK SPACE}oktober\N{NO-BREAK SPACE}2026</b><span>door Medewerker") == 2
    assert "Telt niet mee, want niet alleen gesproken en het gesprek was telefonisch, niet fysiek." in page
    assert "“Ik wil vaker &lt;b&gt;naar oma&lt;/b&gt;.”" in page
    assert titel(page) == "Dossier van een kind – Pleegzicht"


def test_two_letters_or_a_nummer_find_a_child_that_may_be_read_and_no_other(
    begeleider: Bladeraar, world: World
) -> None:
    own = world["begeleider"].read(f"/pleegkinderen/{world.files['eigen']['pleegkind']}")
    other = world["teamleider"].read(f"/pleegkinderen/{world.files['team']['pleegkind']}")
    for asked in (own["achternaam"], own["roepnaam"][:2], own["nummer"], own["nummer"].lower().replace("-", " ")):
        page = begeleider.post("/zoeken/_zoek", {"q": asked}).text
        assert own["id"] in page, asked
        assert other["id"] not in page
    assert "Niets gevonden" in begeleider.post("/zoeken/_zoek", {"q": other["nummer"]}).text


def test_names_hide_behind_a_button_until_it_is_pressed_again(begeleider: Bladeraar) -> None:
    answer = begeleider.post("/voorkeuren/namen", {"namen": "verberg"}, Referer="http://pleegzicht.test/kinderen?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/kinderen")
    assert answer.headers["set-cookie"].startswith("pleegzicht-namen=uit; HttpOnly; Max-Age=")
    begeleider.koekjes["pleegzicht-namen"] = "uit"
    assert '<html lang="nl" data-namen="uit">' in begeleider.read("/kinderen")
    for elsewhere in ("https://kwaad.example//kwaad.example/x", "https://kwaad.example", ""):
        back = begeleider.post("/voorkeuren/namen", {"namen": "toon"}, Referer=elsewhere)
        assert back.headers["location"] == "/"


def test_the_access_log_says_that_it_was_a_page_and_whose_file(begeleider: Bladeraar, world: World) -> None:
    kind = world.files["eigen"]["pleegkind"]
    look = world["beheerder"].look_of(begeleider.get(f"/kinderen/{kind}"))
    assert look
    assert (look["handeling"], look["soort"], look["uitkomst"]) == ("GET /kinderen/{id}", "lezen", "getoond")
    assert look["pleegkinderen"] == [kind]


@pytest.mark.parametrize("path", ["/kinderen", "/kinderen/{kind}"])
def test_a_page_weighs_little(begeleider: Bladeraar, world: World, path: str) -> None:
    path = path.format(kind=world.files["eigen"]["pleegkind"])
    page = begeleider.get(path)
    static = {begeleider.file(name) for name in re.findall(r'"(/static/[^"]+)"', page.text)}
    assert sum(len(gzip.compress(one)) for one in (page.content, *static)) <= 60_000

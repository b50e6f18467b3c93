"""Extra inzet on pages: what is open and late, whose it is, and how it closes: by a repair, or by a decision."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from app.routers.pages.extra_inzetten import STAPPEN
from app.terms import ExtraInzetStapSoort
from tests.api.client import NOBODY, NU, Dienst, standing_still, without_id
from tests.api.files import ALLEEN
from tests.api.world import World, audit_world, build_world
from tests.paginas.conftest import bladeraar


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    """A world of its own, with a frozen quarter."""
    return audit_world(dienst, build_world(dienst, full=False))


def test_the_list_is_that_of_the_api_with_how_many_are_late(dienst: Dienst, world: World) -> None:
    wanted = world["kwaliteit"].walk("/extra-inzetten?limit=200")
    page = bladeraar(dienst, world["kwaliteit"]).read("/extra-inzetten?limit=200")
    places = [page.index(f'href="/extra-inzetten/{one["id"]}"') for one in wanted]
    assert places == sorted(places)
    late = sum(one["teLaat"] for one in wanted)
    all_open = f"<b>{len(wanted)}</b>: <b>{len(wanted)}</b> open"
    assert f"Hieronder staan er {all_open}, en daarvan <b>{late}</b> te laat." in page
    assert late
    line = page.split(f'href="/extra-inzetten/{wanted[0]["id"]}"')[1].split("</tr>")[0]
    days = (NU.date() - date.fromisoformat(wanted[0]["uiterlijk"])).days
    assert f'<span class="kind-bij">{days} dagen te laat</span>' in line.replace("\N{NO-BREAK SPACE}", " ")
    assert world["kwaliteit"].walk("/extra-inzetten?limit=200&teLaat=true") == [one for one in wanted if one["teLaat"]]
    with_zorg = world["kwaliteit"].walk("/extra-inzetten?limit=200&metZorg=true")
    assert all(one["zorg"]["achternaam"] in page for one in with_zorg)
    mine = bladeraar(dienst, world["begeleider"]).read("/extra-inzetten?mijn=true")
    assert world.files["eigen"]["extra_inzet"] in mine
    assert world.files["organisatie"]["extra_inzet"] not in mine
    assert '"/extra-inzetten"' in bladeraar(dienst, world["kwaliteit"]).read("/kwartaaltoetsen")


@pytest.mark.parametrize(
    ("days", "said"), [(-1, "nog 1 dag"), (0, "vandaag"), (1, "1 dag te laat")], ids=["before", "the-day", "after"]
)
def test_of_what_is_open_it_says_how_long_it_has(dienst: Dienst, world: World, days: int, said: str) -> None:
    (one,) = [
        row
        for row in world["kwaliteit"].walk("/extra-inzetten?limit=200")
        if row["pleegkindId"] == world.files["organisatie"]["pleegkind"]
    ]
    due = date.fromisoformat(one["uiterlijk"])
    with standing_still(datetime(due.year, due.month, due.day, 9, tzinfo=UTC) + timedelta(days=days)):
        page = bladeraar(dienst, world["kwaliteit"]).read("/extra-inzetten").replace("\N{NO-BREAK SPACE}", " ")
    line = page.split(f'href="/extra-inzetten/{one["id"]}"')[1].split("</tr>")[0]
    assert f'<span class="kind-bij">{said}</span>' in line
    assert ("De eerstvolgende moet klaar zijn op" in page) == (days <= 0)


def test_it_closes_with_what_repaired_it_and_with_nothing_else(dienst: Dienst, world: World) -> None:
    begeleider, ids = bladeraar(dienst, world["begeleider"]), world.files["eigen"]
    path = f"/extra-inzetten/{ids['extra_inzet']}"
    assert "Leg eerst vast wat is gedaan" in begeleider.read(path)
    assert begeleider.post(f"{path}/afsluiting", {"feit": f"kindgesprek {NOBODY}"}).status_code == 409
    assert begeleider.post(f"{path}/afsluiting", {}).status_code == 400
    talk = world["begeleider"].made(
        f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken",
        {**ALLEEN, "plaatsingId": ids["plaatsing"], "datum": "2026-11-02"},
    )
    page = begeleider.read(path)
    offered = re.findall(r'name="feit" value="(\w+) ([^"]+)"', page)
    assert offered == [("kindgesprek", talk.id)]
    sent = begeleider.post(f"{path}/afsluiting", {"feit": " ".join(offered[0])})
    assert sent.headers["location"] == path
    assert "Afgesloten" in begeleider.read(path)
    assert "Waarmee is het hersteld?" not in begeleider.read(path)


def test_a_gedragswetenschapper_decides_with_a_reason_and_nobody_else(dienst: Dienst, world: World) -> None:
    path = f"/extra-inzetten/{world.files['team']['extra_inzet']}"
    expert = bladeraar(dienst, world["gedragswetenschapper"])
    empty = expert.post(f"{path}/afsluiting", {"reden": ""})
    assert empty.status_code == 400
    assert 'href="#reden"' in empty.text
    assert bladeraar(dienst, world["teamleider"]).post(f"{path}/afsluiting", {"reden": "Klaar."}).status_code == 403
    done = expert.post(f"{path}/afsluiting", {"reden": "Het kind verhuisde en de nieuwe aanbieder nam het over."})
    assert done.headers["location"] == path
    assert "de nieuwe aanbieder nam het over" in expert.read(path)


def test_a_foreign_one_and_one_that_is_not_there_are_the_same_page(dienst: Dienst, world: World) -> None:
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    foreign, absent = (
        kwaliteit.get(f"/extra-inzetten/{key}") for key in (world.files["vreemd"]["extra_inzet"], NOBODY)
    )
    assert foreign.status_code == absent.status_code == 404
    assert without_id(foreign) == without_id(absent)


def test_every_step_has_a_word() -> None:
    assert STAPPEN.keys() == set(ExtraInzetStapSoort)


def test_it_is_given_to_somebody_else_with_a_reason(dienst: Dienst, world: World) -> None:
    path = f"/extra-inzetten/{world.files['organisatie']['extra_inzet']}"
    kwaliteit, other = bladeraar(dienst, world["kwaliteit"]), world.medewerkers["teamleider_zuid"]
    page = kwaliteit.read(path)
    assert f'value="{other}"' in page
    assert world.medewerkers["vreemde_begeleider"] not in page
    assert world.medewerkers["begeleider_zuid"] not in page  # whose it is
    empty = kwaliteit.post(f"{path}/overdracht", {"wie": "", "waarom": ""})
    assert empty.status_code == 400
    for field in ("wie", "waarom"):
        assert f'href="#{field}"' in empty.text
        assert f'id="{field}-fout"' in empty.text
    kept = kwaliteit.post(f"{path}/overdracht", {"wie": NOBODY, "waarom": "Zij kent het gezin."})
    assert kept.status_code == 400
    assert "Zij kent het gezin.</textarea>" in kept.text
    given = kwaliteit.post(f"{path}/overdracht", {"wie": other, "waarom": "Zij kent het gezin."})
    assert given.headers["location"] == path
    now = world["kwaliteit"].read(path)
    assert (now["eigenaarId"], now["stappen"][-1]["reden"]) == (other, "Zij kent het gezin.")
    page = kwaliteit.read(path)
    assert "Overgedragen" in page
    assert "Zij kent het gezin." in page
    chief = bladeraar(dienst, world["beheerder"])
    assert "/overdracht" not in chief.read(path)
    assert chief.post(f"{path}/overdracht", {"wie": other, "waarom": "x"}).status_code == 403

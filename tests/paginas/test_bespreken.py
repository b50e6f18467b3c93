"""The case discussion: whom to discuss and why, never a verdict; what was agreed stands on the list of who does it."""

import re

import pytest

from tests.api.client import NOBODY, Dienst, without_id
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_CHILD = re.compile(r'<h2 class="h3"><a href="/kinderen/([^"]+)"')


@pytest.fixture
def gedragswetenschapper(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["gedragswetenschapper"])


def test_the_list_is_that_of_the_api_and_says_that_it_is_no_verdict(
    gedragswetenschapper: Bladeraar, world: World, dienst: Dienst
) -> None:
    wanted = [one["id"] for one in world["gedragswetenschapper"].rows("/bespreeklijst")]
    page = gedragswetenschapper.read("/bespreken")
    assert "nooit een automatisch oordeel" in page
    assert wanted
    places = [page.index(f'href="/kinderen/{uid}"') for uid in wanted]
    assert places == sorted(places)
    assert world.files["organisatie"]["pleegkind"] not in page
    zuid = bladeraar(dienst, world["teamleider_zuid"]).read("/bespreken")
    assert world.files["eigen"]["pleegkind"] not in zuid


def test_one_ruisfactor_shows_the_children_in_whose_case_it_was_found(
    gedragswetenschapper: Bladeraar, world: World
) -> None:
    user = world["gedragswetenschapper"]
    of_each = {
        one["id"]: {found["code"] for found in one["ruisfactoren"]} for one in user.walk("/bespreeklijst?limit=200")
    }
    codes = {code for found in of_each.values() for code in found}
    assert codes
    for code in codes | {"R02"}:
        wanted = {kind for kind, found in of_each.items() if code in found}
        assert {one["id"] for one in user.walk(f"/bespreeklijst?limit=200&ruisfactor={code}")} == wanted
        page = gedragswetenschapper.read(f"/bespreken?limit=200&ruisfactor={code}")
        assert set(_CHILD.findall(page)) == wanted
        assert f'<option value="{code}" selected>' in page
    assert gedragswetenschapper.get("/bespreken?ruisfactor=R99").status_code == 400


def test_who_sees_every_team_chooses_one_and_no_child_is_in_none(dienst: Dienst, world: World) -> None:
    everybody = {one["id"] for one in world["kwaliteit"].walk("/bespreeklijst")}
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    first = kwaliteit.read("/bespreken?limit=200")
    choices = re.findall(r'<option value="([0-9a-f-]{36}|geen)"', first)
    assert choices[-1] == "geen"
    shown = {wie: set(_CHILD.findall(kwaliteit.read(f"/bespreken?limit=200&wie={wie}"))) for wie in choices}
    assert set(_CHILD.findall(first)) == shown[choices[0]]
    assert set().union(*shown.values()) == everybody
    assert world.files["niemand"]["pleegkind"] in shown["geen"]
    assert shown["geen"].isdisjoint(set().union(*(shown[wie] for wie in choices[:-1])))


def test_what_was_agreed_stands_on_the_list_of_who_does_it(
    gedragswetenschapper: Bladeraar, world: World, dienst: Dienst
) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    path, wie = f"/kinderen/{kind}/bespreking", world.medewerkers["begeleider"]
    form = {
        "datum": "2026-11-02", "multi": "ja", "conclusie": "Vaker langs.", "wat-1": "Oma bellen", "wie-1": wie,
        "wanneer-1": "", f"erbij-{wie}": "ja", f"erbij-{world.medewerkers['gedragswetenschapper']}": "ja",
    }  # fmt: skip
    refused = gedragswetenschapper.post(path, form)
    assert refused.status_code == 400
    assert "Actie 1: zeg wat er gebeurt, wie dat doet en wanneer." in refused.text
    assert "Vaker langs.</textarea>" in refused.text
    assert world["teamleider"].rows(f"/pleegkinderen/{kind}/casuistiekbesprekingen") == []
    done = gedragswetenschapper.post(path, {**form, "wanneer-1": "2026-11-20"})
    assert done.headers["location"] == f"/kinderen/{kind}"
    (made,) = world["teamleider"].rows(f"/pleegkinderen/{kind}/casuistiekbesprekingen")
    assert made["multidisciplinair"] is made["gedragswetenschapperAanwezig"] is True
    assert set(made["deelnemers"]) == {wie, world.medewerkers["gedragswetenschapper"]}
    assert made["acties"] is None
    (actie,) = world["teamleider"].rows(f"/pleegkinderen/{kind}/acties")
    assert (actie["eigenaarId"], actie["uiterlijk"], actie["omschrijving"]) == (wie, "2026-11-20", "Oma bellen")
    assert actie["casuistiekbesprekingId"] == made["id"]
    page = gedragswetenschapper.read(f"/feiten/casuistiekbespreking/{made['id']}")
    assert f'<a href="/feiten/actie/{actie["id"]}">Oma bellen</a>' in page
    assert "Nog niet gedaan." in page
    assert "Afgesproken in een casuïstiekbespreking." in gedragswetenschapper.read(f"/kinderen/{kind}")
    assert "Oma bellen" in bladeraar(dienst, world["begeleider"]).read("/acties")


def test_a_day_to_come_records_nothing_at_all(gedragswetenschapper: Bladeraar, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    form = {"datum": "2026-11-30", "multi": "ja", "wat-1": "Bellen", "wie-1": world.medewerkers["collega"]}
    refused = gedragswetenschapper.post(f"/kinderen/{kind}/bespreking", {**form, "wanneer-1": "2026-12-01"})
    assert refused.status_code == 400
    assert world["teamleider"].rows(f"/pleegkinderen/{kind}/acties") == []


def test_a_discussion_that_is_sent_twice_is_recorded_once(gedragswetenschapper: Bladeraar, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    path = f"/kinderen/{kind}/bespreking"
    key = gedragswetenschapper.read(path).split('name="sleutel" value="')[1].split('"')[0]
    form = {"datum": "2026-11-02", "multi": "ja", "sleutel": key, "wat-1": "Bellen", "wanneer-1": "2026-12-01"}
    form["wie-1"] = world.medewerkers["collega"]
    assert [gedragswetenschapper.post(path, form).status_code for _ in range(2)] == [303, 303]
    for below in ("casuistiekbesprekingen", "acties"):
        assert len(world["teamleider"].rows(f"/pleegkinderen/{kind}/{below}")) == 1


def test_a_foreign_child_and_one_that_is_not_there_are_the_same_page(
    gedragswetenschapper: Bladeraar, world: World
) -> None:
    absent = gedragswetenschapper.get(f"/kinderen/{NOBODY}/bespreking")
    assert absent.status_code == 404
    for relatie in ("organisatie", "vreemd"):
        found = gedragswetenschapper.get(f"/kinderen/{world.files[relatie]['pleegkind']}/bespreking")
        assert without_id(found) == without_id(absent)


def test_a_zichtplan_is_approved_by_a_gedragswetenschapper_alone(
    gedragswetenschapper: Bladeraar, world: World, dienst: Dienst
) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    begeleider, leider = bladeraar(dienst, world["begeleider"]), bladeraar(dienst, world["teamleider"])
    path = f"/kinderen/{kind}/uitzondering"
    form = {"norm-KAG-R": "ja", "soort": "zichtplan", "reden": "Durft nog niet.", "borging": "Elke week gezien.",
            "van": "2026-11-02", "tot": "2027-02-01"}  # fmt: skip
    refused = begeleider.post(path, form)
    assert refused.status_code == 400
    assert 'value="zichtplan" checked' in refused.text
    one = begeleider.post(path, {**form, "dagen": "14"}).headers["location"]
    assert "ten minste elke 14" in begeleider.read(one)
    team = leider.read("/team").split('<h2 id="wacht">')[1].split("</section>")[0]
    assert one in team
    assert "Zichtplan" in team.split(one)[0].rsplit("<li>", 1)[1]
    assert "goedgekeurd door een gedragswetenschapper" in leider.read(one)
    assert "Gaat u akkoord?" not in leider.read(one)
    assert leider.post(f"{one}/goedkeuring", {"versie": "1"}).status_code == 409
    assert gedragswetenschapper.post(f"{one}/goedkeuring", {"versie": "1"}).headers["location"] == one
    assert "Goedgekeurd" in begeleider.read(one)

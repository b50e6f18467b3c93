"""A VGB is withdrawn: about every child that lives there somebody of its team must decide, and everybody sees that."""

from typing import Any

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import VANDAAG, Dienst, Gemaakt
from tests.api.world import World, build_world, place_child

INGETROKKEN = {"status": "ingetrokken", "datum": "2026-10-30"}


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    return build_world(dienst, full=False)


@pytest.fixture
def gezin(world: World) -> dict[str, str]:
    """Return a family with a pleegouder with a VGB, and two children: one of each team."""
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    kind = world["teamleider"].made("/pleegkinderen", SOORTEN_VAN_FEIT["pleegkind"].body({})).id
    body = {"pleegkindId": kind, "pleeggezinId": ids["pleeggezin"], "vorm": "voltijd", "zorgvorm": "pleegzorg"}
    plaatsing = world["teamleider"].made("/plaatsingen", {**body, "van": "2026-06-01"}).id
    by = {"medewerkerId": world.medewerkers["begeleider_zuid"], "van": "2026-06-01"}
    world["beheerder"].made(f"/plaatsingen/{plaatsing}/begeleidingen", by)
    lid = {"naam": "Kim", "geboortedatum": "1980-01-02", "rol": "pleegouder", "inwonendSinds": "2015-01-01"}
    ids["gezinslid"] = world["beheerder"].made(f"/pleeggezinnen/{ids['pleeggezin']}/gezinsleden", lid).id
    ids["ander"] = kind
    ids["vgb"] = vgb(world, ids, status="afgegeven", datum="2020-01-01").id
    return ids


def vgb(world: World, ids: dict[str, str], **said: Any) -> Gemaakt:
    return world["beheerder"].made(f"/gezinsleden/{ids['gezinslid']}/vgbs", said)


def acties(world: World, ids: dict[str, str], wie: str = "beheerder") -> dict[str, dict[str, Any]]:
    """Return the open actions of a withdrawn VGB about the children of the family: child → action."""
    found = world[wie].walk("/acties?overVgb=true&gedaan=false&limit=200")
    return {one["pleegkindId"]: one for one in found if one["pleegkindId"] in (ids["pleegkind"], ids["ander"])}


def test_each_child_gets_an_action_for_its_own_team(world: World, gezin: dict[str, str]) -> None:
    assert acties(world, gezin) == {}
    made = vgb(world, gezin, **INGETROKKEN)
    found = acties(world, gezin)
    owners = {gezin["pleegkind"]: "teamleider", gezin["ander"]: "teamleider_zuid"}
    assert {kind: one["eigenaarId"] for kind, one in found.items()} == {
        kind: world.medewerkers[wie] for kind, wie in owners.items()
    }
    one = found[gezin["pleegkind"]]
    assert (one["datum"], one["uiterlijk"], one["gedaanOp"]) == (str(VANDAAG), "2026-11-09", None)
    assert one["vgbId"] == made.id
    assert "Kim" not in one["omschrijving"]  # it is in the child's file, and that is somebody else
    mine = {row["id"] for row in world["teamleider"].walk("/acties?mijn=true&limit=200")}
    assert one["id"] in mine
    assert found[gezin["ander"]]["id"] not in mine
    judged = world["begeleider"].rows(f"/pleegkinderen/{gezin['pleegkind']}/termijnen")
    assert [row["onderwerp"]["id"] for row in judged if row["norm"] == "ACT"] == [one["id"]]


def test_a_correction_to_withdrawn_does_so_too_and_once(world: World, gezin: dict[str, str]) -> None:
    made = vgb(world, gezin, status="afgegeven", datum="2026-10-29")
    path = f"/vgbs/{made.id}/correctie"
    once = world["beheerder"].made(path, {"reden": "verkeerd", "status": "ingetrokken"}, etag=made.etag)
    first = acties(world, gezin)
    assert len(first) == 2
    world["beheerder"].made(path, {"reden": "andere dag", "datum": "2026-10-28"}, etag=once.etag)
    assert acties(world, gezin) == first


@pytest.mark.parametrize("said", [
    {"status": "geweigerd", "datum": "2026-10-30"}, {"status": "ingetrokken", "datum": "2019-01-01"},
])  # fmt: skip
def test_what_withdraws_nothing_that_holds_asks_nothing(world: World, gezin: dict[str, str], said: Any) -> None:
    vgb(world, gezin, **said)
    assert acties(world, gezin) == {}


def test_a_child_that_left_or_is_yet_to_come_is_not_asked_about(world: World, gezin: dict[str, str]) -> None:
    end = {"tot": "2026-10-31", "eindreden": "naar huis"}
    path = f"/plaatsingen/{gezin['plaatsing']}"
    world["teamleider"].made(f"{path}/beeindiging", end, etag=world["teamleider"].get(path).headers["etag"])
    vgb(world, gezin, **INGETROKKEN)
    assert set(acties(world, gezin)) == {gezin["ander"]}


def test_an_action_of_people_is_about_no_vgb(world: World, gezin: dict[str, str]) -> None:
    body = {"datum": "2026-10-12", "omschrijving": "School bellen.", "uiterlijk": "2026-10-20"}
    made = world["begeleider"].made(f"/pleegkinderen/{gezin['pleegkind']}/acties", body)
    assert made.shown["vgbId"] is None
    refused = world["begeleider"].post(f"/pleegkinderen/{gezin['pleegkind']}/acties", {**body, "vgbId": gezin["vgb"]})
    assert refused.status_code == 400
    assert made.id not in {one["id"] for one in world["beheerder"].walk("/acties?overVgb=true&limit=200")}

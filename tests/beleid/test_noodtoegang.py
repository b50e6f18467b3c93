"""Breaking the glass: for whom, for how long, for what, and who sees it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose, Reach
from app.errors import Forbidden
from app.queries.bereik import find_within, rests_on_noodtoegang
from app.terms import Rol
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NOBODY, NU, Dienst, Gebruiker, standing_still, without_id
from tests.api.files import overdue_child
from tests.api.world import World, build_world, noodtoegang_body

REDEN = "School belde: het kind is vandaag niet gekomen."
BSN = "123456782"


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    return build_world(dienst)


def opened_by(user: Gebruiker, kind: str) -> str:
    return user.made("/noodtoegangen", noodtoegang_body(kind)).id


def test_it_opens_one_file_for_24_hours_and_not_a_second_longer(world: World) -> None:
    kind, user = overdue_child(world).ids, world["begeleider_zuid"]
    path, other = f"/pleegkinderen/{kind['pleegkind']}", f"/pleegkinderen/{world.files['eigen']['pleegkind']}"
    assert user.get(path).status_code == 404
    shown = user.made("/noodtoegangen", noodtoegang_body(kind["pleegkind"])).shown
    assert (shown["geopendOp"], shown["geldigTot"]) == ("2026-11-02T09:00:00Z", "2026-11-03T09:00:00Z")
    day = timedelta(hours=24)
    for later, status in ((timedelta(0), 200), (day - timedelta(microseconds=1), 200), (day, 404)):
        with standing_still(NU + later):
            again = user.again()
            assert again.get(path).status_code == again.get(f"{path}/kindgesprekken").status_code == status, later
            assert again.get(f"/pleeggezinnen/{kind['pleeggezin']}").status_code == status, later
    assert user.get(other).status_code == 404  # one file, not the caseload of whom one stands in for
    assert world["waarnemer"].get(path).status_code == 404  # and not to a colleague
    assert kind["pleegkind"] not in {one["id"] for one in user.walk("/pleegkinderen?limit=200")}


def test_what_is_open_is_not_opened_again(world: World) -> None:
    kind, user = overdue_child(world).ids["pleegkind"], world["begeleider_zuid"]
    body, day = noodtoegang_body(kind), timedelta(hours=24)
    opened_by(user, kind)
    for later, status in ((timedelta(0), 409), (day - timedelta(microseconds=1), 409), (day, 201), (day, 409)):
        with standing_still(NU + later):
            answer = user.again().post("/noodtoegangen", {**body, "reden": f"{REDEN} En er is meer."})
            assert answer.status_code == status, later
            assert answer.json().get("code", "noodtoegang_loopt") == "noodtoegang_loopt"
    assert len([one for one in user.walk("/noodtoegangen?limit=200") if one["pleegkindId"] == kind]) == 2
    opened_by(world["waarnemer"], kind)  # of somebody else it is another


def test_who_stands_in_records_what_happened_and_changes_nothing(world: World) -> None:
    child, user = overdue_child(world), world["begeleider_zuid"]
    ids = {**world.files["eigen"], **child.ids}
    opened_by(user, ids["pleegkind"])
    statuses = {}
    for naam, soort in SOORTEN_VAN_FEIT.items():
        if soort.eigenaar == "pleegkind" and naam != "plaatsing":
            body = soort.body({**ids, "plaatsing": child.ids["plaatsing"]})
            answer = user.post(soort.path(ids), body)
            statuses[naam] = answer.status_code
            ids |= {naam: answer.json()["id"]} if answer.status_code == 201 else {}
    recorded = {naam for naam, status in statuses.items() if status == 201}
    assert recorded == {"kindgesprek", "huisbezoek", "veiligheidscheck", "signaal", "opvolgstap"}
    assert {status for naam, status in statuses.items() if naam not in recorded} == {403}
    talk = child.begeleider.rows(f"{child.path}/kindgesprekken")[0]
    refused = user.post(f"/kindgesprekken/{talk['id']}/intrekking", {"reden": "x"}, etag='"x-1"')
    assert refused.status_code == 403
    assert child.stand("KAG-R") == "op_tijd"  # the talk of who stood in counts


def test_the_talk_of_who_stood_in_is_theirs(world: World) -> None:
    child, user = overdue_child(world), world["begeleider_zuid"]
    opened_by(user, child.ids["pleegkind"])
    made = user.made(f"{child.path}/kindgesprekken", child.talk_body())
    assert made.shown["vastgelegdDoor"] == world.medewerkers["begeleider_zuid"]


def test_it_shows_on_the_lists_of_those_who_answer_for_the_child(world: World) -> None:
    kind = overdue_child(world).ids["pleegkind"]
    key = opened_by(world["begeleider_zuid"], kind)
    sees = {
        wie
        for wie in (
            "begeleider",
            "begeleider_zuid",
            "collega",
            "gedragswetenschapper",
            "teamleider",
            "teamleider_zuid",
            "kwaliteit",
            "beheerder",
            "vreemde_teamleider",
            "vreemde_beheerder",
        )
        if key in {one["id"] for one in world[wie].walk("/noodtoegangen?besproken=false&limit=200")}
    }
    assert sees == {"begeleider_zuid", "teamleider", "kwaliteit", "beheerder"}


def test_the_teamleider_says_that_it_was_talked_about_once(world: World) -> None:
    kind = overdue_child(world).ids["pleegkind"]
    key = opened_by(world["begeleider_zuid"], kind)
    path, body = f"/noodtoegangen/{key}/bespreking", {"toelichting": "Terecht; de waarneming was niet geregeld."}
    for wie, status in (
        ("begeleider_zuid", 403), ("beheerder", 403), ("teamleider_zuid", 404), ("vreemde_teamleider", 404),
        ("teamleider", 201), ("teamleider", 409),
    ):  # fmt: skip
        assert world[wie].post(path, body).status_code == status, wie
    shown = world["begeleider_zuid"].read(f"/noodtoegangen/{key}")
    assert (shown["versie"], shown["besprokenDoor"]) == (2, world.medewerkers["teamleider"])
    assert shown["toelichting"] == body["toelichting"]
    assert key not in {one["id"] for one in world["teamleider"].walk("/noodtoegangen?besproken=false&limit=200")}
    assert key in {one["id"] for one in world["teamleider"].walk("/noodtoegangen?besproken=true&limit=200")}


def test_a_child_is_found_by_one_of_three_and_by_exactly_one(world: World) -> None:
    chief = world["beheerder"]
    body = {**SOORTEN_VAN_FEIT["pleegkind"].body({}), "bsn": BSN}
    made = chief.made("/pleegkinderen", body)
    ways = ({"pleegkindId": made.id}, {"nummer": made.shown["nummer"]}, {"bsn": BSN})
    for by, wie in zip(ways, ("begeleider", "collega", "begeleider_zuid"), strict=True):
        assert world[wie].made("/noodtoegangen", {**by, "reden": REDEN}).shown["pleegkindId"] == made.id
    for by in ({}, {"pleegkindId": made.id, "bsn": BSN}, {"nummer": made.shown["nummer"], "bsn": BSN}):
        refused = world["begeleider"].post("/noodtoegangen", {**by, "reden": REDEN})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "verplicht")
    short = world["begeleider"].post("/noodtoegangen", {"pleegkindId": made.id, "reden": "nodig" + " " * 30})
    assert short.status_code == 400
    chief.made(f"/pleegkinderen/{made.id}/intrekking", {"reden": "klaar"}, etag=made.etag)


def test_a_child_of_another_organisatie_is_one_that_does_not_exist(world: World) -> None:
    stranger, user = world["vreemde_beheerder"], world["begeleider"]
    body = {**SOORTEN_VAN_FEIT["pleegkind"].body({}), "bsn": "111222333"}
    made = stranger.made("/pleegkinderen", body)
    absent = without_id(user.post("/noodtoegangen", {"pleegkindId": NOBODY, "reden": REDEN}))
    assert absent[0] == 404
    for by in ({"pleegkindId": made.id}, {"bsn": "111222333"}, {"nummer": "NIET-TE-VINDEN"}):
        assert without_id(user.post("/noodtoegangen", {**by, "reden": REDEN})) == absent


def test_who_guides_the_child_needs_none(world: World) -> None:
    refused = world["begeleider"].post("/noodtoegangen", noodtoegang_body(world.files["eigen"]["pleegkind"]))
    assert (refused.status_code, refused.json()["code"]) == (409, "noodtoegang_niet_nodig")


def test_the_access_log_tells_a_file_that_was_opened_from_one_that_is_ours(world: World) -> None:
    child = overdue_child(world)
    kind, user = child.ids["pleegkind"], world["begeleider_zuid"]
    opened_by(user, kind)
    for one in (user, child.begeleider):
        one.read(f"/pleegkinderen/{kind}")
    looks = world["kwaliteit"].rows(f"/inzagen?pleegkind={kind}&limit=200")
    marked = [look["noodtoegang"] for look in looks if look["handeling"] == "GET /v1/pleegkinderen/{id}"]
    assert marked == [False, True]  # the last first


def test_the_mark_for_the_access_log_is_there_only_when_the_file_was_opened(dienst: Dienst) -> None:
    actor = Actor(1, 1, UUID(NOBODY), "B", Rol.PLEEGZORGBEGELEIDER, None, 1, UUID(NOBODY), "C", "O")
    for purpose, there, marked in (
        (Purpose.READ, {Reach.READ, Reach.NOOD}, False),
        (Purpose.READ, {Reach.NOOD}, True),
        (Purpose.RECORD, {Reach.WRITE}, False),
        (Purpose.RECORD, {Reach.NOOD}, True),
    ):
        with Session(dienst.engine) as session:
            assert find_within(session, actor, purpose, _there(there))
            assert rests_on_noodtoegang(session) == marked
    with Session(dienst.engine) as session, pytest.raises(Forbidden):
        find_within(session, actor, Purpose.WRITE, _there({Reach.NOOD}))


def _there(reaches: set[Reach]) -> Callable[[Reach], bool | None]:
    return lambda reach: reach in reaches or None

"""A child lives in one place; when it leaves, the begeleiding ends; and who sees it follows the begeleiding."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NU, VANDAAG, Gebruiker, standing_still
from tests.api.files import Kind, overdue_child
from tests.api.world import World, place_child


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


def is_on_a_list(kind: Kind, user: Gebruiker) -> bool:
    return kind.ids["pleegkind"] in {one["id"] for one in user.walk("/pleegkinderen")}


def another(kind: Kind, **over: Any) -> dict[str, Any]:
    return {**SOORTEN_VAN_FEIT["plaatsing"].body(kind.ids), **over}


@pytest.mark.parametrize(
    ("over", "status"),
    [
        ({"van": "2026-11-02"}, 409),
        ({"van": "2026-11-02", "vorm": "crisis"}, 409),
        ({"van": "2026-01-01", "tot": "2026-06-02"}, 409),
        ({"van": "2026-01-01", "tot": "2026-06-01"}, 201),
        ({"van": "2026-11-02", "vorm": "deeltijd"}, 201),
    ],
)
def test_two_voltijd_plaatsingen_at_once_are_refused(kind: Kind, over: dict[str, Any], status: int) -> None:
    answer = kind.teamleider.post("/plaatsingen", another(kind, **over))
    assert answer.status_code == status
    if status == 409:
        assert answer.json()["code"] == "overlap"


def test_a_correction_into_an_overlap_is_refused_too(kind: Kind) -> None:
    second = kind.teamleider.made("/plaatsingen", another(kind, van="2026-10-01", vorm="deeltijd"))
    change = {"reden": "was voltijd", "vorm": "voltijd"}
    refused = kind.teamleider.post(f"/plaatsingen/{second.id}/correctie", change, etag=second.etag)
    assert (refused.status_code, refused.json()["code"]) == (409, "overlap")


def test_a_child_may_leave_and_arrive_on_one_day(kind: Kind, world: World) -> None:
    end = {"tot": "2026-10-20", "eindreden": "naar ander gezin"}
    kind.teamleider.made(f"/plaatsingen/{kind.ids['plaatsing']}/beeindiging", end)
    world["beheerder"].made("/plaatsingen", another(kind, van="2026-10-20"))
    refused = world["beheerder"].post("/plaatsingen", another(kind, van="2026-10-19", tot="2026-10-20"))
    assert refused.status_code == 409


def test_a_plaatsing_that_lasted_no_day_is_in_nobodys_way(kind: Kind, world: World) -> None:
    """The child that came and went on one day lived there on none; where it did live that day may be recorded still."""
    ids = place_child(kind.teamleider, van="2026-06-01")
    kind.teamleider.made(
        f"/plaatsingen/{ids['plaatsing']}/beeindiging", {"tot": "2026-06-01", "eindreden": "vergissing"}
    )
    elsewhere = SOORTEN_VAN_FEIT["plaatsing"].body({**kind.ids, "pleegkind": ids["pleegkind"]})
    world["beheerder"].made("/plaatsingen", {**elsewhere, "van": "2026-01-01"})


def test_the_end_of_a_plaatsing_ends_its_begeleidingen(kind: Kind) -> None:
    path = f"/plaatsingen/{kind.ids['plaatsing']}"
    ended = kind.teamleider.made(f"{path}/beeindiging", {"tot": "2026-11-02", "eindreden": "naar huis"})
    assert (ended.shown["tot"], ended.shown["eindreden"]) == ("2026-11-02", "naar huis")
    assert not is_on_a_list(kind, kind.begeleider)
    assert kind.begeleider.get(kind.path).status_code == 200  # to look back, for 90 days
    begeleiding = kind.teamleider.get(f"/begeleidingen/{kind.ids['begeleiding']}")
    assert begeleiding.status_code == 404 or begeleiding.json()["tot"] == "2026-11-02"


def test_the_begeleiding_ended_for_those_who_still_see_it(kind: Kind, world: World) -> None:
    path = f"/plaatsingen/{kind.ids['plaatsing']}"
    kind.teamleider.made(f"{path}/beeindiging", {"tot": "2026-11-30", "eindreden": "naar huis"})
    shown = world["kwaliteit"].read(f"/begeleidingen/{kind.ids['begeleiding']}")
    assert (shown["tot"], shown["versie"], shown["wijzigingsreden"]) == ("2026-11-30", 2, "plaatsing beëindigd")
    assert kind.stand("KAG-R") == "te_laat"  # until the day itself
    assert world["kwaliteit"].rows(f"{kind.path}/termijnen?peildatum=2026-11-30") == []


def test_an_end_before_what_happened_is_refused(kind: Kind) -> None:
    kind.talk(VANDAAG - timedelta(days=3))
    path = f"/plaatsingen/{kind.ids['plaatsing']}/beeindiging"
    refused = kind.teamleider.post(path, {"tot": "2026-10-01", "eindreden": "naar huis"})
    assert (refused.status_code, refused.json()["code"]) == (409, "datum_buiten_periode")
    backwards = kind.teamleider.post(path, {"tot": "2026-05-01", "eindreden": "naar huis"})
    assert backwards.status_code == 400
    assert [one["code"] for one in backwards.json()["errors"]] == ["datum_buiten_periode"]


def test_what_carries_facts_is_not_withdrawn(kind: Kind) -> None:
    kind.talk()
    for path in (f"/plaatsingen/{kind.ids['plaatsing']}", kind.path, f"/pleeggezinnen/{kind.ids['pleeggezin']}"):
        etag = kind.teamleider.get(path).headers["etag"]
        refused = kind.teamleider.post(f"{path}/intrekking", {"reden": "weg ermee"}, etag=etag)
        assert (refused.status_code, refused.json()["code"]) == (409, "in_gebruik"), path


def test_a_reference_out_of_sight_is_one_that_does_not_exist(kind: Kind, world: World) -> None:
    """Both faults at once, in the same bytes for another team, another organisatie and nobody."""
    answers = []
    for relatie in ("organisatie", "vreemd"):
        ids = world.files[relatie]
        body = {**another(kind, van="2026-11-02"), "pleegkindId": ids["pleegkind"], "pleeggezinId": ids["pleeggezin"]}
        answers.append(kind.teamleider.post("/plaatsingen", body))
    answers.append(kind.teamleider.post("/plaatsingen", another(kind, pleegkindId=NOWHERE, pleeggezinId=NOWHERE)))
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1
    assert [one["name"] for one in answers[0].json()["errors"]] == ["pleegkindId", "pleeggezinId"]


NOWHERE = "0190a000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("relatie", ["organisatie", "vreemd"])
def test_a_correction_cannot_reach_out_of_sight(kind: Kind, world: World, relatie: str) -> None:
    path = f"/plaatsingen/{kind.ids['plaatsing']}"
    etag = kind.teamleider.get(path).headers["etag"]
    there, nowhere = (
        kind.teamleider.post(f"{path}/correctie", {"reden": "verhuisd", "pleeggezinId": uid}, etag=etag)
        for uid in (world.files[relatie]["pleeggezin"], NOWHERE)
    )
    assert there.status_code == 400
    assert there.content == nowhere.content
    child = {"reden": "ander kind", "pleegkindId": world.files[relatie]["pleegkind"]}
    assert kind.teamleider.post(f"{path}/correctie", child, etag=etag).status_code == 400
    assert kind.teamleider.read(path)["versie"] == 1


def test_a_begeleiding_is_of_somebody_of_the_own_organisatie(kind: Kind, world: World) -> None:
    path = f"/plaatsingen/{kind.ids['plaatsing']}/begeleidingen"
    for medewerker in (world.medewerkers["vreemde_begeleider"], NOWHERE):
        refused = kind.teamleider.post(path, {"medewerkerId": medewerker, "van": "2026-11-02"})
        assert refused.status_code == 400
        assert [one["code"] for one in refused.json()["errors"]] == ["onbekende_verwijzing"]


def handover(kind: Kind, world: World, to: str) -> None:
    """End the begeleiding today and let somebody else take over."""
    path = f"/begeleidingen/{kind.ids['begeleiding']}"
    etag = kind.teamleider.get(path).headers["etag"]
    next_one = {"medewerkerId": world.medewerkers[to], "van": "2026-11-02"}
    kind.teamleider.made(f"/plaatsingen/{kind.ids['plaatsing']}/begeleidingen", next_one)
    kind.teamleider.made(f"{path}/correctie", {"reden": "overdracht", "tot": "2026-11-02"}, etag=etag)


def test_after_a_handover_the_caseload_follows(kind: Kind, world: World) -> None:
    handover(kind, world, "collega")
    listed = {name: is_on_a_list(kind, world[name]) for name in ("begeleider", "collega", "teamleider")}
    assert listed == {"begeleider": False, "collega": True, "teamleider": True}
    assert [world[name].get(kind.path).status_code for name in listed] == [200, 200, 200]  # of old for 90 days


def test_after_a_handover_to_another_team_the_team_follows(kind: Kind, world: World) -> None:
    talk = kind.talk()
    handover(kind, world, "begeleider_zuid")
    change = {"reden": "nog even", "alleen": False}
    for days, status, refused in ((0, 200, 403), (90, 200, 403), (91, 404, 404)):
        with standing_still(NU + timedelta(days=days)):
            for name, found in (
                ("begeleider", status), ("teamleider", status), ("gedragswetenschapper", status),
                ("begeleider_zuid", 200), ("teamleider_zuid", 200), ("kwaliteit", 200),
            ):  # fmt: skip
                user = world[name].again()
                for path in (kind.path, f"/kindgesprekken/{talk.id}", f"/pleeggezinnen/{kind.ids['pleeggezin']}"):
                    assert user.get(path).status_code == found, (days, name, path)
                assert is_on_a_list(kind, user) == name.endswith(("_zuid", "kwaliteit")), (days, name)
            path = f"/kindgesprekken/{talk.id}/correctie"
            assert kind.begeleider.again().post(path, change, etag=talk.etag).status_code == refused, days


def test_a_begeleiding_ends_on_its_day(kind: Kind, world: World) -> None:
    """Planned ahead: today still the caseload of the one, tomorrow of the other, without anybody doing anything."""
    path = f"/begeleidingen/{kind.ids['begeleiding']}"
    etag = kind.teamleider.get(path).headers["etag"]
    kind.teamleider.made(f"{path}/correctie", {"reden": "vertrekt", "tot": "2026-11-03"}, etag=etag)
    next_one = {"medewerkerId": world.medewerkers["collega"], "van": "2026-11-03"}
    kind.teamleider.made(f"/plaatsingen/{kind.ids['plaatsing']}/begeleidingen", next_one)
    assert [is_on_a_list(kind, world[name]) for name in ("begeleider", "collega")] == [True, False]
    with standing_still(NU + timedelta(days=1)):
        tomorrow = [world[name].again() for name in ("begeleider", "collega")]
        assert [is_on_a_list(kind, one) for one in tomorrow] == [False, True]
        body = kind.talk_body(VANDAAG + timedelta(days=1))
        assert tomorrow[0].post(f"{kind.path}/kindgesprekken", body).status_code == 403


def test_a_child_without_begeleider_is_not_lost(kind: Kind, world: World) -> None:
    """The last begeleider left and nobody took over: the team still sees it."""
    path = f"/begeleidingen/{kind.ids['begeleiding']}"
    etag = kind.teamleider.get(path).headers["etag"]
    kind.teamleider.made(f"{path}/correctie", {"reden": "vertrokken", "tot": "2026-10-30"}, etag=etag)
    listed = {name: is_on_a_list(kind, world[name]) for name in ("begeleider", "teamleider", "teamleider_zuid")}
    assert listed == {"begeleider": False, "teamleider": True, "teamleider_zuid": False}
    assert kind.ids["pleegkind"] in {one["pleegkindId"] for one in kind.teamleider.walk("/termijnen")}

"""Who works here: added, changed and revoked by a beheerder, with effect at once."""

import pytest

from app.security.demo_issuer import ISSUER
from app.terms import Rol
from tests.api.bodies import unique
from tests.api.client import Dienst, Gebruiker, Gemaakt
from tests.api.files import overdue_child
from tests.api.mensen import add_medewerker
from tests.api.world import World

Nieuw = tuple[Gebruiker, Gemaakt]


@pytest.fixture
def nieuw(world: World, dienst: Dienst) -> Nieuw:
    return add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])


def revoke(world: World, medewerker: Gemaakt) -> None:
    world["beheerder"].made(f"/medewerkers/{medewerker.id}/intrekking", {"reden": "uit dienst"}, etag=medewerker.etag)


def test_a_revoked_medewerker_is_out_at_once(world: World, nieuw: Nieuw) -> None:
    user, medewerker = nieuw
    assert user.get("/ik").status_code == 200
    revoke(world, medewerker)
    assert user.get("/ik").status_code == 401
    assert user.get("/pleegkinderen").status_code == 401
    assert user.post("/pleegkinderen/_zoek", {"naam": "Voorbeeld"}).status_code == 401


def test_a_revoked_medewerker_gets_no_replay(world: World, nieuw: Nieuw) -> None:
    user, medewerker = nieuw
    assert user.post("/pleegkinderen/_zoek", {"naam": "niemand"}, key="k").status_code == 200
    revoke(world, medewerker)
    assert user.post("/pleegkinderen/_zoek", {"naam": "niemand"}, key="k").status_code == 401


def test_what_a_revoked_medewerker_recorded_stays(world: World, dienst: Dienst) -> None:
    user, medewerker = add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])
    kind = overdue_child(world)
    change = {"medewerkerId": medewerker.id, "van": "2026-06-01"}
    kind.teamleider.made(f"/plaatsingen/{kind.ids['plaatsing']}/begeleidingen", change)
    talk = user.made(f"{kind.path}/kindgesprekken", kind.talk_body())
    revoke(world, medewerker)
    assert kind.begeleider.read(f"/kindgesprekken/{talk.id}")["medewerkerId"] == medewerker.id
    assert kind.stand("KAG-R") == "op_tijd"
    assert world["beheerder"].read(f"/medewerkers/{medewerker.id}")["ingetrokken"] is True
    assert medewerker.id not in {one["id"] for one in world["beheerder"].walk("/medewerkers")}


def test_another_rol_holds_at_once(world: World, nieuw: Nieuw) -> None:
    user, medewerker = nieuw
    assert user.get("/pleegkinderen").json() == {"resultaten": []}
    path = f"/medewerkers/{medewerker.id}"
    assert world["beheerder"].patch(path, {"rol": "kwaliteitsmedewerker"}, etag=medewerker.etag).status_code == 200
    assert len(user.walk("/pleegkinderen?limit=200")) >= 4
    assert user.read("/ik")["rollen"] == ["kwaliteitsmedewerker"]


def test_another_team_shows_its_children(world: World, dienst: Dienst) -> None:
    user, medewerker = add_medewerker(dienst, world["beheerder"], Rol.TEAMLEIDER, world.teams["noord"])
    assert user.get(f"/pleegkinderen/{world.files['organisatie']['pleegkind']}").status_code == 404
    path = f"/medewerkers/{medewerker.id}"
    moved = world["beheerder"].patch(path, {"teamId": world.teams["zuid"]}, etag=medewerker.etag)
    assert (moved.status_code, moved.json()["teamId"]) == (200, world.teams["zuid"])
    assert user.get(f"/pleegkinderen/{world.files['organisatie']['pleegkind']}").status_code == 200
    assert user.get(f"/pleegkinderen/{world.files['eigen']['pleegkind']}").status_code == 404


def test_a_team_of_others_is_refused(world: World, nieuw: Nieuw) -> None:
    path, etag = f"/medewerkers/{nieuw[1].id}", nieuw[1].etag
    refused = world["beheerder"].patch(path, {"teamId": world.teams["elders"]}, etag=etag)
    assert (refused.status_code, refused.json()["errors"][0]["name"]) == (400, "teamId")


@pytest.mark.parametrize("name", ["begeleider", "gedragswetenschapper", "teamleider", "kwaliteit", "inspecteur"])
def test_only_a_beheerder_manages_medewerkers(world: World, nieuw: Nieuw, name: str) -> None:
    path, etag = f"/medewerkers/{nieuw[1].id}", nieuw[1].etag
    assert world[name].post("/medewerkers", {"naam": "x", "rol": "beheerder"}).status_code == 403
    assert world[name].post("/teams", {"naam": "x"}).status_code == 403
    assert world[name].patch(path, {"rol": "beheerder"}, etag=etag).status_code == 403
    assert world[name].post(f"{path}/intrekking", {"reden": "x"}, etag=etag).status_code == 403


def test_an_account_belongs_to_one_medewerker(world: World, nieuw: Nieuw) -> None:
    """Nor can it be taken over from another organisatie."""
    account = {"issuer": ISSUER, "subject": nieuw[0].subject}
    for name in ("beheerder", "vreemde_beheerder"):
        body = {"naam": unique("Medewerker"), "rol": "beheerder", "account": account}
        refused = world[name].post("/medewerkers", body)
        assert (refused.status_code, refused.json()["code"]) == (409, "account_bestaat")
    assert nieuw[0].read("/ik")["rollen"] == ["pleegzorgbegeleider"]


def test_a_team_has_a_name_of_its_own(world: World) -> None:
    refused = world["beheerder"].post("/teams", {"naam": "noord"})
    assert (refused.status_code, refused.json()["code"]) == (409, "team_bestaat")
    assert world["vreemde_beheerder"].post("/teams", {"naam": "noord"}).status_code == 201

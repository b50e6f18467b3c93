"""Whom to call in need: per team and functie the last number said, for everybody of the organisatie."""

from tests.api.bodies import unique
from tests.api.world import World

_NUMMER = {
    "functie": "Gedragswetenschapper",
    "telefoonnummer": "010 123 45 67",
    "uren": "op werkdagen van 9 tot 17 uur",
}


def told(world: World, who: str, team: str) -> list[tuple[str, str]]:
    rows = world[who].walk(f"/belnummers?team={team}")
    return [(one["functie"], one["telefoonnummer"]) for one in rows]


def test_the_last_number_of_a_functie_holds_until_there_is_none(world: World) -> None:
    team = world["beheerder"].made("/teams", {"naam": unique("Team")}).id
    path, chief = f"/teams/{team}/belnummers", world["beheerder"]
    chief.made(path, _NUMMER)
    chief.made(path, {**_NUMMER, "functie": "Teamleider", "telefoonnummer": "010 111 11 11"})
    chief.made(path, {**_NUMMER, "functie": "gedragswetenschapper", "telefoonnummer": "0800-2000"})
    now = [("Teamleider", "010 111 11 11"), ("gedragswetenschapper", "0800-2000")]
    assert sorted(told(world, "begeleider", team)) == now
    chief.made(path, {"functie": "Teamleider"})
    assert told(world, "begeleider", team) == now[1:]
    assert told(world, "vreemde_beheerder", team) == []


def test_a_number_that_cannot_be_called_is_refused(world: World) -> None:
    path, chief = f"/teams/{world.teams['noord']}/belnummers", world["beheerder"]
    for over in ({"telefoonnummer": "vraag Anna"}, {"uren": None}, {"telefoonnummer": None}):
        refused = chief.post(path, {**_NUMMER, **over})
        assert refused.status_code == 400, over
        assert "telefoonnummer" in refused.text or "uren" in refused.text
    assert world["teamleider"].post(path, _NUMMER).status_code == 403
    assert world["vreemde_beheerder"].post(path, _NUMMER).status_code == 404

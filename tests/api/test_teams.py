"""Who was in which team, and what it was called: dated, so that an old quarter shows what was then."""

from datetime import datetime
from typing import Any

import pytest

from tests.api.client import Gemaakt, standing_still
from tests.api.toetswereld import Audit


def team_in(audit: Audit, kwartaal: str = "2026-Q3") -> str | None:
    """Return the team of the child's row in an audit that is computed now."""
    toets = audit.kwaliteit.made("/kwartaaltoetsen", {"kwartaal": kwartaal})
    team = audit.row(toets)["team"]
    return team and str(team["naam"])


def begeleider_of(audit: Audit) -> Gemaakt:
    path = f"/medewerkers/{audit.world.medewerkers['begeleider']}"
    answer = audit.world["beheerder"].get(path)
    return Gemaakt(answer.json()["id"], answer.headers["etag"], answer.json())


def move(audit: Audit, team: str | None, sinds: str | None = None) -> dict[str, Any]:
    """Put the begeleider in another team, since today unless a day is given."""
    one = begeleider_of(audit)
    body = {"teamId": team and audit.world.teams[team], **({"teamSinds": sinds} if sinds else {})}
    answer = audit.world["beheerder"].patch(f"/medewerkers/{one.id}", body, etag=one.etag)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def step(audit: Audit, team: str, what: str, **body: str) -> dict[str, Any]:
    made = audit.world["beheerder"].made(f"/teams/{audit.world.teams[team]}/{what}", body)
    return made.shown


def sees(audit: Audit, user: str) -> bool:
    return bool(audit.world[user].again().get(f"/pleegkinderen/{audit.kind.ids['pleegkind']}").status_code == 200)


def test_another_team_holds_from_the_day_of_the_change(audit: Audit) -> None:
    assert team_in(audit) == "noord"
    assert move(audit, "zuid")["teamSinds"] == "2026-11-02"
    assert (team_in(audit), team_in(audit, "2026-Q4")) == ("noord", "zuid")
    assert sees(audit, "teamleider_zuid")
    assert not sees(audit, "teamleider")


@pytest.mark.parametrize(("sinds", "team"), [("2026-09-29", "zuid"), ("2026-09-30", "zuid"), ("2026-10-01", "noord")])
def test_another_team_holds_from_the_day_that_is_given(audit: Audit, sinds: str, team: str) -> None:
    move(audit, "zuid", sinds)
    assert team_in(audit) == team


def test_a_wrong_first_day_is_corrected(audit: Audit) -> None:
    move(audit, "zuid", "2026-09-01")
    assert team_in(audit) == "zuid"
    move(audit, "zuid", "2026-10-05")
    assert team_in(audit) == "noord"
    one = begeleider_of(audit)
    body = {"teamSinds": "2026-09-15"}
    assert audit.world["beheerder"].patch(f"/medewerkers/{one.id}", body, etag=one.etag).json()["teamSinds"]
    assert team_in(audit) == "zuid"


def test_another_name_or_rol_is_not_another_team(audit: Audit) -> None:
    move(audit, "zuid", "2026-10-05")
    one = begeleider_of(audit)
    body = {"naam": "Na het huwelijk"}
    changed = audit.world["beheerder"].patch(f"/medewerkers/{one.id}", body, etag=one.etag).json()
    assert (changed["teamId"], changed["teamSinds"]) == (audit.world.teams["zuid"], "2026-10-05")
    assert team_in(audit) == "noord"


def test_who_left_was_in_a_team_then(audit: Audit) -> None:
    one = begeleider_of(audit)
    audit.world["beheerder"].made(f"/medewerkers/{one.id}/intrekking", {"reden": "uit dienst"}, etag=one.etag)
    assert team_in(audit) == "noord"


def test_who_left_every_team_was_in_one_then(audit: Audit) -> None:
    move(audit, None, "2026-10-01")
    assert (team_in(audit), team_in(audit, "2026-Q4")) == ("noord", None)


def test_a_team_that_is_planned_shows_nothing_yet(audit: Audit) -> None:
    move(audit, "zuid", "2026-12-01")
    assert (sees(audit, "teamleider"), sees(audit, "teamleider_zuid")) == (True, False)
    assert team_in(audit, "2026-Q4") == "zuid"
    with standing_still(datetime.fromisoformat("2026-12-01T09:00:00Z")):
        assert (sees(audit, "teamleider"), sees(audit, "teamleider_zuid")) == (False, True)


def test_who_moves_later_sees_the_other_team_later(audit: Audit) -> None:
    chief, one = audit.world["beheerder"], audit.world.medewerkers["teamleider_zuid"]
    etag = chief.get(f"/medewerkers/{one}").headers["etag"]
    body = {"teamId": audit.world.teams["noord"], "teamSinds": "2026-12-01"}
    assert chief.patch(f"/medewerkers/{one}", body, etag=etag).status_code == 200
    assert not sees(audit, "teamleider_zuid")
    with standing_still(datetime.fromisoformat("2026-12-01T09:00:00Z")):
        assert sees(audit, "teamleider_zuid")


def test_the_list_of_a_past_day_is_by_the_team_of_that_day(audit: Audit) -> None:
    move(audit, "zuid", "2026-10-05")

    def listed(team: str, peildatum: str) -> bool:
        query = f"?limit=200&team={audit.world.teams[team]}&peildatum={peildatum}"
        rows = audit.kwaliteit.walk(f"/termijnen{query}")
        return audit.kind.ids["pleegkind"] in {row["pleegkindId"] for row in rows}

    assert (listed("noord", "2026-10-04"), listed("zuid", "2026-10-04")) == (True, False)
    assert (listed("noord", "2026-10-05"), listed("zuid", "2026-10-05")) == (False, True)


def test_an_old_quarter_keeps_the_name_that_the_team_had(audit: Audit) -> None:
    assert step(audit, "noord", "hernoeming", naam="Noordwest", van="2026-10-01")["naam"] == "Noordwest"
    assert (team_in(audit), team_in(audit, "2026-Q4")) == ("noord", "Noordwest")
    names = {one["naam"] for one in audit.world["beheerder"].walk("/teams")}
    assert names == {"Noordwest", "zuid"}


def test_a_name_that_is_planned_is_not_used_yet(audit: Audit) -> None:
    assert step(audit, "noord", "hernoeming", naam="Noordwest", van="2027-01-01")["naam"] == "noord"
    assert team_in(audit, "2026-Q4") == "noord"


@pytest.mark.parametrize("naam", ["noord", "Noordwest", "zuid"])
def test_a_name_that_another_team_has_or_had_is_taken(audit: Audit, naam: str) -> None:
    step(audit, "noord", "hernoeming", naam="Noordwest")
    chief = audit.world["beheerder"]
    assert chief.post("/teams", {"naam": naam}).json()["code"] == "team_bestaat"
    if naam != "zuid":
        refused = chief.post(f"/teams/{audit.world.teams['zuid']}/hernoeming", {"naam": naam})
        assert (refused.status_code, refused.json()["code"]) == (409, "team_bestaat")


def test_a_team_gets_its_old_name_back(audit: Audit) -> None:
    step(audit, "noord", "hernoeming", naam="Noordwest", van="2026-09-01")
    step(audit, "noord", "hernoeming", naam="noord", van="2026-10-01")
    assert (team_in(audit), team_in(audit, "2026-Q4")) == ("Noordwest", "noord")


def test_two_teams_become_one_from_a_day_on(audit: Audit) -> None:
    made = step(audit, "noord", "samenvoeging", opgegaanIn=audit.world.teams["zuid"], van="2026-10-01")
    assert (made["geslotenPer"], made["opgegaanIn"]) == ("2026-10-01", audit.world.teams["zuid"])
    assert (team_in(audit), team_in(audit, "2026-Q4")) == ("noord", "zuid")
    assert sees(audit, "teamleider_zuid")
    assert sees(audit, "teamleider")


def test_the_children_of_who_left_before_go_along_with_the_team(audit: Audit) -> None:
    one = begeleider_of(audit)
    audit.world["beheerder"].made(f"/medewerkers/{one.id}/intrekking", {"reden": "uit dienst"}, etag=one.etag)
    step(audit, "noord", "samenvoeging", opgegaanIn=audit.world.teams["zuid"])
    assert sees(audit, "teamleider_zuid")
    assert begeleider_of(audit).shown["ingetrokken"]


def test_who_was_to_move_elsewhere_moves_there_after_the_joining(audit: Audit) -> None:
    third = audit.world["beheerder"].made("/teams", {"naam": "oost"}).id
    audit.world.teams["oost"] = third  # a dict in this world
    move(audit, "oost", "2026-12-01")
    step(audit, "noord", "samenvoeging", opgegaanIn=audit.world.teams["zuid"], van="2026-10-01")
    assert (team_in(audit), team_in(audit, "2026-Q4")) == ("noord", "oost")
    assert sees(audit, "teamleider_zuid")


def test_a_team_ends_once_and_takes_nobody_on_after(audit: Audit) -> None:
    chief, zuid = audit.world["beheerder"], audit.world.teams["zuid"]
    step(audit, "noord", "samenvoeging", opgegaanIn=zuid)
    path = f"/teams/{audit.world.teams['noord']}"
    for what, body in (("sluiting", {}), ("samenvoeging", {"opgegaanIn": zuid})):
        refused = chief.post(f"{path}/{what}", body)
        assert (refused.status_code, refused.json()["code"]) == (409, "team_gesloten")
    body = {"naam": "Nieuw", "rol": "teamleider", "teamId": audit.world.teams["noord"]}
    refused = chief.post("/medewerkers", body)
    assert (refused.status_code, refused.json()["errors"][0]["name"]) == (400, "teamId")
    refused = chief.post(f"/teams/{zuid}/samenvoeging", {"opgegaanIn": audit.world.teams["noord"]})
    assert (refused.status_code, refused.json()["errors"][0]["name"]) == (400, "opgegaanIn")


def test_a_team_does_not_go_up_in_itself(audit: Audit) -> None:
    zuid = audit.world.teams["zuid"]
    refused = audit.world["beheerder"].post(f"/teams/{zuid}/samenvoeging", {"opgegaanIn": zuid})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "ongeldige_waarde")


def test_a_team_with_people_or_children_is_not_closed(audit: Audit) -> None:
    chief = audit.world["beheerder"]
    refused = chief.post(f"/teams/{audit.world.teams['noord']}/sluiting", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "team_in_gebruik")
    empty = chief.made("/teams", {"naam": "leeg"}).id
    assert chief.made(f"/teams/{empty}/sluiting", {"van": "2026-11-01"}).shown["geslotenPer"] == "2026-11-01"
    assert chief.post("/medewerkers", {"naam": "N", "rol": "teamleider", "teamId": empty}).status_code == 400


def test_a_team_whose_people_all_left_keeps_its_children(audit: Audit) -> None:
    chief = audit.world["beheerder"]
    for one in [one for one in chief.walk("/medewerkers") if one["teamId"] == audit.world.teams["noord"]]:
        etag = chief.get(f"/medewerkers/{one['id']}").headers["etag"]
        chief.made(f"/medewerkers/{one['id']}/intrekking", {"reden": "uit dienst"}, etag=etag)
    refused = chief.post(f"/teams/{audit.world.teams['noord']}/sluiting", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "team_in_gebruik")


def test_a_first_day_is_at_most_a_year_ahead(audit: Audit) -> None:
    """Further ahead it is a year that was mistyped."""
    one = begeleider_of(audit)
    refused = audit.world["beheerder"].patch(f"/medewerkers/{one.id}", {"teamSinds": "2027-11-03"}, etag=one.etag)
    (fault,) = refused.json()["errors"]
    assert (refused.status_code, fault["name"], fault["code"]) == (400, "teamSinds", "datum_in_toekomst")
    path = f"/teams/{audit.world.teams['noord']}/hernoeming"
    refused = audit.world["beheerder"].post(path, {"naam": "Later", "van": "2027-11-03"})
    assert refused.json()["errors"][0]["code"] == "datum_in_toekomst"
    assert audit.world["beheerder"].post(path, {"naam": "Later", "van": "2027-11-02"}).status_code == 201


def test_a_team_of_others_does_not_exist(audit: Audit) -> None:
    zuid = audit.world.teams["zuid"]
    for what, body in (("hernoeming", {"naam": "x"}), ("samenvoeging", {"opgegaanIn": zuid}), ("sluiting", {})):
        path = f"/teams/{audit.world.teams['noord']}/{what}"
        assert audit.world["vreemde_beheerder"].post(path, body).status_code == 404

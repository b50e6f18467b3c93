"""Who leaves, whose children go to others, who comes back; and that somebody is always left who can add others."""

from datetime import datetime
from typing import Any

import pytest

from app.security.demo_issuer import ISSUER
from app.terms import Rol
from tests.api.bodies import unique
from tests.api.client import NOBODY, Dienst, Gebruiker, Gemaakt, standing_still
from tests.api.files import Kind, overdue_child
from tests.api.mensen import add_medewerker, add_organisatie
from tests.api.toetswereld import Audit
from tests.api.world import World

VANDAAG = "2026-11-02"


def current(chief: Gebruiker, uid: str) -> Gemaakt:
    answer = chief.get(f"/medewerkers/{uid}")
    return Gemaakt(uid, answer.headers["etag"], answer.json())


def change(chief: Gebruiker, uid: str, **body: Any) -> Any:
    return chief.patch(f"/medewerkers/{uid}", body, etag=current(chief, uid).etag)


def withdraw(chief: Gebruiker, uid: str) -> Any:
    return chief.post(f"/medewerkers/{uid}/intrekking", {"reden": "uit dienst"}, etag=current(chief, uid).etag)


def hand_over(who: Gebruiker, van: str, *kinderen: tuple[str, str, str]) -> Any:
    each = [{"pleegkindId": kind, "medewerkerId": naar, "van": dag} for kind, naar, dag in kinderen]
    return who.post(f"/medewerkers/{van}/overdracht", {"kinderen": each, "reden": "uit dienst"})


def guides(audit: Audit, kind: Kind) -> list[tuple[str, str, str | None]]:
    """Return who guides a child, from when until when, by day."""
    rows = audit.world["beheerder"].walk(f"/plaatsingen/{kind.ids['plaatsing']}/begeleidingen")
    names = {uid: naam for naam, uid in audit.world.medewerkers.items()}
    return sorted((names[one["medewerkerId"]], one["van"], one["tot"]) for one in rows if not one["ingetrokken"])


def people(audit: Audit) -> tuple[str, str, str]:
    world = audit.world
    return world.medewerkers["begeleider"], world.medewerkers["collega"], audit.kind.ids["pleegkind"]


# What is open


def test_withdrawing_says_what_is_open(audit: Audit) -> None:
    begeleider, _, kind = people(audit)
    audit.freeze(audit.build())
    (extra,) = audit.follow_up(audit.kwaliteit)
    answer = withdraw(audit.world["beheerder"], begeleider)
    assert answer.status_code == 201
    open_still = answer.json()["openstaand"]
    assert [(one["pleegkindId"], one["plaatsingId"]) for one in open_still["begeleidingen"]] == [
        (kind, audit.kind.ids["plaatsing"])
    ]
    assert open_still["extraInzetten"] == [{"id": extra["id"], "pleegkindId": kind, "uiterlijk": extra["uiterlijk"]}]


def test_who_has_nothing_leaves_nothing(audit: Audit) -> None:
    answer = withdraw(audit.world["beheerder"], audit.world.medewerkers["collega"])
    assert answer.json()["openstaand"] == {"begeleidingen": [], "extraInzetten": [], "acties": []}


# Handing over


@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("who", ["beheerder", "teamleider"])
def test_children_go_to_others_each_from_its_day(audit: Audit, who: str, *, left: bool) -> None:
    begeleider, collega, first = people(audit)
    other = overdue_child(audit.world)
    if left:
        withdraw(audit.world["beheerder"], begeleider)
    second = (other.ids["pleegkind"], collega, "2026-12-01")
    answer = hand_over(audit.world[who], begeleider, (first, collega, VANDAAG), second)
    assert answer.status_code == 201, answer.text
    (still,) = answer.json()["openstaand"]["begeleidingen"]
    assert (still["pleegkindId"], still["tot"]) == (other.ids["pleegkind"], "2026-12-01")
    (_, van, _), *_ = guides(audit, other)
    assert guides(audit, audit.kind)[0][0::2] == ("begeleider", VANDAAG)
    assert guides(audit, audit.kind)[1] == ("collega", VANDAAG, None)
    assert guides(audit, other) == [("begeleider", van, "2026-12-01"), ("collega", "2026-12-01", None)]
    assert audit.world["collega"].get(audit.kind.path).status_code == 200


def test_extra_inzet_goes_along_with_its_child(audit: Audit) -> None:
    begeleider, collega, kind = people(audit)
    audit.freeze(audit.build())
    answer = hand_over(audit.world["teamleider"], begeleider, (kind, collega, VANDAAG))
    assert answer.json()["openstaand"] == {"begeleidingen": [], "extraInzetten": [], "acties": []}
    (extra,) = audit.follow_up(audit.kwaliteit)
    assert (extra["eigenaarId"], extra["eigenaarRol"]) == (collega, "pleegzorgbegeleider")


def test_what_was_agreed_goes_along_with_its_child(audit: Audit) -> None:
    begeleider, collega, kind = people(audit)
    wat = {"datum": "2026-10-20", "uiterlijk": "2026-11-10", "eigenaarId": begeleider}
    open_, done = (
        audit.kind.teamleider.made(f"{audit.kind.path}/acties", {**wat, "omschrijving": naam, **more})
        for naam, more in (("Bel school.", {}), ("Bel thuis.", {"gedaanOp": "2026-10-21"}))
    )
    still = withdraw(audit.world["beheerder"], begeleider).json()["openstaand"]["acties"]
    assert still == [{"id": open_.id, "pleegkindId": kind, "uiterlijk": "2026-11-10"}]
    answer = hand_over(audit.world["teamleider"], begeleider, (kind, collega, VANDAAG))
    assert answer.json()["openstaand"]["acties"] == []
    owners = {one["id"]: one["eigenaarId"] for one in audit.kind.teamleider.rows(f"{audit.kind.path}/acties")}
    assert owners == {open_.id: collega, done.id: begeleider}


def test_extra_inzet_stays_until_the_day(audit: Audit) -> None:
    begeleider, collega, kind = people(audit)
    audit.freeze(audit.build())
    answer = hand_over(audit.world["teamleider"], begeleider, (kind, collega, "2026-12-01"))
    assert len(answer.json()["openstaand"]["extraInzetten"]) == 1


def test_one_child_that_cannot_go_keeps_all_of_them(audit: Audit) -> None:
    begeleider, collega, kind = people(audit)
    before = guides(audit, audit.kind)
    answer = hand_over(audit.world["teamleider"], begeleider, (kind, collega, VANDAAG), (NOBODY, collega, VANDAAG))
    faults = [(one["name"], one["code"]) for one in answer.json()["errors"]]
    assert (answer.status_code, faults) == (400, [("kinderen.1.pleegkindId", "onbekende_verwijzing")])
    assert guides(audit, audit.kind) == before


def test_every_fault_is_told_at_once(audit: Audit) -> None:
    begeleider, collega, kind = people(audit)
    twice = ((kind, collega, VANDAAG), (kind, collega, VANDAAG))
    answer = hand_over(audit.world["beheerder"], begeleider, *twice, (NOBODY, begeleider, VANDAAG))
    names = [one["name"] for one in answer.json()["errors"]]
    assert names == ["kinderen.1.pleegkindId", "kinderen.2.medewerkerId", "kinderen.2.pleegkindId"]


def test_nobody_hands_over_what_began_later(audit: Audit) -> None:
    begeleider, collega, kind = people(audit)
    answer = hand_over(audit.world["beheerder"], begeleider, (kind, collega, "2026-01-01"))
    (one,) = answer.json()["errors"]
    assert (one["name"], one["code"]) == ("kinderen.0.van", "datum_buiten_periode")


def test_what_was_yet_to_begin_begins_with_the_other(audit: Audit) -> None:
    begeleider, collega, _ = people(audit)
    teamleider = audit.world["teamleider"]
    kind = overdue_child(audit.world)
    hand_over(teamleider, begeleider, (kind.ids["pleegkind"], collega, "2026-12-01"))
    answer = hand_over(teamleider, collega, (kind.ids["pleegkind"], begeleider, "2026-12-01"))
    assert answer.status_code == 201, answer.text
    assert [one[0] for one in guides(audit, kind)] == ["begeleider", "begeleider"]


def test_a_teamleider_hands_over_within_the_own_team(audit: Audit) -> None:
    begeleider, collega, kind = people(audit)
    chief, world = audit.world["beheerder"], audit.world
    assert hand_over(world["teamleider_zuid"], begeleider, (kind, collega, VANDAAG)).status_code == 403
    answer = hand_over(world["teamleider"], begeleider, (kind, world.medewerkers["teamleider_zuid"], VANDAAG))
    assert [one["name"] for one in answer.json()["errors"]] == ["kinderen.0.medewerkerId"]
    answer = hand_over(chief, begeleider, (kind, world.medewerkers["teamleider_zuid"], VANDAAG))
    assert answer.status_code == 201


def test_nothing_goes_to_who_left(audit: Audit) -> None:
    begeleider, collega, kind = people(audit)
    withdraw(audit.world["beheerder"], collega)
    answer = hand_over(audit.world["beheerder"], begeleider, (kind, collega, VANDAAG))
    assert [one["name"] for one in answer.json()["errors"]] == ["kinderen.0.medewerkerId"]


@pytest.mark.parametrize("name", ["begeleider", "gedragswetenschapper", "kwaliteit"])
def test_others_hand_nothing_over(audit: Audit, name: str) -> None:
    begeleider, collega, kind = people(audit)
    assert hand_over(audit.world[name], begeleider, (kind, collega, VANDAAG)).status_code == 403


# Coming back


def test_who_comes_back_is_who_it_was(audit: Audit, dienst: Dienst) -> None:
    chief, noord = audit.world["beheerder"], audit.world.teams["noord"]
    user, made = add_medewerker(dienst, chief, Rol.PLEEGZORGBEGELEIDER, noord)
    assert withdraw(chief, made.id).status_code == 201
    assert user.get("/ik").status_code == 401
    back = chief.post(f"/medewerkers/{made.id}/terugkeer", {"reden": "weer"}, etag=current(chief, made.id).etag)
    assert (back.status_code, back.json()["nummer"], back.json()["ingetrokken"]) == (201, made.shown["nummer"], False)
    assert (back.json()["teamId"], user.read("/ik")["rollen"]) == (noord, ["pleegzorgbegeleider"])
    again = chief.post(f"/medewerkers/{made.id}/terugkeer", {"reden": "weer"}, etag=current(chief, made.id).etag)
    assert (again.status_code, again.json()["code"]) == (409, "niet_ingetrokken")


def test_who_comes_back_finds_its_account_taken(audit: Audit, dienst: Dienst) -> None:
    chief = audit.world["beheerder"]
    user, made = add_medewerker(dienst, chief, Rol.PLEEGZORGBEGELEIDER, None)
    withdraw(chief, made.id)
    account = {"issuer": ISSUER, "subject": user.subject}
    elsewhere, _ = add_organisatie(dienst)
    body = {"naam": unique("M"), "rol": "kwaliteitsmedewerker", "account": account}
    assert elsewhere.post("/medewerkers", body).status_code == 201
    assert user.read("/ik")["rollen"] == ["kwaliteitsmedewerker"]
    back = chief.post(f"/medewerkers/{made.id}/terugkeer", {"reden": "weer"}, etag=current(chief, made.id).etag)
    assert (back.status_code, back.json()["code"]) == (409, "account_bestaat")
    assert current(chief, made.id).shown["ingetrokken"]


def test_who_comes_back_to_a_closed_team_is_in_none(audit: Audit) -> None:
    chief = audit.world["beheerder"]
    team = chief.made("/teams", {"naam": "tijdelijk"}).id
    made = chief.made("/medewerkers", {"naam": "Weg en Terug", "rol": "teamleider", "teamId": team})
    withdraw(chief, made.id)
    chief.made(f"/teams/{team}/sluiting", {})
    back = chief.made(f"/medewerkers/{made.id}/terugkeer", {"reden": "weer"}, etag=current(chief, made.id).etag)
    assert (back.shown["teamId"], back.shown["teamSinds"]) == (None, VANDAAG)


# The account


def test_another_account_ends_the_old_one_at_once(audit: Audit, dienst: Dienst) -> None:
    chief = audit.world["beheerder"]
    user, made = add_medewerker(dienst, chief, Rol.TEAMLEIDER, audit.world.teams["noord"])
    assert user.get("/ik").status_code == 200
    new = unique("sub")
    assert change(chief, made.id, account={"issuer": ISSUER, "subject": new}).status_code == 200
    assert user.get("/ik").status_code == 401
    assert dienst.sign_in(new, Rol.TEAMLEIDER).get("/ik").status_code == 200
    # And back again: the same pair, and the one in between ends.
    assert change(chief, made.id, account={"issuer": ISSUER, "subject": user.subject}).status_code == 200
    assert (user.get("/ik").status_code, dienst.sign_in(new, Rol.TEAMLEIDER).get("/ik").status_code) == (200, 401)


def test_no_account_lets_nobody_in(audit: Audit, dienst: Dienst) -> None:
    chief = audit.world["beheerder"]
    user, made = add_medewerker(dienst, chief, Rol.TEAMLEIDER, None)
    assert change(chief, made.id, naam="Een ander").status_code == 200
    assert user.get("/ik").status_code == 200
    assert change(chief, made.id, account=None).status_code == 200
    assert user.get("/ik").status_code == 401


def test_an_account_that_was_taken_away_is_free_for_a_colleague(audit: Audit, dienst: Dienst) -> None:
    chief = audit.world["beheerder"]
    user, made = add_medewerker(dienst, chief, Rol.TEAMLEIDER, None)
    assert user.get("/ik").status_code == 200
    other = chief.made("/medewerkers", {"naam": "De Goede", "rol": "kwaliteitsmedewerker"})
    account = {"issuer": ISSUER, "subject": user.subject}
    assert change(chief, other.id, account=account).json()["code"] == "account_bestaat"
    change(chief, made.id, account=None)
    assert change(chief, other.id, account=account).status_code == 200
    assert user.read("/ik")["medewerker"]["id"] == other.id


# Who is left


def test_the_last_beheerder_stays(dienst: Dienst, world: World) -> None:
    chief, own = add_organisatie(dienst)
    refused = [
        withdraw(chief, own),
        change(chief, own, rol="teamleider"),
        change(chief, own, account=None),
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(409, "laatste_beheerder")] * 3
    # One without an account cannot take over.
    chief.made("/medewerkers", {"naam": "Zonder", "rol": "beheerder"})
    assert withdraw(chief, own).status_code == 409
    assert change(chief, own, naam="Zelfde mens").status_code == 200
    other, _ = add_medewerker(dienst, chief, Rol.BEHEERDER, None)
    assert withdraw(chief, own).status_code == 201
    assert other.get("/medewerkers").status_code == 200
    assert chief.get("/ik").status_code == 401


def test_only_an_inspectie_has_inspecteurs(audit: Audit) -> None:
    chief = audit.world["beheerder"]
    refused = chief.post("/medewerkers", {"naam": "Ina", "rol": "inspecteur"})
    (one,) = refused.json()["errors"]
    assert (refused.status_code, one["name"], one["code"]) == (400, "rol", "ongeldige_waarde")
    assert change(chief, audit.world.medewerkers["collega"], rol="inspecteur").status_code == 400


def test_a_later_day_counts_on_that_day(audit: Audit) -> None:
    begeleider, collega, kind = people(audit)
    hand_over(audit.world["teamleider"], begeleider, (kind, collega, "2026-12-01"))
    assert audit.world["collega"].get(audit.kind.path).status_code == 404
    with standing_still(datetime.fromisoformat("2026-12-01T09:00:00Z")):
        assert audit.world["collega"].again().get(audit.kind.path).status_code == 200

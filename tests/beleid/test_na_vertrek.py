"""A child that left more than 90 days ago: who guided it last answers what is open, and does nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.client import VANDAAG, Gebruiker
from tests.api.world import World, place_child
from tests.beleid.test_behandelrelatie import days_later, world

__all__ = ["world"]
K = "2026-10-29"
OVERLEG = {"stap": "overleg", "met": "gedragswetenschapper"}
BESLUIT = {"stap": "besluit", "besluit": "afspraken"}
SIGNAAL = {"datum": K, "bekendGewordenOp": K, "soort": "letsel", "letsel": True, "calamiteit": False}
ACTIE = {"datum": K, "uiterlijk": K, "omschrijving": "Bel de school."}
LAATSTEN = ("begeleider", "teamleider", "gedragswetenschapper")


def left(world: World, **open_: Any) -> dict[str, str]:
    """Return a child of begeleider that left today, with what is open about it."""
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"], "2026-01-10")
    for naam, path in (("signaal", "signalen"), ("actie", "acties")):
        if naam in open_:
            ids[naam] = world["begeleider"].made(f"/pleegkinderen/{ids['pleegkind']}/{path}", open_[naam]).id
    end = {"tot": str(VANDAAG), "eindreden": "naar huis"}
    world["teamleider"].made(f"/plaatsingen/{ids['plaatsing']}/beeindiging", end)
    return ids


def step(user: Gebruiker, ids: dict[str, str], said: dict[str, str], dag: str) -> int:
    body = {**said, "signaalId": ids["signaal"], "datum": dag}
    return user.post(f"/pleegkinderen/{ids['pleegkind']}/opvolgstappen", body).status_code


def finish(user: Gebruiker, ids: dict[str, str], **changes: Any) -> int:
    path, etag = f"/acties/{ids['actie']}", '"x-1"'
    shown = user.get(path)
    etag = shown.headers.get("etag", etag)
    return user.post(f"{path}/correctie", {"reden": "gedaan", **changes}, etag=etag).status_code


@pytest.mark.parametrize("wie", LAATSTEN)
@pytest.mark.parametrize("dagen", [1, 90, 91, 400])
def test_who_guided_last_answers_what_is_open_and_then_no_more(world: World, wie: str, dagen: int) -> None:
    ids = left(world, signaal={**SIGNAAL, "vraagtVeiligheidscheck": False})
    path = f"/pleegkinderen/{ids['pleegkind']}"
    with days_later(world, dagen) as users:
        user, day = users[wie], str(VANDAAG + timedelta(days=dagen))
        assert user.get(path).status_code == 200
        assert step(user, ids, OVERLEG, day) == 201
        assert user.get(path).status_code == 200  # the besluit is open still
        assert step(user, ids, BESLUIT, day) == 201
        late = wie == "begeleider" or dagen > 90
        assert user.get(path).status_code == (200 if dagen <= 90 else 404)
        assert step(user, ids, BESLUIT, day) == ((403 if dagen <= 90 else 404) if late else 201)


@pytest.mark.parametrize("wie", LAATSTEN)
@pytest.mark.parametrize("dagen", [0, 91])
def test_steps_alone_go_in_one_request_and_a_visit_does_not(world: World, wie: str, dagen: int) -> None:
    ids = left(world, signaal={**SIGNAAL, "vraagtVeiligheidscheck": False})
    with days_later(world, dagen) as users:
        day = str(VANDAAG + timedelta(days=dagen))
        steps = [{**said, "signaalId": ids["signaal"], "datum": day} for said in (OVERLEG, BESLUIT)]
        body = {"plaatsingId": ids["plaatsing"], "datum": day, "opvolgstappen": steps}
        path = f"/pleegkinderen/{ids['pleegkind']}/bezoeken"
        if dagen or wie == "begeleider":  # until then the team may finish the file
            visit = {**body, "huisbezoek": {"kindGezien": True}}
            assert users[wie].post(path, visit).status_code == 403
        assert users[wie].post(path, body).status_code == 201


@pytest.mark.parametrize("wie", LAATSTEN)
@pytest.mark.parametrize("dagen", [0, 1, 91])
def test_what_is_open_leads_the_lists_of_who_guided_last(world: World, wie: str, dagen: int) -> None:
    ids = left(world, signaal={**SIGNAAL, "vraagtVeiligheidscheck": False}, actie=ACTIE)
    with days_later(world, dagen) as users:
        user, day = users[wie], str(VANDAAG + timedelta(days=dagen))
        late = user.rows("/termijnen?opvolging=open&limit=200")
        assert {one["norm"] for one in late if one["pleegkindId"] == ids["pleegkind"]} == {"OPV-O", "OPV-B"}
        acties = user.rows("/termijnen?norm=ACT&limit=200")
        assert ids["pleegkind"] in {one["pleegkindId"] for one in acties}
        assert ids["pleegkind"] in {one["id"] for one in user.rows("/pleegkinderen?opvolging=open&limit=200")}
        if wie == "begeleider":
            assert ids["actie"] in {one["id"] for one in user.rows("/acties?mijn=true&limit=200")}
        assert step(user, ids, OVERLEG, day) == step(user, ids, BESLUIT, day) == 201
        assert finish(user, ids, gedaanOp=day) == 201
        listed = {one["id"] for one in user.rows("/pleegkinderen?limit=200")}
        assert ids["pleegkind"] not in listed


@pytest.mark.parametrize("wie", LAATSTEN)
def test_an_agreed_action_is_closed_and_nothing_of_it_is_changed(world: World, wie: str) -> None:
    ids = left(world, actie=ACTIE)
    with days_later(world, 91) as users:
        user, day = users[wie], str(VANDAAG + timedelta(days=91))
        assert finish(user, ids, omschrijving="Anders.", gedaanOp=day) == 403
        assert finish(user, ids, uiterlijk=day) == finish(user, ids, gedaanOp=None) == finish(user, ids) == 403
        assert finish(user, ids, gedaanOp=day) == 201
        assert user.get(f"/pleegkinderen/{ids['pleegkind']}").status_code == 404


@pytest.mark.parametrize("wie", LAATSTEN)
def test_nothing_else_is_written(world: World, wie: str) -> None:
    ids = left(world, signaal={**SIGNAAL, "vraagtVeiligheidscheck": False}, actie=ACTIE)
    with days_later(world, 91) as users:
        user, kind = users[wie], f"/pleegkinderen/{ids['pleegkind']}"
        for path, body in (("ontwikkelbeelden", {"datum": K}), ("acties", ACTIE), ("signalen", SIGNAAL)):
            assert (
                user.post(
                    f"{kind}/{path}", {"vraagtVeiligheidscheck": False, **body} if path == "signalen" else body
                ).status_code
                == 403
            ), path
        withdrawn = user.post(f"/signalen/{ids['signaal']}/intrekking", {"reden": "x"}, etag='"x-1"')
        assert withdrawn.status_code == 403
        found = user.post("/pleegkinderen/_zoek", {"naam": "Voorbeeld"}).json()["resultaten"]
        assert ids["pleegkind"] in {one["id"] for one in found}  # to be found by name, or nobody could answer


@pytest.mark.parametrize("wie", LAATSTEN)
def test_a_step_of_the_meldcode_answers_too(world: World, wie: str) -> None:
    ids = left(world, signaal={**SIGNAAL, "vraagtVeiligheidscheck": False})
    with days_later(world, 91) as users:
        user, day = users[wie], str(VANDAAG + timedelta(days=91))
        for stap in (2, 5):
            body = {"stap": stap, "datum": day, "toelichting": "Samen gewogen.", "veiligThuis": "geen"}
            user.made(f"/signalen/{ids['signaal']}/meldcodestappen", body)
        assert user.get(f"/pleegkinderen/{ids['pleegkind']}").status_code == 404


@pytest.mark.parametrize("wie", ["collega", "begeleider_zuid", "teamleider_zuid"])
def test_who_did_not_guide_it_last_answers_nothing(world: World, wie: str) -> None:
    ids = left(world, signaal={**SIGNAAL, "vraagtVeiligheidscheck": False})
    with days_later(world, 91) as users:
        assert step(users[wie], ids, OVERLEG, K) == 404


def test_the_last_team_is_that_of_the_last_plaatsing(world: World) -> None:
    """Noord guided it, then zuid; it left, and what noord heard is zuid's to answer."""
    ids = left(world, signaal={**SIGNAAL, "vraagtVeiligheidscheck": False})
    chief = world["beheerder"]
    family = chief.made("/pleeggezinnen", {"naam": "Later", "soort": "bestand"}).id
    body = {"pleegkindId": ids["pleegkind"], "pleeggezinId": family, "vorm": "voltijd", "zorgvorm": "pleegzorg"}
    later = world["teamleider"].made("/plaatsingen", {**body, "van": str(VANDAAG)}).id
    by = {"medewerkerId": world.medewerkers["begeleider_zuid"], "van": str(VANDAAG)}
    world["teamleider"].made(f"/plaatsingen/{later}/begeleidingen", by)
    with days_later(world, 10) as users:
        end = {"tot": str(VANDAAG + timedelta(days=10)), "eindreden": "naar huis"}
        users["teamleider_zuid"].made(f"/plaatsingen/{later}/beeindiging", end)
    with days_later(world, 101) as users:
        statuses = {wie: step(users[wie], ids, OVERLEG, K) for wie in (*LAATSTEN, "begeleider_zuid")}
    assert statuses == dict.fromkeys(LAATSTEN, 404) | {"begeleider_zuid": 201}

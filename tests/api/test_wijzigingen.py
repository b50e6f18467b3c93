"""The change log as it is shown: what was written, by whom and why, to those with the right, and never the text."""

from typing import Any

import pytest

from app.access.permissions import PERMISSIONS_OF_ROL, Permission
from app.terms import Rol
from tests.api.bodies import unique
from tests.api.client import NOBODY, Gebruiker
from tests.api.world import World


@pytest.fixture
def kwaliteit(world: World) -> Gebruiker:
    return world["kwaliteit"]


def talk(world: World, tekst: str) -> dict[str, Any]:
    """Record a talk by the begeleider and return it."""
    path = f"/pleegkinderen/{world.files['eigen']['pleegkind']}/kindgesprekken"
    body = {
        "plaatsingId": world.files["eigen"]["plaatsing"], "datum": "2026-10-30", "doorgegaan": True, "alleen": True,
        "vorm": "fysiek", "veiligheidBesproken": True, "stemVanHetKind": tekst, "themas": [tekst],
    }  # fmt: skip
    answer = world["begeleider"].post(path, body)
    assert answer.status_code == 201, answer.text
    return {**answer.json(), "verzoek": answer.headers["x-request-id"], "etag": answer.headers["etag"]}


def about(user: Gebruiker, onderwerp: str) -> list[dict[str, Any]]:
    return [one for one in user.rows("/wijzigingen?limit=200") if one["onderwerpId"] == onderwerp]


def test_a_recording_is_shown_with_who_and_for_which_request(world: World, kwaliteit: Gebruiker) -> None:
    made = talk(world, "gewoon")
    (entry,) = about(kwaliteit, made["id"])
    assert (entry["soort"], entry["handeling"], entry["voor"]) == ("kindgesprek", "toegevoegd", None)
    assert entry["medewerker"] == {"id": world.medewerkers["begeleider"], "naam": entry["medewerker"]["naam"]}
    assert entry["medewerker"]["naam"]
    assert entry["pleegkindId"] == world.files["eigen"]["pleegkind"]
    assert entry["verzoekId"] == made["verzoek"]
    assert entry["na"]["plaatsingId"] == world.files["eigen"]["plaatsing"]
    assert entry["na"]["medewerkerId"] == world.medewerkers["begeleider"]
    assert (entry["na"]["datum"], entry["na"]["alleen"]) == ("2026-10-30", True)


def test_a_correction_shows_before_after_and_why(world: World, kwaliteit: Gebruiker) -> None:
    made, reden = talk(world, "voor"), unique("Verkeerd gehoord")
    body = {"reden": reden, "vorm": "telefoon", "stemVanHetKind": "na"}
    done = world["begeleider"].post(f"/kindgesprekken/{made['id']}/correctie", body, etag=made["etag"])
    assert done.status_code == 201, done.text
    entry, _ = about(kwaliteit, made["id"])
    assert (entry["handeling"], entry["reden"]) == ("gewijzigd", reden)
    assert (entry["voor"]["vorm"], entry["na"]["vorm"]) == ("fysiek", "telefoon")
    assert entry["voor"]["stemVanHetKind"] == entry["na"]["stemVanHetKind"] == {"verborgen": True}
    assert "themas" not in entry["voor"]  # did not change


def test_free_text_and_names_are_never_shown(world: World, kwaliteit: Gebruiker) -> None:
    canary = unique("Kanarie")
    made = talk(world, canary)
    answer = kwaliteit.get("/wijzigingen?limit=200")
    assert made["id"] in answer.text
    assert canary not in answer.text
    kind = kwaliteit.read(f"/pleegkinderen/{world.files['eigen']['pleegkind']}")
    assert kind["achternaam"] not in "".join(str([one["voor"], one["na"]]) for one in answer.json()["resultaten"])


def test_filters(world: World, kwaliteit: Gebruiker) -> None:
    kind = world.files["eigen"]["pleegkind"]
    made = talk(world, "filter")
    of_kind = kwaliteit.walk(f"/wijzigingen?limit=200&pleegkind={kind}")
    assert made["id"] in {one["onderwerpId"] for one in of_kind}
    assert {one["pleegkindId"] for one in of_kind} == {kind}
    assert kwaliteit.rows(f"/wijzigingen?pleegkind={NOBODY}") == []
    assert kwaliteit.rows(f"/wijzigingen?pleegkind={world.files['vreemd']['pleegkind']}") == []
    moment = of_kind[0]["op"]
    since = kwaliteit.walk(f"/wijzigingen?limit=200&van={moment}&pleegkind={kind}")
    until = kwaliteit.walk(f"/wijzigingen?limit=200&tot={moment}&pleegkind={kind}")
    assert since
    assert [*since, *until] == of_kind
    assert all(one["op"] >= moment for one in since)
    assert kwaliteit.rows("/wijzigingen?van=2199-01-01T00:00:00Z") == []


def test_the_last_comes_first_and_pages_follow_each_other(kwaliteit: Gebruiker) -> None:
    everything = kwaliteit.rows("/wijzigingen?limit=200")
    assert len({one["id"] for one in everything}) == len(everything) > 20
    assert kwaliteit.walk("/wijzigingen?limit=150")[:200] == everything
    moments = [one["op"] for one in everything]
    assert moments[0] == max(moments)


def test_another_organisatie_sees_nothing_of_it(world: World, kwaliteit: Gebruiker) -> None:
    made = talk(world, "eigen")
    theirs = world["vreemde_kwaliteit"].walk("/wijzigingen?limit=200")
    ours = kwaliteit.walk("/wijzigingen?limit=200")
    assert made["id"] in {one["onderwerpId"] for one in ours}
    assert {one["id"] for one in ours}.isdisjoint(one["id"] for one in theirs)


def test_only_who_guards_the_quality_or_the_installation_reads_it(world: World) -> None:
    allowed = {rol for rol in Rol if Permission.WIJZIGING_READ in PERMISSIONS_OF_ROL[rol]}
    assert allowed == {Rol.KWALITEITSMEDEWERKER, Rol.BEHEERDER}
    for user in world.users.values():
        assert user.get("/wijzigingen").status_code == (200 if user.rol in allowed else 403)

"""A child whose begeleider works here no longer has none, from that day until another has it: every door says so."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.api.client import Gebruiker, Gemaakt, standing_still
from tests.api.toetswereld import Audit
from tests.api.world import World, place_child

VOOR, VANDAAG, ERNA = "2026-11-01", "2026-11-02", "2026-11-03"
LIJST = "limit=200&metZorg=true"


def add_wil(world: World) -> Gemaakt:
    body = {"naam": "Wil Weg", "rol": "pleegzorgbegeleider", "teamId": world.teams["noord"]}
    return world["beheerder"].made("/medewerkers", body)


def leave(world: World, wil: Gemaakt) -> None:
    world["beheerder"].made(f"/medewerkers/{wil.id}/intrekking", {"reden": "uit dienst"}, etag=wil.etag)


def left_behind(world: World) -> dict[str, str]:
    wil = add_wil(world)
    ids = place_child(world["teamleider"], wil.id)
    leave(world, wil)
    return ids


@pytest.fixture
def weg(world: World) -> dict[str, str]:
    """A child, and its begeleider, who left today."""
    return left_behind(world)


def unguided(user: Gebruiker, more: str = "") -> dict[str, dict[str, str | None]]:
    return {one["id"]: one["zorg"] for one in user.walk(f"/pleegkinderen?{LIJST}&zonderBegeleider=true{more}")}


@pytest.mark.parametrize("who", ["teamleider", "gedragswetenschapper", "kwaliteit"])
def test_every_list_says_that_nobody_guides_it_and_who_did(world: World, weg: dict[str, str], who: str) -> None:
    user, kind = world[who], weg["pleegkind"]
    zorg = unguided(user)[kind]
    assert (zorg["begeleiderId"], zorg["begeleiderNaam"]) == (None, None)
    assert (zorg["vertrokkenBegeleiderId"], zorg["teamId"]) == (weg["medewerker"], world.teams["noord"])
    assert str(zorg["vertrokkenBegeleiderNaam"]).startswith("Wil Weg")
    path = f"/termijnen?{LIJST}&zonderBegeleider=true"
    standen = [user.walk(f"{path}&stand={one}") for one in ("te_laat", "op_tijd", "nadert")]
    assert {
        one["zorg"]["vertrokkenBegeleiderId"] for rows in standen for one in rows if one["pleegkindId"] == kind
    } == {weg["medewerker"]}
    for path in (f"begeleider={weg['medewerker']}", f"team={world.teams['noord']}"):
        assert kind in {one["id"] for one in user.walk(f"/pleegkinderen?limit=200&{path}")}, path


def test_it_is_so_from_the_day_on_which_they_left(world: World, weg: dict[str, str]) -> None:
    user, kind = world["teamleider"], weg["pleegkind"]
    for day, without in ((VOOR, False), (VANDAAG, True), (ERNA, True)):
        assert (kind in unguided(user, f"&peildatum={day}")) == without, day
        found = user.walk(f"/termijnen?limit=200&zonderBegeleider=true&stand=te_laat&peildatum={day}")
        assert (kind in {one["pleegkindId"] for one in found}) == without, day


def test_who_comes_back_guides_them_again(audit: Audit) -> None:
    world = audit.world
    weg = left_behind(world)
    path = f"/medewerkers/{weg['medewerker']}"
    with standing_still(datetime(2026, 11, 4, 12, tzinfo=UTC)):
        beheerder = world["beheerder"].again()
        beheerder.made(f"{path}/terugkeer", {"reden": "terug"}, etag=beheerder.get(path).headers["etag"])
        user, kind = world["teamleider"].again(), weg["pleegkind"]
        days = ("2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04")
        assert [kind in unguided(user, f"&peildatum={day}") for day in days] == [False, True, True, False]
        assert user.read(f"/pleegkinderen?{LIJST}&begeleider={weg['medewerker']}")["resultaten"]


def test_a_colleague_who_guides_it_as_well_is_its_begeleider(world: World) -> None:
    leider, collega, wil = world["teamleider"], world.medewerkers["collega"], add_wil(world)
    ids = place_child(leider, collega)
    leider.made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", {"medewerkerId": wil.id, "van": VOOR})
    leave(world, wil)
    assert ids["pleegkind"] not in unguided(leider)
    (zorg,) = [one["zorg"] for one in leider.walk(f"/pleegkinderen?{LIJST}") if one["id"] == ids["pleegkind"]]
    assert (zorg["begeleiderId"], zorg["vertrokkenBegeleiderId"]) == (collega, None)
    assert not leider.walk(f"/pleegkinderen?limit=200&begeleider={wil.id}")


def test_counts_put_it_with_nobody_and_say_who_left(world: World, weg: dict[str, str]) -> None:
    leider = world["teamleider"]
    told = leider.walk("/caseloads?limit=2")
    (row,) = [one for one in told if one["vertrokkenBegeleiderId"] == weg["medewerker"]]
    assert (row["begeleiderId"], row["teamId"], row["kinderen"]) == (None, world.teams["noord"], 1)
    placed = Counter(one["zorg"]["vertrokkenBegeleiderId"] for one in leider.walk(f"/pleegkinderen?{LIJST}"))
    assert {one["vertrokkenBegeleiderId"]: one["kinderen"] for one in told if one["vertrokkenBegeleiderId"]} == {
        key: count for key, count in placed.items() if key
    }


def test_a_child_with_two_begeleiders_is_counted_with_both_as_in_the_list_of_each(world: World) -> None:
    leider, (a, b) = world["teamleider"], (world.medewerkers[name] for name in ("begeleider", "collega"))
    ids = place_child(leider, a)
    leider.made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", {"medewerkerId": b, "van": "2026-06-01"})
    counts = {one["begeleiderId"]: one for one in leider.walk("/caseloads")}
    for who in (a, b):
        found = {one["id"] for one in leider.walk(f"/pleegkinderen?limit=200&begeleider={who}")}
        assert ids["pleegkind"] in found
        assert counts[who]["kinderen"] == len(found)
        late = leider.walk(f"/pleegkinderen?limit=200&begeleider={who}&stand=te_laat")
        assert counts[who]["teLaat"] == len(late)

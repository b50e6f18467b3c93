"""How long a begeleider and its team see a child, to the day; and that no child in care is on nobody's list."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.api.client import NU, VANDAAG, Dienst, Gebruiker, standing_still
from tests.api.files import ALLEEN
from tests.api.world import World, build_world, place_child

_GESPREK = {**ALLEEN, "datum": "2026-10-01"}


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    """Two teams and an organisatie of their own, with children in whose files little was recorded."""
    return build_world(dienst, full=False)


@contextmanager
def days_later(world: World, dagen: int) -> Iterator[dict[str, Gebruiker]]:
    """Let it be so many days later, and sign everybody in again."""
    with standing_still(NU + timedelta(days=dagen)):
        yield {naam: user.again() for naam, user in world.users.items()}


@pytest.fixture(scope="module")
def overgedragen(world: World, module_at_work: None) -> dict[str, str]:
    """A child whose begeleider handed it over to another team today: reading changes nothing, nor what is refused."""
    ids = place_child(world["teamleider"], van="2026-01-10")
    chief, path = world["beheerder"], f"/plaatsingen/{ids['plaatsing']}/begeleidingen"
    for wie, van, tot in (("begeleider", "2026-01-10", VANDAAG.isoformat()), ("begeleider_zuid", str(VANDAAG), None)):
        chief.made(path, {"medewerkerId": world.medewerkers[wie], "van": van, "tot": tot})
    body = {**_GESPREK, "plaatsingId": ids["plaatsing"]}
    ids["kindgesprek"] = world["begeleider_zuid"].made(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", body).id
    return ids


def reading(user: Gebruiker, ids: dict[str, str]) -> set[int]:
    paths = (f"/pleegkinderen/{ids['pleegkind']}", f"/pleegkinderen/{ids['pleegkind']}/tijdlijn",
             f"/kindgesprekken/{ids['kindgesprek']}", f"/plaatsingen/{ids['plaatsing']}")  # fmt: skip
    return {user.get(path).status_code for path in paths}


def writing(user: Gebruiker, ids: dict[str, str]) -> set[int]:
    body = {**_GESPREK, "plaatsingId": ids["plaatsing"]}
    return {
        user.post(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", body).status_code,
        user.post(f"/pleegkinderen/{ids['pleegkind']}/ontwikkelbeelden", {"datum": "2026-10-01"}).status_code,
        user.post(f"/kindgesprekken/{ids['kindgesprek']}/intrekking", {"reden": "x"}, etag='"x-1"').status_code,
    }


@pytest.mark.parametrize(
    ("dagen", "leest", "schrijft"), [(0, 200, 403), (89, 200, 403), (90, 200, 403), (91, 404, 404)]
)
@pytest.mark.parametrize("wie", ["begeleider", "teamleider", "gedragswetenschapper"])
def test_what_was_handed_over_is_read_for_90_days(
    world: World, overgedragen: dict[str, str], wie: str, dagen: int, leest: int, schrijft: int
) -> None:
    ids = overgedragen
    with days_later(world, dagen) as users:
        assert reading(users[wie], ids) == {leest}
        assert writing(users[wie], ids) == {schrijft}
        assert ids["pleegkind"] not in {one["id"] for one in users[wie].walk("/pleegkinderen?limit=200")}
        found = users[wie].post("/pleegkinderen/_zoek", {"naam": "Voorbeeld"}).json()["resultaten"]
        assert (ids["pleegkind"] in {one["id"] for one in found}) == (leest == 200)


def test_the_day_before_its_end_a_begeleider_may_still_write(world: World) -> None:
    ids = place_child(world["teamleider"], van="2026-01-10")
    path, tomorrow = f"/plaatsingen/{ids['plaatsing']}/begeleidingen", str(VANDAAG + timedelta(days=1))
    body = {"medewerkerId": world.medewerkers["begeleider"], "van": "2026-01-10", "tot": tomorrow}
    world["teamleider"].made(path, body)
    talk = {**_GESPREK, "plaatsingId": ids["plaatsing"]}
    assert world["begeleider"].post(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", talk).status_code == 201
    with days_later(world, 1) as users:
        refused = users["begeleider"].post(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", talk)
        assert refused.status_code == 403
        assert world.files["eigen"]["pleegkind"] in {one["id"] for one in users["begeleider"].rows("/pleegkinderen")}


def test_a_begeleiding_without_end_ends_with_its_plaatsing(world: World) -> None:
    """As a workbook may say it: the plaatsing has a tot, the begeleiding has none."""
    ids = place_child(world["teamleider"], van="2026-01-10")
    plaatsing = world["teamleider"].get(f"/plaatsingen/{ids['plaatsing']}")
    change = {"reden": "gepland", "tot": "2026-11-10"}
    world["teamleider"].made(f"/plaatsingen/{ids['plaatsing']}/correctie", change, etag=plaatsing.headers["etag"])
    body = {"medewerkerId": world.medewerkers["begeleider"], "van": "2026-01-10"}
    world["teamleider"].made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", body)
    path = f"/pleegkinderen/{ids['pleegkind']}"
    end = 8  # days from today
    for dagen, leest, in_list in ((0, 200, True), (end - 1, 200, True), (end, 200, False), (end + 90, 200, False)):
        with days_later(world, dagen) as users:
            assert users["begeleider"].get(path).status_code == leest
            listed = {one["id"] for one in users["begeleider"].walk("/pleegkinderen?limit=200")}
            assert (ids["pleegkind"] in listed) == in_list, dagen
    with days_later(world, end + 91) as users:
        assert users["begeleider"].get(path).status_code == 404


def test_who_never_guided_reads_nothing_afterwards(world: World) -> None:
    """A begeleiding that was to begin on the day it was called off."""
    ids = place_child(world["teamleider"], van="2026-01-10")
    day = str(VANDAAG - timedelta(days=5))
    body = {"medewerkerId": world.medewerkers["begeleider"], "van": day, "tot": day}
    world["teamleider"].made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", body)
    assert world["begeleider"].get(f"/pleegkinderen/{ids['pleegkind']}").status_code == 404


@pytest.mark.parametrize(("dagen", "leest", "schrijft"), [(0, 200, 201), (90, 200, 201), (91, 404, 404)])
def test_a_team_finishes_the_file_of_a_child_that_left(world: World, dagen: int, leest: int, schrijft: int) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"], "2026-01-10")
    world["teamleider"].made(
        f"/plaatsingen/{ids['plaatsing']}/beeindiging", {"tot": str(VANDAAG), "eindreden": "naar huis"}
    )
    path = f"/pleegkinderen/{ids['pleegkind']}"
    body = {"datum": "2026-09-30", "bekendGewordenOp": "2026-09-30", "soort": "letsel", "calamiteit": True}
    with days_later(world, dagen) as users:
        for wie in ("teamleider", "gedragswetenschapper"):
            assert users[wie].get(path).status_code == leest
            assert ids["pleegkind"] not in {one["id"] for one in users[wie].walk("/pleegkinderen?limit=200")}
            assert (
                users[wie].post(f"{path}/signalen", {**body, "vraagtVeiligheidscheck": False}).status_code == schrijft
            )
        assert users["begeleider"].get(path).status_code == leest
        # Reading the family where it lived goes as far; writing there does not.
        assert users["teamleider"].get(f"/pleeggezinnen/{ids['pleeggezin']}").status_code == leest


# No child in care on nobody's list


def on_the_list_of(users: dict[str, Gebruiker], kind: str) -> set[str]:
    names = ("begeleider", "teamleider", "gedragswetenschapper", "teamleider_zuid", "kwaliteit", "beheerder")
    return {name for name in names if kind in {one["id"] for one in users[name].walk("/pleegkinderen?limit=200")}}


EVERY_TEAM = {"teamleider", "gedragswetenschapper", "teamleider_zuid", "kwaliteit", "beheerder"}


def test_a_child_that_moved_and_has_no_begeleider_there_is_on_the_list_of_every_team(world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"], "2026-01-10")
    leider = world["teamleider"]
    leider.made(f"/plaatsingen/{ids['plaatsing']}/beeindiging", {"tot": str(VANDAAG), "eindreden": "verhuisd"})
    gezin = leider.made("/pleeggezinnen", {"naam": "Nieuw", "soort": "bestand"}).id
    body = {"pleegkindId": ids["pleegkind"], "pleeggezinId": gezin, "vorm": "voltijd", "zorgvorm": "pleegzorg"}
    new = leider.made("/plaatsingen", {**body, "van": str(VANDAAG)}).id  # who ended it may place it anew
    assert on_the_list_of(world.users, ids["pleegkind"]) == EVERY_TEAM
    begeleiding = {"medewerkerId": world.medewerkers["begeleider"], "van": str(VANDAAG)}
    leider.made(f"/plaatsingen/{new}/begeleidingen", begeleiding)
    assert on_the_list_of(world.users, ids["pleegkind"]) == {"begeleider", *EVERY_TEAM - {"teamleider_zuid"}}


def test_a_child_whose_begeleider_is_yet_to_begin_is_on_the_list_of_every_team(world: World) -> None:
    ids = place_child(world["teamleider"], van="2026-01-10")
    body = {"medewerkerId": world.medewerkers["begeleider"], "van": str(VANDAAG + timedelta(days=5))}
    world["teamleider"].made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", body)
    assert on_the_list_of(world.users, ids["pleegkind"]) == EVERY_TEAM
    with days_later(world, 5) as users:
        assert on_the_list_of(users, ids["pleegkind"]) == {"begeleider", *EVERY_TEAM - {"teamleider_zuid"}}

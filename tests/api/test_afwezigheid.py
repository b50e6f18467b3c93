"""Who covers for an absent begeleider sees and records as they do, for those days and no longer; the log says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from app.terms import Rol
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NU, Dienst, Gebruiker, Gemaakt, standing_still
from tests.api.mensen import add_medewerker
from tests.api.world import World, build_world, place_child


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    return build_world(dienst, full=False)


@pytest.fixture
def weg(world: World, dienst: Dienst) -> Gemaakt:
    """Return somebody of team noord who guides a child."""
    return add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])[1]


@pytest.fixture
def kind(world: World, weg: Gemaakt) -> dict[str, str]:
    return place_child(world["teamleider"], weg.id)


def days(world: World, **over: Any) -> dict[str, Any]:
    return {"vervangerId": world.medewerkers["begeleider"], "van": "2026-11-01", "tot": "2026-11-10", **over}


def report(world: World, weg: Gemaakt, **over: Any) -> Gemaakt:
    return world["teamleider"].made(f"/medewerkers/{weg.id}/afwezigheden", days(world, **over))


@contextmanager
def days_later(world: World, dagen: int) -> Iterator[dict[str, Gebruiker]]:
    with standing_still(NU + timedelta(days=dagen)):
        yield {naam: world[naam].again() for naam in ("begeleider", "teamleider", "beheerder")}


def sees(user: Gebruiker, kind: dict[str, str]) -> tuple[bool, bool]:
    """Return whether a child is on the list, and whether its file can be opened."""
    listed = kind["pleegkind"] in {one["id"] for one in user.walk("/pleegkinderen?limit=200")}
    return listed, user.get(f"/pleegkinderen/{kind['pleegkind']}").status_code == 200


def test_who_covers_sees_and_records_until_the_day_on_which_the_other_is_back(
    world: World, weg: Gemaakt, kind: dict[str, str]
) -> None:
    begeleider = world["begeleider"]
    assert sees(begeleider, kind) == (False, False)
    report(world, weg)
    assert sees(begeleider, kind) == (True, True)
    assert begeleider.get(f"/pleeggezinnen/{kind['pleeggezin']}").status_code == 200
    talk = SOORTEN_VAN_FEIT["kindgesprek"]
    begeleider.made(talk.path(kind), {**talk.body(kind), "datum": "2026-11-01"})
    begeleider.made(f"/pleegkinderen/{kind['pleegkind']}/ontwikkelbeelden", {"datum": "2026-11-01"})
    with days_later(world, 7) as users:  # the ninth
        assert sees(users["begeleider"], kind) == (True, True)
    with days_later(world, 8) as users:  # the tenth: back at work
        assert sees(users["begeleider"], kind) == (False, False)
        assert users["begeleider"].post(talk.path(kind), talk.body(kind)).status_code == 404


def test_one_who_covers_does_not_pass_that_on(world: World, weg: Gemaakt, kind: dict[str, str], dienst: Dienst) -> None:
    derde, made = add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])
    tussen, between = add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])
    report(world, weg, vervangerId=between.id)
    report(world, between, vervangerId=made.id)
    assert sees(tussen, kind) == (True, True)
    assert sees(derde, kind) == (False, False)


def test_an_absence_ends_when_it_is_said_and_from_then_on(world: World, weg: Gemaakt, kind: dict[str, str]) -> None:
    made = report(world, weg, tot=None)
    leider, path = world["teamleider"], f"/afwezigheden/{made.id}/beeindiging"
    assert leider.post(path, {"tot": "2026-11-01", "reden": "terug"}).status_code == 400  # that day has been
    assert world["teamleider_zuid"].post(path, {"tot": "2026-11-02", "reden": "terug"}).status_code == 403
    ended = leider.made(path, {"tot": "2026-11-02", "reden": "terug"}, etag=made.etag)
    assert (ended.shown["tot"], ended.shown["versie"]) == ("2026-11-02", 2)
    assert sees(world["begeleider"], kind) == (False, False)
    assert leider.post(path, {"tot": "2026-11-03", "reden": "toch"}).status_code == 409
    report(world, weg, van="2026-11-02")
    assert sees(world["begeleider"], kind) == (True, True)


def test_an_absence_that_was_called_off_before_it_began_is_in_nobodys_way(world: World, weg: Gemaakt) -> None:
    made, path = report(world, weg, van="2026-11-05", tot=None), f"/medewerkers/{weg.id}/afwezigheden"
    world["teamleider"].made(f"/afwezigheden/{made.id}/beeindiging", {"tot": "2026-11-03", "reden": "gaat niet door"})
    assert world["teamleider"].post(path, days(world, van="2026-11-02", tot=None)).status_code == 201


def test_what_cannot_be_is_refused(world: World, weg: Gemaakt) -> None:
    leider, path = world["teamleider"], f"/medewerkers/{weg.id}/afwezigheden"
    for over, code in (
        ({"vervangerId": weg.id}, "onbekende_verwijzing"),
        ({"vervangerId": world.medewerkers["teamleider"]}, "onbekende_verwijzing"),
        ({"vervangerId": world.medewerkers["begeleider_zuid"]}, "ongeldige_waarde"),
        ({"vervangerId": world.medewerkers["vreemde_begeleider"]}, "onbekende_verwijzing"),
        ({"tot": "2026-11-02"}, "ongeldige_waarde"),
        ({"van": "2028-01-01", "tot": None}, "datum_in_toekomst"),
    ):
        refused = leider.post(path, days(world, **over))
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, code), over
    report(world, weg)
    assert leider.post(path, days(world, van="2026-11-09", tot=None)).status_code == 409
    report(world, weg, van="2026-11-10", tot="2026-11-20")
    zuid = f"/medewerkers/{world.medewerkers['begeleider_zuid']}/afwezigheden"
    assert leider.post(zuid, days(world)).status_code == 403
    assert world["begeleider"].post(path, days(world)).status_code == 403
    assert world["vreemde_beheerder"].post(path, days(world)).status_code == 404


def test_everybody_reads_who_is_away_today_and_never_why(world: World, weg: Gemaakt) -> None:
    made, later = report(world, weg), report(world, weg, van="2026-12-01", tot="2026-12-08")
    now = {one["id"]: one for one in world["begeleider_zuid"].walk("/afwezigheden?lopend=true")}
    assert made.id in now
    assert later.id not in now
    assert now[made.id]["vervangerId"] == world.medewerkers["begeleider"]
    assert now[made.id]["reden"] is None
    assert later.id in {one["id"] for one in world["begeleider"].walk("/afwezigheden")}
    assert made.id not in {one["id"] for one in world["vreemde_beheerder"].walk("/afwezigheden")}


def test_the_access_log_says_for_whom_somebody_covered_at_that_moment(
    world: World, weg: Gemaakt, kind: dict[str, str]
) -> None:
    with days_later(world, -1) as users:
        made = users["teamleider"].made(f"/medewerkers/{weg.id}/afwezigheden", days(world))
        users["begeleider"].read(f"/pleegkinderen/{kind['pleegkind']}")
        users["teamleider"].read(f"/pleegkinderen/{kind['pleegkind']}")

    def looks() -> dict[str, list[str] | None]:
        found = world["beheerder"].walk(f"/inzagen?pleegkind={kind['pleegkind']}&limit=50")
        return {one["medewerker"]: one["vervangt"] for one in found if one["soort"] == "lezen"}

    told = looks()
    assert weg.id in (told[world.medewerkers["begeleider"]] or [])
    assert told[world.medewerkers["teamleider"]] is None
    world["teamleider"].made(f"/afwezigheden/{made.id}/beeindiging", {"tot": "2026-11-02", "reden": "terug"})
    assert world["begeleider"].get(f"/pleegkinderen/{kind['pleegkind']}").status_code == 404
    assert weg.id in (looks()[world.medewerkers["begeleider"]] or [])  # what was so at that look stays so

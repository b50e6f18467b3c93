"""What somebody must act on in the lists: late before all else, open by a filter, first where nobody guides."""

from typing import Any

import pytest

from tests.api.client import Dienst, Gebruiker
from tests.api.files import Kind, overdue_child
from tests.api.world import World, build_world, place_child
from tests.paginas.conftest import bladeraar

K = "2026-10-20"
#: a Friday in the past of the tests: what must be done after K was late, after that day itself it is not late yet
TOEN = "2026-10-30"
#: ways to ask: by the stored deadlines, and by the rule for a day in the past
DAGEN = ["", f"&peildatum={TOEN}"]


def check(user: Gebruiker, ids: dict[str, str], datum: str = K) -> str:
    body = {"plaatsingId": ids["plaatsing"], "datum": datum, "instrument": "LIRIK", "uitkomst": "onveilig"}
    return user.made(f"/pleegkinderen/{ids['pleegkind']}/veiligheidschecks", body).id


def signaal(user: Gebruiker, ids: dict[str, str], datum: str) -> str:
    wat = {"soort": "x", "vraagtVeiligheidscheck": False, "calamiteit": False, "letsel": True}
    body = {"datum": datum, "bekendGewordenOp": datum, **wat}
    return user.made(f"/pleegkinderen/{ids['pleegkind']}/signalen", body).id


def act(user: Gebruiker, ids: dict[str, str], about: str, datum: str) -> None:
    for wat in ({"stap": "overleg", "met": "teamleider"}, {"stap": "besluit", "besluit": "hulp"}):
        user.made(f"/pleegkinderen/{ids['pleegkind']}/opvolgstappen", {"signaalId": about, **wat, "datum": datum})


@pytest.fixture(scope="module")
def world(dienst: Dienst, module_at_work: None) -> World:
    return build_world(dienst, full=False)


@pytest.fixture(scope="module")
def laat(world: World) -> Kind:
    """A child for whom somebody should have acted, among children who are late for longer."""
    overdue_child(world, weeks=90)
    kind = overdue_child(world)
    check(kind.begeleider, kind.ids)
    return kind


@pytest.fixture(scope="module")
def nieuw(world: World, laat: Kind) -> Kind:
    """A child for whom somebody must act, and it is not late; and one for whom somebody did."""
    nieuw, klaar = overdue_child(world), overdue_child(world)
    signaal(nieuw.begeleider, nieuw.ids, TOEN)
    act(klaar.begeleider, klaar.ids, signaal(klaar.begeleider, klaar.ids, K), "2026-10-22")
    return nieuw


def of(rows: list[dict[str, Any]], kind: Kind) -> list[str]:
    return [one["norm"] for one in rows if one["pleegkindId"] == kind.ids["pleegkind"]]


@pytest.mark.parametrize("dag", DAGEN)
def test_late_follow_up_comes_before_everything_else_and_then_the_longest_overdue(laat: Kind, dag: str) -> None:
    rows = laat.begeleider.walk(f"/termijnen?limit=2{dag}")
    assert [(one["norm"], one["uiterlijk"]) for one in rows[:2]] == [("OPV-O", "2026-10-21"), ("OPV-B", "2026-10-27")]
    assert of(rows[:2], laat) == ["OPV-O", "OPV-B"]
    others = rows[2:]
    assert {one["norm"] for one in others} & {"OPV-O", "OPV-B", "OPV-H"} == set()
    days = [one["uiterlijk"] for one in others]
    assert days == sorted(days)
    assert days[0] < "2026-10-21"  # without voorrang it would come first


@pytest.mark.parametrize("dag", DAGEN)
def test_the_child_leads_the_list_of_children(laat: Kind, dag: str) -> None:
    rows = laat.begeleider.walk(f"/pleegkinderen?limit=2{dag}")
    assert rows[0]["id"] == laat.ids["pleegkind"]
    rest = [(one["achternaam"], one["roepnaam"]) for one in rows[1:]]
    assert rest == sorted(rest)
    assert len(rest) > 1


@pytest.fixture(scope="module")
def drie(dienst: Dienst, module_at_work: None) -> tuple[World, list[str]]:
    """Three children for whom somebody should have acted, the longest ago first; and one who is late for longer."""
    world = build_world(dienst, full=False)
    overdue_child(world, weeks=90)
    days = ("2026-10-12", "2026-10-08", "2026-10-20")
    made = {day: overdue_child(world) for day in days}
    for day, kind in made.items():
        check(kind.begeleider, kind.ids, day)
    return world, [made[day].ids["pleegkind"] for day in sorted(days)]


@pytest.mark.parametrize("dag", DAGEN)
@pytest.mark.parametrize("wie", ["begeleider", "teamleider", "kwaliteit"])
def test_of_those_who_lead_the_longest_ago_is_first(drie: tuple[World, list[str]], wie: str, dag: str) -> None:
    world, leading = drie
    for limit in (1, 2, 200):
        rows = world[wie].walk(f"/pleegkinderen?limit={limit}{dag}")
        assert [one["id"] for one in rows[:3]] == leading
        rest = [(one["achternaam"], one["roepnaam"]) for one in rows[3:]]
        assert rest == sorted(rest)
        assert len(rest) >= 1


def test_it_leads_from_the_day_after_until_somebody_acted(world: World) -> None:
    kind = overdue_child(world)
    about = signaal(kind.begeleider, kind.ids, "2026-10-06")  # longer ago than any other
    first = kind.begeleider.walk("/termijnen?limit=200&peildatum=2026-10-08")[0]
    assert (first["norm"], of([first], kind)) == ("OPV-O", ["OPV-O"])
    assert of(kind.begeleider.walk("/termijnen?limit=200&peildatum=2026-10-07")[:1], kind) == []
    assert of(kind.begeleider.walk("/termijnen?limit=200")[:2], kind) == ["OPV-O", "OPV-B"]
    act(kind.begeleider, kind.ids, about, "2026-10-09")
    assert set(of(kind.begeleider.walk("/termijnen?limit=200"), kind)) & {"OPV-O", "OPV-B"} == set()
    assert kind.begeleider.walk("/pleegkinderen?limit=200")[0]["id"] != kind.ids["pleegkind"]


@pytest.mark.parametrize("dag", DAGEN)
def test_what_is_open_is_asked_for_late_or_not(laat: Kind, nieuw: Kind, dag: str) -> None:
    rows = laat.begeleider.walk(f"/termijnen?opvolging=open&limit=2{dag}")
    assert sorted(of(rows, laat)) == ["OPV-B", "OPV-H", "OPV-O"]
    assert sorted(of(rows, nieuw)) == ["OPV-B", "OPV-O"]
    assert len(rows) == 5  # nothing about what was answered
    late = laat.begeleider.walk(f"/termijnen?opvolging=open&stand=te_laat&limit=200{dag}")
    assert (of(late, laat), of(late, nieuw)) == (["OPV-O", "OPV-B"], [])
    children = laat.begeleider.walk(f"/pleegkinderen?opvolging=open&limit=1{dag}")
    assert [one["id"] for one in children] == [laat.ids["pleegkind"], nieuw.ids["pleegkind"]]


def test_before_october_nothing_is_open(laat: Kind) -> None:
    for path in ("/termijnen", "/pleegkinderen"):
        assert laat.begeleider.walk(f"{path}?opvolging=open&peildatum=2026-09-30&limit=200") == []


@pytest.fixture(scope="module")
def zonder(world: World) -> dict[str, str]:
    """Three children without a begeleider: somebody must act, should have acted, or neither."""
    leider = world["teamleider_zuid"]
    kinderen = {naam: place_child(leider) for naam in ("geen", "open", "laat")}
    signaal(leider, kinderen["open"], TOEN)
    check(leider, kinderen["laat"])
    return {naam: ids["pleegkind"] for naam, ids in kinderen.items()}


@pytest.mark.parametrize("dag", DAGEN)
def test_without_a_begeleider_first_those_for_whom_somebody_must_act(
    world: World, zonder: dict[str, str], dag: str
) -> None:
    path = f"/pleegkinderen?zonderBegeleider=true&limit=1{dag}"
    found = [one["id"] for one in world["teamleider_zuid"].walk(path)]
    assert found[:2] == [zonder["laat"], zonder["open"]]
    assert zonder["geen"] in found[2:]


def test_on_the_page_of_the_team_too(world: World, zonder: dict[str, str], dienst: Dienst) -> None:
    page = bladeraar(dienst, world["teamleider_zuid"]).read("/team")
    part = page.split('<h2 id="zonder">')[1].split("</section>")[0]
    places = [part.index(zonder[naam]) for naam in ("laat", "open", "geen")]
    assert places == sorted(places)

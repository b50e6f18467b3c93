"""What pages need, by the API: facts over all files, earlier versions, and counts; a client asks once."""

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT, Json
from tests.api.client import NOBODY
from tests.api.world import World, place_child

_UITZONDERING = {
    "normen": ["KAG-R"], "reden": "Ligt in het ziekenhuis.", "borging": "Elke week op bezoek.", "van": "2026-11-01",
    "herzienUiterlijk": "2026-12-01",
}  # fmt: skip


def body(naam: str, ids: dict[str, str], **over: object) -> Json:
    return {**SOORTEN_VAN_FEIT[naam].body(ids), **over}


@pytest.fixture
def kind(world: World) -> dict[str, str]:
    return place_child(world["teamleider"], world.medewerkers["begeleider"])


def test_acties_are_mine_until_they_are_done_the_first_day_first(world: World, kind: dict[str, str]) -> None:
    begeleider, leider, path = world["begeleider"], world["teamleider"], f"/pleegkinderen/{kind['pleegkind']}/acties"
    made = {
        day: begeleider.made(path, {"datum": "2026-11-01", "omschrijving": "School bellen.", "uiterlijk": day})
        for day in ("2026-11-20", "2026-11-09")
    }
    later, sooner = (one.id for one in made.values())
    of_leider = leider.made(path, {"datum": "2026-11-01", "omschrijving": "Plan.", "uiterlijk": "2026-11-10"}).id
    mine = [one["id"] for one in begeleider.walk("/acties?mijn=true&limit=200") if one["id"] in (later, sooner)]
    assert mine == [sooner, later]
    assert of_leider not in {one["id"] for one in begeleider.walk("/acties?mijn=true&limit=200")}
    assert of_leider in {one["id"] for one in begeleider.walk("/acties?limit=200")}
    begeleider.made(
        f"/acties/{sooner}/correctie", {"gedaanOp": "2026-11-02", "reden": "gedaan"}, etag=made["2026-11-09"].etag
    )
    told = {
        gedaan: {one["id"] for one in begeleider.walk(f"/acties?gedaan={gedaan}&limit=200")}
        for gedaan in ("true", "false")
    }
    assert (sooner in told["true"], sooner in told["false"], later in told["false"]) == (True, False, True)
    assert later not in {one["id"] for one in world["begeleider_zuid"].walk("/acties?limit=200")}


def test_an_uitzondering_waits_for_another_until_it_is_approved(world: World, kind: dict[str, str]) -> None:
    begeleider, other = world["begeleider"], world["gedragswetenschapper"]
    made = begeleider.made(SOORTEN_VAN_FEIT["uitzondering"].path(kind), _UITZONDERING)

    def waiting(who: str, more: str = "") -> bool:
        return made.id in {one["id"] for one in world[who].walk(f"/uitzonderingen?stand=wacht&limit=200{more}")}

    assert waiting("begeleider")
    assert not waiting("begeleider", "&vanAnderen=true")
    assert waiting("gedragswetenschapper", "&vanAnderen=true")
    assert not waiting("begeleider_zuid")
    other.made(f"/uitzonderingen/{made.id}/goedkeuring", None)
    assert not waiting("gedragswetenschapper")
    assert made.id in {one["id"] for one in other.walk("/uitzonderingen?limit=200")}


def test_the_lines_say_of_whom_they_are(world: World, kind: dict[str, str]) -> None:
    leider = world["teamleider"]
    made = leider.made(SOORTEN_VAN_FEIT["signaal"].path(kind), body("signaal", kind))
    (told,) = [one for one in leider.walk("/signalen?metZorg=true&limit=200") if one["id"] == made.id]
    child = leider.read(f"/pleegkinderen/{kind['pleegkind']}")
    assert (told["zorg"]["achternaam"], told["zorg"]["nummer"]) == (child["achternaam"], child["nummer"])
    assert told["zorg"]["begeleiderId"] == world.medewerkers["begeleider"]
    assert {**told, "zorg": None} == {**leider.read(f"/signalen/{made.id}"), "zorg": None}
    (plain,) = [one for one in leider.walk("/signalen?limit=200") if one["id"] == made.id]
    assert "zorg" not in plain


def test_plaatsingen_of_one_child_can_be_asked_for(world: World, kind: dict[str, str]) -> None:
    leider = world["teamleider"]
    assert [one["id"] for one in leider.walk(f"/plaatsingen?pleegkind={kind['pleegkind']}")] == [kind["plaatsing"]]
    zuid = world.files["organisatie"]["pleegkind"]
    assert leider.walk(f"/plaatsingen?pleegkind={zuid}") == leider.walk(f"/plaatsingen?pleegkind={NOBODY}") == []


def test_judgements_on_children_without_a_begeleider_can_be_asked_for(world: World) -> None:
    leider, free = world["teamleider"], place_child(world["teamleider"])["pleegkind"]
    for more in ("stand=op_tijd", "stand=te_laat", "stand=te_laat&peildatum=2026-11-01"):
        found = leider.walk(f"/termijnen?{more}&zonderBegeleider=true&metZorg=true&limit=200")
        assert all(one["zorg"]["begeleiderId"] is None and one["zorg"]["plaatsingId"] for one in found), more
    shown = {one["pleegkindId"] for one in leider.walk("/termijnen?stand=op_tijd&zonderBegeleider=true&limit=200")}
    shown |= {one["pleegkindId"] for one in leider.walk("/termijnen?stand=te_laat&zonderBegeleider=true&limit=200")}
    shown |= {one["pleegkindId"] for one in leider.walk("/termijnen?stand=nadert&zonderBegeleider=true&limit=200")}
    assert free in shown


def test_every_version_is_told_the_newest_first(world: World, kind: dict[str, str]) -> None:
    begeleider = world["begeleider"]
    made = begeleider.made(SOORTEN_VAN_FEIT["kindgesprek"].path(kind), body("kindgesprek", kind, alleen=False))
    path = f"/kindgesprekken/{made.id}"
    begeleider.made(f"{path}/correctie", {"alleen": True, "reden": "was alleen"}, etag=made.etag)
    newest, first = begeleider.read(f"{path}/versies")["resultaten"]
    assert [(one["versie"], one["alleen"], one["wijzigingsreden"]) for one in (newest, first)] == [
        (2, True, "was alleen"), (1, False, None),
    ]  # fmt: skip
    assert first["vastgelegdDoor"] == world.medewerkers["begeleider"]
    whole = begeleider.read(path)
    assert {**whole, **newest} == whole  # the version that holds says what the fact says
    assert world["begeleider_zuid"].get(f"{path}/versies").status_code == 404


@pytest.mark.parametrize("who", ["begeleider", "teamleider", "kwaliteit"])
def test_counts_are_of_as_many_children_as_the_lists_have(world: World, who: str) -> None:
    user = world[who]

    lists = {
        "kinderen": "/pleegkinderen?",
        "teLaat": "/pleegkinderen?stand=te_laat&",
        "opvolgingOpen": "/pleegkinderen?opvolging=open&",
        "langTeLaat": "/pleegkinderen?langTeLaat=true&",
    }
    told = user.walk("/caseloads?limit=2")
    assert told
    for name, path in lists.items():
        everybody = {one["id"]: one["zorg"] for one in user.walk(f"{path}metZorg=true&limit=200")}
        for row in told:
            if who := row["begeleiderId"] or row["vertrokkenBegeleiderId"]:
                found = {one["id"] for one in user.walk(f"{path}begeleider={who}&limit=200")}
                assert found <= set(everybody)
                assert len(found) == row[name], (name, row)
        nobody = [one for one in everybody.values() if one["begeleiderId"] is None]
        assert sum(one[name] for one in told if one["begeleiderId"] is None) == len(nobody), name


def test_late_for_long_is_late_by_more_than_four_weeks(world: World) -> None:
    user = world["kwaliteit"]
    late = user.walk("/termijnen?stand=te_laat&zwaarte=norm&limit=200")
    long = {one["pleegkindId"] for one in late if one["dagenTeLaat"] > 28}
    assert {one["id"] for one in user.walk("/pleegkinderen?langTeLaat=true&limit=200")} == long
    past = user.walk("/pleegkinderen?langTeLaat=true&limit=200&peildatum=2026-10-01")
    late = user.walk("/termijnen?stand=te_laat&zwaarte=norm&limit=200&peildatum=2026-10-01")
    assert {one["id"] for one in past} == {one["pleegkindId"] for one in late if one["dagenTeLaat"] > 28}

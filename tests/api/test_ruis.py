"""Ruisfactoren from recording to the list for the case discussion: an order for people, with reasons in words."""

from datetime import datetime, timedelta

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import standing_still
from tests.api.files import Kind, overdue_child
from tests.api.world import World, place_child

SCORE = SOORTEN_VAN_FEIT["ruisscore"].body({})


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


# The catalogue


def test_the_catalogue_says_what_it_is_and_is_not(world: World) -> None:
    shown = world["begeleider"].read("/ruisfactoren")
    assert "nooit een automatisch oordeel" in shown["toelichting"]
    first, second = shown["resultaten"][:15], shown["resultaten"][15:]
    assert [one["code"] for one in first] == [f"R{n:02d}" for n in range(1, 16)]
    assert {(one["code"], one["versie"], one["geldigVan"]) for one in second} == {
        (code, 2, "2026-10-01") for code in ("R01", "R04", "R11")
    }
    r04 = shown["resultaten"][3]
    assert (r04["gewicht"], r04["soort"], r04["versie"], r04["geldigVan"]) == (2, "beide", 1, "1900-01-01")
    assert "keuzes van dit project" in r04["bron"]


# Scores


def test_a_score_counts_from_its_day_until_it_ends(kind: Kind) -> None:
    path = f"{kind.path}/ruisscores"
    made = kind.begeleider.made(path, {**SCORE, "code": "R10", "datum": "2026-10-20", "geldtTot": "2026-11-10"})
    assert made.shown["medewerkerId"] == made.shown["vastgelegdDoor"]
    assert "R10" not in kind.ruis("peildatum=2026-10-19")
    assert kind.ruis("peildatum=2026-10-20")["R10"] == ["Gescoord op 20 oktober 2026; dat geldt tot 10 november 2026."]
    assert "R10" in kind.ruis("peildatum=2026-11-09")
    assert "R10" not in kind.ruis("peildatum=2026-11-10")


def test_what_was_withdrawn_does_not_count_but_was_known(kind: Kind) -> None:
    made = kind.begeleider.made(f"{kind.path}/ruisscores", SCORE)
    assert "R09" in kind.ruis()
    # Not the clock's: an organisatie's moments never go back, and another test may have been later.
    known = datetime.fromisoformat(made.shown["vastgelegdOp"])
    with standing_still(known + timedelta(minutes=5)):
        begeleider = kind.begeleider.again()
        begeleider.made(f"/ruisscores/{made.id}/intrekking", {"reden": "verkeerd kind"}, etag=made.etag)
    assert "R09" not in kind.ruis()
    between = (known + timedelta(minutes=1)).isoformat().replace("+00:00", "Z")
    assert "R09" in kind.ruis(f"bekendOp={between}")


@pytest.mark.parametrize("code", ["R01", "R06", "R07", "R08", "R11", "R12", "R13"])
def test_what_follows_from_the_file_is_not_scored(kind: Kind, code: str) -> None:
    refused = kind.begeleider.post(f"{kind.path}/ruisscores", {**SCORE, "code": code})
    assert (refused.status_code, refused.json()["errors"][0]["name"]) == (400, "code")


@pytest.mark.parametrize(
    ("tot", "taken"),
    [("2026-10-01", False), ("2026-10-02", True), ("2027-10-01", True), ("2027-10-02", False)],
)
def test_a_score_ends_within_twelve_months(kind: Kind, tot: str, taken: bool) -> None:  # noqa: FBT001
    answer = kind.begeleider.post(f"{kind.path}/ruisscores", {**SCORE, "geldtTot": tot})
    assert answer.status_code == (201 if taken else 400), answer.text
    assert taken or answer.json()["errors"][0]["name"] == "geldtTot"


def test_a_score_is_not_of_tomorrow(kind: Kind) -> None:
    refused = kind.begeleider.post(f"{kind.path}/ruisscores", {**SCORE, "datum": "2026-11-03"})
    assert refused.json()["errors"][0]["code"] == "datum_in_toekomst"


# The list


def test_the_list_says_why_and_that_it_is_no_verdict(kind: Kind) -> None:
    shown = kind.begeleider.read("/bespreeklijst")
    assert "nooit een automatisch oordeel" in shown["toelichting"]
    line = kind.to_discuss()
    assert line is not None
    assert line["score"] == sum(one["gewicht"] for one in line["ruisfactoren"])
    r01 = line["ruisfactoren"][0]
    assert (r01["code"], r01["gewicht"], r01["naam"]) == ("R01", 1, "geen eigen zicht op het kind")
    assert r01["redenen"] == [
        "Sinds het begin van de zorg op 1 juni 2026 is niet vastgelegd dat een professional het kind zag."
    ]


def test_a_talk_takes_the_child_off_the_list(kind: Kind) -> None:
    assert kind.ruis().keys() == {"R01"}
    kind.talk(alleen=False, redenNietAlleen="pleegouder_aanwezig")
    assert kind.ruis() == {}


def test_the_highest_score_first_then_the_youngest_then_the_number(lean_world: World) -> None:
    """Whole and in pages: a child of 4, one of 5 today, and two older ones of which one has more."""
    user, lines = lean_world["teamleider"], {}
    for born, extra in (("2021-11-02", 0), ("2021-11-03", 0), ("2015-01-01", 0), ("2014-01-01", 1)):
        ids = place_child(user, van="2026-01-01")
        path = f"/pleegkinderen/{ids['pleegkind']}"
        user.patch(path, {"geboortedatum": born}, etag=user.get(path).headers["etag"])
        for _ in range(extra):
            user.made(f"{path}/ruisscores", SCORE)
        lines[ids["pleegkind"]] = born
    found = [one for one in user.walk("/bespreeklijst") if one["id"] in lines]
    assert [lines[one["id"]] for one in found] == ["2014-01-01", "2021-11-03", "2021-11-02", "2015-01-01"]
    assert [one["jongerDanVijf"] for one in found] == [False, True, False, False]
    assert [one["score"] for one in found] == [2, 1, 1, 1]
    everything = user.rows("/bespreeklijst?limit=200")
    scores = [one["score"] for one in everything]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0
    assert user.walk("/bespreeklijst?limit=1") == user.walk("/bespreeklijst?limit=3") == everything


def test_a_filter_on_a_team(world: World, kind: Kind) -> None:
    for team, there in (("noord", True), ("zuid", False)):
        found = {one["id"] for one in world["kwaliteit"].walk(f"/bespreeklijst?team={world.teams[team]}")}
        assert (kind.ids["pleegkind"] in found) == there


def test_only_who_sees_the_child_sees_it_in_the_list(lean_world: World) -> None:
    world = lean_world
    for name, relaties in (
        ("begeleider", {"eigen"}),
        ("teamleider_zuid", {"organisatie", "niemand"}),
        ("kwaliteit", {"eigen", "team", "organisatie", "niemand"}),
        ("vreemde_kwaliteit", {"vreemd"}),
    ):
        found = {one["id"] for one in world[name].walk("/bespreeklijst?limit=2")}
        assert found == {world.files[relatie]["pleegkind"] for relatie in relaties}, name
    assert world["inspecteur"].get("/bespreeklijst").status_code == 403

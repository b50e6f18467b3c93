"""A visit in one request: each part a fact, all of it or nothing, and what came of it said at once."""

from typing import Any

import pytest

from tests.api.files import ALLEEN, Kind, overdue_child
from tests.api.world import World

DAG = "2026-10-20"
CHECK = {"instrument": "LIRIK", "uitkomst": "onveilig", "kindGezien": True}
OVERLEG = {"stap": "overleg", "met": "teamleider"}


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


def visit(kind: Kind, **delen: Any) -> dict[str, Any]:
    return {"plaatsingId": kind.ids["plaatsing"], "datum": DAG, **delen}


def made(kind: Kind, **delen: Any) -> dict[str, Any]:
    answer = kind.begeleider.post(f"{kind.path}/bezoeken", visit(kind, **delen))
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def effects(shown: dict[str, Any], soort: str) -> dict[str, Any]:
    (found,) = [one for one in shown["gevolgen"] if one["soort"] == soort]
    return {one["norm"]: one for one in found["normen"]}


def recorded(kind: Kind) -> list[int]:
    of = ("huisbezoeken", "kindgesprekken", "veiligheidschecks", "opvolgstappen")
    return [len(kind.begeleider.rows(f"{kind.path}/{one}")) for one in of]


def test_each_part_is_a_fact_of_its_own(kind: Kind) -> None:
    shown = made(kind, huisbezoek={"kindGezien": True, "aangekondigd": False}, kindgesprek=ALLEEN)
    assert shown["veiligheidscheck"] is None
    assert shown["opvolgstappen"] == []
    (bezoek,) = kind.begeleider.rows(f"{kind.path}/huisbezoeken")
    (gesprek,) = kind.begeleider.rows(f"{kind.path}/kindgesprekken")
    assert (shown["huisbezoek"], shown["kindgesprek"]) == (bezoek, gesprek)
    assert {bezoek["datum"], gesprek["datum"]} == {DAG}
    answer = kind.begeleider.get(f"/kindgesprekken/{gesprek['id']}")
    right = {"alleen": False, "reden": "pleegouder kwam erbij"}
    kind.begeleider.made(f"/kindgesprekken/{gesprek['id']}/correctie", right, etag=answer.headers["ETag"])
    assert kind.begeleider.rows(f"{kind.path}/huisbezoeken") == [bezoek]


def test_it_says_what_counts_and_until_when(kind: Kind) -> None:
    shown = made(kind, huisbezoek={}, kindgesprek={**ALLEEN, "alleen": False})
    gesprek, bezoek = effects(shown, "kindgesprek"), effects(shown, "huisbezoek")
    assert (gesprek["KAG-R"]["telt"], gesprek["KAG-R"]["waaromNiet"]) == (False, ["niet alleen gesproken"])
    assert gesprek["KAG-R"]["stand"] == kind.stand("KAG-R") == "te_laat"
    assert (bezoek["HB"]["telt"], bezoek["HB"]["uiterlijk"]) == (True, "2026-12-01")
    # the talk was face to face, so the child was seen; that the visit does not say so takes nothing away
    assert (gesprek["ZIEN"]["telt"], gesprek["ZIEN"]["uiterlijk"]) == (True, "2026-12-01")
    assert (bezoek["ZIEN"]["telt"], bezoek["ZIEN"]["waaromNiet"]) == (
        False,
        ["er is niet vastgelegd of het kind is gezien"],
    )
    assert effects(made(kind, kindgesprek=ALLEEN), "kindgesprek")["KAG-R"]["uiterlijk"] == "2027-02-20"


def test_it_says_what_must_follow_and_by_when(kind: Kind) -> None:
    shown = made(kind, kindgesprek={**ALLEEN, "veiligInGezin": "nee"}, veiligheidscheck=CHECK)
    for soort in ("kindgesprek", "veiligheidscheck"):
        found = next(one for one in shown["gevolgen"] if one["soort"] == soort)["opvolging"]
        assert found == shown[soort]["opvolging"]
        assert (found["sinds"], found["overlegUiterlijk"], found["besluitUiterlijk"]) == (
            DAG,
            "2026-10-21",
            "2026-10-27",
        )
    assert shown["veiligheidscheck"]["opvolging"]["hercheckUiterlijk"] == "2026-11-17"
    assert shown["kindgesprek"]["opvolging"]["hercheckUiterlijk"] is None


def test_a_step_answers_everything_that_the_visit_gave(kind: Kind) -> None:
    shown = made(
        kind,
        kindgesprek={**ALLEEN, "veiligInGezin": "nee"},
        veiligheidscheck=CHECK,
        opvolgstappen=[OVERLEG, {"stap": "besluit", "besluit": "hulp", "datum": "2026-10-22"}],
    )
    about = {(one["stap"], bool(one["kindgesprekId"]), one["datum"]) for one in shown["opvolgstappen"]}
    assert about == {
        ("overleg", True, DAG), ("overleg", False, DAG), ("besluit", True, "2026-10-22"),
        ("besluit", False, "2026-10-22"),
    }  # fmt: skip
    steps = shown["veiligheidscheck"]["opvolging"]["stappen"]
    assert [(one["stap"], one["datum"]) for one in steps] == [("overleg", DAG), ("besluit", "2026-10-22")]
    read = kind.begeleider.read(f"/veiligheidschecks/{shown['veiligheidscheck']['id']}")
    assert read["opvolging"] == shown["veiligheidscheck"]["opvolging"]


def test_a_step_of_the_meldcode_is_one_too(kind: Kind) -> None:
    wat = {"soort": "x", "vraagtVeiligheidscheck": False, "calamiteit": False, "onthulling": True}
    signaal = kind.begeleider.made(f"{kind.path}/signalen", {"datum": DAG, "bekendGewordenOp": DAG, **wat})
    for stap in (1, 2, 5):
        body = {"stap": stap, "datum": "2026-10-21", "toelichting": "Gedaan."}
        kind.begeleider.made(f"/signalen/{signaal.id}/meldcodestappen", body)
    steps = kind.begeleider.read(f"/signalen/{signaal.id}")["opvolging"]["stappen"]
    assert sorted((one["soort"], one["stap"]) for one in steps) == [
        ("meldcodestap", "besluit"), ("meldcodestap", "overleg"),
    ]  # fmt: skip


def test_steps_alone_about_several_worries(kind: Kind) -> None:
    given = made(kind, kindgesprek={**ALLEEN, "veiligInGezin": "nee"}, veiligheidscheck=CHECK)
    stappen = [
        {**OVERLEG, "kindgesprekId": given["kindgesprek"]["id"]},
        {**OVERLEG, "veiligheidscheckId": given["veiligheidscheck"]["id"]},
    ]
    assert len(made(kind, opvolgstappen=stappen)["opvolgstappen"]) == len(stappen)
    assert recorded(kind) == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("delen", "faults"),
    [
        ({}, [("huisbezoek", "verplicht")]),
        (
            {
                "huisbezoek": {},
                "kindgesprek": {**ALLEEN, "aanwezigen": ["pleegouder"]},
                "datum": "2026-11-03",
            },
            [("datum", "datum_in_toekomst"), ("kindgesprek.aanwezigen", "ongeldige_waarde")],
        ),
        (
            {"veiligheidscheck": CHECK, "opvolgstappen": [OVERLEG, {"stap": "besluit"}]},
            [("opvolgstappen.1.besluit", "verplicht")],
        ),
        ({"huisbezoek": {}, "opvolgstappen": [OVERLEG]}, [("opvolgstappen.0.kindgesprekId", "verplicht")]),
    ],
)
def test_all_of_it_or_nothing(kind: Kind, delen: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    answer = kind.begeleider.post(f"{kind.path}/bezoeken", visit(kind, **delen))
    assert answer.status_code == 400
    assert sorted((one["name"], one["code"]) for one in answer.json()["errors"]) == faults
    assert recorded(kind) == [0, 0, 0, 0]


def test_sent_twice_it_is_recorded_once(kind: Kind) -> None:
    body = visit(kind, huisbezoek={"kindGezien": True}, kindgesprek=ALLEEN)
    first, again = (kind.begeleider.post(f"{kind.path}/bezoeken", body, key="bezoek-van-vandaag") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert recorded(kind) == [1, 1, 0, 0]


def test_it_says_what_was_done_for_a_zichtplan_and_after_an_earlier_check(kind: Kind, world: World) -> None:
    plan = {
        "normen": ["KAG-R"], "reden": "kind wil niet", "borging": "Elke week langs.", "van": "2026-10-20",
        "herzienUiterlijk": "2026-12-20", "soort": "zichtplan", "waarnemingDagen": 21,
    }  # fmt: skip
    made_plan = kind.begeleider.made(f"{kind.path}/uitzonderingen", plan)
    world["gedragswetenschapper"].made(f"/uitzonderingen/{made_plan.id}/goedkeuring")
    zorg = kind.begeleider.made(
        f"{kind.path}/veiligheidschecks", {**CHECK, "datum": "2026-10-26", "plaatsingId": kind.ids["plaatsing"]}
    )
    again = {**CHECK, "uitkomst": "veilig"}
    answer = kind.begeleider.post(
        f"{kind.path}/bezoeken",
        {**visit(kind, huisbezoek={"kindGezien": True}, veiligheidscheck=again), "datum": "2026-11-02"},
    )
    check, bezoek = effects(answer.json(), "veiligheidscheck"), effects(answer.json(), "huisbezoek")
    assert set(check) == {"VC-J", "ZIEN", "ZP", "OPV-H"}
    assert set(bezoek) == {"HB", "ZIEN", "ZP"}
    assert (check["ZP"]["telt"], check["ZP"]["uiterlijk"]) == (True, "2026-11-23")
    assert check["ZP"]["onderwerp"] == {"soort": "uitzondering", "id": made_plan.id}
    assert (check["OPV-H"]["telt"], check["OPV-H"]["stand"], check["OPV-H"]["uiterlijk"]) == (True, "op_tijd", None)
    assert check["OPV-H"]["onderwerp"] == {"soort": "veiligheidscheck", "id": zorg.id}


def test_a_check_that_does_not_say_that_the_child_was_seen_is_no_other_look(kind: Kind) -> None:
    made(kind, veiligheidscheck=CHECK)
    body = {**visit(kind, veiligheidscheck={"instrument": "LIRIK", "uitkomst": "veilig"}), "datum": "2026-10-29"}
    check = effects(kind.begeleider.post(f"{kind.path}/bezoeken", body).json(), "veiligheidscheck")
    assert check["OPV-H"]["telt"] is False
    assert check["OPV-H"]["waaromNiet"] == ["er is niet vastgelegd of het kind is gezien"]
    assert check["OPV-H"]["uiterlijk"] == "2026-11-17"


def test_of_each_step_it_says_what_it_answers_and_what_is_still_due(kind: Kind) -> None:
    shown = made(kind, kindgesprek={**ALLEEN, "veiligInGezin": "nee"})
    about = {"kindgesprekId": shown["kindgesprek"]["id"]}
    answer = kind.begeleider.post(
        f"{kind.path}/bezoeken", visit(kind, opvolgstappen=[{**OVERLEG, **about, "datum": "2026-10-21"}])
    )
    (gevolg,) = answer.json()["gevolgen"]
    assert (gevolg["soort"], gevolg["id"]) == ("opvolgstap", answer.json()["opvolgstappen"][0]["id"])
    norms = {one["norm"]: (one["telt"], one["uiterlijk"], one["waaromNiet"]) for one in gevolg["normen"]}
    assert norms == {
        "OPV-O": (True, None, []), "OPV-B": (False, "2026-10-27", ["een overleg is geen besluit"]),
    }  # fmt: skip
    assert {one["onderwerp"]["id"] for one in gevolg["normen"]} == {about["kindgesprekId"]}

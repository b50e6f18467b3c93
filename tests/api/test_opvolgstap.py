"""What was done about something that was seen or said: a step about one aanleiding, and an agreed action."""

from typing import Any

import pytest

from tests.api.client import Gemaakt
from tests.api.files import Kind, overdue_child
from tests.api.world import World

K = "2026-10-20"
OVERLEG = {"stap": "overleg", "met": "gedragswetenschapper", "datum": "2026-10-21"}
BESLUIT = {"stap": "besluit", "besluit": "afspraken", "datum": "2026-10-22", "toelichting": "Samen besloten."}


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


def check(kind: Kind, **over: Any) -> Gemaakt:
    body = {"plaatsingId": kind.ids["plaatsing"], "datum": K, "instrument": "LIRIK", "uitkomst": "onveilig", **over}
    return kind.begeleider.made(f"{kind.path}/veiligheidschecks", body)


def signaal(kind: Kind, **over: Any) -> Gemaakt:
    wat = {"soort": "melding_school", "vraagtVeiligheidscheck": False, "calamiteit": False, **over}
    return kind.begeleider.made(f"{kind.path}/signalen", {"datum": K, "bekendGewordenOp": K, **wat})


def said_unsafe(kind: Kind) -> Gemaakt:
    body = kind.talk_body() | {"datum": K, "veiligInGezin": "nee", "watWilHetKind": "Naar huis.", "plaats": "school"}
    return kind.begeleider.made(f"{kind.path}/kindgesprekken", body)


def refused(kind: Kind, body: dict[str, Any]) -> list[tuple[str, str]]:
    answer = kind.begeleider.post(f"{kind.path}/opvolgstappen", body)
    assert answer.status_code == 400, answer.text
    return [(one["name"], one["code"]) for one in answer.json()["errors"]]


def test_a_step_about_each_kind_of_aanleiding(kind: Kind) -> None:
    made = [
        kind.begeleider.made(f"{kind.path}/opvolgstappen", {**OVERLEG, name: about.id})
        for name, about in (
            ("veiligheidscheckId", check(kind, uitkomst="zorgen", kindGezien=True)),
            ("kindgesprekId", said_unsafe(kind)),
            ("signaalId", signaal(kind, letsel=True)),
        )
    ]
    assert {one["id"] for one in kind.begeleider.rows(f"{kind.path}/opvolgstappen")} == {one.id for one in made}
    besluit = kind.begeleider.made(
        f"{kind.path}/opvolgstappen", {**BESLUIT, "veiligheidscheckId": made[0].shown["veiligheidscheckId"]}
    )
    assert (besluit.shown["besluit"], besluit.shown["met"], besluit.shown["kindgesprekId"]) == ("afspraken", None, None)
    assert besluit.shown["medewerkerId"] == besluit.shown["vastgelegdDoor"]
    line = next(one for one in kind.begeleider.rows(f"{kind.path}/tijdlijn") if one["id"] == besluit.id)
    assert line["kenmerken"] == {"stap": "besluit", "met": None, "besluit": "afspraken"}


def test_a_step_is_about_what_somebody_must_act_on(kind: Kind, world: World) -> None:
    about = check(kind).id
    assert refused(kind, {**OVERLEG, "veiligheidscheckId": check(kind, uitkomst="veilig").id}) == [
        ("veiligheidscheckId", "onbekende_verwijzing")
    ]
    for geen in (signaal(kind), signaal(kind, letsel=True, datum="2026-09-30", bekendGewordenOp="2026-09-30")):
        assert refused(kind, {**OVERLEG, "signaalId": geen.id}) == [("signaalId", "onbekende_verwijzing")]
    of_another = check(overdue_child(world)).id
    assert refused(kind, {**OVERLEG, "veiligheidscheckId": of_another}) == [
        ("veiligheidscheckId", "onbekende_verwijzing")
    ]
    assert refused(kind, OVERLEG) == [("kindgesprekId", "verplicht")]
    both = {**OVERLEG, "veiligheidscheckId": about, "signaalId": signaal(kind, geweld=True).id}
    assert refused(kind, both) == [("veiligheidscheckId", "ongeldige_waarde")]


def test_what_a_step_says_fits_its_kind_and_its_day(kind: Kind) -> None:
    about = {"veiligheidscheckId": check(kind).id}
    assert refused(kind, {**OVERLEG, **about, "datum": "2026-10-19"}) == [("datum", "datum_buiten_periode")]
    assert refused(kind, {**OVERLEG, **about, "met": None}) == [("met", "verplicht")]
    assert refused(kind, {**BESLUIT, **about, "besluit": None}) == [("besluit", "verplicht")]
    assert refused(kind, {**BESLUIT, **about, "met": "teamleider"}) == [("met", "ongeldige_waarde")]


def test_what_a_step_is_about_can_be_corrected_and_the_step_stays(kind: Kind) -> None:
    """It counts for nothing and can be withdrawn; changed it would say anew what nobody has to act on."""
    about = check(kind)
    step = kind.begeleider.made(f"{kind.path}/opvolgstappen", {**OVERLEG, "veiligheidscheckId": about.id})
    right = {"uitkomst": "veilig", "reden": "verkeerd aangevinkt"}
    kind.begeleider.made(f"/veiligheidschecks/{about.id}/correctie", right, etag=about.etag)
    for changed in ({"toelichting": "Toch overlegd."}, {"datum": "2026-10-23"}):
        answer = kind.begeleider.post(f"/opvolgstappen/{step.id}/correctie", {**changed, "reden": "x"}, etag=step.etag)
        assert answer.status_code == 400
        faults = [(one["name"], one["code"]) for one in answer.json()["errors"]]
        assert faults == [("veiligheidscheckId", "onbekende_verwijzing")]
    assert [one["id"] for one in kind.begeleider.rows(f"{kind.path}/opvolgstappen")] == [step.id]
    kind.begeleider.made(f"/opvolgstappen/{step.id}/intrekking", {"reden": "telt niet meer"}, etag=step.etag)


def test_a_step_moves_along_with_what_it_is_about(kind: Kind, world: World) -> None:
    about, other = check(kind), overdue_child(world)
    kind.begeleider.made(f"{kind.path}/opvolgstappen", {**OVERLEG, "veiligheidscheckId": about.id})
    where = {"plaatsingId": other.ids["plaatsing"], "reden": "verkeerd kind"}
    moved = kind.begeleider.made(f"/veiligheidschecks/{about.id}/verplaatsing", where, etag=about.etag)
    assert kind.begeleider.rows(f"{kind.path}/opvolgstappen") == []
    (step,) = other.begeleider.rows(f"{other.path}/opvolgstappen")
    assert (step["veiligheidscheckId"], step["met"]) == (moved.id, "gedragswetenschapper")


def test_an_action_is_agreed_and_done(kind: Kind, world: World) -> None:
    wie = world.medewerkers["begeleider"]
    wat = {"datum": K, "omschrijving": "Bel school.", "eigenaarId": wie, "uiterlijk": "2026-11-10"}
    made = kind.begeleider.made(f"{kind.path}/acties", wat)
    assert (made.shown["eigenaarId"], made.shown["gedaanOp"]) == (wie, None)
    done = {"gedaanOp": "2026-10-30", "reden": "gedaan"}
    kind.begeleider.made(f"/acties/{made.id}/correctie", done, etag=made.etag)
    assert [one["gedaanOp"] for one in kind.begeleider.rows(f"{kind.path}/acties")] == ["2026-10-30"]


def test_a_talk_alone_has_nobody_of_the_household_at_it(kind: Kind) -> None:
    body = kind.talk_body(aanwezigen=["tolk", "pleegouder"])
    answer = kind.begeleider.post(f"{kind.path}/kindgesprekken", body)
    assert [(one["name"], one["code"]) for one in answer.json()["errors"]] == [("aanwezigen", "ongeldige_waarde")]
    assert kind.talk(aanwezigen=["tolk", "jeugdbeschermer"]).shown["aanwezigen"] == ["tolk", "jeugdbeschermer"]
    assert kind.talk(alleen=False, aanwezigen=["pleegouder"]).shown["aanwezigen"] == ["pleegouder"]


def test_an_inquiry_ends_after_doubt(kind: Kind) -> None:
    body = {"datum": K, "bekendGewordenOp": K, "soort": "x", "vraagtVeiligheidscheck": False, "calamiteit": True}
    for over in ({"conclusieOp": "2026-10-25"}, {"bijTwijfel": True, "conclusieOp": "2026-10-19"}):
        answer = kind.begeleider.post(f"{kind.path}/signalen", {**body, **over})
        assert [(one["name"], one["code"]) for one in answer.json()["errors"]] == [("conclusieOp", "ongeldige_waarde")]
    assert signaal(kind, calamiteit=True, bijTwijfel=True, conclusieOp=K).shown["conclusieOp"] == K


PLAN = {
    "soort": "zichtplan", "waarnemingDagen": 21, "normen": ["KAG-3", "KAG-R"], "reden": "Te jong.",
    "borging": "We zien het kind elke drie weken.", "van": "2026-10-25", "herzienUiterlijk": "2027-04-25",
}  # fmt: skip


@pytest.mark.parametrize(
    ("over", "faults"),
    [
        ({"normen": ["KAG-3", "VC-J"]}, [("soort", "ongeldige_waarde")]),
        ({"herzienUiterlijk": "2027-04-26"}, [("herzienUiterlijk", "ongeldige_waarde")]),
        ({"waarnemingDagen": None}, [("waarnemingDagen", "verplicht")]),
        ({"soort": "uitzondering", "herzienUiterlijk": "2026-12-01"}, [("waarnemingDagen", "ongeldige_waarde")]),
        (
            {"soort": "uitzondering", "waarnemingDagen": None, "herzienUiterlijk": "2026-12-01", "normen": ["CAL-3"]},
            [("normen", "ongeldige_waarde")],
        ),
    ],
)
def test_a_zichtplan_keeps_to_its_rules(kind: Kind, over: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    answer = kind.begeleider.post(f"{kind.path}/uitzonderingen", {**PLAN, **over})
    assert [(one["name"], one["code"]) for one in answer.json()["errors"]] == faults


def test_a_zichtplan_is_approved_by_a_gedragswetenschapper(kind: Kind, world: World) -> None:
    made = kind.begeleider.made(f"{kind.path}/uitzonderingen", PLAN)
    path = f"/uitzonderingen/{made.id}/goedkeuring"
    answer = kind.teamleider.post(path)
    assert (answer.status_code, answer.json()["code"]) == (409, "rol_zichtplan")
    approved = world["gedragswetenschapper"].made(path)
    assert approved.shown["goedkeurderRol"] == "gedragswetenschapper"


def test_the_lists_know_a_step_of_the_meldcode_at_once(kind: Kind) -> None:
    path, both = f"/signalen/{signaal(kind, letsel=True).id}/meldcodestappen", {"OPV-O", "OPV-B"}
    body = {"datum": "2026-10-21", "toelichting": "Samen gewogen.", "veiligThuis": "geen"}
    assert both <= kind.norms_in_list()
    kind.begeleider.made(path, {"stap": 2, **body})
    assert kind.norms_in_list() & both == {"OPV-B"}
    besluit = kind.begeleider.made(path, {"stap": 5, **body})
    assert kind.norms_in_list() & both == set()
    kind.begeleider.made(f"/meldcodestappen/{besluit.id}/intrekking", {"reden": "Niet besloten."}, etag=besluit.etag)
    assert kind.norms_in_list() & both == {"OPV-B"}

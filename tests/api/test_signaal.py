"""A signaal: what the profession asks, the steps of the meldcode, and what follows from it at once."""

from typing import Any

import pytest

from tests.api.files import Kind, overdue_child
from tests.api.world import World

SIGNAAL = {
    "datum": "2026-10-01", "bekendGewordenOp": "2026-10-05", "soort": "uitspraak_kind",
    "vraagtVeiligheidscheck": False, "calamiteit": False,
}  # fmt: skip
STAP = {"stap": 1, "datum": "2026-10-06", "toelichting": "Op een rij gezet."}


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


def record(kind: Kind, **over: Any) -> Any:
    return kind.begeleider.made(f"{kind.path}/signalen", {**SIGNAAL, **over})


def test_an_old_client_need_not_say_whether_the_child_told_it(kind: Kind) -> None:
    shown = record(kind).shown
    assert (shown["onthulling"], shown["beroepsnorm"], shown["igjMeldenUiterlijk"]) == (False, None, None)


def test_after_an_onthulling_it_says_what_the_profession_asks(kind: Kind) -> None:
    made = record(kind, onthulling=True)
    assert "beroepsnorm om te melden bij Veilig Thuis" in made.shown["beroepsnorm"]
    assert kind.begeleider.read(f"/signalen/{made.id}") == made.shown
    assert kind.begeleider.rows(f"{kind.path}/signalen") == [made.shown]


def test_the_first_step_answers_the_onthulling(kind: Kind) -> None:
    made = record(kind, onthulling=True)
    assert kind.ruis()["R04"] == ["Na de onthulling van 1 oktober 2026 is geen opvolging vastgelegd."]
    step = kind.begeleider.made(f"/signalen/{made.id}/meldcodestappen", STAP)
    assert (step.shown["naam"], step.shown["veiligThuis"]) == ("signalen in kaart brengen", "geen")
    assert step.shown["signaalId"] == made.id
    assert step.shown["medewerkerId"] == step.shown["vastgelegdDoor"]
    assert "R04" not in kind.ruis()
    assert "R04" in kind.ruis("peildatum=2026-10-05")
    kind.begeleider.made(f"/meldcodestappen/{step.id}/intrekking", {"reden": "Niet gedaan."}, etag=step.etag)
    assert "R04" in kind.ruis()


def test_an_onthulling_does_not_lapse(world: World) -> None:
    kind = overdue_child(world, weeks=100)
    record(kind, onthulling=True, datum="2025-01-06", bekendGewordenOp="2025-01-06")
    assert kind.ruis()["R04"] == ["Na de onthulling van 6 januari 2025 is geen opvolging vastgelegd."]


def test_a_step_after_an_unsafe_talk(kind: Kind) -> None:
    kind.talk(veiligInGezin="nee")
    assert "R04" in kind.ruis()
    made = record(kind, soort="overig")
    kind.begeleider.made(f"/signalen/{made.id}/meldcodestappen", {**STAP, "datum": "2026-11-01"})
    assert "R04" in kind.ruis()
    kind.begeleider.made(f"/signalen/{made.id}/meldcodestappen", {**STAP, "datum": "2026-11-02"})
    assert "R04" not in kind.ruis()


@pytest.mark.parametrize("stap", [0, 6, 1.0, "1", True, None])
def test_there_are_five_steps(kind: Kind, stap: object) -> None:
    made = record(kind)
    refused = kind.begeleider.post(f"/signalen/{made.id}/meldcodestappen", {**STAP, "stap": stap})
    assert (refused.status_code, refused.json()["errors"][0]["name"]) == (400, "stap")


@pytest.mark.parametrize(
    ("datum", "code"), [("2026-09-30", "datum_buiten_periode"), ("2026-11-03", "datum_in_toekomst")]
)
def test_a_step_is_taken_after_the_signaal_and_not_tomorrow(kind: Kind, datum: str, code: str) -> None:
    path = f"/signalen/{record(kind).id}/meldcodestappen"
    assert kind.begeleider.post(path, {**STAP, "datum": datum}).json()["errors"][0]["code"] == code
    kind.begeleider.made(path, {**STAP, "datum": "2026-10-01"})


def test_a_signaal_with_steps_is_not_withdrawn(kind: Kind) -> None:
    made = record(kind)
    step = kind.begeleider.made(f"/signalen/{made.id}/meldcodestappen", STAP)
    path = f"/signalen/{made.id}/intrekking"
    refused = kind.begeleider.post(path, {"reden": "dubbel"}, etag=made.etag)
    assert (refused.status_code, refused.json()["code"]) == (409, "in_gebruik")
    kind.begeleider.made(f"/meldcodestappen/{step.id}/intrekking", {"reden": "dubbel"}, etag=step.etag)
    kind.begeleider.made(path, {"reden": "dubbel"}, etag=made.etag)
    gone = kind.begeleider.post(f"/signalen/{made.id}/meldcodestappen", STAP)
    assert gone.status_code == 404


def test_a_calamiteit_says_by_when_to_report_as_the_rule_does(kind: Kind) -> None:
    made = record(kind, calamiteit=True)
    due = kind.termijn("CAL-3")["uiterlijk"]
    assert made.shown["igjMeldenUiterlijk"] == due == "2026-10-08"
    assert kind.begeleider.read(f"/signalen/{made.id}")["igjMeldenUiterlijk"] == due
    right = {"reden": "Gemeld.", "gemeldIgjOp": "2026-10-07"}
    reported = kind.begeleider.made(f"/signalen/{made.id}/correctie", right, etag=made.etag)
    assert (reported.shown["igjMeldenUiterlijk"], kind.termijn("CAL-3")["uiterlijk"]) == (None, None)
    twijfel = record(kind, calamiteit=True, bijTwijfel=True)
    assert twijfel.shown["igjMeldenUiterlijk"] == "2026-11-19"  # three working days after the 42 in which to conclude


def test_a_signaal_that_asks_for_a_check_shows_at_once(kind: Kind) -> None:
    assert kind.termijn("VC-J")["uiterlijk"] == "2027-06-01"
    made = record(kind, vraagtVeiligheidscheck=True)
    termijn = kind.termijn("VC-J")
    assert (termijn["uiterlijk"], termijn["stand"]) == ("2026-10-12", "te_laat")
    assert "VC-J" in kind.norms_in_list()
    kind.begeleider.made(f"/signalen/{made.id}/intrekking", {"reden": "dubbel"}, etag=made.etag)
    assert kind.termijn("VC-J")["uiterlijk"] == "2027-06-01"


def test_the_timeline_has_the_steps_and_the_scores(world: World) -> None:
    ids = world.files["eigen"]
    found = {one["soort"]: one for one in world["begeleider"].walk(f"/pleegkinderen/{ids['pleegkind']}/tijdlijn")}
    assert found["meldcodestap"]["kenmerken"] == {"stap": 2, "veiligThuis": "advies"}
    assert found["ruisscore"]["kenmerken"] == {"code": "R09", "geldtTot": "2027-04-01"}

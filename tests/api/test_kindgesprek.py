"""Who is overdue, and why: a begeleider asks, records a talk, and sees the answer change (or not)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.demo.verhaal import SAM_PLAATSING_UID, SAM_UID
from tests.api.client import NU, VANDAAG, standing_still
from tests.api.conftest import DemoUser
from tests.api.files import ALLEEN, Kind, overdue_child
from tests.api.world import World

KAG = {"KAG-R", "KAG-3"}
DOES_NOT_COUNT = [
    pytest.param({"vorm": "telefoon"}, "telefonisch", id="telephone"),
    pytest.param({"vorm": "beeldbellen"}, "beeldbellen", id="video"),
    pytest.param({"alleen": False, "redenNietAlleen": "pleegouder_aanwezig"}, "niet alleen", id="foster-mother"),
    pytest.param({"doorgegaan": False, "redenNietAlleen": "ziek"}, "ging niet door", id="did-not-take-place"),
    pytest.param({"veiligheidBesproken": False}, "veiligheid", id="safety-not-discussed"),
]


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


def verdict(kind: Kind) -> tuple[Any, ...]:
    """Return all that the API says of the two KAG norms, but for the explanation; ZIEN is about something else."""
    termijnen = [kind.termijn(norm) for norm in sorted(KAG)]
    shown = [{name: value for name, value in one.items() if name != "uitleg"} for one in termijnen]
    return shown, kind.in_list(), kind.norms_in_list() - {"ZIEN"}


def test_a_child_that_nobody_spoke_to_is_overdue_since_its_plaatsing(kind: Kind) -> None:
    termijn = kind.termijn("KAG-R")
    assert (termijn["stand"], termijn["laatste"], termijn["uiterlijk"]) == ("te_laat", None, "2026-10-01")
    assert (termijn["teLaatSinds"], termijn["dagenTeLaat"]) == ("2026-10-02", 32)
    assert termijn["onderwerp"] == {"soort": "plaatsing", "id": kind.ids["plaatsing"]}
    assert "1 juni 2026" in termijn["uitleg"]["regel"]
    assert "WSS" in termijn["uitleg"]["bron"]
    assert kind.norms_in_list() >= KAG
    assert kind.in_list() == {
        "id": kind.ids["pleegkind"],
        **{name: (kind.in_list() or {})[name] for name in ("nummer", "roepnaam", "achternaam", "geboortedatum")},
        "stand": "te_laat", "streefStand": "te_laat", "aantalTeLaat": 2, "uiterlijk": "2026-10-01",
    }  # fmt: skip


@pytest.mark.parametrize(("over", "because"), DOES_NOT_COUNT)
def test_a_talk_that_does_not_count_does_not_move_it_and_says_why(
    kind: Kind, over: dict[str, Any], because: str
) -> None:
    before = verdict(kind)
    talk = kind.talk(**over)
    assert verdict(kind) == before
    for norm in KAG:
        uncounted = kind.termijn(norm)["uitleg"]["teldenNiet"]
        assert [(one["id"], one["datum"]) for one in uncounted] == [(talk.id, VANDAAG.isoformat())]
        assert because in uncounted[0]["reden"]


def test_a_talk_alone_clears_it_everywhere(kind: Kind) -> None:
    talk = kind.talk()
    for norm, uiterlijk in (("KAG-R", "2027-03-02"), ("KAG-3", "2027-02-01")):
        termijn = kind.termijn(norm)
        assert (termijn["stand"], termijn["uiterlijk"], termijn["teLaatSinds"]) == ("op_tijd", uiterlijk, None)
        assert termijn["laatste"] == termijn["uitleg"]["laatste"] == {"id": talk.id, "datum": VANDAAG.isoformat()}
    assert kind.norms_in_list() & KAG == set()
    assert kind.norms_in_list("stand=op_tijd") >= KAG
    line = kind.in_list()
    assert line is not None
    assert (line["stand"], line["aantalTeLaat"]) == ("op_tijd", 0)
    assert kind.in_list("stand=te_laat") is None
    assert kind.in_list("stand=op_tijd") is not None


def test_it_is_cleared_for_everybody_who_sees_the_child(kind: Kind, world: World) -> None:
    kind.talk()
    for name in ("collega", "teamleider", "kwaliteit", "beheerder"):
        late = {one["pleegkindId"] for one in world[name].walk("/termijnen?norm=KAG-R")}
        assert kind.ids["pleegkind"] not in late


def test_a_withdrawal_brings_it_back(kind: Kind) -> None:
    before, talk = verdict(kind), kind.talk()
    assert verdict(kind) != before
    path = f"/kindgesprekken/{talk.id}"
    kind.begeleider.made(f"{path}/intrekking", {"reden": "Bij het verkeerde kind vastgelegd."}, etag=talk.etag)
    assert verdict(kind) == before
    assert kind.begeleider.rows(f"{kind.path}/kindgesprekken") == []
    shown = kind.begeleider.read(path)
    assert (shown["ingetrokken"], shown["versie"]) == (True, 2)
    assert shown["wijzigingsreden"] == "Bij het verkeerde kind vastgelegd."


@pytest.mark.parametrize(("step", "more"), [("correctie", {"alleen": False}), ("intrekking", {})])
@pytest.mark.parametrize("name", ["wijzigingsreden", "reden"])
def test_why_is_asked_by_the_name_that_shows_it_and_by_its_first_name(
    kind: Kind, step: str, more: dict[str, bool], name: str
) -> None:
    talk = kind.talk()
    shown = kind.begeleider.made(f"/kindgesprekken/{talk.id}/{step}", {name: "dubbel", **more}, etag=talk.etag).shown
    assert (shown["wijzigingsreden"], "reden" in shown) == ("dubbel", False)


@pytest.mark.parametrize(
    ("reasons", "fault"), [({}, "wijzigingsreden"), ({"wijzigingsreden": "dubbel", "reden": "dubbel"}, "reden")]
)
def test_why_is_asked_once(kind: Kind, reasons: dict[str, str], fault: str) -> None:
    talk = kind.talk()
    refused = kind.begeleider.post(f"/kindgesprekken/{talk.id}/intrekking", reasons, etag=talk.etag)
    assert (refused.status_code, [one["name"] for one in refused.json()["errors"]]) == (400, [fault])


def test_what_was_withdrawn_is_not_corrected_or_withdrawn_again(kind: Kind) -> None:
    talk = kind.talk()
    path = f"/kindgesprekken/{talk.id}"
    gone = kind.begeleider.made(f"{path}/intrekking", {"reden": "dubbel"}, etag=talk.etag)
    for step, body in (("correctie", {"reden": "toch", "alleen": False}), ("intrekking", {"reden": "nog eens"})):
        refused = kind.begeleider.post(f"{path}/{step}", body, etag=gone.etag)
        assert (refused.status_code, refused.json()["code"]) == (409, "ingetrokken")


def test_a_correction_moves_it_and_keeps_what_was_known(kind: Kind) -> None:
    """The file as it was on every moment K: before the talk, after it, and after each correction."""
    before, talk = verdict(kind), kind.talk(vorm="telefoon")
    path = f"/kindgesprekken/{talk.id}"
    right = kind.begeleider.made(f"{path}/correctie", {"reden": "Het was fysiek.", "vorm": "fysiek"}, etag=talk.etag)
    assert right.etag != talk.etag
    assert right.shown == {
        **talk.shown,
        "vorm": "fysiek",
        "versie": 2,
        "wijzigingsreden": "Het was fysiek.",
        "vastgelegdOp": right.shown["vastgelegdOp"],
    }
    assert kind.stand("KAG-R") == "op_tijd"
    then, later = talk.shown["vastgelegdOp"], right.shown["vastgelegdOp"]
    assert then < later
    assert kind.stand("KAG-R", f"bekendOp={then}") == "te_laat"
    assert kind.stand("KAG-R", f"bekendOp={later}") == "op_tijd"
    assert kind.norms_in_list(f"stand=te_laat&bekendOp={then}") >= KAG
    assert kind.norms_in_list(f"stand=te_laat&bekendOp={later}") & KAG == set()
    assert (kind.in_list(f"bekendOp={then}") or {})["stand"] == before[1]["stand"] == "te_laat"
    assert (kind.in_list(f"bekendOp={later}") or {})["stand"] == "op_tijd"
    assert kind.begeleider.read(f"{path}?bekendOp={then}") == talk.shown
    assert kind.begeleider.rows(f"{kind.path}/kindgesprekken?bekendOp={then}") == [talk.shown]
    first = (datetime.fromisoformat(then) - timedelta(microseconds=1)).isoformat().replace("+00:00", "Z")
    assert kind.begeleider.get(f"{path}?bekendOp={first}").status_code == 404
    assert kind.begeleider.rows(f"{kind.path}/kindgesprekken?bekendOp={first}") == []


def test_a_correction_names_its_version(kind: Kind) -> None:
    talk, body = kind.talk(), {"reden": "tikfout", "alleen": False}
    path = f"/kindgesprekken/{talk.id}/correctie"
    assert kind.begeleider.post(path, body).status_code == 428
    assert kind.begeleider.post(path, body, etag="*").status_code == 428
    assert kind.begeleider.post(path, body, etag="W/" + talk.etag).status_code == 412
    assert kind.begeleider.post(path, body, etag='"iets-anders"').status_code == 412
    assert kind.begeleider.post(path, body, etag=talk.etag).status_code == 201
    assert kind.begeleider.post(path, body, etag=talk.etag).status_code == 412
    assert kind.begeleider.read(f"/kindgesprekken/{talk.id}")["versie"] == 2


def test_the_day_decides_not_the_moment_of_recording(kind: Kind) -> None:
    """A talk of July that is recorded today: on time until November, late on the timeline."""
    kind.talk(date(2026, 7, 15))
    assert kind.termijn("KAG-R")["uiterlijk"] == "2026-11-15"
    assert kind.stand("KAG-R") == "nadert"
    assert kind.stand("KAG-R", "peildatum=2026-11-15") == "nadert"
    assert kind.stand("KAG-R", "peildatum=2026-11-16") == "te_laat"
    line = kind.begeleider.rows(f"{kind.path}/tijdlijn")[0]
    assert (line["soort"], line["datum"], line["laatGeregistreerd"]) == ("kindgesprek", "2026-07-15", True)


@pytest.mark.parametrize("stand", ["te_laat", "op_tijd"])
def test_list_detail_and_past_agree(kind: Kind, stand: str) -> None:
    if stand == "op_tijd":
        kind.talk()
    for peildatum in ("2026-10-01", "2026-10-02", "2026-11-02", "2027-03-02", "2027-03-03"):
        query = f"peildatum={peildatum}"
        detail = kind.begeleider.rows(f"{kind.path}/termijnen?{query}")
        for wanted in ("te_laat", "nadert", "op_tijd"):
            said = {one["norm"] for one in detail if one["stand"] == wanted}
            assert kind.norms_in_list(f"{query}&stand={wanted}") == said, (peildatum, wanted)


def test_every_fault_of_a_talk_is_reported_at_once(kind: Kind) -> None:
    body = kind.talk_body(VANDAAG + timedelta(days=1), vorm="brief", alleen="ja")
    body.pop("doorgegaan")
    refused = kind.begeleider.post(f"{kind.path}/kindgesprekken", {**body, "geheim": 1})
    assert refused.status_code == 400
    found = {(fault["in"], fault["name"], fault["code"]) for fault in refused.json()["errors"]}
    assert found == {
        ("body", "vorm", "ongeldige_waarde"),
        ("body", "alleen", "ongeldige_waarde"),
        ("body", "doorgegaan", "verplicht"),
        ("body", "geheim", "onbekend_veld"),
    }


@pytest.mark.parametrize(
    ("datum", "code"),
    [(VANDAAG + timedelta(days=1), "datum_in_toekomst"), (date(2026, 5, 31), "datum_buiten_periode")],
)
def test_a_talk_tomorrow_or_before_the_plaatsing_is_refused(kind: Kind, datum: date, code: str) -> None:
    refused = kind.begeleider.post(f"{kind.path}/kindgesprekken", kind.talk_body(datum))
    assert refused.status_code == 400
    assert [fault["code"] for fault in refused.json()["errors"]] == [code]
    assert kind.stand("KAG-R") == "te_laat"


def test_today_is_today_in_amsterdam(kind: Kind) -> None:
    for hour, days in ((22, 32), (23, 33)):  # 23:30 in winter, and 0:30 the next day
        with standing_still(NU.replace(hour=hour, minute=30)):
            late = replace(kind, begeleider=kind.begeleider.again())
            assert late.termijn("KAG-R")["dagenTeLaat"] == days


def test_a_talk_belongs_to_a_plaatsing_of_the_child(kind: Kind, world: World) -> None:
    """Another child's plaatsing, in the caseload or out of it, is refused like one that does not exist."""
    mine = overdue_child(world)
    answers = []
    for plaatsing in (
        mine.ids["plaatsing"],
        world.files["organisatie"]["plaatsing"],
        world.files["vreemd"]["plaatsing"],
    ):
        body = {**kind.talk_body(), "plaatsingId": plaatsing}
        answers.append(kind.begeleider.post(f"{kind.path}/kindgesprekken", body))
    talk = kind.talk()
    move = {"reden": "verkeerd kind", "plaatsingId": mine.ids["plaatsing"]}
    answers.append(kind.begeleider.post(f"/kindgesprekken/{talk.id}/correctie", move, etag=talk.etag))
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["errors"][0]["code"] == "onbekende_verwijzing"
    assert mine.stand("KAG-R") == "te_laat"


def test_the_story_of_the_readme(demo: DemoUser) -> None:
    """Sam of the demo is overdue; one talk alone today puts every KAG norm in order."""
    begeleider, path = demo("begeleider"), f"/pleegkinderen/{SAM_UID}"

    def late() -> set[str]:
        return {one["norm"] for one in begeleider.walk("/termijnen?mijn=true") if one["pleegkindId"] == str(SAM_UID)}

    def termijnen() -> dict[str, Any]:
        return {one["norm"]: one for one in begeleider.rows(f"{path}/termijnen")}

    before = termijnen()
    assert before["KAG-R"]["stand"] == "te_laat"
    assert len(before["KAG-R"]["uitleg"]["teldenNiet"]) == 2
    assert "KAG-R" in late()
    body = {"plaatsingId": str(SAM_PLAATSING_UID), "datum": VANDAAG.isoformat(), **ALLEEN}
    begeleider.made(f"{path}/kindgesprekken", {**body, "vorm": "telefoon"})
    assert len(termijnen()["KAG-R"]["uitleg"]["teldenNiet"]) == 3
    assert termijnen()["KAG-R"]["stand"] == "te_laat"
    begeleider.made(f"{path}/kindgesprekken", body)
    assert {termijnen()[norm]["stand"] for norm in KAG} == {"op_tijd"}
    assert late() & KAG == set()

"""A documented exception covers only with a second pair of eyes of the right rol."""

from datetime import timedelta

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NU, Gebruiker, Gemaakt, standing_still
from tests.api.files import Kind, overdue_child
from tests.api.toetswereld import Audit
from tests.api.world import World

BODY = SOORTEN_VAN_FEIT["uitzondering"].body({})


@pytest.fixture
def kind(world: World) -> Kind:
    return overdue_child(world)


def propose(kind: Kind, by: Gebruiker, **over: object) -> Gemaakt:
    return by.made(f"{kind.path}/uitzonderingen", {**BODY, **over})


def approve(by: Gebruiker, uitzondering: Gemaakt) -> tuple[int, str]:
    answer = by.post(f"/uitzonderingen/{uitzondering.id}/goedkeuring")
    return answer.status_code, answer.json().get("code", "")


def test_alone_it_covers_nothing_and_says_so(kind: Kind) -> None:
    propose(kind, kind.begeleider)
    termijn = kind.termijn("KAG-R")
    assert (termijn["stand"], termijn["uitzonderingId"]) == ("te_laat", None)
    assert "goedgekeurd" in termijn["uitleg"]["uitzondering"]


def test_the_approval_of_another_covers(kind: Kind, world: World) -> None:
    uitzondering = propose(kind, kind.begeleider)
    approved = world["gedragswetenschapper"].made(f"/uitzonderingen/{uitzondering.id}/goedkeuring")
    assert approved.shown["goedgekeurdDoor"] == world.medewerkers["gedragswetenschapper"]
    assert approved.shown["goedkeurderRol"] == "gedragswetenschapper"
    assert approved.shown["opgesteldDoor"] == world.medewerkers["begeleider"]
    for norm in ("KAG-R", "KAG-3"):
        termijn = kind.termijn(norm)
        assert (termijn["stand"], termijn["uitzonderingId"]) == ("uitzondering", uitzondering.id)
        assert termijn["dagenTeLaat"] == 32  # covered is not on time
    assert kind.norms_in_list("stand=uitzondering") == {"KAG-R", "KAG-3"}
    assert kind.norms_in_list() & {"KAG-R", "KAG-3"} == set()
    assert (kind.in_list() or {})["stand"] == "uitzondering"


def test_it_covers_from_van_up_to_its_end(kind: Kind) -> None:
    uitzondering = propose(kind, kind.begeleider)
    assert approve(kind.teamleider, uitzondering) == (201, "")
    days = ("2026-10-19", "2026-10-20", "2026-11-19", "2026-11-20")  # of a talk thirty days: longer asks for a plan
    stands = {day: kind.stand("KAG-R", f"peildatum={day}") for day in days}
    assert list(stands.values()) == ["te_laat", "uitzondering", "uitzondering", "te_laat"]


@pytest.mark.parametrize("author", ["gedragswetenschapper", "teamleider"])
def test_nobody_approves_their_own(kind: Kind, world: World, author: str) -> None:
    uitzondering = propose(kind, world[author])
    assert approve(world[author], uitzondering) == (409, "vier_ogen")
    assert kind.stand("KAG-R") == "te_laat"


@pytest.mark.parametrize("user", ["begeleider", "kwaliteit", "beheerder", "inspecteur"])
def test_the_wrong_rol_may_not_approve(kind: Kind, world: World, user: str) -> None:
    uitzondering = propose(kind, kind.teamleider)
    assert approve(world[user], uitzondering) == (403, "geen_recht")
    assert kind.stand("KAG-R") == "te_laat"


@pytest.mark.parametrize("user", ["teamleider_zuid", "vreemde_teamleider"])
def test_outside_the_scope_there_is_nothing_to_approve(kind: Kind, world: World, user: str) -> None:
    assert approve(world[user], propose(kind, kind.begeleider)) == (404, "niet_gevonden")
    assert kind.stand("KAG-R") == "te_laat"


def test_one_approval_is_enough(kind: Kind, world: World) -> None:
    uitzondering = propose(kind, kind.begeleider)
    assert approve(world["gedragswetenschapper"], uitzondering) == (201, "")
    assert approve(kind.teamleider, uitzondering) == (409, "al_goedgekeurd")


def test_a_correction_after_approval_voids_it(kind: Kind, world: World) -> None:
    uitzondering = propose(kind, kind.begeleider)
    approved = kind.teamleider.made(f"/uitzonderingen/{uitzondering.id}/goedkeuring")
    assert kind.stand("KAG-R") == "uitzondering"
    body = {"reden": "langer nodig", "herzienUiterlijk": "2027-01-10"}
    changed = kind.begeleider.made(f"/uitzonderingen/{uitzondering.id}/correctie", body, etag=approved.etag)
    assert (changed.shown["goedgekeurdDoor"], changed.shown["goedkeurderRol"]) == (None, None)
    assert kind.stand("KAG-R") == "te_laat"
    assert kind.stand("KAG-R", f"bekendOp={approved.shown['vastgelegdOp']}") == "uitzondering"
    assert approve(kind.teamleider, uitzondering) == (201, "")
    assert kind.stand("KAG-R") == "uitzondering"


@pytest.mark.parametrize("names", [("wijzigingsreden", "reden"), ("reden", "nieuweReden")])
def test_who_corrects_is_its_author_from_then_on(kind: Kind, world: World, names: tuple[str, str]) -> None:
    uitzondering = propose(kind, kind.begeleider)
    body = dict(zip(names, ("scherper", "Het kind is bang."), strict=True))
    changed = kind.teamleider.made(f"/uitzonderingen/{uitzondering.id}/correctie", body, etag=uitzondering.etag)
    assert changed.shown["opgesteldDoor"] == world.medewerkers["teamleider"]
    assert (changed.shown["reden"], changed.shown["wijzigingsreden"]) == ("Het kind is bang.", "scherper")
    assert approve(kind.teamleider, uitzondering) == (409, "vier_ogen")
    assert approve(world["gedragswetenschapper"], uitzondering) == (201, "")


def test_the_client_says_neither_author_nor_approver(kind: Kind, world: World) -> None:
    for field in ("goedgekeurdDoor", "opgesteldDoor", "goedkeurderRol"):
        body = {**BODY, field: world.medewerkers["teamleider"]}
        refused = kind.begeleider.post(f"{kind.path}/uitzonderingen", body)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "onbekend_veld")


def test_a_withdrawal_takes_the_cover_away(kind: Kind) -> None:
    uitzondering = propose(kind, kind.begeleider)
    approved = kind.teamleider.made(f"/uitzonderingen/{uitzondering.id}/goedkeuring")
    kind.begeleider.made(f"/uitzonderingen/{uitzondering.id}/intrekking", {"reden": "klaar"}, etag=approved.etag)
    assert kind.stand("KAG-R") == "te_laat"


@pytest.mark.parametrize(("herzien", "status"), [("2027-01-18", 201), ("2027-01-19", 400), ("2026-10-19", 400)])
def test_it_lasts_ninety_days_at_most(kind: Kind, herzien: str, status: int) -> None:
    answer = kind.begeleider.post(f"{kind.path}/uitzonderingen", {**BODY, "herzienUiterlijk": herzien})
    assert answer.status_code == status
    if status == 400:
        assert [(one["name"], one["code"]) for one in answer.json()["errors"]] == [
            ("herzienUiterlijk", "ongeldige_waarde")
        ]


def test_an_approval_of_a_version_that_was_not_seen_can_be_refused(kind: Kind) -> None:
    uitzondering = propose(kind, kind.begeleider)
    path = f"/uitzonderingen/{uitzondering.id}"
    body = {"reden": "anders", "borging": "Niets."}
    kind.begeleider.made(f"{path}/correctie", body, etag=uitzondering.etag)
    assert kind.teamleider.post(f"{path}/goedkeuring", etag=uitzondering.etag).status_code == 412
    assert kind.stand("KAG-R") == "te_laat"


@pytest.mark.parametrize(("van", "status"), [("2026-10-18", 400), ("2026-10-19", 201), ("2026-11-30", 201)])
def test_it_begins_fourteen_days_ago_at_most(kind: Kind, van: str, status: int) -> None:
    answer = kind.begeleider.post(f"{kind.path}/uitzonderingen", {**BODY, "van": van})
    assert answer.status_code == status
    if status == 400:
        assert [(one["name"], one["code"]) for one in answer.json()["errors"]] == [("van", "ongeldige_waarde")]


def test_a_correction_does_not_cover_what_was_not_agreed_then(audit: Audit) -> None:
    kind = audit.kind
    uitzondering = propose(kind, kind.begeleider)
    path = f"/uitzonderingen/{uitzondering.id}"

    def correct(by: Gebruiker, **over: object) -> tuple[int, list[tuple[str, str]]]:
        etag = by.get(path).headers["etag"]
        answer = by.post(f"{path}/correctie", {"reden": "anders", **over}, etag=etag)
        return answer.status_code, [(one["name"], one["code"]) for one in answer.json().get("errors", ())]

    refused = (400, [("van", "ongeldige_waarde")])
    assert correct(kind.begeleider, van="2026-10-18") == refused
    assert correct(kind.begeleider, van="2026-10-19") == (201, [])
    with standing_still(NU + timedelta(days=30)):
        begeleider = kind.begeleider.again()
        assert correct(begeleider, borging="Elke week contact met school en huisarts.") == (201, [])
        assert correct(begeleider, normen=["KAG-R"]) == (201, [])
        assert correct(begeleider, normen=["KAG-R", "VC-J"]) == (400, [("normen", "ongeldige_waarde")])
        assert correct(begeleider, van="2026-10-18") == refused
        assert correct(begeleider, van="2026-10-25") == (201, [])
        assert approve(audit.world["gedragswetenschapper"].again(), uitzondering) == (201, "")

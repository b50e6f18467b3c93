"""Keeping and destroying on a page: a request becomes a proposal, two people judge, and a hold comes first."""

import re

from app.routers.pages.woorden.bewaren import GRONDEN, OORDELEN, STANDEN
from app.terms import Vernietigingsgrond, Vernietigingsoordeel, Vernietigingsstand
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import Dienst
from tests.api.world import World
from tests.paginas.conftest import Bladeraar, bladeraar

_GEVRAAGD = {"verzoeker": "gezagsdrager", "ontvangen": "2026-10-30", "toelichting": "Per brief gevraagd."}


def loose_child(world: World) -> tuple[str, str]:
    """Return the id and the nummer of a child that was never placed."""
    soort = SOORTEN_VAN_FEIT["pleegkind"]
    kind = world["beheerder"].made(soort.path({}), soort.body({})).id
    return kind, world["beheerder"].read(f"/pleegkinderen/{kind}")["nummer"]


def row_of(page: str, kind: str) -> str:
    return page.split(f'href="/kinderen/{kind}"')[1].split("</form>", maxsplit=1)[0]


def proposal_of(chief: Bladeraar, kind: str) -> str:
    found = re.search(r'action="/vernietigingen/([0-9a-f-]{36})/oordeel"', row_of(chief.read("/vernietigingen"), kind))
    assert found
    return found[1]


def test_a_request_becomes_a_proposal_that_one_approves_once(dienst: Dienst, world: World) -> None:
    chief, (kind, nummer) = bladeraar(dienst, world["beheerder"]), loose_child(world)
    wrong = chief.post("/vernietigingen", {**_GEVRAAGD, "nummer": "PZ99999999"})
    assert wrong.status_code == 400
    assert 'href="#nummer"' in wrong.text
    assert "Per brief gevraagd.</textarea>" in wrong.text
    early = chief.post("/vernietigingen", {**_GEVRAAGD, "nummer": nummer, "ontvangen": "2026-11-03"})
    assert 'href="#ontvangen"' in early.text
    assert chief.post("/vernietigingen", {**_GEVRAAGD, "nummer": nummer}).headers["location"] == "/vernietigingen"
    shown = row_of(chief.read("/vernietigingen"), kind).replace("\N{NO-BREAK SPACE}", " ")
    assert "antwoord uiterlijk <b>30 januari 2027</b>" in shown
    assert "0 van 2 akkoord." in shown
    path = f"/vernietigingen/{proposal_of(chief, kind)}/oordeel"
    stale = chief.post(path, {"oordeel": "goedgekeurd", "versie": "9"})
    assert stale.status_code == 412
    assert chief.post(path, {"oordeel": "goedgekeurd", "versie": "1"}).status_code == 303
    once = row_of(chief.read("/vernietigingen"), kind)
    assert "1 van 2 akkoord." in once
    assert 'value="goedgekeurd"' not in once
    assert chief.post(path, {"oordeel": "afgewezen", "versie": "2"}).status_code == 400
    assert (
        chief.post(path, {"oordeel": "afgewezen", "versie": "2", "waarom": "Er loopt een klacht."}).status_code == 303
    )
    assert "Er loopt een klacht." in chief.read("/vernietigingen")


def test_a_hold_comes_first_until_it_is_lifted(dienst: Dienst, world: World) -> None:
    kwaliteit, (_, nummer) = bladeraar(dienst, world["kwaliteit"]), loose_child(world)
    empty = kwaliteit.post("/bewaarblokkades", {"houd": nummer, "houdreden": ""})
    assert empty.status_code == 400
    assert 'href="#houdreden"' in empty.text
    held_by = kwaliteit.read("/vernietigingen").split('action="/bewaarblokkades"')[1]
    sleutel = held_by.split('name="sleutel" value="')[1].split('"')[0]
    before = len(world["kwaliteit"].walk("/bewaarblokkades?limit=200"))
    for _ in range(2):  # tapped twice
        sent = {"houd": nummer, "houdreden": "Er loopt een klacht.", "sleutel": sleutel}
        assert kwaliteit.post("/bewaarblokkades", sent).status_code == 303
    assert len(world["kwaliteit"].walk("/bewaarblokkades?limit=200")) == before + 1
    chief = bladeraar(dienst, world["beheerder"])
    held = chief.post("/vernietigingen", {**_GEVRAAGD, "nummer": nummer})
    assert held.status_code == 409
    assert "Op dit dossier rust een bewaarblokkade." in held.text
    page = kwaliteit.read("/vernietigingen")
    assert "/oordeel" not in page
    found = re.search(r'action="(/bewaarblokkades/[0-9a-f-]{36}/opheffing)"', page)
    assert found
    assert kwaliteit.post(found[1], {"reden": "Klacht is afgehandeld."}).status_code == 303
    assert chief.post("/vernietigingen", {**_GEVRAAGD, "nummer": nummer}).status_code == 303


def test_what_is_held_is_not_offered_to_approve(dienst: Dienst, world: World) -> None:
    chief, (kind, nummer) = bladeraar(dienst, world["beheerder"]), loose_child(world)
    assert chief.post("/vernietigingen", {**_GEVRAAGD, "nummer": nummer}).status_code == 303
    assert 'value="goedgekeurd"' in row_of(chief.read("/vernietigingen"), kind)
    assert chief.post("/bewaarblokkades", {"houd": nummer, "houdreden": "Er loopt een klacht."}).status_code == 303
    held = row_of(chief.read("/vernietigingen"), kind)
    assert "Er rust een bewaarblokkade op dit dossier." in held
    assert 'value="goedgekeurd"' not in held
    assert 'value="afgewezen"' in held


def test_nobody_else_has_the_page(dienst: Dienst, world: World) -> None:
    for user in ("begeleider", "gedragswetenschapper", "teamleider"):
        assert bladeraar(dienst, world[user]).get("/vernietigingen").status_code == 403
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    assert kwaliteit.post("/vernietigingen", {**_GEVRAAGD, "nummer": "x"}).status_code == 403


def test_every_code_has_a_word() -> None:
    assert STANDEN.keys() == set(Vernietigingsstand)
    assert GRONDEN.keys() == set(Vernietigingsgrond)
    assert OORDELEN.keys() == set(Vernietigingsoordeel)

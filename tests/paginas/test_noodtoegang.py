"""Noodtoegang on a page: a reason opens one file for a day; the teamleider of the child reads why and reviews it."""

import re

from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import bladeraar

_REDEN = "De begeleider is ziek en school belde over dit kind."


def test_a_file_is_opened_with_a_reason_and_talked_about(dienst: Dienst, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    nummer = world["teamleider"].read(f"/pleegkinderen/{kind}")["nummer"]
    opener, leider = bladeraar(dienst, world["begeleider_zuid"]), bladeraar(dienst, world["teamleider"])
    assert opener.get(f"/kinderen/{kind}").status_code == 404
    for form, said in (
        ({"nummer": nummer, "reden": "Nodig."}, "Waarom moet u dit dossier nu kunnen zien? Geef ten minste 20 tekens."),
        ({"nummer": "BESTAATNIET", "reden": _REDEN}, "Er is geen kind met dit nummer"),
    ):
        refused = opener.post("/noodtoegang", form)
        assert refused.status_code == 400
        assert said in refused.text
        assert f"{form['reden']}</textarea>" in refused.text
    assert opener.post("/noodtoegang", {"nummer": nummer, "reden": _REDEN}).headers["location"] == f"/kinderen/{kind}"
    assert opener.get(f"/kinderen/{kind}").status_code == 200
    assert opener.post("/noodtoegang", {"nummer": nummer, "reden": _REDEN}).status_code == 409
    assert _REDEN in opener.read("/noodtoegang")
    page = leider.read("/noodtoegang")
    part = page.split(_REDEN)[1].split("</li>")[0]
    uid = re.search(r'action="/noodtoegang/([0-9a-f-]{36})/bespreking"', part)
    assert uid
    path = f"/noodtoegang/{uid[1]}/bespreking"
    assert opener.post(path, {"toelichting": "Zelf."}).status_code == 403
    assert bladeraar(dienst, world["teamleider_zuid"]).post(path, {"toelichting": "Elders."}).status_code == 404
    assert leider.post(path, {"toelichting": "Terecht."}).headers["location"] == "/noodtoegang"
    assert ": Terecht." in leider.read("/noodtoegang")
    assert leider.post(path, {"toelichting": "Nog eens."}).status_code == 409
    assert leider.post("/noodtoegang", {"nummer": nummer, "reden": _REDEN}).status_code == 403


def test_a_reason_that_was_typed_is_kept_until_the_file_is_opened_once(dienst: Dienst, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["collega"])["pleegkind"]
    nummer = world["teamleider"].read(f"/pleegkinderen/{kind}")["nummer"]
    opener = bladeraar(dienst, world["begeleider_zuid"])
    plek = f"/concepten/noodtoegang/{world.medewerkers['begeleider_zuid']}"
    page = opener.read("/noodtoegang")
    assert f'data-concept="{plek}"' in page
    sleutel = re.search(r'name="sleutel" value="([^"]+)"', page)
    assert sleutel
    velden = {"nummer": nummer, "reden": _REDEN, "sleutel": sleutel[1]}
    assert opener.post(plek, velden).text == "10:00"
    again = opener.read("/noodtoegang")
    assert f"{_REDEN}</textarea>" in again
    assert f'value="{sleutel[1]}"' in again
    for _ in range(2):  # tapped twice
        assert opener.post("/noodtoegang", velden).headers["location"] == f"/kinderen/{kind}"
    assert len([one for one in world["begeleider_zuid"].walk("/noodtoegangen") if one["pleegkindId"] == kind]) == 1
    assert "Concept van" not in opener.read("/noodtoegang")
    leider = bladeraar(dienst, world["teamleider"])
    assert "/concepten/noodtoegang/" not in leider.read("/noodtoegang")


def test_who_sees_nothing_of_it_reads_nothing(dienst: Dienst, world: World) -> None:
    shown = world["teamleider"].walk("/noodtoegangen")
    page = bladeraar(dienst, world["teamleider"]).read("/noodtoegang")
    assert all(one["reden"].split()[0] in page for one in shown)
    assert bladeraar(dienst, world["inspecteur"]).get("/noodtoegang").status_code == 403

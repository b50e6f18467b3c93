"""Giving a child its file on a page: the same file as the command gives, and the log says for whom and why."""

import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.routers.pages.beheer.inzageverzoek import VERZOEKERS
from app.terms import Verzoeker
from tests.api.client import Dienst
from tests.api.files import ALLEEN
from tests.api.world import World, place_child
from tests.paginas.conftest import bladeraar

_GEVRAAGD = {"verzoeker": "gezagsdrager", "reden": "Brief van 30 oktober, aan de balie."}
_STEM = "Ik wil vaker naar voetbal."


@pytest.fixture
def kind(world: World) -> dict[str, str]:
    """Return a child of a few years old with a talk in its file."""
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    talk = {**ALLEEN, "plaatsingId": ids["plaatsing"], "datum": "2026-10-30", "stemVanHetKind": _STEM}
    world["begeleider"].made(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", talk)
    return ids | {"nummer": world["beheerder"].read(f"/pleegkinderen/{ids['pleegkind']}")["nummer"]}


def test_the_file_is_given_and_the_log_says_for_whom_and_why(
    dienst: Dienst, world: World, kind: dict[str, str]
) -> None:
    chief = bladeraar(dienst, world["beheerder"])
    form = chief.read(f"/inzageverzoek?pleegkind={kind['pleegkind']}")
    assert f'value="{kind["nummer"]}"' in form
    given = chief.post("/inzageverzoek", {**_GEVRAAGD, "nummer": kind["nummer"], "formaat": "json"})
    assert given.status_code == 200, given.text
    assert given.headers["content-disposition"].startswith('attachment; filename="dossier-')
    inhoud = json.loads(given.content)["inhoud"]
    assert inhoud["pleegkind"]["id"] == kind["pleegkind"]
    assert _STEM not in given.text
    looks = world["beheerder"].rows(f"/inzagen?pleegkind={kind['pleegkind']}")
    looks = [one for one in looks if one["soort"] == "export"]
    assert looks[0]["doel"] == f"inzageverzoek van wie het gezag heeft: {_GEVRAAGD['reden']}"
    assert looks[0]["handeling"] == "POST /inzageverzoek"
    assert looks[0]["id"] == inhoud["kenmerk"]
    more = chief.post("/inzageverzoek", {**_GEVRAAGD, "nummer": kind["nummer"], "formaat": "json", "eigen": "ja"})
    assert _STEM in more.text
    less = {
        "nummer": kind["nummer"],
        "formaat": "json",
        "eigen": "ja",
        "weglaten": "Annie de Bruin\nVaker Naar Voetbal",
    }
    assert "Ik wil [naam weggelaten]." in chief.post("/inzageverzoek", {**_GEVRAAGD, **less}).text
    pdf = chief.post("/inzageverzoek", {**_GEVRAAGD, "nummer": kind["nummer"]})
    assert pdf.headers["content-type"] == "application/pdf"
    assert len(PdfReader(BytesIO(pdf.content)).pages) >= 1


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"nummer": "PZ99999999"}, "nummer"),
        ({"verzoeker": "kind"}, "verzoeker"),
        ({"verzoeker": ""}, "verzoeker"),
        ({"reden": "kort"}, "reden"),
    ],
)
def test_what_is_not_given_says_why_and_keeps_what_was_typed(
    dienst: Dienst, world: World, kind: dict[str, str], over: dict[str, str], veld: str
) -> None:
    chief = bladeraar(dienst, world["beheerder"])
    sent = {**_GEVRAAGD, "nummer": kind["nummer"], "weglaten": "Annie de Bruin", **over}
    refused = chief.post("/inzageverzoek", sent)
    assert refused.status_code == 400
    assert f'href="#{veld}"' in refused.text
    assert "Annie de Bruin</textarea>" in refused.text
    assert "--" not in refused.text.split('id="fouten"')[1].split("</ul>")[0]


def test_only_who_may_give_it_has_the_page(dienst: Dienst, world: World) -> None:
    for user in ("begeleider", "gedragswetenschapper", "teamleider"):
        browser = bladeraar(dienst, world[user])
        assert browser.get("/inzageverzoek").status_code == 403
        assert browser.post("/inzageverzoek", {**_GEVRAAGD, "nummer": "x"}).status_code == 403


def test_every_one_who_may_ask_has_words() -> None:
    assert VERZOEKERS.keys() == set(Verzoeker)

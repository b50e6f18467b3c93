"""A signaal on the pages: recorded with or without its meldcode, answered step by step, with the professional norm."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from tests.api.client import NOBODY, Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

K = "2026-10-29"
_GOED = {
    "datum": K, "bekend": K, "soort": "mishandeling", "check": "ja", "calamiteit": "nee", "onthulling": "ja",
    "letsel": "ja", "bron": "kind", "toelichting": "Hij <b>wees</b> het aan.",
}  # fmt: skip
_KENMERKEN = ("onthulling", "geweld", "letsel")
_NORM = "is het de beroepsnorm om te melden bij Veilig Thuis"


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


@pytest.fixture
def ids(world: World) -> dict[str, str]:
    """A child of this test alone, and its plaatsing."""
    return place_child(world["teamleider"], world.medewerkers["begeleider"])


@pytest.fixture
def kind(ids: Mapping[str, str]) -> str:
    return ids["pleegkind"]


def form(**over: str) -> dict[str, str]:
    return {**_GOED, "sleutel": uuid4().hex, **over}


def rows(world: World, kind: str, kinds: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world["begeleider"].rows(f"/pleegkinderen/{kind}/{kinds}")
    return found


def test_a_signaal_is_recorded_once_with_all_that_it_says_and_without_a_meldcode_that_nobody_chose(
    begeleider: Bladeraar, kind: str, world: World
) -> None:
    path = f"/kinderen/{kind}/signaal"
    assert f'href="{path}"' in begeleider.read(f"/kinderen/{kind}")
    assert 'name="toelichting"' in begeleider.read(path)
    sent = form(calamiteit="twijfel", **{"meldcode-1": "niet gekozen"})
    answers = [begeleider.post(path, sent) for _ in range(2)]
    (signaal,) = rows(world, kind, "signalen")
    assert {one.headers["location"] for one in answers} == {f"{path}/{signaal['id']}"}
    assert (signaal["soort"], signaal["bron"], signaal["toelichting"]) == ("mishandeling", "kind", sent["toelichting"])
    said = ("calamiteit", "bijTwijfel", "onthulling", "letsel", "geweld", "vraagtVeiligheidscheck")
    assert [signaal[name] for name in said] == [True, True, True, True, False, True]
    assert (signaal["gemeldIgjOp"], signaal["conclusieOp"]) == (None, None)
    assert world["begeleider"].rows(f"/signalen/{signaal['id']}/meldcodestappen") == []
    shown = begeleider.read(answers[0].headers["location"])
    assert "Hij &lt;b&gt;wees&lt;/b&gt; het aan." in shown
    assert _NORM in shown
    assert f'href="/feiten/signaal/{signaal["id"]}"' in shown
    assert _NORM in begeleider.read(f"/kinderen/{kind}")


@pytest.mark.parametrize("aangevinkt", _KENMERKEN)
def test_what_is_ticked_of_a_signaal_is_recorded_and_nothing_else(
    begeleider: Bladeraar, kind: str, world: World, aangevinkt: str
) -> None:
    sent = {name: value for name, value in form().items() if name not in _KENMERKEN}
    assert begeleider.post(f"/kinderen/{kind}/signaal", {**sent, aangevinkt: "ja"}).status_code == 303
    (signaal,) = rows(world, kind, "signalen")
    assert [name for name in _KENMERKEN if signaal[name]] == [aangevinkt]


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"soort": " "}, "soort"),
        ({"datum": "2026-11-03"}, "datum"),
        ({"bekend": "ooit"}, "bekend"),
        ({"calamiteit": ""}, "calamiteit-nee"),
        ({"check": ""}, "check-ja"),
        ({"conclusie": K}, "conclusie"),
        ({"meldcode": "ja"}, "meldcode-1"),
        ({"meldcode": "ja", "meldcode-1": "Wat ik zag.", "meldcode-2": "Gebeld."}, "met"),
        ({"meldcode": "ja", "meldcode-1": "Wat ik zag.", "met": "teamleider"}, "meldcode-2"),
    ],
)
def test_a_form_that_is_not_right_comes_back_filled_in(
    begeleider: Bladeraar, kind: str, world: World, over: dict[str, str], veld: str
) -> None:
    sent = form(**over)
    answer = begeleider.post(f"/kinderen/{kind}/signaal", sent)
    assert answer.status_code == 400
    assert f'<a href="#{veld}">' in answer.text
    assert f'id="{veld}"' in answer.text
    assert "Hij &lt;b&gt;wees&lt;/b&gt; het aan.</textarea>" in answer.text
    assert rows(world, kind, "signalen") == []


def test_what_follows_on_a_signaal_is_done_on_its_page(begeleider: Bladeraar, kind: str, world: World) -> None:
    page = begeleider.post(f"/kinderen/{kind}/signaal", form()).headers["location"]
    signaal = page.rpartition("/")[2]
    assert f'href="{page}">Verder met opvolgen' in begeleider.read(f"/kinderen/{kind}")
    shown = begeleider.read(page)
    assert 'href="tel:08002000"' in shown
    assert "vrijdag\N{NO-BREAK SPACE}30\N{NO-BREAK SPACE}oktober" in shown  # one working day
    step = {"stap": "overleg", "signaal": signaal, "toelichting": "Met <i>Ingrid</i>.", "sleutel": uuid4().hex}
    refused = begeleider.post(f"/kinderen/{kind}/opvolging", step)
    assert refused.status_code == 400
    assert '<a href="#met">' in refused.text
    assert "Met &lt;i&gt;Ingrid&lt;/i&gt;.</textarea>" in refused.text
    for more in ({**step, "met": "teamleider"}, {"stap": "besluit", "signaal": signaal, "besluit": "hulp"}):
        assert begeleider.post(f"/kinderen/{kind}/opvolging", more).headers["location"] == f"/kinderen/{kind}"
    assert {one["stap"] for one in rows(world, kind, "opvolgstappen")} == {"overleg", "besluit"}
    assert "Verder met opvolgen" not in begeleider.read(f"/kinderen/{kind}")
    after = begeleider.read(page)
    assert "de teamleider" in after
    assert "Hulp erbij" in after
    assert "Wie belt u nu?" not in after


def test_the_five_steps_of_the_meldcode_are_taken_one_by_one(begeleider: Bladeraar, kind: str, world: World) -> None:
    page = begeleider.post(f"/kinderen/{kind}/signaal", form()).headers["location"]
    signaal = page.rpartition("/")[2]
    before = begeleider.read(page)
    for woorden in ("signalen in kaart brengen", "wegen of er gevaar is", "beslissen over melden bij veilig thuis"):
        assert woorden in before.lower()
    step = {"signaal": signaal, "stap": "4", "datum": K, "veilig_thuis": "advies", "sleutel": uuid4().hex}
    refused = begeleider.post(f"/kinderen/{kind}/meldcode", {**step, "toelichting": " "})
    assert refused.status_code == 400
    assert '<a href="#meldcode-4">' in refused.text
    for _ in range(2):
        done = begeleider.post(f"/kinderen/{kind}/meldcode", {**step, "toelichting": "Structureel."})
        assert done.headers["location"] == f"{page}#meldcode"
    (stap,) = world["begeleider"].rows(f"/signalen/{signaal}/meldcodestappen")
    assert (stap["stap"], stap["datum"], stap["veiligThuis"], stap["toelichting"]) == (4, K, "advies", "Structureel.")
    after = begeleider.read(page)
    assert "Structureel." in after
    assert "Advies gevraagd aan Veilig Thuis." in after
    early = begeleider.post(f"/kinderen/{kind}/meldcode", {**step, "datum": "2026-10-01", "toelichting": "Te vroeg."})
    assert early.status_code in (400, 422)
    begeleider.post(f"/kinderen/{kind}/meldcode", {"signaal": signaal, "stap": "2", "datum": K, "toelichting": "Ja."})
    termijnen = world["begeleider"].rows(f"/pleegkinderen/{kind}/termijnen")
    assert {one["norm"] for one in termijnen if one["norm"].startswith("OPV") and one["uiterlijk"]} == {"OPV-B"}


def test_a_child_that_told_it_gives_a_signaal_with_the_first_steps_filled_in_and_one_overleg_answers_both(
    begeleider: Bladeraar, ids: dict[str, str], kind: str, world: World
) -> None:
    talk = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True, "veiligInGezin": "nee"}
    about = {**talk, "datum": K, "plaatsingId": ids["plaatsing"], "stemVanHetKind": "Hij slaat mij."}
    gesprek = world["begeleider"].made(f"/pleegkinderen/{kind}/kindgesprekken", about).id
    link = f"/kinderen/{kind}/signaal?bij={gesprek}"
    assert f'href="{link}"' in begeleider.read(f"/kinderen/{kind}/bezoek/{gesprek}")
    opened = begeleider.read(link)
    assert "Hij slaat mij.”</textarea>" in opened
    assert re.search(r'name="onthulling" value="ja"[^>]* checked', opened)
    assert re.search(rf'name="datum"[^>]* value="{K}"', opened)
    steps = {"meldcode": "ja", "meldcode-1": "Hij zei het.", "meldcode-2": "Samen gewogen.", "met": "veilig_thuis"}
    steps["meldcode-datum"] = "2026-10-30"
    answer = begeleider.post(f"/kinderen/{kind}/signaal", form(bij=gesprek, **steps))
    signaal = answer.headers["location"].rpartition("/")[2]
    taken = world["begeleider"].rows(f"/signalen/{signaal}/meldcodestappen")
    assert sorted((one["stap"], one["veiligThuis"]) for one in taken) == [(1, "geen"), (2, "advies")]
    (overleg,) = rows(world, kind, "opvolgstappen")
    assert (overleg["kindgesprekId"], overleg["met"], overleg["toelichting"]) == (
        gesprek, "veilig_thuis", "Samen gewogen.",
    )  # fmt: skip
    assert {one["datum"] for one in (*taken, overleg)} == {"2026-10-30"}
    shown = begeleider.read(answer.headers["location"])
    assert f'name="ook-{gesprek}" value="kindgesprek"' in shown
    both = {"stap": "besluit", "signaal": signaal, "besluit": "afspraken", f"ook-{gesprek}": "kindgesprek"}
    begeleider.post(f"/kinderen/{kind}/opvolging", {**both, "sleutel": uuid4().hex})
    besluiten = [one for one in rows(world, kind, "opvolgstappen") if one["stap"] == "besluit"]
    assert {one["kindgesprekId"] or one["signaalId"] for one in besluiten} == {gesprek, signaal}
    assert "Opvolging open" not in begeleider.read(f"/kinderen/{kind}")


def test_the_page_of_a_talk_offers_to_answer_an_open_signaal_with_it(
    begeleider: Bladeraar, ids: dict[str, str], kind: str, world: World
) -> None:
    page = begeleider.post(f"/kinderen/{kind}/signaal", form()).headers["location"]
    said = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True, "veiligInGezin": "nee"}
    about = {**said, "datum": K, "plaatsingId": ids["plaatsing"]}
    gesprek = world["begeleider"].made(f"/pleegkinderen/{kind}/kindgesprekken", about).id
    shown = begeleider.read(f"/kinderen/{kind}/bezoek/{gesprek}")
    assert f'name="ook-{page.rpartition("/")[2]}" value="signaal"' in shown


def test_who_may_not_see_the_child_finds_no_signaal(
    dienst: Dienst, world: World, begeleider: Bladeraar, kind: str
) -> None:
    page = begeleider.post(f"/kinderen/{kind}/signaal", form()).headers["location"]
    signaal = page.rpartition("/")[2]
    zuid, ander = bladeraar(dienst, world["begeleider_zuid"]), world.files["eigen"]["pleegkind"]
    step = {"signaal": signaal, "stap": "1", "datum": K, "toelichting": "x"}
    assert [zuid.get(path).status_code for path in (page, f"/kinderen/{kind}/signaal")] == [404, 404]
    assert zuid.post(f"/kinderen/{kind}/signaal", form()).status_code == 404
    assert zuid.post(f"/kinderen/{kind}/meldcode", step).status_code == 404
    for key in (ander, NOBODY):  # a signaal of another child than the address says
        assert begeleider.get(f"/kinderen/{key}/signaal/{signaal}").status_code == 404
        assert begeleider.post(f"/kinderen/{key}/meldcode", step).status_code == 404
    assert bladeraar(dienst, world["kwaliteit"]).get(f"/kinderen/{kind}/signaal").status_code == 403


def test_a_signaal_that_asks_nothing_has_no_steps_but_a_meldcode_for_who_wants_it(
    begeleider: Bladeraar, kind: str
) -> None:
    page = begeleider.post(f"/kinderen/{kind}/signaal", form(onthulling="", letsel="")).headers["location"]
    shown = begeleider.read(page)
    assert "Wie belt u nu?" not in shown
    assert _NORM not in shown
    assert f'action="/kinderen/{kind}/meldcode"' in shown

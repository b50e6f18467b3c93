"""A fact on its page: every version can be read; who was second sees what the first one saved, and keeps the text."""

from typing import Any

import pytest
from httpx2 import Response

from app.routers.pages.woorden.velden import SCHEMAS, VELDEN, velden_of
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NOBODY, Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_GESPREK = {
    "doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True, "datum": "2026-10-12",
    "stemVanHetKind": "Ik wil naar oma.",
}  # fmt: skip


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


@pytest.fixture
def gesprek(world: World) -> str:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    body = {**_GESPREK, "plaatsingId": ids["plaatsing"]}
    return world["begeleider"].made(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", body).id


def whole(**over: str) -> dict[str, str]:
    return {
        "versie": "1", "datum": "2026-10-12", "doorgegaan": "ja", "alleen": "ja", "vorm": "fysiek",
        "veiligheid_besproken": "ja", "reden_niet_alleen": "", "kind_voelde_zich_veilig": "", "vervolgactie": "",
        "stem_van_het_kind": "Ik wil naar oma.", "reden": "verkeerde dag gekozen", **over,
    }  # fmt: skip


def read(world: World, gesprek: str) -> dict[str, Any]:
    found: dict[str, Any] = world["begeleider"].read(f"/kindgesprekken/{gesprek}")
    return found


def test_a_correction_shows_what_stood_there_first_and_why(begeleider: Bladeraar, world: World, gesprek: str) -> None:
    path = f"/feiten/kindgesprek/{gesprek}"
    answer = begeleider.post(f"{path}/correctie", whole(datum="2026-10-11"))
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    page = begeleider.read(path)
    assert page.index("<mark>11\u00a0oktober\u00a02026</mark>") < page.index("<dd>12\u00a0oktober\u00a02026</dd>")
    assert "Reden: verkeerde dag gekozen" in page
    assert (read(world, gesprek)["datum"], read(world, gesprek)["versie"]) == ("2026-10-11", 2)


_EERST, _TWEEDE = "Ik wil naar oma, elke week.", "Ik wil bellen met oma."


def second(begeleider: Bladeraar, gesprek: str, **over: str) -> Response:
    """Let somebody save first, and let another who began before send what they typed."""
    path = f"/feiten/kindgesprek/{gesprek}/correctie"
    begeleider.post(path, whole(stem_van_het_kind=_EERST, datum="2026-10-11"))
    return begeleider.post(path, whole(**{"stem_van_het_kind": _TWEEDE, **over}))


def test_who_was_second_sees_both_and_loses_nothing(begeleider: Bladeraar, world: World, gesprek: str) -> None:
    answer = second(begeleider, gesprek)
    assert answer.status_code == 412
    assert "Iemand anders was eerst." in answer.text
    both = answer.text.split('<div class="versies">')[1].split("</div>")[0]
    assert both.index(f"<mark>{_EERST}</mark>") < both.index(f"<mark>{_TWEEDE}</mark>")
    assert f"{_TWEEDE}</textarea>" in answer.text
    assert 'name="versie" value="2"' in answer.text
    assert read(world, gesprek)["stemVanHetKind"] == _EERST


def test_what_somebody_else_changed_and_i_did_not_is_not_turned_back(
    begeleider: Bladeraar, world: World, gesprek: str
) -> None:
    answer = second(begeleider, gesprek)
    assert 'name="datum" value="2026-10-11"' in answer.text
    assert "botst-datum" not in answer.text
    apart = second(begeleider, gesprek, stem_van_het_kind=_EERST, vervolgactie="Bellen", versie="1")
    assert apart.status_code == 412
    assert "botst-" not in apart.text  # each changed something else: nothing to choose
    assert "Bellen</textarea>" in apart.text
    assert read(world, gesprek)["vervolgactie"] is None


@pytest.mark.parametrize(
    ("keuze", "woorden", "versie"),
    [("uw", _TWEEDE, 3), ("ander", _EERST, 2), ("beide", f"{_EERST}\n{_TWEEDE}", 3)],
)
def test_the_choice_is_the_person_s(
    begeleider: Bladeraar, world: World, gesprek: str, keuze: str, woorden: str, versie: int
) -> None:
    second(begeleider, gesprek)
    path = f"/feiten/kindgesprek/{gesprek}/correctie"
    mine = whole(versie="2", stem_van_het_kind=_TWEEDE, datum="2026-10-11", **{"botst-stem_van_het_kind": "ja"})
    unsaid = begeleider.post(path, mine)
    assert unsaid.status_code == 400
    assert '<a href="#keuze">Kies wat er blijft staan.</a>' in unsaid.text
    assert f"<mark>{_EERST}</mark>" in unsaid.text
    done = begeleider.post(path, {**mine, "keuze": keuze})
    assert (done.status_code, done.headers["location"]) == (303, f"/feiten/kindgesprek/{gesprek}")
    now = read(world, gesprek)
    assert (now["stemVanHetKind"], now["datum"], now["versie"]) == (woorden, "2026-10-11", versie)


def test_a_concept_of_an_earlier_version_shows_both_when_it_is_opened(
    begeleider: Bladeraar, dienst: Dienst, world: World, gesprek: str
) -> None:
    begeleider.post(f"/concepten/verbetering-kindgesprek/{gesprek}", whole(stem_van_het_kind=_TWEEDE))
    colleague = bladeraar(dienst, world["teamleider"])
    assert colleague.post(f"/feiten/kindgesprek/{gesprek}/correctie", whole(stem_van_het_kind=_EERST)).is_redirect
    page = begeleider.read(f"/feiten/kindgesprek/{gesprek}")
    assert "Iemand anders was eerst." in page
    assert f"<mark>{_EERST}</mark>" in page
    assert f"{_TWEEDE}</textarea>" in page
    begeleider.post(f"/concepten/verbetering-kindgesprek/{gesprek}/weg", {})


@pytest.mark.parametrize("over", [{}, {"datum": "2027-01-01"}, {"datum": ""}, {"datum": "2026-10-11", "reden": ""}])
def test_what_is_not_right_comes_back_and_changes_nothing(
    begeleider: Bladeraar, world: World, gesprek: str, over: dict[str, str]
) -> None:
    answer = begeleider.post(f"/feiten/kindgesprek/{gesprek}/correctie", whole(**over))
    assert answer.status_code == 400
    assert 'id="fouten"' in answer.text
    assert read(world, gesprek)["versie"] == 1


def test_a_withdrawal_stays_to_be_read(begeleider: Bladeraar, world: World, gesprek: str) -> None:
    path = f"/feiten/kindgesprek/{gesprek}"
    for versie, reden, status in (("1", " ", 400), ("9", "dubbel", 412)):
        refused = begeleider.post(f"{path}/intrekking", {"versie": versie, "reden": reden})
        assert refused.status_code == status
        assert f'id="intrekreden" name="reden" value="{reden}"' in refused.text
    assert begeleider.post(f"{path}/intrekking", {"versie": "1", "reden": "ander kind"}).status_code == 303
    page = begeleider.read(path)
    assert "ingetrokken" in page
    assert "Ik wil naar oma." in page
    assert "/intrekking" not in page
    assert read(world, gesprek)["ingetrokken"]


def test_a_fact_of_another_s_child_and_a_kind_without_a_page_are_not_there(
    dienst: Dienst, world: World, gesprek: str, begeleider: Bladeraar
) -> None:
    other = bladeraar(dienst, world["begeleider_zuid"])
    for path in (f"/feiten/kindgesprek/{gesprek}", f"/feiten/kindgesprek/{NOBODY}", f"/feiten/vgb/{gesprek}"):
        assert other.get(path).status_code == 404
    assert begeleider.get(f"/feiten/huisbezoek/{gesprek}").status_code == 404
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    assert kwaliteit.get(f"/feiten/kindgesprek/{gesprek}").status_code == 200
    assert kwaliteit.post(f"/feiten/kindgesprek/{gesprek}/correctie", whole()).status_code == 403


def test_every_kind_has_words_for_its_fields() -> None:
    used = {veld.naam for schema in SCHEMAS.values() for veld in velden_of(schema)}
    assert used <= VELDEN.keys()
    assert set(SCHEMAS) <= set(SOORTEN_VAN_FEIT)


def test_what_was_moved_to_a_child_of_another_team_is_not_read_here(begeleider: Bladeraar, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    other = place_child(world["teamleider"], world.medewerkers["collega"])
    leider, body = world["teamleider"], {**_GESPREK, "plaatsingId": ids["plaatsing"]}
    made = leider.made(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", body)
    path = f"/kindgesprekken/{made.id}"
    said = {"stemVanHetKind": "Ik wil naar opa.", "reden": "Hij zei opa."}
    right = leider.made(f"{path}/correctie", said, etag=made.etag)
    leider.made(f"{path}/verplaatsing", {"plaatsingId": other["plaatsing"], "reden": "verkeerd kind"}, etag=right.etag)
    page = begeleider.read(f"/feiten/kindgesprek/{made.id}")
    assert "Reden: verkeerd kind" in page
    assert page.count("[hoort bij een ander kind]") == 4  # of three versions the words, of one the reason
    for woord in ("Ik wil naar oma.", "Ik wil naar opa.", "Hij zei opa."):
        assert woord not in page

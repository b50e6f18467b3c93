"""A fact on its page: every version can be read; who was second sees what the first one saved, and keeps the text."""

from typing import Any

import pytest

from app.routers.pages.veldwoorden import SCHEMAS, VELDEN, velden_of
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
    assert page.index("<mark>2026-10-11</mark>") < page.index("<dd>2026-10-12</dd>")
    assert "Reden: verkeerde dag gekozen" in page
    assert (read(world, gesprek)["datum"], read(world, gesprek)["versie"]) == ("2026-10-11", 2)


def test_who_was_second_sees_both_and_loses_nothing(begeleider: Bladeraar, world: World, gesprek: str) -> None:
    path = f"/feiten/kindgesprek/{gesprek}/correctie"
    begeleider.post(path, whole(stem_van_het_kind="Ik wil naar oma, elke week."))
    second = begeleider.post(path, whole(stem_van_het_kind="Ik wil bellen met oma."))
    assert second.status_code == 412
    assert "Iemand anders was eerst." in second.text
    assert "Ik wil bellen met oma.</textarea>" in second.text
    assert "Nu in het dossier: Ik wil naar oma, elke week." in second.text
    assert 'name="versie" value="2"' in second.text
    assert read(world, gesprek)["stemVanHetKind"] == "Ik wil naar oma, elke week."


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
    assert begeleider.post(f"{path}/intrekking", {"versie": "1", "reden": " "}).status_code == 400
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

"""Where a child lives and with whom, on a page: a begeleider for who has none, an end, a maatregel; each once."""

import re

from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar


def key_of(blad: Bladeraar, kind: str, form: str) -> str:
    """Return the key in one of the forms of the page."""
    page = blad.read(f"/kinderen/{kind}/zorg")
    found = re.search(rf'action="/kinderen/{kind}/{form}".*?name="sleutel" value="([^"]+)"', page, re.DOTALL)
    assert found, form
    return found[1]


def test_a_child_without_a_begeleider_gets_one(dienst: Dienst, world: World) -> None:
    leider, kind = bladeraar(dienst, world["teamleider"]), place_child(world["teamleider"])["pleegkind"]
    assert f'href="/kinderen/{kind}/zorg"' in leider.read(f"/kinderen/{kind}")
    path, sent = f"/kinderen/{kind}/begeleiding", {"sleutel": key_of(leider, kind, "begeleiding"), "van": "2026-11-02"}
    wrong = leider.post(path, {**sent, "wie": ""})
    assert wrong.status_code == 400
    assert 'href="#wie"' in wrong.text
    assert world.medewerkers["begeleider_zuid"] not in wrong.text
    given = {**sent, "wie": world.medewerkers["begeleider"]}
    for _ in range(2):
        assert leider.post(path, given).headers["location"] == f"/kinderen/{kind}"
    assert f"/medewerkers/{world.medewerkers['begeleider']}/overdracht" in leider.read(f"/kinderen/{kind}/zorg")
    again = leider.post(path, {**given, "sleutel": ""})
    assert again.status_code == 400
    assert "begeleidt dit kind al" in again.text
    assert f"/kinderen/{kind}" in bladeraar(dienst, world["begeleider"]).read("/kinderen")


def test_a_plaatsing_ends_with_a_day_and_a_reason(dienst: Dienst, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    kind, leider = ids["pleegkind"], bladeraar(dienst, world["teamleider"])
    path, sleutel = f"/kinderen/{kind}/beeindiging", key_of(leider, kind, "beeindiging")
    wrong = leider.post(path, {"sleutel": sleutel, "tot": "2026-10-30", "eindreden": ""})
    assert wrong.status_code == 400
    assert 'href="#eindreden"' in wrong.text
    assert 'value="2026-10-30"' in wrong.text
    done = leider.post(path, {"sleutel": sleutel, "tot": "2026-10-30", "eindreden": "naar huis"})
    assert done.headers["location"] == f"/kinderen/{kind}"
    assert world["teamleider"].read(f"/plaatsingen/{ids['plaatsing']}")["tot"] == "2026-10-30"
    assert "Vandaag niet geplaatst" in leider.read(f"/kinderen/{kind}/zorg")
    assert "/beeindiging" not in leider.read(f"/kinderen/{kind}/zorg")


def test_a_maatregel_is_recorded_and_corrected_with_its_history(dienst: Dienst, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    kind, own = ids["pleegkind"], bladeraar(dienst, world["begeleider"])
    path, sent = f"/kinderen/{kind}/maatregel", {"sleutel": key_of(own, kind, "maatregel"), "gi": "GI Verzonnen"}
    wrong = own.post(path, {**sent, "soort": "ots"})
    assert wrong.status_code == 400
    assert 'href="#maatregel-van"' in wrong.text
    assert "GI Verzonnen" in wrong.text
    for _ in range(2):
        assert own.post(path, {**sent, "soort": "ots", "van": "2026-10-01"}).status_code == 303
    (made,) = world["begeleider"].rows(f"/pleegkinderen/{kind}/maatregelen")
    assert (made["soort"], made["van"], made["gi"]) == ("ots", "2026-10-01", "GI Verzonnen")
    page = own.read(f"/kinderen/{kind}")
    assert f'href="/feiten/maatregel/{made["id"]}"' in page
    feit = f"/feiten/maatregel/{made['id']}"
    assert "Ondertoezichtstelling" in own.read(feit)
    change = {"versie": "1", "tot": "2026-11-01", "reden": "De rechter verlengde niet."}
    assert own.post(f"{feit}/correctie", change).headers["location"] == feit
    assert "De rechter verlengde niet." in own.read(feit)


def test_who_may_not_place_has_no_such_forms(dienst: Dienst, world: World) -> None:
    kind, own = world.files["eigen"]["pleegkind"], bladeraar(dienst, world["begeleider"])
    page = own.read(f"/kinderen/{kind}/zorg")
    assert f'action="/kinderen/{kind}/begeleiding"' not in page
    assert "/beeindiging" not in page
    assert own.post(f"/kinderen/{kind}/beeindiging", {"tot": "2026-10-30", "eindreden": "weg"}).status_code == 403
    assert own.get(f"/kinderen/{world.files['organisatie']['pleegkind']}/zorg").status_code == 404

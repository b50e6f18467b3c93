"""A child is placed on a page, in a family that is searched for there; what was recorded wrongly is corrected."""

import re

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT, unique
from tests.api.client import NOBODY, Dienst
from tests.api.database import count_rows, more_rows
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_TOT = {"vorm": "voltijd", "zorgvorm": "pleegzorg", "van": "2026-11-02"}


@pytest.fixture
def leider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["teamleider"])


def homeless(world: World) -> str:
    """Return a child that lives nowhere yet."""
    soort = SOORTEN_VAN_FEIT["pleegkind"]
    return world["teamleider"].made(soort.path({}), soort.body({})).id


def family(world: World, naam: str) -> str:
    return world["teamleider"].made("/pleeggezinnen", {"naam": naam, "soort": "netwerk", "gemeente": "Lindebeek"}).id


def key_in(page: str, path: str) -> str:
    found = re.search(rf'<form action="{path}".*?name="sleutel" value="([^"]+)"', page, re.DOTALL)
    assert found
    return found[1]


def test_a_child_is_placed_in_a_family_that_was_searched_for_and_nothing_typed_is_lost(
    leider: Bladeraar, world: World
) -> None:
    kind, naam = homeless(world), unique("Pauw")
    gezin, path = family(world, naam), f"/kinderen/{kind}/plaatsing"
    assert f'href="{path}"' in leider.read(f"/kinderen/{kind}/zorg")
    sent = {"sleutel": key_in(leider.read(path), path), **_TOT, "eindreden": "Een half woord"}
    found = leider.post(f"{path}/_zoek", {**sent, "zoek": naam.upper()}).text
    assert f'name="gezin" value="{gezin}"' in found
    assert naam in found
    assert "Lindebeek" in found
    assert 'value="Een half woord"' in found
    assert re.search(r'name="vorm" value="voltijd" checked', found)
    assert f'formaction="{path}/_zoek"' in found
    sent = {**sent, "zoek": naam, "gezin": gezin, "eindreden": ""}
    for _ in range(2):
        done = leider.post(path, sent)
        assert (done.status_code, done.headers["location"]) == (303, f"/kinderen/{kind}/zorg")
    (made,) = world["teamleider"].rows(f"/plaatsingen?pleegkind={kind}")
    assert (made["pleeggezinId"], made["vorm"], made["van"], made["eindreden"]) == (gezin, "voltijd", _TOT["van"], None)
    page = leider.read(f"/kinderen/{kind}/zorg")
    assert f'href="/feiten/plaatsing/{made["id"]}"' in page
    assert f'action="/kinderen/{kind}/begeleiding"' in page  # who guides it is said next


def test_what_is_wrong_in_a_plaatsing_is_said_at_its_field(leider: Bladeraar, world: World) -> None:
    kind = place_child(world["teamleider"])["pleegkind"]
    path, gezin = f"/kinderen/{kind}/plaatsing", family(world, unique("Pauw"))
    empty = leider.post(path, {"zoek": "Pauw"})
    assert empty.status_code == 400
    for field in ("gezin", "vorm", "zorgvorm", "van"):
        assert f'href="#{field}"' in empty.text
        assert f'id="{field}"' in empty.text
        assert f'id="{field}-fout"' in empty.text
    assert 'value="Pauw"' in empty.text
    other = leider.post(path, {**_TOT, "gezin": NOBODY})
    assert 'href="#gezin"' in other.text
    before = leider.post(path, {**_TOT, "gezin": gezin, "tot": "2026-10-01"})
    assert 'href="#tot"' in before.text
    overlap = leider.post(path, {**_TOT, "gezin": gezin})
    assert overlap.status_code == 409
    assert f'value="{gezin}" checked' in overlap.text
    nothing = leider.post(f"{path}/_zoek", {**_TOT, "zoek": "zzzzqq"}).text
    assert "Niets gevonden" in nothing
    assert "Niets gevonden" not in leider.read(path)


def test_only_families_that_one_sees_are_found(dienst: Dienst, world: World) -> None:
    naam, kind = unique("Pauw"), world.files["organisatie"]["pleegkind"]
    there = world["beheerder"].made("/pleeggezinnen", {"naam": naam, "soort": "bestand"}).id
    body = {"pleegkindId": kind, "pleeggezinId": there, "vorm": "deeltijd", "zorgvorm": "pleegzorg"}
    world["beheerder"].made("/plaatsingen", {**body, "van": "2026-11-02"})
    own, asked = world.files["eigen"]["pleegkind"], {"zoek": naam}
    leider, chief = (bladeraar(dienst, world[wie]) for wie in ("teamleider", "beheerder"))
    assert there not in leider.post(f"/kinderen/{own}/plaatsing/_zoek", asked).text
    assert there not in leider.post(f"/plaatsingen/{world.files['eigen']['plaatsing']}/_zoek", asked).text
    assert there in chief.post(f"/kinderen/{own}/plaatsing/_zoek", asked).text


def test_a_plaatsing_is_corrected_and_stays_as_it_was_to_be_read(leider: Bladeraar, world: World) -> None:
    ids, naam = place_child(world["teamleider"], world.medewerkers["begeleider"]), unique("Pauw")
    gezin, feit, path = family(world, naam), f"/feiten/plaatsing/{ids['plaatsing']}", f"/plaatsingen/{ids['plaatsing']}"
    sleutel = key_in(leider.read(feit), f"{path}/correctie")
    sent = {"versie": "1", "sleutel": sleutel, "van": "2026-06-02", "reden": "Een dag later."}
    found = leider.post(f"{path}/_zoek", {**sent, "zoek": naam, "pleeggezin_id": ids["pleeggezin"]}).text
    assert f'name="pleeggezin_id" value="{ids["pleeggezin"]}" checked' in found
    assert f'name="pleeggezin_id" value="{gezin}"' in found
    assert 'value="Een dag later."' in found
    assert 'value="2026-06-02"' in found
    done = leider.post(f"{path}/correctie", {**sent, "zoek": naam, "pleeggezin_id": gezin})
    assert (done.status_code, done.headers["location"]) == (303, feit)
    now = world["teamleider"].read(path)
    assert (now["van"], now["pleeggezinId"], now["versie"]) == ("2026-06-02", gezin, 2)
    page = leider.read(feit)
    assert f'<mark><span class="naam-vol">{naam}</span>' in page  # hidden with all other names
    assert "Reden: Een dag later." in page


def test_who_guided_a_child_and_when_is_corrected_and_withdrawn(leider: Bladeraar, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    kind, uid = ids["pleegkind"], ids["begeleiding"]
    feit, path = f"/feiten/begeleiding/{uid}", f"/begeleidingen/{uid}"
    assert f'href="{feit}"' in leider.read(f"/kinderen/{kind}/zorg")
    assert f'href="{feit}"' in leider.read(f"/kinderen/{kind}")
    change = {"versie": "1", "medewerker_id": world.medewerkers["collega"], "van": "2026-06-03", "reden": "verkeerde"}
    assert leider.post(f"{path}/correctie", change).headers["location"] == feit
    now = world["teamleider"].read(path)
    assert (now["medewerkerId"], now["van"]) == (world.medewerkers["collega"], "2026-06-03")
    wrong = leider.post(f"{path}/correctie", {**change, "versie": "2", "tot": "2026-05-01"})
    assert wrong.status_code == 400
    assert 'href="#tot"' in wrong.text
    assert leider.post(f"{path}/intrekking", {"versie": "2", "reden": "nooit begonnen"}).status_code == 303
    assert "Geen begeleider vastgelegd." in leider.read(f"/kinderen/{kind}/zorg")
    assert f"{path}/correctie" not in leider.read(feit)


def test_who_may_not_place_reads_all_of_it_and_changes_nothing(dienst: Dienst, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    own = bladeraar(dienst, world["begeleider"])
    for soort, meervoud in (("plaatsing", "plaatsingen"), ("begeleiding", "begeleidingen")):
        page = own.read(f"/feiten/{soort}/{ids[soort]}")
        assert "Versie 1" in page
        assert "Verbeteren" not in page
        before = count_rows(dienst.owner)
        change = {"versie": "1", "van": "2026-06-02", "reden": "toch"}
        assert own.post(f"/{meervoud}/{ids[soort]}/correctie", change).status_code == 403
        assert own.post(f"/feiten/{soort}/{ids[soort]}/correctie", change).status_code == 404  # not by the other door
        assert own.post(f"/feiten/{soort}/{ids[soort]}/intrekking", change).status_code == 404
        made = more_rows(before, count_rows(dienst.owner))
        assert not {"plaatsing", "begeleiding", "wijzigingspakket"} & {name for name, more in made.items() if more}
    assert "/plaatsing" not in own.read(f"/kinderen/{ids['pleegkind']}/zorg").replace("/feiten/plaatsing", "")
    assert own.get(f"/kinderen/{ids['pleegkind']}/plaatsing").status_code == 403
    other = bladeraar(dienst, world["teamleider_zuid"])
    for path in (f"/kinderen/{ids['pleegkind']}/plaatsing", f"/plaatsingen/{ids['plaatsing']}/correctie"):
        assert other.post(path, {"versie": "1", "reden": "x", "van": "2026-06-02"}).status_code == 404


def test_the_family_of_a_correction_is_not_named_to_who_may_not_see_it(dienst: Dienst, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    naam = unique("Pauw")
    there = world["beheerder"].made("/pleeggezinnen", {"naam": naam, "soort": "bestand"}).id
    kind = world.files["organisatie"]["pleegkind"]
    body = {"pleegkindId": kind, "pleeggezinId": there, "vorm": "deeltijd", "zorgvorm": "pleegzorg"}
    world["beheerder"].made("/plaatsingen", {**body, "van": "2026-11-02"})
    chief, path = world["beheerder"], f"/plaatsingen/{ids['plaatsing']}"
    first = chief.get(path)
    wrong = chief.made(f"{path}/correctie", {"pleeggezinId": there, "reden": "verkeerd"}, etag=first.headers["etag"])
    chief.made(f"{path}/correctie", {"pleeggezinId": ids["pleeggezin"], "reden": "terug"}, etag=wrong.etag)
    page = bladeraar(dienst, world["begeleider"]).read(f"/feiten/plaatsing/{ids['plaatsing']}")
    assert "een gezin dat u niet ziet" in page
    assert naam not in page
    assert there not in page

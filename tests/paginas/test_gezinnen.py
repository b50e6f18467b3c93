"""The page of a family: who lives there, every step of their VGB, and of its children those that the reader sees."""

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NOBODY, Dienst, without_id
from tests.api.database import counting_queries
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar, titel

_SPATIE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


def placed_in(world: World, gezin: str, begeleider: str, who: str = "teamleider") -> str:
    """Return a child of the same family whom another guides."""
    kind = place_child(world[who], world.medewerkers[begeleider])
    elsewhere = {"pleeggezinId": gezin, "reden": "ander gezin"}
    plaatsing = world[who].get(f"/plaatsingen/{kind['plaatsing']}")
    world[who].made(f"/plaatsingen/{kind['plaatsing']}/correctie", elsewhere, etag=plaatsing.headers["etag"])
    return kind["pleegkind"]


def test_a_family_is_found_from_the_child_and_says_who_lives_there(begeleider: Bladeraar, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])
    path = f"/gezinnen/{kind['pleeggezin']}"
    assert f'href="{path}"' in begeleider.read(f"/kinderen/{kind['pleegkind']}")
    nummer = world["begeleider"].read(f"/pleegkinderen/{kind['pleegkind']}")["nummer"]
    assert f'href="{path}"' in begeleider.post("/zoeken/_zoek", {"q": nummer}).text
    page = begeleider.read(path)
    assert "Er zijn geen gezinsleden vastgelegd" in page
    lid = {"naam": "Gerda Voorbeeld", "geboortedatum": "1980-02-01", "rol": "pleegouder", "inwonendSinds": "2020-01-01"}
    leden = f"/pleeggezinnen/{kind['pleeggezin']}/gezinsleden"
    made = world["begeleider"].made(leden, lid)
    page = begeleider.read(path)
    assert "Gerda Voorbeeld" in page
    assert "Niets vastgelegd." in page
    for step in (
        {"status": "aangevraagd", "datum": "2026-01-05"},
        {"status": "afgegeven", "datum": "2026-02-03", "herscreeningUiterlijk": "2031-02-03"},
    ):
        world["begeleider"].made(f"/gezinsleden/{made.id}/vgbs", step)
    page = begeleider.read(path)
    assert f"Afgegeven op 3{_SPATIE}februari{_SPATIE}2026, nieuwe screening uiterlijk 3{_SPATIE}februari" in page
    assert page.index("Afgegeven") < page.index("Aangevraagd")
    assert "Niets vastgelegd." not in page
    of_family = world["begeleider"].rows(f"/pleeggezinnen/{kind['pleeggezin']}/vgbs")
    assert {one["gezinslidId"] for one in of_family} == {made.id}
    assert len(of_family) == 2
    assert "Voorbeeld" not in titel(page)


def test_children_that_the_reader_does_not_see_are_not_on_it(
    begeleider: Bladeraar, world: World, dienst: Dienst
) -> None:
    own = place_child(world["teamleider"], world.medewerkers["begeleider"])
    other = placed_in(world, own["pleeggezin"], "collega")
    path = f"/gezinnen/{own['pleeggezin']}"
    page = begeleider.read(path)
    assert own["pleegkind"] in page
    assert other not in page
    assert other in bladeraar(dienst, world["teamleider"]).read(path)
    world["teamleider"].made(
        f"/plaatsingen/{own['plaatsing']}/beeindiging", {"tot": "2026-11-01", "eindreden": "naar huis"}
    )
    later = bladeraar(dienst, world["kwaliteit"]).read(path)
    assert own["pleegkind"] in later.split('<h2 id="eerder">')[1]
    assert other in later.split('<h2 id="eerder">')[0]


def test_a_foreign_family_and_one_that_is_not_there_are_the_same_page(begeleider: Bladeraar, world: World) -> None:
    absent = begeleider.get(f"/gezinnen/{NOBODY}")
    assert absent.status_code == 404
    for relatie in ("team", "organisatie", "vreemd"):
        assert without_id(begeleider.get(f"/gezinnen/{world.files[relatie]['pleeggezin']}")) == without_id(absent)


def test_a_family_costs_the_same_however_many_live_there(begeleider: Bladeraar, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])
    path, costs = f"/gezinnen/{kind['pleeggezin']}", []
    for more in range(3):
        begeleider.read(path)
        with counting_queries() as seen:
            begeleider.read(path)
        costs.append(len(seen))
        lid = SOORTEN_VAN_FEIT["gezinslid"].body(kind) | {"naam": f"Lid {more}"}
        made = world["begeleider"].made(f"/pleeggezinnen/{kind['pleeggezin']}/gezinsleden", lid)
        world["begeleider"].made(f"/gezinsleden/{made.id}/vgbs", {"status": "aangevraagd", "datum": "2026-10-05"})
    assert len(set(costs)) == 1
    assert costs[0] <= 6 + 8

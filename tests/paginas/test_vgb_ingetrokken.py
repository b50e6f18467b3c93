"""A withdrawn VGB is not only a red row: who leads the team and who keeps the house see each child, and who decides."""

from tests.api.client import Dienst
from tests.api.database import counting_queries
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar


def withdrawn(world: World) -> dict[str, str]:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    lid = {"naam": "Kim", "geboortedatum": "1980-01-02", "rol": "pleegouder", "inwonendSinds": "2015-01-01"}
    key = world["beheerder"].made(f"/pleeggezinnen/{ids['pleeggezin']}/gezinsleden", lid).id
    for status, datum in (("afgegeven", "2020-01-01"), ("ingetrokken", "2026-10-30")):
        world["beheerder"].made(f"/gezinsleden/{key}/vgbs", {"status": status, "datum": datum})
    return ids


def part(blad: Bladeraar, path: str) -> str:
    page = blad.read(path)
    return page.split('<h2 id="vgb">')[1].split("</section>")[0] if '<h2 id="vgb">' in page else ""


def test_the_team_and_the_beheerder_see_each_child_until_it_is_decided(dienst: Dienst, world: World) -> None:
    leider, chief = bladeraar(dienst, world["teamleider"]), bladeraar(dienst, world["beheerder"])
    kind = withdrawn(world)["pleegkind"]
    who = world["beheerder"].read(f"/medewerkers/{world.medewerkers['teamleider']}")["naam"]
    for blad, path in ((leider, "/team"), (chief, "/beheer")):
        said = part(blad, path)
        assert f'href="/kinderen/{kind}"' in said
        assert f"{who} beslist" in said
        assert "9\N{NO-BREAK SPACE}november" in said
    assert f"/kinderen/{kind}" not in part(bladeraar(dienst, world["teamleider_zuid"]), "/team")
    actie = next(
        one for one in world["teamleider"].walk("/acties?overVgb=true&limit=200") if one["pleegkindId"] == kind
    )
    assert leider.post(f"/acties/{actie['id']}/gedaan", {"versie": "1"}).status_code == 303
    for blad, path in ((leider, "/team"), (chief, "/beheer")):
        assert f"/kinderen/{kind}" not in part(blad, path)


def test_it_costs_the_same_for_more_children(dienst: Dienst, world: World) -> None:
    leider, costs = bladeraar(dienst, world["teamleider"]), []
    for _ in range(2):
        withdrawn(world)
        leider.read("/team")
        with counting_queries() as seen:
            leider.read("/team")
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_the_withdrawal_is_recorded_on_the_page_of_the_family_once(dienst: Dienst, world: World) -> None:
    chief, leider = bladeraar(dienst, world["beheerder"]), bladeraar(dienst, world["teamleider"])
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    lid = {"naam": "Kim", "geboortedatum": "1980-01-02", "rol": "pleegouder", "inwonendSinds": "2015-01-01"}
    key = world["beheerder"].made(f"/pleeggezinnen/{ids['pleeggezin']}/gezinsleden", lid).id
    path, page = f"/gezinsleden/{key}/vgbs", chief.read(f"/gezinnen/{ids['pleeggezin']}")
    sleutel = page.split(f'action="{path}"')[1].split('name="sleutel" value="')[1].split('"')[0]
    wrong = chief.post(path, {"status": "ingetrokken", "datum": "2026-11-03", "sleutel": sleutel})
    assert wrong.status_code == 400
    assert f'href="#datum-{key}"' in wrong.text
    assert 'value="ingetrokken" checked' in wrong.text
    sent = {"status": "ingetrokken", "datum": "2026-11-02", "sleutel": sleutel}
    for _ in range(2):
        assert chief.post(path, sent).headers["location"] == f"/gezinnen/{ids['pleeggezin']}"
    (vgb,) = world["beheerder"].rows(f"/gezinsleden/{key}/vgbs")
    assert vgb["status"] == "ingetrokken"
    for blad, where in ((leider, "/team"), (chief, "/beheer")):
        assert part(blad, where).count(f'href="/kinderen/{ids["pleegkind"]}"') == 1
    assert bladeraar(dienst, world["kwaliteit"]).post(path, sent).status_code == 403


def test_the_next_screening_is_kept_with_the_vgb(dienst: Dienst, world: World) -> None:
    chief = bladeraar(dienst, world["beheerder"])
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    lid = {"naam": "Kim", "geboortedatum": "1980-01-02", "rol": "pleegouder", "inwonendSinds": "2015-01-01"}
    key = world["beheerder"].made(f"/pleeggezinnen/{ids['pleeggezin']}/gezinsleden", lid).id
    given = {"status": "afgegeven", "datum": "2026-10-30", "herscreening": "2029-10-30"}
    assert chief.post(f"/gezinsleden/{key}/vgbs", given).status_code == 303
    (vgb,) = world["beheerder"].rows(f"/gezinsleden/{key}/vgbs")
    assert vgb["herscreeningUiterlijk"] == "2029-10-30"
    assert "30\N{NO-BREAK SPACE}oktober\N{NO-BREAK SPACE}2029" in chief.read(f"/gezinnen/{ids['pleeggezin']}")

"""The team: nobody falls out of a row; children go to others in one go; nobody approves what is their own."""

import re

import pytest

from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import Dienst
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_UITZONDERING = {
    "normen": ["KAG-R"], "reden": "Ligt in het ziekenhuis.", "borging": "Elke week op bezoek.", "van": "2026-11-01",
    "herzienUiterlijk": "2026-12-01",
}  # fmt: skip


@pytest.fixture
def teamleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["teamleider"])


def test_a_child_without_a_begeleider_has_a_row_of_its_own(teamleider: Bladeraar, world: World) -> None:
    page = teamleider.read("/team")
    part = page.split('<h2 id="zonder">')[1].split("</section>")[0]
    assert world.files["niemand"]["pleegkind"] in part
    assert world.files["eigen"]["pleegkind"] not in part
    assert world.files["organisatie"]["pleegkind"] not in page


def test_a_child_of_who_left_stays_in_a_row_until_another_has_it(
    teamleider: Bladeraar, world: World, dienst: Dienst
) -> None:
    chief = world["beheerder"]
    made = chief.made("/medewerkers", {"naam": "Wil Weg", "rol": "pleegzorgbegeleider", "teamId": world.teams["noord"]})
    kind = place_child(world["teamleider"], made.id)["pleegkind"]
    chief.made(f"/medewerkers/{made.id}/intrekking", {"wijzigingsreden": "uit dienst"}, etag=made.etag)
    page = teamleider.read("/team")
    assert kind in page.split('<h2 id="zonder">')[1].split("</section>")[0]
    line = page.split('<h2 id="leden">')[1].partition("Wil Weg")[2].split("</tr>")[0]
    assert "uit dienst: draag de kinderen over" in line
    assert f'href="/medewerkers/{made.id}/overdracht"' in line
    over = f"/medewerkers/{made.id}/overdracht"
    given = {f"kind-{kind}": world.medewerkers["begeleider"], "reden": "uit dienst"}
    assert teamleider.post(over, given, of=over).headers["location"] == "/team"
    after = teamleider.read("/team")
    assert kind not in after.split('<h2 id="zonder">')[1].split("</section>")[0]
    assert "Wil Weg" not in after


def test_every_count_is_of_as_many_names(teamleider: Bladeraar) -> None:
    page = teamleider.read("/team")
    for anker in ("opv", "zonder", "lang"):
        told = re.search(rf'href="#{anker}">.*?cijfer-getal">(\d+)<', page)
        part = page.split(f'<h2 id="{anker}">')[1].split("</section>")[0]
        assert told
        assert int(told[1]) == part.count('class="kind-naam"'), anker


def test_what_is_late_for_long_says_what_is(teamleider: Bladeraar, world: World) -> None:
    """Not what the same child asks first, which stands in a row of its own."""
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"], van="2025-01-10")
    told = {
        "plaatsingId": ids["plaatsing"], "datum": "2026-11-02", "doorgegaan": True, "alleen": True, "vorm": "fysiek",
        "veiligheidBesproken": True, "veiligInGezin": "nee",
    }  # fmt: skip
    world["begeleider"].made(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", told)
    page = teamleider.read("/team")
    for anker, woord in (("opv", "Opvolging open"), ("lang", "Te laat")):
        part = page.split(f'<h2 id="{anker}">')[1].split("</section>")[0]
        line = part.split(f'href="/kinderen/{ids["pleegkind"]}"')[1].split("</li>")[0]
        assert woord in line, anker
        assert ("Opvolging open" in line) == (anker == "opv")


def test_children_go_to_two_others_in_one_go_or_stay_all_of_them(
    teamleider: Bladeraar, world: World, dienst: Dienst
) -> None:
    leider, collega = world["teamleider"], world.medewerkers["collega"]
    kinderen = [place_child(leider, collega)["pleegkind"] for _ in range(3)]
    path, page = f"/medewerkers/{collega}/overdracht", teamleider.read(f"/medewerkers/{collega}/overdracht")
    assert all(f'name="kind-{kind}"' in page for kind in kinderen)
    other = world.medewerkers["begeleider"]
    divided = teamleider.post(path, {f"wie-{other}": "ja", "verdeel": "gelijk"}, of=path).text
    assert divided.count(f'value="{other}" selected') >= 3
    refused = teamleider.post(path, {f"kind-{one}": other for one in kinderen}, of=path)
    assert refused.status_code == 400  # no reason
    assert refused.text.count(f'value="{other}" selected') == 3
    mixed = {f"kind-{kinderen[0]}": other, f"kind-{kinderen[1]}": world.medewerkers["begeleider_zuid"], "reden": "ziek"}
    assert teamleider.post(path, mixed, of=path).status_code == 400
    assert (
        teamleider.post(path, {**{f"kind-{one}": other for one in kinderen}, "reden": "ziek"}, of=path).headers[
            "location"
        ]
        == "/team"
    )
    own = {one["id"] for one in world["begeleider"].walk("/pleegkinderen?limit=200")}
    assert own >= set(kinderen)
    assert bladeraar(dienst, world["begeleider"]).get(path).status_code == 403
    assert bladeraar(dienst, world["teamleider_zuid"]).get(path).status_code == 403


def test_an_uitzondering_waits_for_another_and_is_never_approved_by_who_made_it(
    teamleider: Bladeraar, world: World, dienst: Dienst
) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    begeleider, other = bladeraar(dienst, world["begeleider"]), bladeraar(dienst, world["gedragswetenschapper"])
    sent = {"norm-KAG-R": "ja", "reden": "Ligt in het ziekenhuis.", "van": "2026-11-01", "tot": "2026-12-01"}
    path = f"/kinderen/{kind}/uitzondering"
    again = begeleider.post(path, sent)
    assert again.status_code == 400
    assert "Ligt in het ziekenhuis.</textarea>" in again.text
    made = begeleider.post(path, {**sent, "borging": "Elke week op bezoek."})
    one = made.headers["location"]
    assert "Wacht op akkoord" in begeleider.read(one)
    assert one in other.read("/team")
    goedkeuring = f"{one}/goedkeuring"
    assert begeleider.post(goedkeuring, {"versie": "1"}).status_code == 403
    assert other.post(goedkeuring, {"versie": "7"}).status_code == 400
    assert other.post(goedkeuring, {"versie": "1"}).headers["location"] == one
    assert "Goedgekeurd" in begeleider.read(one)
    assert one not in other.read("/team")
    own = world["gedragswetenschapper"].made(SOORTEN_VAN_FEIT["uitzondering"].path({"pleegkind": kind}), _UITZONDERING)
    assert other.post(f"/uitzonderingen/{own.id}/goedkeuring", {"versie": "1"}).status_code == 409

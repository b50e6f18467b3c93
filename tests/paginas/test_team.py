"""The team: nobody falls out of a row; children go to others in one go; nobody approves what is their own."""

import re
from unittest import mock

import pytest

from app.routers.pages.kinderen import lijst
from app.routers.pages.team import team
from app.terms import Rol
from tests import kanarie
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import Dienst, Gebruiker
from tests.api.mensen import add_medewerker
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_MAG = ("gedragswetenschapper", "teamleider")
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


@pytest.mark.parametrize("rol", [Rol.TEAMLEIDER, Rol.GEDRAGSWETENSCHAPPER])
def test_who_is_in_no_team_reads_that_it_is_so(dienst: Dienst, world: World, rol: Rol) -> None:
    """No empty row may look as if there were nothing."""
    nobody, _ = add_medewerker(dienst, world["beheerder"], rol, None)
    page = bladeraar(dienst, nobody).read("/team")
    assert "U hoort vandaag bij geen team. Daarom ziet u hier geen kinderen" in page
    assert 'class="kind-naam"' not in page
    assert "geen team. Daarom" not in bladeraar(dienst, world["teamleider"]).read("/team")


def test_a_child_of_who_left_stays_in_a_row_until_another_has_it(
    teamleider: Bladeraar, world: World, dienst: Dienst
) -> None:
    chief = world["beheerder"]
    made = chief.made("/medewerkers", {"naam": "Wil Weg", "rol": "pleegzorgbegeleider", "teamId": world.teams["noord"]})
    kind = place_child(world["teamleider"], made.id)["pleegkind"]
    chief.made(f"/medewerkers/{made.id}/intrekking", {"wijzigingsreden": "uit dienst"}, etag=made.etag)
    page = teamleider.read("/team")
    assert kind in page.split('<h2 id="zonder">')[1].split("</section>")[0]
    assert "Geen begeleider vandaag</b>: Wil Weg (uit dienst)" in teamleider.read(f"/kinderen/{kind}")
    assert "<b>geen begeleider</b>: Wil Weg (uit dienst)" in teamleider.read("/kinderen?alleen=zonder_begeleider")
    line = page.split('<h2 id="leden">')[1].partition("Wil Weg")[2].split("</tr>")[0]
    assert "uit dienst: draag de kinderen over" in line
    assert f'href="/medewerkers/{made.id}/overdracht"' in line
    over = f"/medewerkers/{made.id}/overdracht"
    given = {f"kind-{kind}": world.medewerkers["begeleider"], "reden": "uit dienst"}
    assert teamleider.post(over, given, of=over).headers["location"] == "/team?klaar=overdracht"
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


def test_what_is_beyond_the_page_is_counted_and_one_tap_away(dienst: Dienst, world: World) -> None:
    """Of a whole organisatie the page shows the first children; nobody is without a row because of the alphabet."""
    place_child(world["teamleider"], None)
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    whole = kwaliteit.read("/team")
    with mock.patch.object(team, "MEESTE", 1):
        page = kwaliteit.read("/team")
    assert 'href="/kinderen?alleen=zonder_begeleider">Alle ' in page
    for anker, alleen in (("opv", "opvolging"), ("zonder", "zonder_begeleider"), ("lang", "lang_te_laat")):
        told = re.findall(rf'href="#{anker}">.*?cijfer-getal">(\d+)<', page + whole)
        part = page.split(f'<h2 id="{anker}">')[1].split("</section>")[0]
        here = part.count('class="kind-naam"')
        assert (f'href="/kinderen?alleen={alleen}">Alle {told[0]}' in part) == (here < int(told[0])), anker
        assert told == [str(kwaliteit.read(f"/kinderen?alleen={alleen}").count('class="kind-naam"'))] * 2, anker


def test_a_list_that_does_not_fit_says_of_how_many_it_is(dienst: Dienst, world: World) -> None:
    place_child(world["teamleider"], None)
    kwaliteit = bladeraar(dienst, world["kwaliteit"])
    for path in ("/kinderen", "/kinderen?alleen=zonder_begeleider"):
        whole = kwaliteit.read(path).count('class="kind-naam"')
        with mock.patch.object(lijst, "MEESTE", 1):
            page = kwaliteit.read(path)
        assert page.count('class="kind-naam"') == 1
        assert f"de eerste 1 van {whole}" in page


def test_who_sees_only_own_children_is_told_nothing_of_others(dienst: Dienst, world: World) -> None:
    page = bladeraar(dienst, world["begeleider"]).read("/team")
    assert "Dit gaat over de kinderen die u begeleidt, zoals het vandaag is." in page
    assert "Wacht op uw akkoord" not in page
    assert ">0</td>" not in page.split('<h2 id="leden">')[1].split("</table>")[0]


def test_every_number_of_a_begeleider_opens_as_many_names(teamleider: Bladeraar, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"], van="2025-01-10")
    leider, other = world["teamleider"], world.medewerkers["collega"]
    leider.made(f"/plaatsingen/{ids['plaatsing']}/begeleidingen", {"medewerkerId": other, "van": "2025-01-10"})
    told = {
        "plaatsingId": ids["plaatsing"], "datum": "2026-11-02", "doorgegaan": True, "alleen": True, "vorm": "fysiek",
        "veiligheidBesproken": True, "veiligInGezin": "nee",
    }  # fmt: skip
    world["begeleider"].made(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", told)
    table = teamleider.read("/team").split('<h2 id="leden">')[1].split("</table>")[0]
    links = re.findall(r'href="(/kinderen\?[^"]+)"[^>]*>(\d+)', table)
    assert {link.partition("alleen=")[2] for link, _ in links} == {"", "opvolging", "lang_te_laat"}
    for link, number in links:
        assert teamleider.read(link.replace("&amp;", "&")).count('class="kind-naam"') == int(number), link


def test_who_covers_for_whom_is_said_at_the_child_and_in_the_row(
    teamleider: Bladeraar, world: World, dienst: Dienst
) -> None:
    chief, noord = world["beheerder"], world.teams["noord"]
    ziek = chief.made("/medewerkers", {"naam": "Zus Ziek", "rol": "pleegzorgbegeleider", "teamId": noord})
    kind = place_child(world["teamleider"], ziek.id)["pleegkind"]
    away = {"vervangerId": world.medewerkers["begeleider"], "van": "2026-11-02"}
    absence = world["teamleider"].made(f"/medewerkers/{ziek.id}/afwezigheden", away).id
    naam = world["teamleider"].read(f"/medewerkers/{world.medewerkers['begeleider']}")["naam"]
    page = teamleider.read("/team")
    assert "Zus Ziek" in page.split('<h2 id="afwezig">')[1].split("</section>")[0]
    elsewhere = bladeraar(dienst, world["teamleider_zuid"]).read("/team")
    assert "Zus Ziek" not in elsewhere.partition('<h2 id="afwezig">')[2].partition("</section>")[0]
    table = page.split('<h2 id="leden">')[1].split("</table>")[0]
    assert f"afwezig, {naam} valt in" in table
    assert "valt in voor Zus Ziek" in table
    line = teamleider.read(f"/kinderen?begeleider={ziek.id}").split(f'href="/kinderen/{kind}"')[1].split("</li>")[0]
    assert f"begeleider Zus Ziek ({naam} valt in)" in line
    own = bladeraar(dienst, world["begeleider"])
    for path in ("/kinderen", "/team"):
        line = own.read(path).split(f'href="/kinderen/{kind}"')[1].split("</li>")[0]
        assert "u valt in voor Zus Ziek" in line, path
    shown = own.read("/kinderen")
    assert "omdat u invalt" in shown
    assert shown.count("u valt in voor") == int(re.findall(r"van wie (\d+) omdat u invalt", shown)[0])
    teamleider.post(f"/afwezigheden/{absence}/beeindiging", {})


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


def test_of_children_that_go_to_another_it_is_said_with_whom_something_must_still_be_done(
    teamleider: Bladeraar, world: World, dienst: Dienst
) -> None:
    """Before they go, and after: the new begeleider has it with them."""
    weg, made = add_medewerker(dienst, world["beheerder"], Rol.PLEEGZORGBEGELEIDER, world.teams["noord"])
    ids, rest = (place_child(world["teamleider"], made.id) for _ in range(2))
    told = {
        "plaatsingId": ids["plaatsing"], "datum": "2026-11-02", "doorgegaan": True, "alleen": True, "vorm": "fysiek",
        "veiligheidBesproken": True, "veiligInGezin": "nee",
    }  # fmt: skip
    weg.made(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", told)
    path = f"/medewerkers/{made.id}/overdracht"
    page = teamleider.read(path).replace("\N{NO-BREAK SPACE}", " ")
    assert "Bij <b>1 kind</b> staat opvolging open: ook die gaat mee." in page
    lines = [page.split(f'for="kind-{one["pleegkind"]}"')[1].split("</label>")[0] for one in (ids, rest)]
    assert ["Opvolging open" in line for line in lines] == [True, False]
    new = world.medewerkers["begeleider"]
    given = {f"kind-{one['pleegkind']}": new for one in (ids, rest)}
    after = teamleider.post(path, {**given, "reden": "ander werk"}).headers["location"]
    done = teamleider.read(after).replace("\N{NO-BREAK SPACE}", " ")
    assert re.search(r"van \d+ kind(eren)? \(bij \d+ staat opvolging open\)", done)
    mine = bladeraar(dienst, world["begeleider"]).read("/kinderen")
    assert "Opvolging open" in mine.split(f'href="/kinderen/{ids["pleegkind"]}"')[1].split("</li>")[0]


def beside(leider: Gebruiker, other: dict[str, str], medewerker: str) -> str:
    """Place another child in the family of one, with a begeleider."""
    soort = SOORTEN_VAN_FEIT["pleegkind"]
    ids = {**other, "pleegkind": leider.made(soort.path({}), {**soort.body({}), "bsn": kanarie.bsn()}).id}
    soort = SOORTEN_VAN_FEIT["plaatsing"]
    made = leider.made(soort.path(ids), {**soort.body(ids), "van": "2026-06-01"}).id
    leider.made(f"/plaatsingen/{made}/begeleidingen", {"medewerkerId": medewerker, "van": "2026-06-01"})
    return ids["pleegkind"]


def test_children_go_to_two_others_in_one_go_or_stay_all_of_them(
    teamleider: Bladeraar, world: World, dienst: Dienst
) -> None:
    leider, collega = world["teamleider"], world.medewerkers["collega"]
    kinderen = [place_child(leider, collega)["pleegkind"] for _ in range(3)]
    path, page = f"/medewerkers/{collega}/overdracht", teamleider.read(f"/medewerkers/{collega}/overdracht")
    assert all(f'name="kind-{kind}"' in page for kind in kinderen)
    assert world.medewerkers["begeleider_zuid"] not in page
    other = world.medewerkers["begeleider"]
    divided = teamleider.post(f"{path}/verdeling", {f"wie-{other}": "ja"}, of=path).text
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
        == "/team?klaar=overdracht"
    )
    own = {one["id"] for one in world["begeleider"].walk("/pleegkinderen?limit=200")}
    assert own >= set(kinderen)
    assert bladeraar(dienst, world["begeleider"]).get(path).status_code == 403
    assert bladeraar(dienst, world["teamleider_zuid"]).get(path).status_code == 403


def test_after_handing_over_it_is_said_who_guides_how_many(teamleider: Bladeraar, world: World) -> None:
    other, naam = world.medewerkers["begeleider"], ""
    chief, noord = world["beheerder"], world.teams["noord"]
    ziek = chief.made("/medewerkers", {"naam": "Zus Ziek", "rol": "pleegzorgbegeleider", "teamId": noord})
    kind, path = place_child(world["teamleider"], ziek.id)["pleegkind"], f"/medewerkers/{ziek.id}/overdracht"
    before = teamleider.read("/team?klaar=overdracht")
    where = teamleider.post(path, {f"kind-{kind}": other, "reden": "ziek"}, of=path).headers["location"]
    naam = world["teamleider"].read(f"/medewerkers/{other}")["naam"]
    page = teamleider.read(where).replace("\N{NO-BREAK SPACE}", " ")
    assert "De overdracht is vastgelegd, op 2 november 2026." in page
    told = re.search(rf"Sinds vandaag begeleider: .*?{naam} van (\d+) kind", page)
    assert told
    assert "De overdracht is vastgelegd" not in teamleider.read("/team")
    assert before != page


def test_children_of_one_family_go_to_one_and_who_has_fewer_gets_more(teamleider: Bladeraar, world: World) -> None:
    chief, leider, noord = world["beheerder"], world["teamleider"], world.teams["noord"]
    made = [
        chief.made("/medewerkers", {"naam": naam, "rol": "pleegzorgbegeleider", "teamId": noord}).id
        for naam in ("Zus Ziek", "Ali Veel", "Bo Weinig")
    ]
    ziek, veel, weinig = made
    for _ in range(3):
        place_child(leider, veel)
    kinderen = [place_child(leider, ziek) for _ in range(3)]
    samen = [kinderen[0]["pleegkind"], beside(leider, kinderen[0], ziek)]
    path = f"/medewerkers/{ziek}/overdracht"
    divided = teamleider.post(f"{path}/verdeling", {f"wie-{veel}": "ja", f"wie-{weinig}": "ja"}, of=path).text
    assert "heeft nu 3\N{NO-BREAK SPACE}kinderen" in divided
    chosen = dict(re.findall(r'name="kind-([^"]+)">.*?value="([^"]+)" selected', divided))
    assert {chosen[kind] for kind in samen} == {weinig}
    assert sorted(chosen.values()).count(weinig) == 3
    assert len(chosen) == 4


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
    waiting = begeleider.read(one)
    names = [world["teamleider"].read(f"/medewerkers/{world.medewerkers[who]}")["naam"] for who in _MAG]
    assert "Wacht op akkoord" in waiting
    told = waiting.split("Akkoord kan worden gegeven door</dt><dd>")[1].split("</dd>")[0]
    assert set(told.split(", ")) == set(names)
    assert waiting.count(f'href="/kinderen/{kind}"') == 3
    assert one in other.read("/team")
    goedkeuring = f"{one}/goedkeuring"
    assert begeleider.post(goedkeuring, {"versie": "1"}).status_code == 403
    assert other.post(goedkeuring, {"versie": "7"}).status_code == 400
    assert other.post(goedkeuring, {"versie": "1"}).headers["location"] == one
    approved = begeleider.read(one)
    assert f"Goedgekeurd door</dt><dd>{names[0]}, gedragswetenschapper</dd>" in approved
    assert "Akkoord kan worden gegeven" not in approved
    assert one not in other.read("/team")
    own = world["gedragswetenschapper"].made(SOORTEN_VAN_FEIT["uitzondering"].path({"pleegkind": kind}), _UITZONDERING)
    assert other.post(f"/uitzonderingen/{own.id}/goedkeuring", {"versie": "1"}).status_code == 409


def test_a_handover_of_nobody_says_what_to_choose(teamleider: Bladeraar, world: World) -> None:
    over = f"/medewerkers/{world.medewerkers['begeleider']}/overdracht"
    divided = teamleider.post(f"{over}/verdeling", {}, of=over)
    assert divided.status_code == 400
    assert '<a href="#wie">Vink eerst aan wie de kinderen overnemen.' in divided.text
    given = teamleider.post(over, {"reden": "ziek"}, of=over)
    assert given.status_code == 400
    assert '<a href="#kinderen">Kies bij ten minste één kind wie het overneemt.' in given.text
    assert 'id="wie"' in given.text
    assert 'id="kinderen"' in given.text

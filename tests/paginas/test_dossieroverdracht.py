"""The handover on one A4: what somebody must know first, that they read it, and the first day."""

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.models import Base
from tests.api.bodies import SOORTEN_VAN_FEIT
from tests.api.client import NOBODY, Dienst, without_id
from tests.api.database import count_rows, counting_queries, more_rows
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar, titel

_SPATIE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


@pytest.fixture
def kind(world: World) -> dict[str, str]:
    """Return a child that went from collega to begeleider last month, with something of each kind."""
    leider = world["teamleider"]
    ids = place_child(leider, world.medewerkers["collega"])
    made = leider.rows(f"/plaatsingen/{ids['plaatsing']}/begeleidingen")[0]
    over = {"kinderen": [{"pleegkindId": ids["pleegkind"], "medewerkerId": world.medewerkers["begeleider"],
                          "van": "2026-10-05"}], "reden": "ander werk"}  # fmt: skip
    leider.made(f"/medewerkers/{made['medewerkerId']}/overdracht", over)
    user, child = world["begeleider"], f"/pleegkinderen/{ids['pleegkind']}"
    talk = {**SOORTEN_VAN_FEIT["kindgesprek"].body(ids), "stemVanHetKind": "Ik wil naar voetbal."}
    user.made(f"{child}/kindgesprekken", talk)
    user.made(f"{child}/signalen", {**SOORTEN_VAN_FEIT["signaal"].body(ids), "soort": "blauwe plek"})
    user.made(f"{child}/acties", {"datum": "2026-10-12", "omschrijving": "School bellen.", "uiterlijk": "2026-10-20"})
    user.made(f"{child}/uitzonderingen", SOORTEN_VAN_FEIT["uitzondering"].body(ids))
    return ids


def test_the_child_s_page_tells_its_begeleiders_apart(
    begeleider: Bladeraar, kind: dict[str, str], world: World
) -> None:
    """Who is it today and since when, who is it beside, who comes, and who was before."""
    leider, path = world["teamleider"], f"/kinderen/{kind['pleegkind']}"
    wie = {one["id"]: one["naam"] for one in world["beheerder"].walk("/medewerkers?limit=200")}
    mij, collega = (wie[world.medewerkers[naam]] for naam in ("begeleider", "collega"))
    page = begeleider.read(path).replace(_SPATIE, " ")
    assert f"Begeleider <b>{mij}</b>, sinds 5 oktober 2026" in page
    assert f"<li>Daarvoor <b>{collega}</b>, van 1 juni 2026 tot 5 oktober 2026</li>" in page
    for van, tot in (("2026-10-01", "2027-01-01"), ("2027-02-01", None)):
        body = {"medewerkerId": world.medewerkers["collega"], "van": van, "tot": tot}
        leider.made(f"/plaatsingen/{kind['plaatsing']}/begeleidingen", body)
    page = begeleider.read(path).replace(_SPATIE, " ")
    assert f"Begeleider <b>{mij}</b>, sinds 5 oktober 2026" in page
    assert f"<li>Ook begeleider <b>{collega}</b>, sinds 1 oktober 2026 tot 1 januari 2027</li>" in page
    assert f"<li>Begeleider wordt <b>{collega}</b>, vanaf 1 februari 2027</li>" in page


def test_what_was_recorded_late_says_so_where_it_is_read_first(begeleider: Bladeraar, world: World) -> None:
    """On the page and on the handover; what was recorded in time does not."""
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    for datum, said in (("2026-10-12", ", pas vastgelegd op 2 november 2026<"), ("2026-10-30", "")):
        talk = {**SOORTEN_VAN_FEIT["kindgesprek"].body(ids), "datum": datum}
        world["begeleider"].made(f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken", talk)
        for path in (f"/kinderen/{ids['pleegkind']}", f"/kinderen/{ids['pleegkind']}/overdracht"):
            zicht = begeleider.read(path).split('<dl class="zicht">')[1].split("</dl>")[0].replace(_SPATIE, " ")
            assert ("pas vastgelegd" in zicht) == bool(said)
            assert said in zicht


def test_the_number_of_new_children_is_that_of_the_names_behind_it(begeleider: Bladeraar, kind: dict[str, str]) -> None:
    told = re.search(r'href="/overdracht">Kinderen die nieuw bij u zijn: (\d+)<', begeleider.read("/kinderen"))
    assert told
    names = re.findall(r'href="/kinderen/([0-9a-f-]{36})/overdracht"', begeleider.read("/overdracht"))
    assert kind["pleegkind"] in names
    assert int(told[1]) == len(names)


def test_it_says_what_somebody_must_know_first(begeleider: Bladeraar, kind: dict[str, str], world: World) -> None:
    path = f"/kinderen/{kind['pleegkind']}/overdracht"
    assert f'href="{path}"' in begeleider.read(f"/kinderen/{kind['pleegkind']}")
    page = begeleider.read(path)
    before = world["beheerder"].read(f"/medewerkers/{world.medewerkers['collega']}")["naam"]
    for said in (
        "Ik wil naar voetbal.",
        "blauwe plek",
        "School bellen.",
        "(die dag is voorbij)",
        before,
        "Uitzondering voor",
    ):
        assert said in page, said
    assert f"tot 5{_SPATIE}oktober" in page
    late = page.split('id="laat"')[1].split("</section>")[0]
    termijnen = world["begeleider"].rows(f"/pleegkinderen/{kind['pleegkind']}/termijnen")
    assert late.count("<li>") == sum(one["stand"] == "te_laat" for one in termijnen) > 0
    child = world["begeleider"].read(f"/pleegkinderen/{kind['pleegkind']}")
    assert child["achternaam"] not in titel(page)


#: of a row, what each of many more like it has for itself
_ITS_OWN = {"uid": "gen_random_uuid()", "nummer": "nummer || '-' || n"}


def many_more(dienst: Dienst, soort: str, uid: str, **otherwise: str) -> None:
    """Let there be 201 more facts like one; what they say otherwise is SQL."""
    said = {**_ITS_OWN, **otherwise}
    columns = [one.name for one in Base.metadata.tables[soort].columns if one.computed is None and one.name != "id"]
    values = ", ".join(said.get(name, name) for name in columns)
    insert = f"INSERT INTO {soort} ({', '.join(columns)}) SELECT {values} FROM {soort}, generate_series(1, 201) n"
    with dienst.owner.begin() as connection:
        connection.execute(text(f"{insert} WHERE uid = :uid"), {"uid": uid})


def test_however_much_came_after_it_the_last_words_and_all_that_is_open_are_there(
    begeleider: Bladeraar, kind: dict[str, str], world: World, dienst: Dienst
) -> None:
    user, child = world["begeleider"], f"/pleegkinderen/{kind['pleegkind']}"
    talk = user.made(f"{child}/kindgesprekken", SOORTEN_VAN_FEIT["kindgesprek"].body(kind)).id
    later = {"datum": "DATE '2026-10-30'", "vorm": "'telefoon'"}
    many_more(dienst, "kindgesprek", talk, **later, stem_van_het_kind="NULL", wat_wil_het_kind="NULL")
    done = {"datum": "2026-10-13", "omschrijving": "Ouders bellen.", "uiterlijk": "2026-10-20"}
    made = user.made(f"{child}/acties", {**done, "gedaanOp": "2026-10-14"}).id
    many_more(dienst, "actie", made, datum="DATE '2026-10-14'")
    over = user.rows(f"{child}/uitzonderingen")[0]["id"]
    ended = {"van": "DATE '2026-10-13'", "herzien_uiterlijk": "DATE '2026-10-14'"}
    many_more(dienst, "uitzondering", over, **ended, reden="'Lag in het ziekenhuis.'")
    many_more(dienst, "signaal", user.rows(f"{child}/signalen")[0]["id"])
    page = begeleider.read(f"/kinderen/{kind['pleegkind']}/overdracht")
    assert "Ik wil naar voetbal." in page
    assert "School bellen." in page
    assert "Ouders bellen." not in page
    assert page.count("Uitzondering voor") == 1
    assert "ziekenhuis" not in page
    assert page.count("blauwe plek") == 6
    assert "En 196 eerder: zie het dossier." in page


def test_what_was_agreed_by_who_left_is_said_to_be_of_nobody(dienst: Dienst, world: World) -> None:
    chief, ids = world["beheerder"], place_child(world["teamleider"], world.medewerkers["begeleider"])
    left = chief.made("/medewerkers", {"naam": "Wil Weg", "rol": "gedragswetenschapper"})
    agreed = {"datum": "2026-10-12", "omschrijving": "Therapie zoeken.", "uiterlijk": "2026-11-20"}
    world["teamleider"].made(f"/pleegkinderen/{ids['pleegkind']}/acties", {**agreed, "eigenaarId": left.id})
    path = f"/kinderen/{ids['pleegkind']}/overdracht"
    browser = bladeraar(dienst, world["begeleider"])
    assert "Therapie zoeken.: Wil Weg, uiterlijk" in browser.read(path)
    chief.post(f"/medewerkers/{left.id}/intrekking", {"reden": "uit dienst"}, etag=left.etag)
    assert "Therapie zoeken.: <b>van niemand</b>, Wil Weg is uit dienst, uiterlijk" in browser.read(path)


def test_tapped_twice_it_is_read_once_and_the_first_meeting_is_one(
    begeleider: Bladeraar, kind: dict[str, str], dienst: Dienst
) -> None:
    path = f"/kinderen/{kind['pleegkind']}/overdracht"
    given = begeleider.read(path).split('name="sleutel" value="')[1][:36]
    assert str(UUID(given)) == given
    before = count_rows(dienst.owner)
    form = {"gelezen": "ja", "kennismaken": "2026-11-09", "sleutel": str(uuid4())}
    assert {begeleider.post(path, form).status_code for _ in range(2)} == {303}
    made = more_rows(before, count_rows(dienst.owner))
    assert (made["dossierlezing"], made["actie"]) == (1, 1)


def test_who_read_it_says_so_once_and_plans_the_first_meeting(
    begeleider: Bladeraar, kind: dict[str, str], world: World, dienst: Dienst
) -> None:
    path = f"/kinderen/{kind['pleegkind']}/overdracht"
    part = begeleider.read("/overdracht").split(path)[0].rsplit("<li>", 1)[1]
    assert "Nog lezen" in part
    refused = begeleider.post(path, {"gelezen": "ja", "kennismaken": "ooit"})
    assert refused.status_code == 400
    assert 'name="gelezen" value="ja" checked' in refused.text
    assert world["begeleider"].rows(f"/pleegkinderen/{kind['pleegkind']}/acties")[1:] == []
    assert begeleider.post(path, {"gelezen": "ja", "kennismaken": "2026-11-09"}).headers["location"] == path
    page = begeleider.read(path)
    assert f"op 2{_SPATIE}november" in page
    assert "Ik heb dit gelezen" not in page
    assert "Kennismaken met het kind" in begeleider.read("/acties")
    assert "Gelezen" in begeleider.read("/overdracht").split(path)[0].rsplit("<li>", 1)[1]
    leider = bladeraar(dienst, world["teamleider"])
    assert "Ik heb dit gelezen" in leider.read(path)  # another reads it for themselves
    assert path not in leider.read("/overdracht")


def test_it_is_for_who_may_read_the_file(begeleider: Bladeraar, world: World) -> None:
    absent = begeleider.get(f"/kinderen/{NOBODY}/overdracht")
    assert absent.status_code == 404
    for relatie in ("team", "organisatie", "vreemd"):
        found = begeleider.get(f"/kinderen/{world.files[relatie]['pleegkind']}/overdracht")
        assert without_id(found) == without_id(absent)


def test_it_costs_the_same_however_much_there_is(begeleider: Bladeraar, kind: dict[str, str], world: World) -> None:
    path, costs = f"/kinderen/{kind['pleegkind']}/overdracht", []
    for _ in range(2):
        begeleider.read(path)
        with counting_queries() as seen:
            begeleider.read(path)
        costs.append(len(seen))
        world["begeleider"].made(f"/pleegkinderen/{kind['pleegkind']}/signalen", SOORTEN_VAN_FEIT["signaal"].body(kind))
    assert costs[0] == costs[1]


def test_a_child_is_new_for_six_weeks(begeleider: Bladeraar, world: World) -> None:
    for van, new in (("2026-09-21", True), ("2026-09-20", False)):
        kind = place_child(world["teamleider"], world.medewerkers["begeleider"], van)["pleegkind"]
        assert (f"/kinderen/{kind}/overdracht" in begeleider.read("/overdracht")) is new, van

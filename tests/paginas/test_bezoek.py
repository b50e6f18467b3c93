"""A visit in one form: exactly once, nothing typed is lost, and what must follow is said at once."""

import re
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.api.client import NOBODY, Dienst
from tests.api.database import count_rows, more_rows
from tests.api.world import World, place_child
from tests.paginas.conftest import Bladeraar, bladeraar

_GOED = {
    "wanneer": "2026-11-02", "hoe": "thuis", "gezien": "ja", "gesprek": "alleen", "veiligheid": "ja", "thuis": "ja",
    "gevoel": "ja", "woorden": "Ik mis <i>oma</i>.", "vervolg": "", "nieuw": "nee", "check": "nee", "datum": "",
    "reden": "", "instrument": "",
}  # fmt: skip


@pytest.fixture
def begeleider(dienst: Dienst, world: World) -> Bladeraar:
    return bladeraar(dienst, world["begeleider"])


@pytest.fixture
def kind(world: World) -> str:
    """A child of this test alone."""
    return place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]


def form(**over: str) -> dict[str, str]:
    return {**_GOED, "sleutel": uuid4().hex, **over}


def test_one_form_records_visit_talk_and_check_once_however_often_it_is_sent(
    begeleider: Bladeraar, kind: str, world: World, dienst: Dienst
) -> None:
    sent = form(check="ja", instrument="ARIJ", uitkomst="veilig")
    path = f"/kinderen/{kind}/bezoek"
    before = count_rows(dienst.owner)
    answers = [begeleider.post(path, sent) for _ in range(3)]
    assert {(one.status_code, one.headers["location"]) for one in answers} == {(303, answers[0].headers["location"])}
    made = more_rows(before, count_rows(dienst.owner))
    assert (made["huisbezoek"], made["kindgesprek"], made["veiligheidscheck"]) == (1, 1, 1)
    shown = begeleider.read(answers[0].headers["location"])
    assert "Telt mee,</b> volgende gesprek uiterlijk 2\N{NO-BREAK SPACE}maart\N{NO-BREAK SPACE}2027." in shown
    (visit,) = world["begeleider"].rows(f"/pleegkinderen/{kind}/huisbezoeken")
    assert (visit["kindGezien"], visit["nieuweHuisgenoot"]) == (True, False)
    (talk,) = world["begeleider"].rows(f"/pleegkinderen/{kind}/kindgesprekken")
    assert (talk["datum"], talk["stemVanHetKind"], talk["alleen"]) == ("2026-11-02", "Ik mis <i>oma</i>.", True)


@pytest.mark.parametrize(("gekozen", "vastgelegd"), [("ja", True), ("nee", False), ("", None)])
def test_whether_a_visit_was_announced_is_asked_and_never_guessed(
    begeleider: Bladeraar, kind: str, world: World, gekozen: str, vastgelegd: object
) -> None:
    assert 'name="aangekondigd" value="nee"' in begeleider.read(f"/kinderen/{kind}/bezoek")
    begeleider.post(f"/kinderen/{kind}/bezoek", form(aangekondigd=gekozen))
    (visit,) = world["begeleider"].rows(f"/pleegkinderen/{kind}/huisbezoeken")
    assert visit["aangekondigd"] is vastgelegd


def test_another_text_under_the_same_key_is_told_and_not_recorded(begeleider: Bladeraar, kind: str) -> None:
    sent = form()
    begeleider.post(f"/kinderen/{kind}/bezoek", sent)
    answer = begeleider.post(f"/kinderen/{kind}/bezoek", {**sent, "woorden": "Iets anders."})
    assert answer.status_code == 422
    assert "Dit is al bewaard." in answer.text
    assert ">Iets anders.</textarea>" in answer.text


def test_the_same_visit_from_a_second_tab_is_asked_about_and_not_recorded_twice(
    begeleider: Bladeraar, kind: str, dienst: Dienst
) -> None:
    """Without JavaScript each tab has a key of its own: the content says that it is the same."""
    path, sent, second = f"/kinderen/{kind}/bezoek", form(), form()
    assert begeleider.post(path, sent).status_code == 303
    before = count_rows(dienst.owner)
    asked = begeleider.post(path, second)
    assert asked.status_code == 409
    assert "Precies dit hebt u al vastgelegd, om 10:00. Is dit er nog een?" in asked.text
    assert 'name="nog_een" value="ja"' in asked.text
    assert ">Ik mis &lt;i&gt;oma&lt;/i&gt;.</textarea>" in asked.text
    assert more_rows(before, count_rows(dienst.owner)) == {}
    assert begeleider.post(path, sent).status_code == 303  # the second tap of the first tab
    for _ in range(2):
        assert begeleider.post(path, {**second, "nog_een": "ja"}).status_code == 303
    assert more_rows(before, count_rows(dienst.owner))["kindgesprek"] == 1
    assert 'name="nog_een"' not in begeleider.read(path)
    assert begeleider.post(path, form(woorden="Iets anders.")).status_code == 303


@pytest.mark.parametrize(
    ("over", "veld"),
    [
        ({"gesprek": ""}, "gesprek-alleen"),
        ({"veiligheid": ""}, "veiligheid-ja"),
        ({"hoe": ""}, "hoe-thuis"),
        ({"gezien": ""}, "gezien-ja"),
        ({"gesprek": "samen"}, "reden"),
        ({"wanneer": "anders", "datum": ""}, "datum"),
        ({"wanneer": "2026-11-03"}, "datum"),
        ({"wanneer": "anders", "datum": "2026-01-01"}, "datum"),  # before the plaatsing: the service says so
        ({"check": "ja", "instrument": "ARIJ"}, "uitkomst-veilig"),
        ({"woorden": "x" * 100_000}, "woorden"),
        ({"hoe": "telefoon", "gesprek": "geen"}, "gesprek-alleen"),
        ({"gesprek": "geen"}, "gesprek-alleen"),  # the child's words would go with the talk that there was not
    ],
)
def test_a_form_that_is_not_right_comes_back_filled_in_with_the_fault_at_its_field(
    begeleider: Bladeraar, kind: str, dienst: Dienst, over: dict[str, str], veld: str
) -> None:
    sent = form(**over)
    before = count_rows(dienst.owner)
    answer = begeleider.post(f"/kinderen/{kind}/bezoek", sent)
    assert answer.status_code == 400
    assert more_rows(before, count_rows(dienst.owner)) == {}
    assert f'<a href="#{veld}">' in answer.text
    assert f'id="{veld}"' in answer.text
    assert f'name="sleutel" value="{sent["sleutel"]}"' in answer.text
    if len(sent["woorden"]) < 100:
        assert "Ik mis &lt;i&gt;oma&lt;/i&gt;.</textarea>" in answer.text
    for name in ("wanneer", "hoe", "gesprek", "check"):
        value = sent[name]
        if value:
            found = re.search(rf'name="{name}" value="{value}"[^>]*', answer.text)
            assert found is None or "checked" in found[0], name


@pytest.mark.parametrize("gesprek", ["geen", "mislukt"])
@pytest.mark.parametrize("said", [{"woorden": "", "thuis": "nee"}, {"woorden": "Ik ben bang.", "thuis": "nee"}])
def test_a_child_that_says_it_is_not_safe_is_never_saved_without_a_talk(
    begeleider: Bladeraar, kind: str, dienst: Dienst, gesprek: str, said: dict[str, str]
) -> None:
    before = count_rows(dienst.owner)
    answer = begeleider.post(f"/kinderen/{kind}/bezoek", form(gesprek=gesprek, reden="kind_wil_niet", **said))
    assert answer.status_code == 400
    assert '<a href="#gesprek-alleen">' in answer.text
    assert f">{said['woorden']}</textarea>" in answer.text
    assert more_rows(before, count_rows(dienst.owner)) == {}


@pytest.mark.parametrize("veld", ["woorden", "wil", "vervolg"])
def test_no_text_is_dropped_with_a_talk_that_there_was_not(begeleider: Bladeraar, kind: str, veld: str) -> None:
    empty = {"gesprek": "geen", "woorden": "", "wil": "", "vervolg": ""}
    answer = begeleider.post(f"/kinderen/{kind}/bezoek", form(**{**empty, veld: "Oma bellen."}))
    assert answer.status_code == 400
    assert "Oma bellen.</textarea>" in answer.text
    assert begeleider.post(f"/kinderen/{kind}/bezoek", form(**empty)).status_code == 303


def test_what_is_asked_of_a_house_is_asked_of_a_visit_to_it(begeleider: Bladeraar, kind: str) -> None:
    """Elsewhere the answer would be recorded nowhere."""
    how = begeleider.read(f"/kinderen/{kind}/bezoek").split("Hoe was het?")[1].split("zelf gezien?")[0]
    only_there = how.split('<div class="dan">')[1]
    assert 'name="aangekondigd"' in only_there
    assert 'name="nieuw"' in only_there


@pytest.mark.parametrize(
    "wrong",
    [
        {"wanneer": "anders", "hoe": "", "gesprek": "samen", "veiligheid": "", "check": "ja"},
        {"wanneer": "anders", "datum": "2027-01-01", "gesprek": "", "gezien": "", "check": "ja", "instrument": "ARIJ"},
        {"woorden": "a" * 20_001, "wil": "b" * 20_001, "check": "ja", "instrument": "c" * 2_000, "uitkomst": "veilig"},
    ],
)
def test_faults_stand_in_the_order_of_the_fields(begeleider: Bladeraar, kind: str, wrong: dict[str, str]) -> None:
    answer = begeleider.post(f"/kinderen/{kind}/bezoek", form(**wrong))
    assert answer.status_code == 400
    listed = answer.text.split('id="fouten"')[1].split("</ul>")[0]
    told = re.findall(r'href="#([^"]+)"', listed)
    assert len(told) > 2
    assert told == sorted(told, key=lambda veld: answer.text.index(f'id="{veld}"'))


@pytest.mark.parametrize(
    ("over", "zin"),
    [
        ({"gesprek": "samen", "reden": "pleegouder_aanwezig"}, "want niet alleen gesproken."),
        ({"hoe": "telefoon"}, "want het gesprek was telefonisch, niet fysiek."),
        ({"veiligheid": "nee"}, "want de veiligheid in het gezin is niet besproken."),
        ({"gesprek": "mislukt", "reden": "kind_wil_niet"}, "want het gesprek ging niet door."),
    ],
)
def test_what_does_not_count_says_why_and_is_kept(
    begeleider: Bladeraar, kind: str, over: dict[str, Any], zin: str
) -> None:
    answer = begeleider.post(f"/kinderen/{kind}/bezoek", form(**over))
    shown = begeleider.read(answer.headers["location"])
    assert f"<b>Telt niet mee,</b> {zin}" in shown
    assert "Een gesprek dat meetelt moet er zijn uiterlijk" in shown


def test_a_child_that_is_not_safe_at_home_leads_to_whom_to_call_and_to_the_steps(
    begeleider: Bladeraar, kind: str, world: World
) -> None:
    sent = form(thuis="nee", check="ja", instrument="ARIJ", uitkomst="zorgen")
    answer = begeleider.post(f"/kinderen/{kind}/bezoek", sent)
    shown = begeleider.read(answer.headers["location"])
    assert 'href="tel:112"' in shown
    assert "het gesprek telt mee: volgende gesprek uiterlijk 2\N{NO-BREAK SPACE}maart\N{NO-BREAK SPACE}2027" in shown
    assert 'href="tel:08002000"' in shown
    assert "dinsdag\N{NO-BREAK SPACE}3\N{NO-BREAK SPACE}november" in shown  # one working day
    assert "maandag\N{NO-BREAK SPACE}9\N{NO-BREAK SPACE}november" in shown  # five
    names = dict(re.findall(r'name="(gesprek|check)" value="([0-9a-f-]{36})"', shown))
    bezoek = answer.headers["location"].rpartition("/")[2]
    step = {"stap": "overleg", "toelichting": "Met Ingrid gebeld.", "sleutel": uuid4().hex, "bezoek": bezoek, **names}
    again = begeleider.post(f"/kinderen/{kind}/opvolging", step)
    assert again.status_code == 400
    assert '<a href="#met">' in again.text
    assert "Met Ingrid gebeld.</textarea>" in again.text
    assert again.text.count(step["sleutel"]) == 1
    for _ in range(2):  # tapped twice
        done = begeleider.post(f"/kinderen/{kind}/opvolging", {**step, "met": "gedragswetenschapper"})
        assert (done.status_code, done.headers["location"]) == (303, f"/kinderen/{kind}")
    stappen = world["begeleider"].rows(f"/pleegkinderen/{kind}/opvolgstappen")
    assert {(one["stap"], one["met"]) for one in stappen} == {("overleg", "gedragswetenschapper")}
    assert len(stappen) == 2  # one about the talk, one about the check
    about = {one["kindgesprekId"] or one["veiligheidscheckId"] for one in stappen}
    assert about == set(names.values())
    assert "Overleg na een zorg" in begeleider.read(f"/kinderen/{kind}")
    assert begeleider.post(f"/kinderen/{kind}/opvolging", {"stap": "besluit"}).status_code == 400


def test_the_page_after_saving_says_of_every_part_what_it_did(begeleider: Bladeraar, kind: str, dienst: Dienst) -> None:
    begeleider.post(
        f"/kinderen/{kind}/bezoek",
        form(wanneer="2026-10-26", datum="", check="ja", instrument="ARIJ", uitkomst="onveilig"),
    )
    answer = begeleider.post(f"/kinderen/{kind}/bezoek", form(check="ja", instrument="ARIJ", uitkomst="veilig"))
    shown = begeleider.read(answer.headers["location"]).replace("\N{NO-BREAK SPACE}", " ")
    did = shown.split('id="gevolgen"')[1]
    assert "<b>Alleen gesproken</b>: telt mee; volgende uiterlijk 2 maart 2027." in did
    assert "<b>Nieuwe veiligheidscheck na een zorg</b>: telt mee; er hoeft nu niets." in did
    assert "<b>Huisbezoek</b>: telt mee; volgende uiterlijk 14 december 2026." in did
    assert did.count("<h3>") == 3
    alone = begeleider.post(f"/kinderen/{kind}/bezoek", form(gesprek="geen", gezien="nee", woorden=""))
    only = begeleider.read(alone.headers["location"]).split('id="gevolgen"')[1]
    assert "<b>Gezien</b>: telt niet mee, want het kind is niet gezien;" in only


def test_the_page_after_a_visit_finds_one_among_very_many(dienst: Dienst, world: World) -> None:
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    talk = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheidBesproken": True, "veiligInGezin": "nee"}
    path = f"/pleegkinderen/{ids['pleegkind']}/kindgesprekken"
    first = world["begeleider"].made(path, {**talk, "datum": "2026-10-12", "plaatsingId": ids["plaatsing"]}).id
    with dienst.owner.begin() as connection:
        connection.execute(MANY_LATER, {"uid": first})
    other = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    begeleider = bladeraar(dienst, world["begeleider"])
    said = "thuis is het niet veilig"
    assert said in begeleider.read(f"/kinderen/{ids['pleegkind']}/bezoek/{first}")
    assert said not in begeleider.read(f"/kinderen/{other}/bezoek/{first}")  # it is not of that child


MANY_LATER = text("""
INSERT INTO kindgesprek (uid, organisatie_id, nummer, versie, ingetrokken, vastgelegd_op, vastgelegd_door, volgorde,
                         plaatsing_id, datum, medewerker_id, doorgegaan, alleen, vorm, veiligheid_besproken)
SELECT gen_random_uuid(), organisatie_id, nummer || '-' || n, 1, false, vastgelegd_op, vastgelegd_door, volgorde,
       plaatsing_id, datum + 1, medewerker_id, doorgegaan, alleen, vorm, veiligheid_besproken
FROM kindgesprek, generate_series(1, 201) n WHERE uid = :uid
""")


def test_a_plaatsing_that_ended_meanwhile_takes_no_text_along(dienst: Dienst, world: World) -> None:
    """Of a day when the child still lived there it is recorded; of a later day the form comes back as it was."""
    leider = bladeraar(dienst, world["teamleider"])
    ids = place_child(world["teamleider"], world.medewerkers["begeleider"])
    path = f"/kinderen/{ids['pleegkind']}/bezoek"
    opened = re.search(r'name="plaatsing" value="([0-9a-f-]{36})"', leider.read(path))
    assert opened
    leider.post(f"/concepten/bezoek/{ids['pleegkind']}", form(plaatsing=opened[1]))
    end = {"tot": "2026-11-01", "eindreden": "naar huis"}
    world["teamleider"].made(f"/plaatsingen/{ids['plaatsing']}/beeindiging", end)
    assert "Ik mis &lt;i&gt;oma&lt;/i&gt;.</textarea>" in leider.read(path)
    too_late = leider.post(path, form(plaatsing=opened[1]))
    assert too_late.status_code == 400
    assert '<a href="#datum">' in too_late.text
    assert "Ik mis &lt;i&gt;oma&lt;/i&gt;.</textarea>" in too_late.text
    assert leider.post(path, form(plaatsing=opened[1], wanneer="2026-10-31")).status_code == 303
    assert leider.get(path).status_code == 404  # sent, and there is nobody to visit any more


def test_only_who_may_record_for_this_child_has_the_form(dienst: Dienst, world: World, begeleider: Bladeraar) -> None:
    own, ander = (world.files[one]["pleegkind"] for one in ("eigen", "organisatie"))
    for path in (f"/kinderen/{ander}/bezoek", f"/kinderen/{NOBODY}/bezoek"):
        assert begeleider.get(path).status_code == 404
        assert begeleider.post(path, form()).status_code == 404
    for user in ("kwaliteit", "beheerder"):
        other = bladeraar(dienst, world[user])
        assert other.get(f"/kinderen/{own}/bezoek").status_code == 403
        assert other.post(f"/kinderen/{own}/bezoek", form()).status_code == 403


def test_a_form_of_another_session_or_of_another_site_records_nothing(
    begeleider: Bladeraar, kind: str, dienst: Dienst
) -> None:
    before = count_rows(dienst.owner)
    assert begeleider.ask("POST", f"/kinderen/{kind}/bezoek", form()).status_code == 403
    elsewhere = begeleider.post(f"/kinderen/{kind}/bezoek", form(), Sec_Fetch_Site="cross-site")
    assert elsewhere.status_code == 403
    assert more_rows(before, count_rows(dienst.owner)) == {}

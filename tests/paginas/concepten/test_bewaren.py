"""What is typed is there again until it is sent, and is given back with a refusal."""

import re

from tests.api.client import NOBODY, Dienst
from tests.api.database import count_rows, more_rows
from tests.api.world import World, place_child
from tests.paginas.concepten.conftest import BEZOEK, IN_HET_VELD, WOORDEN, Geval, concepten
from tests.paginas.conftest import Bladeraar, bladeraar


def test_what_was_typed_is_there_when_the_form_is_opened_again(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst, world: World
) -> None:
    velden = geval.velden()
    kept = begeleider.post(geval.adres, velden)
    assert (kept.status_code, kept.text) == (200, "10:00")
    for browser in (begeleider, bladeraar(dienst, world["begeleider"])):  # on another machine as well
        page = browser.read(geval.opent)
        assert "<b>Concept van 10:00.</b>" in page
        assert IN_HET_VELD in page
        assert f'name="sleutel" value="{velden["sleutel"]}"' in page
        assert f'data-concept="{geval.adres}"' in page
        assert re.search(rf'<form action="{geval.naar}" method="post"[^>]* autocomplete="off"', page)  # going back
    begeleider.post(geval.adres, {**velden, geval.veld: "Toch niet."})
    assert "Toch niet.</textarea>" in begeleider.read(geval.opent)
    assert len(concepten(dienst)) == 1


def test_a_colleague_with_the_same_child_sees_nothing_of_it(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst, world: World
) -> None:
    begeleider.post(geval.adres, geval.velden())
    colleague = bladeraar(dienst, world["teamleider"])
    page = colleague.read(geval.opent)
    assert "Concept van" not in page
    assert "opa" not in page
    colleague.post(f"{geval.adres}/weg", {})
    assert IN_HET_VELD in begeleider.read(geval.opent)


def test_a_form_that_was_sent_has_no_concept_any_more_and_a_refused_one_has(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst
) -> None:
    velden = geval.velden()
    begeleider.post(geval.adres, velden)
    wrong = {"wanneer": "2027-01-01", "uiterlijk": "ooit", "tot": "ooit", "multi": "", "reden": "", "calamiteit": ""}
    wrong |= {"met": "", "besluit": "", "veilig_thuis": "misschien"}
    again = begeleider.post(geval.naar, {**velden, **{k: v for k, v in wrong.items() if k in geval.rest}})
    assert again.status_code == 400, again.text
    assert "data-los" in again.text
    assert IN_HET_VELD in again.text
    assert len(concepten(dienst)) == 1
    before = count_rows(dienst.owner)
    answers = [begeleider.post(geval.naar, velden) for _ in range(3)]  # tapped twice, and a retry
    assert {(one.status_code, one.headers["location"]) for one in answers} == {(303, answers[0].headers["location"])}
    made = more_rows(before, count_rows(dienst.owner))
    assert (made["concept"], made["idempotentie"], made["wijzigingspakket"]) == (-1, 1, 1)
    assert "Concept van" not in begeleider.read(geval.opent)


def test_the_same_words_are_the_same_form_however_a_browser_ends_its_lines(begeleider: Bladeraar, geval: Geval) -> None:
    velden = geval.velden()
    first = begeleider.post(geval.naar, velden)
    again = begeleider.post(geval.naar, {**velden, geval.veld: WOORDEN.replace("\n", "\r\n")})
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    other = begeleider.post(geval.naar, {**velden, geval.veld: "Iets anders."})
    assert other.status_code == 422
    assert "Dit is al bewaard." in other.text
    assert "Iets anders.</textarea>" in other.text


def test_a_text_that_arrives_after_its_form_was_sent_is_not_kept(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst
) -> None:
    velden = geval.velden()
    begeleider.post(geval.naar, velden)
    late = begeleider.post(geval.adres, velden)
    assert (late.status_code, late.text) == (204, "")
    assert concepten(dienst) == []


def test_who_throws_it_away_begins_anew(begeleider: Bladeraar, geval: Geval) -> None:
    begeleider.post(geval.adres, geval.velden())
    answer = begeleider.post(f"{geval.adres}/weg", {"kind": geval.kind})
    assert (answer.status_code, answer.headers["location"]) == (303, geval.opent)
    page = begeleider.read(geval.opent)
    assert "Concept van" not in page
    assert "opa" not in page


def test_a_day_that_was_yesterday_when_it_was_typed_is_still_that_day(begeleider: Bladeraar, world: World) -> None:
    kind = place_child(world["teamleider"], world.medewerkers["begeleider"])["pleegkind"]
    begeleider.post(f"/concepten/bezoek/{kind}", {**BEZOEK, "wanneer": "2026-10-31"})
    page = begeleider.read(f"/kinderen/{kind}/bezoek")
    assert re.search(r'name="wanneer" value="anders"[^>]* checked', page)
    assert 'name="datum" value="2026-10-31"' in page


# A form that is refused before its page can show it again


def test_what_was_written_is_given_back_with_any_refusal(
    begeleider: Bladeraar, geval: Geval, dienst: Dienst, world: World
) -> None:
    old, own = begeleider.token("/ik"), {"Sec_Fetch_Site": "same-origin"}
    sent = {"formulier": old, **geval.velden()}
    gone, again = Bladeraar(dienst, "x" * 43), bladeraar(dienst, world["begeleider"])
    absent = geval.naar.replace(geval.kind or geval.over, NOBODY)
    answers = [
        (gone.ask("POST", geval.naar, sent, **own), 401),
        (again.ask("POST", geval.naar, sent, **own), 403),  # of the session before
        (begeleider.ask("POST", absent, sent, **own), 404),
    ]
    for answer, status in answers:
        assert answer.status_code == status
        assert "Wat u typte is hier nog" in answer.text
        assert IN_HET_VELD in answer.text
        for value in geval.rest.values():
            if value in (geval.over, geval.kind):
                continue  # what only the page needs
            assert re.search(rf"(<dd>|>){re.escape(value)}</(dd|textarea)>", answer.text), value
        assert old not in answer.text
    for site in ({}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "none"}):
        assert "opa" not in gone.ask("POST", geval.naar, sent, **site).text

"""Numbers, references, periods, and rows that contradict themselves."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.imports.bekend import Bekend, BekendePlaatsing
from app.imports.kolommen import Celsoort
from app.imports.sheets import BLADEN
from app.terms import PlaatsingVorm
from tests.imports.bouw import boek_met, check, found

VAN, TOT = date(2025, 1, 10), date(2026, 3, 1)
DAG = timedelta(days=1)
ZONDER_AANLEIDING = {"signalen", "opvolgstappen"}  # of whose child those are: test_check_opvolging
VERWIJZINGEN = [
    (blad.naam, kolom.naam) for blad in BLADEN.values() for kolom in blad.kolommen if kolom.soort is Celsoort.VERWIJZING
]
PERIODEN = [
    ("gezinsleden", "inwonend_sinds", "inwonend_tot"),
    ("plaatsingen", "van", "tot"),
    ("begeleidingen", "van", "tot"),
    ("maatregelen", "van", "tot"),
]
GEBEURTENISSEN = ["kindgesprekken", "veiligheidschecks", "huisbezoeken"]


@pytest.mark.parametrize(("blad", "kolom"), VERWIJZINGEN)
def test_a_reference_that_leads_nowhere(blad: str, kolom: str) -> None:
    assert found(check(boek_met(**{blad: [{kolom: "Z9"}]}))) == [(blad, 2, kolom, "onbekende_verwijzing")]


@pytest.mark.parametrize(("blad", "kolom"), [one for one in VERWIJZINGEN if one[0] not in ZONDER_AANLEIDING])
def test_a_reference_to_what_is_stored_is_fine(blad: str, kolom: str) -> None:
    target = next(own.blad for own in BLADEN[blad].kolommen if own.naam == kolom)
    bekend = Bekend({target: frozenset({"Z9"})})
    assert found(check(boek_met(**{blad: [{kolom: "Z9"}]}), bekend)) == []


def test_a_file_that_was_destroyed_does_not_come_back() -> None:
    (kind,) = boek_met()["pleegkinderen"]
    keuring = check(boek_met(), Bekend(vernietigd=frozenset({kind["nummer"]})))
    assert found(keuring) == [("pleegkinderen", 2, "nummer", "ongeldige_waarde")]
    assert {fout.blad for fout in keuring.afhankelijk} >= {"plaatsingen", "kindgesprekken", "begeleidingen"}
    assert found(check(boek_met(), Bekend(vernietigd=frozenset({"Z9"})))) == []


def test_a_stored_nummer_of_another_sheet_is_no_target() -> None:
    bekend = Bekend({"medewerkers": frozenset({"Z9"})})
    assert found(check(boek_met(evaluaties=[{"pleeggezin": "Z9"}]), bekend)) == [
        ("evaluaties", 2, "pleeggezin", "onbekende_verwijzing")
    ]


def test_a_reference_to_a_faulty_row_is_no_fault() -> None:
    assert found(check(boek_met(pleegkinderen=[{"geboortedatum": ""}]))) == [
        ("pleegkinderen", 2, "geboortedatum", "verplicht")
    ]


def test_references_to_a_row_without_nummer_lead_nowhere() -> None:
    assert found(check(boek_met(gezinsleden=[{"nummer": ""}]))) == [
        ("gezinsleden", 2, "nummer", "verplicht"),
        ("vgbs", 2, "gezinslid", "onbekende_verwijzing"),
    ]


def test_references_to_a_sheet_without_the_column_nummer_are_not_judged() -> None:
    keuring = check(boek_met(), without=frozenset({("pleegkinderen", "nummer")}))
    assert found(keuring) == [("pleegkinderen", 1, "nummer", "verplicht")]


def test_a_number_and_a_text_are_one_nummer() -> None:
    boek = boek_met(pleeggezinnen=[{"nummer": 12.0}], gezinsleden=[{"pleeggezin": "12"}])
    boek["plaatsingen"][0]["pleeggezin"] = 12.0
    boek["evaluaties"][0]["pleeggezin"] = " 12 "
    assert found(check(boek)) == []


@pytest.mark.parametrize("blad", list(BLADEN))
def test_the_later_row_of_one_nummer_is_the_fault(blad: str) -> None:
    boek = boek_met()
    boek[blad].append({**boek[blad][0]})
    last = len(boek[blad]) + 1
    assert found(check(boek)) == [(blad, last, "nummer", "dubbel_nummer")]


def test_a_third_row_of_one_nummer_is_one_more_fault() -> None:
    boek = boek_met(evaluaties=[{}, {}, {}])
    assert found(check(boek)) == [("evaluaties", rij, "nummer", "dubbel_nummer") for rij in (3, 4)]


def test_a_stored_nummer_is_no_double_but_a_change() -> None:
    assert found(check(boek_met(), Bekend({"evaluaties": frozenset({"E1"})}))) == []


def test_equal_numbers_on_different_sheets_are_fine() -> None:
    assert found(check(boek_met(evaluaties=[{"nummer": "P1"}]))) == []


@pytest.mark.parametrize(("blad", "van", "tot"), PERIODEN)
@pytest.mark.parametrize(("days", "expected"), [(-1, ["datum_buiten_periode"]), (0, []), (1, [])])
def test_tot_before_van(blad: str, van: str, tot: str, days: int, expected: list[str]) -> None:
    boek = boek_met(kindgesprekken=[{"datum": VAN}], veiligheidschecks=[{"datum": VAN}])
    boek["huisbezoeken"][0]["datum"] = VAN
    boek[blad][0][tot] = boek[blad][0][van] + timedelta(days=days)
    assert found(check(boek)) == [(blad, 2, tot, code) for code in expected]


@pytest.mark.parametrize("blad", GEBEURTENISSEN)
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (VAN - DAG, ["datum_buiten_periode"]),
        (VAN, []),
        (VAN + DAG, []),
        (TOT - DAG, []),
        (TOT, []),  # the day of leaving
        (TOT + DAG, ["datum_buiten_periode"]),
    ],
)
def test_an_event_lies_within_its_plaatsing(blad: str, day: date, expected: list[str]) -> None:
    faults = [(blad, 2, "datum", code) for code in expected]
    assert found(check(boek_met(**{blad: [{"datum": day}]}))) == faults
    boek = boek_met(**{blad: [{"datum": day}]})
    boek["plaatsingen"] = []
    bekend = Bekend(plaatsingen={"P1": BekendePlaatsing("K1", PlaatsingVorm.VOLTIJD, VAN, TOT)})
    assert found(check(boek, bekend)) == faults


@pytest.mark.parametrize("blad", GEBEURTENISSEN)
def test_an_open_plaatsing_has_no_end(blad: str) -> None:
    boek = boek_met(plaatsingen=[{"tot": ""}], **{blad: [{"datum": date(2026, 11, 21)}]})
    assert found(check(boek)) == []
    boek["plaatsingen"] = []
    bekend = Bekend(plaatsingen={"P1": BekendePlaatsing("K1", PlaatsingVorm.VOLTIJD, VAN)})
    assert found(check(boek, bekend)) == []


def test_the_file_says_more_of_a_plaatsing_than_what_is_stored() -> None:
    bekend = Bekend(plaatsingen={"P1": BekendePlaatsing("K1", PlaatsingVorm.VOLTIJD, date(2020, 1, 1))})
    assert found(check(boek_met(huisbezoeken=[{"datum": VAN - DAG}]), bekend)) == [
        ("huisbezoeken", 2, "datum", "datum_buiten_periode")
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"van": ""}, ("plaatsingen", 2, "van", "verplicht")),
        ({"van": "31-2-2025"}, ("plaatsingen", 2, "van", "ongeldige_datum")),
        ({"tot": "straks"}, ("plaatsingen", 2, "tot", "ongeldige_datum")),
        ({"tot": VAN - DAG}, ("plaatsingen", 2, "tot", "datum_buiten_periode")),
    ],
)
def test_events_of_a_plaatsing_with_faulty_dates_are_not_judged(
    change: dict[str, Any], fault: tuple[str, int, str, str]
) -> None:
    far = {"datum": date(2016, 1, 1)}
    boek = boek_met(plaatsingen=[change], kindgesprekken=[far], huisbezoeken=[far], veiligheidschecks=[far])
    bekend = Bekend(plaatsingen={"P1": BekendePlaatsing("K1", PlaatsingVorm.VOLTIJD, VAN, TOT)})
    assert found(check(boek)) == [fault]
    assert found(check(boek, bekend)) == [fault]


def test_events_of_a_plaatsing_with_another_fault_are_judged() -> None:
    boek = boek_met(plaatsingen=[{"vorm": "logeren"}], huisbezoeken=[{"datum": VAN - DAG}])
    assert found(check(boek)) == [
        ("huisbezoeken", 2, "datum", "datum_buiten_periode"),
        ("plaatsingen", 2, "vorm", "ongeldige_waarde"),
    ]


def test_events_of_a_nummer_that_occurs_twice_are_not_judged() -> None:
    boek = boek_met(plaatsingen=[{}, {"van": date(2016, 1, 1), "tot": date(2017, 1, 1)}])
    boek["huisbezoeken"][0]["datum"] = date(2016, 6, 1)
    assert found(check(boek)) == [("plaatsingen", 3, "nummer", "dubbel_nummer")]


def test_an_event_after_today_is_only_that() -> None:
    assert found(check(boek_met(huisbezoeken=[{"datum": date(2031, 1, 1)}]))) == [
        ("huisbezoeken", 2, "datum", "datum_in_toekomst")
    ]


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, ["ongeldige_waarde"]), (0, []), (89, []), (90, []), (91, ["ongeldige_waarde"])]
)
def test_an_uitzondering_is_reviewed_within_90_days(days: int, expected: list[str]) -> None:
    boek = boek_met(uitzonderingen=[{"van": VAN, "herzien_uiterlijk": VAN + timedelta(days=days)}])
    assert found(check(boek)) == [("uitzonderingen", 2, "herzien_uiterlijk", code) for code in expected]


@pytest.mark.parametrize(("approver", "expected"), [("M1", ["vier_ogen"]), ("M2", []), ("", [])])
def test_nobody_approves_their_own_uitzondering(approver: str, expected: list[str]) -> None:
    boek = boek_met(uitzonderingen=[{"opgesteld_door": "M1", "goedgekeurd_door": approver}])
    assert found(check(boek)) == [("uitzonderingen", 2, "goedgekeurd_door", code) for code in expected]


def test_an_unknown_author_who_approves_is_seen_too() -> None:
    boek = boek_met(uitzonderingen=[{"opgesteld_door": "Z9", "goedgekeurd_door": "Z9"}])
    assert found(check(boek)) == [
        ("uitzonderingen", 2, "goedgekeurd_door", "onbekende_verwijzing"),
        ("uitzonderingen", 2, "goedgekeurd_door", "vier_ogen"),
        ("uitzonderingen", 2, "opgesteld_door", "onbekende_verwijzing"),
    ]

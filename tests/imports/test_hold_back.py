"""Which rows wait when faulty rows are skipped."""

from datetime import date
from typing import Any

import pytest

from app.imports.bekend import Bekend, BekendePlaatsing
from app.imports.keuring import Keuring
from app.terms import PlaatsingVorm
from tests.imports.bouw import boek_met, check, found, waiting


def going_in(keuring: Keuring) -> set[tuple[str, int]]:
    return {(blad, rij.rij) for blad, rijen in keuring.rijen.items() for rij in rijen}


def test_a_faulty_child_holds_back_everything_that_leads_to_it() -> None:
    keuring = check(boek_met(pleegkinderen=[{"geboortedatum": ""}]))
    assert going_in(keuring) == {
        ("medewerkers", 2),
        ("medewerkers", 3),
        ("pleeggezinnen", 2),
        ("gezinsleden", 2),
        ("vgbs", 2),
        ("evaluaties", 2),
    }
    assert ("kindgesprekken", 2, "plaatsing") in waiting(keuring)  # by way of the plaatsing
    assert ("uitzonderingen", 2, "pleegkind") in waiting(keuring)


def test_without_faults_nothing_waits() -> None:
    assert check(boek_met()).afhankelijk == ()


def test_a_faulty_row_that_nobody_refers_to_holds_back_nothing() -> None:
    keuring = check(boek_met(kindgesprekken=[{"alleen": "soms"}]))
    assert waiting(keuring) == []
    assert keuring.rijen["kindgesprekken"] == []


def test_a_row_waits_once_also_for_two_reasons() -> None:
    keuring = check(boek_met(pleegkinderen=[{"bsn": "1"}], pleeggezinnen=[{"soort": "x"}]))
    rows = [(blad, rij) for blad, rij, _ in waiting(keuring)]
    assert len(rows) == len(set(rows))


def test_a_faulty_row_does_not_also_wait() -> None:
    keuring = check(boek_met(pleegkinderen=[{"bsn": "1"}], plaatsingen=[{"vorm": "x"}]))
    assert ("plaatsingen", 2) not in {(blad, rij) for blad, rij, _ in waiting(keuring)}
    assert ("kindgesprekken", 2, "plaatsing") in waiting(keuring)


def test_a_row_waits_for_a_faulty_row_also_when_its_nummer_is_stored() -> None:
    keuring = check(boek_met(pleegkinderen=[{"bsn": "1"}]), Bekend({"pleegkinderen": frozenset({"K1"})}))
    assert ("plaatsingen", 2, "pleegkind") in waiting(keuring)


def test_both_rows_of_one_nummer_stay_out_and_what_refers_to_them_waits() -> None:
    keuring = check(boek_met(medewerkers=[{}, {}, {"nummer": "M1", "naam": "Een ander"}]))
    assert found(keuring) == [("medewerkers", 4, "nummer", "dubbel_nummer")]
    assert ("medewerkers", 2, "nummer") in waiting(keuring)
    assert ("huisbezoeken", 2, "medewerker") in waiting(keuring)
    assert going_in(keuring) >= {("medewerkers", 3), ("plaatsingen", 2)}


def test_a_sheet_without_its_nummers_holds_back_what_refers_to_it_unless_stored() -> None:
    nummers = frozenset({("pleegkinderen", "nummer")})
    keuring = check(boek_met(), without=nummers)
    assert ("pleegkinderen", 2, "nummer") in waiting(keuring)
    assert ("plaatsingen", 2, "pleegkind") in waiting(keuring)
    assert ("kindgesprekken", 2, "plaatsing") in waiting(keuring)
    keuring = check(boek_met(), Bekend({"pleegkinderen": frozenset({"K1"})}), without=nummers)
    assert ("kindgesprekken", 2) in going_in(keuring)


def test_a_sheet_without_an_obliged_column_waits_and_holds_back_what_refers_to_it() -> None:
    keuring = check(boek_met(), without=frozenset({("pleegkinderen", "geboortedatum")}))
    assert found(keuring) == [("pleegkinderen", 1, "geboortedatum", "verplicht")]
    assert ("pleegkinderen", 2, "geboortedatum") in waiting(keuring)
    assert ("plaatsingen", 2, "pleegkind") in waiting(keuring)


MODEL = {"pleegkind": "K1", "pleeggezin": "G1", "vorm": "voltijd", "zorgvorm": "pleegzorg"}
BEKEND = {"pleegkinderen": frozenset({"K1"}), "pleeggezinnen": frozenset({"G1"})}


def stored(*periods: tuple[str, date, date | None]) -> Bekend:
    return Bekend(
        BEKEND, {nummer: BekendePlaatsing("K1", PlaatsingVorm.VOLTIJD, van, tot) for nummer, van, tot in periods}
    )


@pytest.mark.parametrize(("zorgvorm", "expected"), [("pleegzorg", []), ("x", [("plaatsingen", 3, "van")])])
def test_a_plaatsing_waits_while_the_stored_one_that_it_follows_stays_open(zorgvorm: str, expected: Any) -> None:
    rijen = [
        {**MODEL, "nummer": "P1", "van": date(2025, 1, 1), "tot": date(2025, 6, 1), "zorgvorm": zorgvorm},
        {**MODEL, "nummer": "P2", "van": date(2025, 6, 1)},
    ]
    assert waiting(check({"plaatsingen": rijen}, stored(("P1", date(2025, 1, 1), None)))) == expected


def test_a_chain_of_moved_plaatsingen_waits_as_a_whole() -> None:
    rijen = [
        {**MODEL, "nummer": "P1", "van": date(2025, 1, 1), "tot": date(2025, 2, 1), "zorgvorm": "x"},
        {**MODEL, "nummer": "P2", "van": date(2025, 2, 1), "tot": date(2025, 4, 1)},
        {**MODEL, "nummer": "P3", "van": date(2025, 4, 1), "tot": date(2025, 6, 1)},
        {**MODEL, "nummer": "P4", "van": date(2025, 8, 1)},
    ]
    bekend = stored(
        ("P1", date(2025, 1, 1), date(2025, 3, 1)),
        ("P2", date(2025, 3, 1), date(2025, 5, 1)),
        ("P3", date(2025, 5, 1), date(2025, 7, 1)),
    )
    keuring = check({"plaatsingen": rijen}, bekend)
    assert found(keuring) == [("plaatsingen", 2, "zorgvorm", "ongeldige_waarde")]
    assert waiting(keuring) == [("plaatsingen", 3, "van"), ("plaatsingen", 4, "van")]
    assert going_in(keuring) == {("plaatsingen", 5)}

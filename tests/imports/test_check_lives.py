"""Impossible lives, a BSN of two children, and what would move to another child."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.imports.bekend import Bekend, BekendePlaatsing, BekendFeit
from app.imports.sheets import BLADEN
from app.terms import PlaatsingVorm
from tests.imports.bouw import boek_met, check, found, waiting

GEBOREN = date(2015, 5, 5)
DAG = timedelta(days=1)
VAN_KIND = [
    (naam, kolom)
    for naam, blad in BLADEN.items()
    for kolom in ("datum", "van", "sinds")
    if blad.has("pleegkind") and blad.has(kolom) and naam != "opvolgstappen"  # that lies before its aanleiding
]
#: the sheets whose example is of 1 June 2025
ZELFDE_DAG = [naam for naam in BLADEN if naam != "opvolgstappen"]
BSN = "123456782"


@pytest.mark.parametrize(("blad", "kolom"), [*VAN_KIND, ("begeleidingen", "van")])
def test_a_day_before_the_birth(blad: str, kolom: str) -> None:
    more = {"herzien_uiterlijk": GEBOREN} if blad == "uitzonderingen" else {}
    keuring = check(boek_met(**{blad: [{kolom: GEBOREN - DAG, **more}]}))
    assert found(keuring) == [(blad, 2, kolom, "datum_onmogelijk")]
    assert found(check(boek_met(**{blad: [{kolom: GEBOREN, **more}]}))) == []


@pytest.mark.parametrize("kolom", ["inwonend_sinds"])
def test_nobody_lives_somewhere_before_the_birth(kolom: str) -> None:
    assert found(check(boek_met(gezinsleden=[{kolom: date(1979, 12, 31)}]))) == [
        ("gezinsleden", 2, kolom, "datum_onmogelijk")
    ]
    assert found(check(boek_met(vgbs=[{"datum": date(1979, 12, 31)}]))) == [("vgbs", 2, "datum", "datum_onmogelijk")]


def test_an_event_before_the_birth_is_outside_its_plaatsing_first() -> None:
    boek = boek_met(kindgesprekken=[{"datum": GEBOREN - DAG, "vastgelegd_op": GEBOREN - 2 * DAG}])
    assert found(check(boek)) == [("kindgesprekken", 2, "datum", "datum_buiten_periode")]


def test_an_event_is_not_judged_by_a_plaatsing_that_cannot_be() -> None:
    boek = boek_met(plaatsingen=[{"van": GEBOREN - DAG, "tot": GEBOREN}])
    assert found(check(boek)) == [("plaatsingen", 2, "van", "datum_onmogelijk")]


@pytest.mark.parametrize(
    ("blad", "change", "fault"),
    [
        ("plaatsingen", {"van": date(2014, 1, 1), "tot": date(2013, 1, 1)}, ("tot", "datum_buiten_periode")),
        ("vertrouwenspersonen", {"sinds": date(2062, 1, 1)}, ("sinds", "datum_in_toekomst")),
        (
            "signalen",
            {"datum": date(2014, 1, 1), "gemeld_igj_op": date(2062, 1, 1)},
            ("gemeld_igj_op", "datum_in_toekomst"),
        ),
        ("maatregelen", {"van": date(2062, 1, 1)}, ("van", "datum_in_toekomst")),
    ],
)
def test_another_fault_of_the_days_goes_before(blad: str, change: dict[str, Any], fault: tuple[str, str]) -> None:
    assert found(check(boek_met(**{blad: [change]}))) == [(blad, 2, *fault)]


@pytest.mark.parametrize(
    ("geboren", "faults"),
    [(date(1998, 1, 11), []), (date(1998, 1, 10), [("plaatsingen", 2, "van", "datum_onmogelijk")])],
)
def test_a_plaatsing_does_not_start_at_27(geboren: date, faults: list[Any]) -> None:
    van = {"van": date(2024, 1, 1)}
    boek = boek_met(pleegkinderen=[{"geboortedatum": geboren}], begeleidingen=[van], maatregelen=[van])
    boek["uitzonderingen"] = []
    assert found(check(boek)) == faults


@pytest.mark.parametrize("blad", ["pleegkinderen", "gezinsleden"])
def test_a_person_over_110(blad: str) -> None:
    boek = boek_met(**{blad: [{"geboortedatum": date(1910, 7, 6)}]})
    assert found(check(boek)) == [(blad, 2, "geboortedatum", "datum_onmogelijk")]


@pytest.mark.parametrize(
    ("moment", "codes"),
    [("2025-06-01", []), ("2025-05-31", ["datum_onmogelijk"]), ("2025-05-31T22:00:00Z", []),
     ("2025-05-31T21:59:59Z", ["datum_onmogelijk"])],
)  # fmt: skip
@pytest.mark.parametrize("blad", [naam for naam in ZELFDE_DAG if BLADEN[naam].has("vastgelegd_op")])
def test_nothing_is_recorded_before_its_day_in_amsterdam(blad: str, moment: str, codes: list[str]) -> None:
    keuring = check(boek_met(**{blad: [{"vastgelegd_op": moment}]}))
    assert found(keuring) == [(blad, 2, "vastgelegd_op", code) for code in codes]


def test_the_stored_birth_counts_when_the_child_is_not_in_the_file() -> None:
    boek = boek_met()
    boek["pleegkinderen"] = []
    bekend = Bekend({"pleegkinderen": frozenset({"K1"})}, geboren={"pleegkinderen": {"K1": date(2025, 6, 2)}})
    codes = {fault[3] for fault in found(check(boek, bekend))}
    assert codes == {"datum_onmogelijk"}
    assert ("ontwikkelbeelden", 2, "datum", "datum_onmogelijk") in found(check(boek, bekend))


def test_a_changed_birth_fits_what_is_stored() -> None:
    plaatsing = BekendePlaatsing("K1", PlaatsingVorm.DEELTIJD, date(2016, 1, 1), date(2016, 2, 1))
    talk = {"kindgesprekken": {"T9": BekendFeit("P9", date(2016, 1, 2))}}
    bekend = Bekend(plaatsingen={"P9": plaatsing}, geboren={"pleegkinderen": {"K1": GEBOREN}}, feiten=talk)
    assert found(check(boek_met(), bekend)) == []
    boek = boek_met(pleegkinderen=[{"geboortedatum": date(2016, 1, 2)}])
    assert found(check(boek, bekend)) == [("pleegkinderen", 2, "geboortedatum", "datum_onmogelijk")]
    young = boek_met(pleegkinderen=[{"geboortedatum": date(2016, 1, 1)}])
    assert found(check(young, bekend)) == []


def bsn_of(*nummers: str) -> Bekend:
    def find(bsn: str) -> AbstractSet[str]:
        return set(nummers) if bsn == BSN else set()

    return Bekend({"pleegkinderen": frozenset(nummers)}, bsn_van=find)


def test_one_bsn_at_two_children_is_the_fault_of_the_later_row() -> None:
    boek = boek_met(pleegkinderen=[{}, {"nummer": "K2"}, {"nummer": "K3"}])
    assert found(check(boek)) == [
        ("pleegkinderen", 3, "bsn", "dubbel_bsn"),
        ("pleegkinderen", 4, "bsn", "dubbel_bsn"),
    ]
    assert found(check(boek_met(pleegkinderen=[{}, {"nummer": "K2", "bsn": ""}]))) == []


def test_a_bsn_that_is_known_at_another_nummer() -> None:
    assert found(check(boek_met(), bsn_of("K9"))) == [("pleegkinderen", 2, "bsn", "dubbel_bsn")]
    assert found(check(boek_met(), bsn_of("K1"))) == []


def test_a_bsn_that_moves_within_the_file_is_a_correction() -> None:
    boek = boek_met(pleegkinderen=[{"bsn": ""}, {"nummer": "K2", "bsn": BSN}])
    assert found(check(boek, bsn_of("K1"))) == []
    boek["pleegkinderen"][0]["roepnaam"] = ""
    keuring = check(boek, bsn_of("K1"))
    assert found(keuring) == [("pleegkinderen", 2, "roepnaam", "verplicht")]
    assert ("pleegkinderen", 3, "bsn") in waiting(keuring)


def two_children(**rijen: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The small workbook with a second child, K2, in a plaatsing of its own, P2."""
    kinderen = [{}, {"nummer": "K2", "bsn": ""}]
    return boek_met(**{"pleegkinderen": kinderen, "plaatsingen": [{}, {"nummer": "P2", "pleegkind": "K2"}], **rijen})


BEKEND = Bekend(
    plaatsingen={
        "P1": BekendePlaatsing("K1", PlaatsingVorm.VOLTIJD, date(2025, 1, 10), date(2026, 3, 1)),
        "P2": BekendePlaatsing("K2", PlaatsingVorm.VOLTIJD, date(2025, 1, 10), date(2026, 3, 1)),
    },
    feiten={
        **{blad: {nummer: BekendFeit("P1", date(2025, 6, 1))}
           for blad, nummer in (("kindgesprekken", "T1"), ("veiligheidschecks", "C1"), ("huisbezoeken", "H1"))},
        **{blad: {nummer: BekendFeit("K1", date(2025, 6, 1))}
           for blad, nummer in (("casuistiekbesprekingen", "S1"), ("signalen", "X1"), ("uitzonderingen", "U1"))},
    },
)  # fmt: skip


@pytest.mark.parametrize("blad", ["kindgesprekken", "veiligheidschecks", "huisbezoeken"])
def test_an_event_does_not_move_to_the_plaatsing_of_another_child(blad: str) -> None:
    moved = two_children(**{blad: [{"plaatsing": "P2"}]})
    assert found(check(moved, BEKEND)) == [(blad, 2, "plaatsing", "ander_kind")]
    assert found(check(moved)) == []  # new in this file
    assert found(check(two_children(), BEKEND)) == []


@pytest.mark.parametrize("blad", ["casuistiekbesprekingen", "signalen", "uitzonderingen"])
def test_a_fact_does_not_move_to_another_child(blad: str) -> None:
    moved = two_children(**{blad: [{"pleegkind": "K2"}]})
    assert found(check(moved, BEKEND)) == [(blad, 2, "pleegkind", "ander_kind")]


def test_a_begeleiding_at_the_wrong_plaatsing_is_corrected() -> None:
    """Who guides whom is no event: nothing that was seen or said of a child goes to another one."""
    bekend = replace(BEKEND, feiten={"begeleidingen": {"B1": BekendFeit("P1", date(2025, 6, 1))}})
    assert found(check(two_children(begeleidingen=[{"plaatsing": "P2"}]), bekend)) == []


def test_a_plaatsing_takes_its_events_along() -> None:
    boek = two_children(plaatsingen=[{"pleegkind": "K2"}, {"nummer": "P2", "pleegkind": "K1"}])
    assert found(check(boek, BEKEND)) == []


def test_an_event_that_stays_with_its_child_may_change_plaatsing() -> None:
    boek = two_children(plaatsingen=[{"pleegkind": "K2"}, {"nummer": "P2", "pleegkind": "K1"}])
    boek["kindgesprekken"][0]["plaatsing"] = "P2"
    assert found(check(boek, BEKEND)) == []

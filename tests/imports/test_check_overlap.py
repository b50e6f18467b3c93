"""Overlap of full-time plaatsingen, in the file and with what is stored; also against a naive comparison."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports.bekend import Bekend, BekendePlaatsing
from app.terms import PlaatsingVorm
from tests.imports.bouw import boek_met, check, found

EERSTE, LAATSTE = date(2020, 1, 10), date(2020, 3, 1)
DAG = timedelta(days=1)


def placed(*changes: dict[str, Any], bekend: Bekend | None = None) -> list[tuple[str, int, str, str]]:
    boek = boek_met(plaatsingen=[{"nummer": f"P{place}", **own} for place, own in enumerate(changes, start=1)])
    for blad in ("begeleidingen", "kindgesprekken", "veiligheidschecks", "huisbezoeken"):
        boek[blad] = []
    return found(check(boek, bekend or Bekend()))


def overlap(*rijen: int) -> list[tuple[str, int, str, str]]:
    return [("plaatsingen", rij, "van", "overlap") for rij in rijen]


@pytest.mark.parametrize(
    ("van", "expected"),
    [(LAATSTE - DAG, overlap(3)), (LAATSTE, []), (LAATSTE + DAG, [])],
)
def test_a_child_may_leave_and_enter_on_one_day(van: date, expected: list[tuple[str, int, str, str]]) -> None:
    assert placed({"van": EERSTE, "tot": LAATSTE}, {"van": van, "tot": ""}) == expected


@pytest.mark.parametrize("eerste", ["voltijd", "crisis", "deeltijd"])
@pytest.mark.parametrize("tweede", ["voltijd", "crisis", "deeltijd"])
def test_only_voltijd_and_crisis_overlap(eerste: str, tweede: str) -> None:
    expected = [] if "deeltijd" in {eerste, tweede} else overlap(3)
    assert placed({"vorm": eerste, "van": EERSTE}, {"vorm": tweede, "van": EERSTE + DAG}) == expected


def test_the_later_van_is_reported_also_when_it_stands_first() -> None:
    assert placed({"van": EERSTE + DAG, "tot": ""}, {"van": EERSTE, "tot": ""}) == overlap(2)


def test_of_equal_days_the_later_row_is_reported() -> None:
    assert placed({"van": EERSTE, "tot": ""}, {"van": EERSTE, "tot": ""}) == overlap(3)


def test_every_stay_within_a_long_one_is_reported() -> None:
    short = [{"van": EERSTE + DAG * n, "tot": EERSTE + DAG * (n + 1)} for n in (3, 9)]
    assert placed({"van": EERSTE, "tot": ""}, *short) == overlap(3, 4)


def test_different_children_do_not_overlap() -> None:
    boek = boek_met(pleegkinderen=[{}, {"nummer": "K2", "bsn": ""}])
    boek["plaatsingen"].append({**boek["plaatsingen"][0], "nummer": "P2", "pleegkind": "K2"})
    assert found(check(boek)) == []


@pytest.mark.parametrize(
    "change", [{"van": ""}, {"van": "x"}, {"tot": "x"}, {"vorm": "x"}, {"pleegkind": "Z9"}, {"pleegkind": ""}]
)
def test_a_row_with_a_faulty_part_does_not_overlap(change: dict[str, Any]) -> None:
    faults = placed({"van": EERSTE, "tot": ""}, {"van": EERSTE, "tot": "", **change})
    assert [(rij, code) for _, rij, _, code in faults if code == "overlap"] == []
    assert len(faults) == 1


def test_two_stays_of_an_unknown_child_do_not_overlap() -> None:
    row = {"pleegkind": "Z9", "van": EERSTE, "tot": ""}
    assert placed(row, row) == [("plaatsingen", rij, "pleegkind", "onbekende_verwijzing") for rij in (2, 3)]


def test_a_second_row_of_one_nummer_is_only_that() -> None:
    row = {"nummer": "P1", "van": EERSTE, "tot": ""}
    assert placed(row, row) == [("plaatsingen", 3, "nummer", "dubbel_nummer")]


def test_an_empty_period_overlaps_with_nothing() -> None:
    assert placed({"van": EERSTE, "tot": ""}, {"van": LAATSTE, "tot": LAATSTE}) == []


STORED = Bekend(plaatsingen={"S1": BekendePlaatsing("K1", PlaatsingVorm.CRISIS, EERSTE, LAATSTE)})


@pytest.mark.parametrize(
    ("van", "tot", "expected"),
    [
        (LAATSTE, "", []),
        (LAATSTE - DAG, "", overlap(2)),
        (EERSTE - DAG, EERSTE, []),
        (EERSTE - DAG, EERSTE + DAG, overlap(2)),  # the stored one is later, but has no row
        (EERSTE - DAG, "", overlap(2)),
        (EERSTE + DAG, LAATSTE - DAG, overlap(2)),
    ],
)
def test_a_row_overlaps_with_what_is_stored(van: date, tot: Any, expected: list[Any]) -> None:
    assert placed({"van": van, "tot": tot}, bekend=STORED) == expected


def test_a_stored_plaatsing_that_is_in_the_file_counts_no_more() -> None:
    bekend = Bekend(plaatsingen={"P1": BekendePlaatsing("K1", PlaatsingVorm.VOLTIJD, EERSTE)})
    assert placed({"van": EERSTE, "tot": LAATSTE}, {"van": LAATSTE, "tot": ""}, bekend=bekend) == []


def test_a_stored_plaatsing_of_another_child_or_kind_does_not_overlap() -> None:
    stored: Mapping[str, BekendePlaatsing] = {
        "S1": BekendePlaatsing("K2", PlaatsingVorm.VOLTIJD, EERSTE),
        "S2": BekendePlaatsing("K1", PlaatsingVorm.DEELTIJD, EERSTE),
        "S3": BekendePlaatsing("K1", PlaatsingVorm.VOLTIJD, LAATSTE, LAATSTE),
    }
    assert placed({"van": EERSTE, "tot": ""}, bekend=Bekend(plaatsingen=stored)) == []


def days(van: int, duur: int | None) -> tuple[date, date]:
    start = EERSTE + DAG * van
    return start, date.max if duur is None else start + DAG * duur


PERIODE = st.tuples(st.integers(0, 30), st.none() | st.integers(0, 10))


@given(st.lists(PERIODE, max_size=8), st.lists(PERIODE, max_size=4))
def test_the_same_rows_are_found_as_by_comparing_every_pair(
    file: list[tuple[int, int | None]], known: list[tuple[int, int | None]]
) -> None:
    rows = [(*days(*own), rij) for rij, own in enumerate(file, start=2)]
    others = [days(*own) for own in known]
    expected = {
        rij
        for van, tot, rij in rows
        if any(max(van, a) < min(tot, b) for a, b in others)
        or any(max(van, a) < min(tot, b) and (a, other) < (van, rij) for a, b, other in rows)
    }
    bekend = Bekend(
        plaatsingen={
            f"S{n}": BekendePlaatsing("K1", PlaatsingVorm.VOLTIJD, van, None if tot == date.max else tot)
            for n, (van, tot) in enumerate(others)
        }
    )
    boek = boek_met()
    model = boek["plaatsingen"][0]
    boek["plaatsingen"] = [
        {**model, "nummer": f"P{rij}", "van": van, "tot": "" if tot == date.max else tot} for van, tot, rij in rows
    ]
    faults = found(check({"plaatsingen": boek["plaatsingen"]}, with_others(bekend)))
    assert {rij for _, rij, _, code in faults if code == "overlap"} == expected
    assert len(faults) == len(expected)


def with_others(bekend: Bekend) -> Bekend:
    return Bekend({"pleegkinderen": frozenset({"K1"}), "pleeggezinnen": frozenset({"G1"})}, bekend.plaatsingen)

"""The oracle at the edges, each worked out by hand from normen.md §4 and §5: the family."""

from datetime import date, timedelta

import pytest

from .kalender import add_maanden
from .klein import (
    P,
    build_lid,
    build_plaatsing,
    build_vgb,
    build_werkboek,
    get_uiterlijk,
    judge_een,
)
from .orakel import oordelen


@pytest.mark.parametrize(
    ("terug", "geldig", "f"),
    [
        (date(2022, 2, 28), True, date(2019, 1, 1)),  # m(29 Feb 2020, 24), that day included
        (date(2022, 3, 1), False, date(2022, 3, 1)),
    ],
)
def test_a_family_run_ends_after_24_months(terug: date, geldig: bool, f: date) -> None:  # noqa: FBT001
    werkboek = build_werkboek(
        plaatsingen=[
            build_plaatsing("P1", date(2019, 1, 1), date(2020, 2, 29)),
            build_plaatsing("P2", terug, None),
        ],
        vgbs=[build_vgb("V", "afgegeven", date(2019, 1, 1))],
    )
    p = date(2022, 4, 1)
    assert get_uiterlijk(werkboek, p, "VGB-T") == (None if geldig else f)
    assert get_uiterlijk(werkboek, p, "EVAL-J") == add_maanden(f, 12)


@pytest.mark.parametrize(("dag", "geldig"), [(date(2020, 2, 28), False), (date(2020, 2, 29), True)])
def test_a_vgb_from_the_end_of_the_earlier_run_is_valid(dag: date, geldig: bool) -> None:  # noqa: FBT001
    werkboek = build_werkboek(
        plaatsingen=[
            build_plaatsing("P1", date(2019, 1, 1), date(2020, 2, 29)),
            build_plaatsing("P2", date(2023, 1, 1), None),
        ],
        vgbs=[build_vgb("V", "afgegeven", dag)],
    )
    assert (get_uiterlijk(werkboek, date(2023, 2, 1), "VGB-T") is None) == geldig


A, W, I, Q = "afgegeven", "geweigerd", "ingetrokken", "aangevraagd"  # noqa: E741


@pytest.mark.parametrize(
    ("beslissingen", "netwerk", "uiterlijk"),
    [
        ([], False, P),
        ([], True, date(2024, 5, 11)),  # contract of 10 February 2024 + 91 d
        ([(Q, date(2024, 2, 1))], True, date(2024, 5, 11)),
        ([(I, date(2023, 1, 1))], True, P),  # a withdrawal before B: B
        ([(A, date(2024, 2, 1)), (I, date(2024, 6, 1))], True, date(2024, 6, 1)),
        ([(I, date(2024, 6, 1)), (A, date(2024, 6, 1))], False, None),  # on one day the later row wins
        ([(A, date(2024, 6, 1)), (W, date(2024, 6, 1))], False, date(2024, 6, 1)),
        ([(A, date(2024, 6, 2)), (W, date(2024, 6, 1))], False, None),  # another day: the date wins
        ([(W, date(2024, 6, 1)), (Q, date(2024, 6, 2))], True, date(2024, 6, 1)),
    ],
)
def test_vgb_of_a_pleegouder(
    beslissingen: list[tuple[str, date]],
    netwerk: bool,  # noqa: FBT001
    uiterlijk: date | None,
) -> None:
    soort = "netwerk" if netwerk else "bestand"
    werkboek = build_werkboek(
        pleeggezinnen=[{"nummer": "G", "soort": soort, "pleegcontract_op": date(2024, 2, 10)}],
        vgbs=[build_vgb(f"V{plaats}", *paar) for plaats, paar in enumerate(beslissingen)],
    )
    assert get_uiterlijk(werkboek, date(2024, 7, 1), "VGB-T") == uiterlijk


@pytest.mark.parametrize(
    ("twaalf", "norm"),
    [(P - timedelta(days=1), "VGB-T"), (P, "VGB-T"), (P + timedelta(days=1), "VGB-12")],
)
def test_an_inwonende_of_12_on_b_or_after(twaalf: date, norm: str) -> None:
    lid = build_lid("L", "inwonende", twaalf.replace(year=twaalf.year - 12), date(2015, 1, 1))
    werkboek = build_werkboek(gezinsleden=[lid])
    rijen = [rij for rij in oordelen(werkboek, date(2024, 3, 1)) if rij["onderwerp_nummer"] == "L"]
    assert [(rij["norm"], rij["uiterlijk"]) for rij in rijen] == [(norm, max(P, twaalf))]


def test_the_12th_birthday_is_announced_60_days_before() -> None:
    twaalf = date(2024, 9, 1)
    lid = build_lid("L", "inwonende", date(2012, 9, 1), date(2015, 1, 1))
    werkboek = build_werkboek(gezinsleden=[lid])
    assert judge_een(werkboek, twaalf - timedelta(days=61), "VGB-12") is None
    rij = judge_een(werkboek, twaalf - timedelta(days=60), "VGB-12")
    assert rij is not None
    assert (rij["stand"], rij["zwaarte"]) == ("nadert", "streef")


def test_who_left_needs_no_vgb_from_that_day() -> None:
    weg = date(2024, 6, 1)
    werkboek = build_werkboek(gezinsleden=[build_lid("L", "pleegouder", date(1980, 1, 1), date(2015, 1, 1), weg)])
    assert judge_een(werkboek, weg - timedelta(days=1), "VGB-T") is not None
    assert judge_een(werkboek, weg, "VGB-T") is None


def test_an_evaluation_before_the_contract_is_not_the_last() -> None:
    werkboek = build_werkboek(
        pleeggezinnen=[{"nummer": "G", "soort": "bestand", "pleegcontract_op": date(2024, 3, 1)}],
        evaluaties=[{"nummer": "E", "pleeggezin": "G", "datum": date(2024, 2, 29)}],
    )
    rij = judge_een(werkboek, date(2024, 4, 1), "EVAL-J")
    assert rij is not None
    assert (rij["laatste_datum"], rij["uiterlijk"]) == (None, date(2025, 3, 1))
    # On a day before the contract there is no C: then the evaluation counts.
    assert get_uiterlijk(werkboek, date(2024, 2, 29), "EVAL-J") == date(2025, 2, 28)


def test_two_plaatsingen_in_one_family_show_it_once() -> None:
    plaatsingen = [build_plaatsing("P", P, None), build_plaatsing("P2", P, None, vorm="deeltijd")]
    rijen = oordelen(build_werkboek(plaatsingen=plaatsingen), date(2024, 3, 1))
    assert sorted((rij["norm"], rij["onderwerp_nummer"]) for rij in rijen) == [
        ("EVAL-J", "G"),
        ("HB", "P"),
        ("HVP-6", "K"),
        ("KAG-3", "P"),
        ("KAG-R", "P"),
        ("ONT-J", "K"),
        ("VC-J", "P"),
        ("VC-J", "P2"),
        ("VGB-T", "L"),
        ("VP", "K"),
    ]

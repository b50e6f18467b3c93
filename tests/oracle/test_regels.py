"""The oracle at the edges, each worked out by hand from domein.md §4 and §5."""

from datetime import date, timedelta
from typing import Any

import pytest

from .feiten import pick_versies
from .kalender import add_maanden
from .klein import (
    P,
    build_gesprek,
    build_lid,
    build_maatregel,
    build_plaatsing,
    build_signaal,
    build_uitzondering,
    build_vgb,
    build_werkboek,
    get_uiterlijk,
    judge_een,
)
from .orakel import oordelen


@pytest.mark.parametrize(
    ("p", "stand", "dagen"),
    [
        (date(2024, 4, 30), "op_tijd", None),
        (date(2024, 5, 1), "nadert", None),
        (date(2024, 5, 31), "nadert", None),
        (date(2024, 6, 1), "te_laat", 1),
    ],
)
def test_never_done_counts_from_the_anchor(p: date, stand: str, dagen: int | None) -> None:
    rij = judge_een(build_werkboek(), p, "KAG-R")
    assert rij is not None
    assert (rij["uiterlijk"], rij["stand"], rij["dagen_te_laat"]) == (date(2024, 5, 31), stand, dagen)


@pytest.mark.parametrize(
    ("dagen", "uiterlijk"),
    [
        ([], date(2024, 5, 31)),
        ([date(2024, 2, 1), date(2024, 2, 1)], date(2024, 9, 30)),  # one day counts once
        ([date(2024, 2, 1), date(2024, 3, 1)], date(2025, 1, 31)),
        ([date(2024, 2, 1), date(2024, 2, 29), date(2024, 4, 1)], date(2025, 2, 1)),
        ([date(2024, 2, 1), date(2024, 2, 29), date(2024, 4, 1), date(2024, 5, 1)], date(2025, 2, 28)),
    ],
)
def test_three_talks_a_year(dagen: list[date], uiterlijk: date) -> None:
    gesprekken = [build_gesprek(f"T{plaats}", dag) for plaats, dag in enumerate(dagen)]
    werkboek = build_werkboek(kindgesprekken=gesprekken)
    assert get_uiterlijk(werkboek, date(2024, 5, 5), "KAG-3") == uiterlijk


@pytest.mark.parametrize(
    "gebrek",
    [
        {"doorgegaan": False},
        {"alleen": False},
        {"vorm": "telefoon"},
        {"vorm": "beeldbellen"},
        {"veiligheid_besproken": False},
        {"datum": date(2024, 3, 3)},  # after the peildatum
        {"_ingetrokken": True},
    ],
)
def test_a_talk_that_does_not_count_never_resets_the_clock(gebrek: dict[str, object]) -> None:
    werkboek = build_werkboek(kindgesprekken=[build_gesprek("T", date(2024, 3, 1), **gebrek)])
    rij = judge_een(werkboek, date(2024, 3, 2), "KAG-R")
    assert rij is not None
    assert (rij["laatste_datum"], rij["uiterlijk"]) == (None, date(2024, 5, 31))


@pytest.mark.parametrize(
    ("bekend", "checks", "uiterlijk"),
    [
        (P, [], date(2025, 1, 31)),  # the day of the anchor itself does not
        (date(2024, 2, 1), [], date(2024, 2, 8)),
        (date(2024, 3, 1), [date(2024, 3, 1)], date(2025, 3, 1)),
        (date(2024, 3, 2), [date(2024, 3, 1)], date(2024, 3, 9)),
        (date(2024, 3, 2), [date(2024, 4, 1)], date(2025, 4, 1)),
        (date(2025, 1, 30), [], date(2025, 1, 31)),  # only if that is earlier
    ],
)
def test_a_signal_asks_for_a_check_within_a_week(bekend: date, checks: list[date], uiterlijk: date) -> None:
    werkboek = build_werkboek(
        signalen=[build_signaal(bekend, datum=date(2024, 1, 1), vraagt_veiligheidscheck=True)],
        veiligheidschecks=[{"nummer": f"C{dag}", "plaatsing": "P", "datum": dag} for dag in checks],
    )
    assert get_uiterlijk(werkboek, date(2025, 1, 30), "VC-J") == uiterlijk


def test_the_earliest_signal_decides() -> None:
    signalen = [build_signaal(date(2024, 3, dag), nummer=f"X{dag}", vraagt_veiligheidscheck=True) for dag in (9, 4)]
    werkboek = build_werkboek(signalen=signalen)
    assert get_uiterlijk(werkboek, date(2024, 3, 3), "VC-J") == date(2025, 1, 31)
    assert get_uiterlijk(werkboek, date(2024, 3, 10), "VC-J") == date(2024, 3, 11)


@pytest.mark.parametrize(("dag_na_tot", "z"), [(0, date(2023, 1, 1)), (1, date(2023, 1, 1)), (2, date(2023, 6, 3))])
def test_zorgperiode_bridges_one_day(dag_na_tot: int, z: date) -> None:
    weg = date(2023, 6, 1)
    terug = weg + timedelta(days=dag_na_tot)
    werkboek = build_werkboek(
        plaatsingen=[build_plaatsing("P1", date(2023, 1, 1), weg), build_plaatsing("P2", terug, None)]
    )
    assert get_uiterlijk(werkboek, date(2023, 7, 1), "VP") == add_maanden(z, 3)
    # On a bridged day the child is not in zorg: only CAL-3 could stand on it.
    assert (judge_een(werkboek, weg, "VP") is None) == (dag_na_tot > 0)


def test_a_long_plaatsing_bridges_what_a_short_one_does_not() -> None:
    werkboek = build_werkboek(
        plaatsingen=[
            build_plaatsing("P1", date(2023, 1, 1), date(2023, 9, 1)),
            build_plaatsing("P2", date(2023, 2, 1), date(2023, 3, 1), vorm="deeltijd"),
            build_plaatsing("P3", date(2023, 9, 1), None),
        ]
    )
    assert get_uiterlijk(werkboek, date(2023, 10, 1), "VP") == date(2023, 4, 1)


@pytest.mark.parametrize(
    ("maatregelen", "uiterlijk"),
    [
        ([("ots", date(2023, 1, 1), None)], date(2024, 8, 15)),
        ([("ots", date(2024, 5, 1), None)], date(2024, 11, 1)),
        (
            [("ots", date(2024, 1, 1), date(2024, 5, 1)), ("voogdij_gi", date(2024, 5, 2), None)],
            date(2024, 8, 15),
        ),
        (
            [("ots", date(2024, 1, 1), date(2024, 5, 1)), ("voogdij_gi", date(2024, 5, 3), None)],
            date(2024, 11, 3),
        ),
        (
            [("vrijwillig", date(2024, 1, 1), date(2024, 5, 1)), ("ots", date(2024, 5, 1), None)],
            date(2024, 11, 1),
        ),
    ],
)
def test_mdo_counts_from_the_measure_or_the_discussion(
    maatregelen: list[tuple[str, date, date | None]], uiterlijk: date
) -> None:
    besprekingen = [
        {"nummer": "S1", "pleegkind": "K", "datum": date(2024, 2, 15), "multidisciplinair": True},
        {"nummer": "S2", "pleegkind": "K", "datum": date(2024, 4, 1), "multidisciplinair": False},
    ]
    werkboek = build_werkboek(
        maatregelen=[build_maatregel(*maatregel) for maatregel in maatregelen],
        casuistiekbesprekingen=besprekingen,
    )
    rij = judge_een(werkboek, date(2024, 6, 1), "MDO")
    assert rij is not None
    # L is counted from Z, also when it is before the measure.
    assert (rij["laatste_datum"], rij["uiterlijk"]) == (date(2024, 2, 15), uiterlijk)


def test_no_mdo_on_a_day_between_two_measures() -> None:
    werkboek = build_werkboek(
        maatregelen=[
            build_maatregel("ots", date(2024, 2, 1), date(2024, 5, 1)),
            build_maatregel("ots", date(2024, 5, 2), None),
        ]
    )
    assert judge_een(werkboek, date(2024, 5, 1), "MDO") is None
    assert get_uiterlijk(werkboek, date(2024, 5, 2), "MDO") == date(2024, 8, 1)


@pytest.mark.parametrize(
    ("geboren", "uiterlijk"),
    [(date(2020, 7, 31), date(2025, 1, 31)), (date(2020, 8, 1), date(2024, 7, 31))],
)
def test_development_is_mapped_twice_as_often_before_4(geboren: date, uiterlijk: date) -> None:
    werkboek = build_werkboek(pleegkinderen=[{"nummer": "K", "geboortedatum": geboren}])
    assert get_uiterlijk(werkboek, date(2024, 3, 1), "ONT-J") == uiterlijk


def test_vertrouwenspersoon_also_from_before_z_and_the_latest_is_shown() -> None:
    personen = [{"nummer": f"W{dag}", "pleegkind": "K", "sinds": dag} for dag in (date(2020, 1, 1), date(2022, 1, 1))]
    rij = judge_een(build_werkboek(vertrouwenspersonen=personen), date(2026, 1, 1), "VP")
    assert rij is not None
    assert (rij["laatste_datum"], rij["uiterlijk"], rij["stand"]) == (date(2022, 1, 1), None, "op_tijd")


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


@pytest.mark.parametrize(
    ("geboren", "p", "zwaarte"),
    [
        (date(2006, 3, 1), date(2024, 2, 29), "norm"),
        (date(2006, 3, 1), date(2024, 3, 1), "streef"),
        (date(2008, 2, 29), date(2026, 2, 28), "norm"),
        (date(2008, 2, 29), date(2026, 3, 1), "streef"),
    ],
)
def test_from_the_18th_birthday_child_and_plaatsing_are_streef(geboren: date, p: date, zwaarte: str) -> None:
    werkboek = build_werkboek(
        pleegkinderen=[{"nummer": "K", "geboortedatum": geboren}],
        signalen=[build_signaal(P, calamiteit=True)],
    )
    rijen = {rij["norm"]: rij["zwaarte"] for rij in oordelen(werkboek, p)}
    assert {rijen[norm] for norm in ("KAG-3", "KAG-R", "VC-J", "ONT-J", "HVP-6")} == {zwaarte}
    # Family, members and signaal are not the child or its plaatsing.
    assert (rijen["VGB-T"], rijen["CAL-3"]) == ("norm", "norm")


def test_pleegoudervoogdij_makes_the_talks_streef_and_keeps_the_check() -> None:
    werkboek = build_werkboek(
        maatregelen=[build_maatregel("pleegoudervoogdij", P, date(2024, 6, 1))],
    )
    rijen = {rij["norm"]: rij["zwaarte"] for rij in oordelen(werkboek, date(2024, 5, 31))}
    assert (rijen["KAG-3"], rijen["KAG-R"], rijen["HB"]) == ("streef", "streef", "streef")
    assert (rijen["VC-J"], rijen["POV-1"]) == ("norm", "norm")
    assert {rij["norm"]: rij["zwaarte"] for rij in oordelen(werkboek, date(2024, 6, 1))}["KAG-R"] == "norm"


@pytest.mark.parametrize(
    ("uitzonderingen", "genoemd"),
    [
        ([build_uitzondering("U", date(2024, 8, 1))], "U"),  # p is the first day
        ([build_uitzondering("U", date(2024, 7, 2))], "U"),  # p is the last day
        ([build_uitzondering("U", date(2024, 7, 1))], None),
        ([build_uitzondering("U", date(2024, 8, 2))], None),
        ([build_uitzondering("U", date(2024, 8, 1), goedgekeurd_door=None)], None),
        ([build_uitzondering("U", date(2024, 8, 1), goedgekeurd_door="M1", opgesteld_door="M3")], None),
        ([build_uitzondering("U", date(2024, 8, 1), goedgekeurd_door="M3", opgesteld_door="M3")], None),
        ([build_uitzondering("U", date(2024, 8, 1), goedgekeurd_door="M3")], "U"),
        ([build_uitzondering("U", date(2024, 8, 1), normen=("KAG-3",))], None),
        ([build_uitzondering("U", date(2024, 8, 1), pleegkind="ANDER")], None),
        ([build_uitzondering(f"U{dag}", date(2024, 7, dag)) for dag in (20, 10, 15)], "U10"),
    ],
)
def test_uitzondering(uitzonderingen: list[dict[str, Any]], genoemd: str | None) -> None:
    werkboek = build_werkboek(uitzonderingen=uitzonderingen)
    for norm, dagen in (("KAG-R", 62), ("VGB-T", 183)):
        rij = judge_een(werkboek, date(2024, 8, 1), norm)
        assert rij is not None
        assert rij["uitzondering_nummer"] == genoemd
        assert rij["stand"] == ("uitzondering" if genoemd else "te_laat")
        assert rij["dagen_te_laat"] == dagen


def test_an_uitzondering_changes_nothing_that_is_not_late() -> None:
    werkboek = build_werkboek(uitzonderingen=[build_uitzondering("U", date(2024, 5, 31))])
    rij = judge_een(werkboek, date(2024, 5, 31), "KAG-R")
    assert rij is not None
    assert (rij["stand"], rij["uitzondering_nummer"], rij["te_laat_sinds"]) == ("nadert", None, None)


@pytest.mark.parametrize(
    ("anders", "laatste", "uiterlijk"),
    [
        ({}, None, date(2024, 3, 27)),
        ({"bij_twijfel": True}, None, date(2024, 5, 3)),
        ({"gemeld_igj_op": date(2024, 6, 1)}, date(2024, 6, 1), None),
        ({"gemeld_igj_op": date(2024, 6, 2)}, None, date(2024, 3, 27)),
    ],
)
def test_calamiteit_also_of_a_child_that_left(
    anders: dict[str, object], laatste: date | None, uiterlijk: date | None
) -> None:
    werkboek = build_werkboek(
        plaatsingen=[build_plaatsing("P", P, date(2024, 3, 1))],
        signalen=[build_signaal(date(2024, 3, 22), calamiteit=True, **anders)],
    )
    rijen = oordelen(werkboek, date(2024, 6, 1))
    assert [(rij["norm"], rij["laatste_datum"], rij["uiterlijk"]) for rij in rijen] == [("CAL-3", laatste, uiterlijk)]


def test_herscreening_only_with_a_date_or_n() -> None:
    normen = [
        {
            "code": "VGB-H",
            "versie": 1,
            "geldig_van": date(1900, 1, 1),
            "geldig_tot": None,
            "zwaarte": "norm",
            "waarschuwing_dagen": 60,
            "parameters": {"maanden": 36},
        }
    ]
    zonder = build_werkboek(vgbs=[build_vgb("V", "afgegeven", P)])
    met = build_werkboek(vgbs=[build_vgb("V", "afgegeven", P, herscreening_uiterlijk=date(2025, 1, 1))])
    p = date(2024, 3, 1)
    assert judge_een(zonder, p, "VGB-H") is None
    assert [rij["uiterlijk"] for rij in oordelen(zonder, p, normen)] == [date(2027, 1, 31)]
    assert [rij["uiterlijk"] for rij in oordelen(met, p, normen)] == [date(2025, 1, 1)]


def test_the_version_in_force_on_p_decides() -> None:
    versie = {
        "code": "KAG-R",
        "versie": 1,
        "geldig_van": date(1900, 1, 1),
        "geldig_tot": date(2024, 4, 1),
        "zwaarte": "norm",
        "waarschuwing_dagen": 30,
        "parameters": {"maanden": 4},
    }
    nieuw = {**versie, "versie": 2, "geldig_van": date(2024, 4, 1), "geldig_tot": None}
    normen = [versie, {**nieuw, "zwaarte": "streef", "parameters": {"maanden": 1}}]
    voor, na = (oordelen(build_werkboek(), dag, normen)[0] for dag in (date(2024, 3, 31), date(2024, 4, 1)))
    assert (voor["uiterlijk"], voor["zwaarte"]) == (date(2024, 5, 31), "norm")
    assert (na["uiterlijk"], na["zwaarte"]) == (date(2024, 2, 29), "streef")


def test_versions_correction_and_withdrawal() -> None:
    gesprekken = [
        build_gesprek("T", date(2024, 2, 10)),
        build_gesprek("T", date(2024, 2, 20), _volgorde=2),
        build_gesprek("T", date(2024, 2, 20), _volgorde=4, _ingetrokken=True),
    ]
    werkboek = build_werkboek(kindgesprekken=gesprekken)
    laatste = [
        oordelen(werkboek, date(2024, 3, 1), bekend_tot=moment)[3]["laatste_datum"] for moment in (0, 1, 2, 3, 4, None)
    ]
    dag_10, dag_20 = date(2024, 2, 10), date(2024, 2, 20)
    assert laatste == [dag_10, dag_10, dag_20, dag_20, None, None]


def test_a_correction_keeps_the_place_of_its_first_version() -> None:
    dag = date(2024, 2, 1)
    vgbs = [
        build_vgb("V1", "aangevraagd", dag),
        build_vgb("V2", "geweigerd", dag),
        build_vgb("V1", "afgegeven", dag, _volgorde=5),
    ]
    assert [rij["nummer"] for rij in pick_versies(vgbs, None)] == ["V1", "V2"]
    assert get_uiterlijk(build_werkboek(vgbs=vgbs), date(2024, 3, 1), "VGB-T") == dag

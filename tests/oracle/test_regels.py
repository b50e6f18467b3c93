"""The oracle at the edges, each worked out by hand from normen.md §4 and §5: the child and its plaatsing."""

from datetime import date, timedelta

import pytest

from .kalender import add_maanden
from .klein import (
    P,
    build_gesprek,
    build_maatregel,
    build_plaatsing,
    build_signaal,
    build_werkboek,
    get_uiterlijk,
    judge_een,
)


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

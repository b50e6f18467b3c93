"""The oracle at the edges, each worked out by hand from normen.md §4 and §5: weight, exceptions and versions."""

from datetime import date
from typing import Any

import pytest

from .feiten import pick_versies
from .klein import (
    P,
    build_gesprek,
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

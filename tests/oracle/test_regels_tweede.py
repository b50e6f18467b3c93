"""The oracle at the edges of normen.md §5b, each worked out by hand: seen, and what asks for an answer."""

from datetime import date
from typing import Any

import pytest

from .klein import (
    P,
    build_gesprek,
    build_gezien,
    build_plaatsing,
    build_signaal,
    build_stap,
    build_werkboek,
    build_zorg,
    get_uiterlijk,
    judge_alle,
    judge_een,
)
from .normen import NIEUW

DAG_1 = date(2026, 10, 1)  # a Thursday
VRIJDAG, MAANDAG = date(2026, 10, 2), date(2026, 10, 5)
Feiten = dict[str, list[dict[str, Any]]]


def test_before_the_first_day_there_is_nothing_new() -> None:
    vroeg = date(2026, 9, 30)
    werkboek = build_werkboek(
        veiligheidschecks=[build_zorg("C", vroeg)],
        acties=[{"nummer": "Y", "pleegkind": "K", "datum": vroeg, "uiterlijk": vroeg, "gedaan_op": None}],
    )
    assert {rij["norm"] for rij in judge_alle(werkboek, vroeg)} & NIEUW.keys() == set()
    # The check was before k may be; the action stands.
    assert {rij["norm"] for rij in judge_alle(werkboek, DAG_1)} & NIEUW.keys() == {"ZIEN", "ACT"}


# --- seen ---


@pytest.mark.parametrize(
    ("p", "stand"),
    [
        (date(2026, 10, 7), "op_tijd"),
        (date(2026, 10, 8), "nadert"),
        (date(2026, 10, 15), "nadert"),
        (date(2026, 10, 16), "te_laat"),
    ],
)
def test_a_child_that_came_is_seen_within_two_weeks(p: date, stand: str) -> None:
    rij = judge_een(build_werkboek(plaatsingen=[build_plaatsing("P", DAG_1, None)]), p, "ZIEN")
    assert rij is not None
    assert (rij["uiterlijk"], rij["stand"], rij["zwaarte"]) == (date(2026, 10, 15), stand, "streef")


NIET_GEZIEN = date(2024, 2, 14)  # P + 14 d
GEZIEN = date(2026, 11, 16)  # 5 October + 42 d


@pytest.mark.parametrize(
    ("feiten", "uiterlijk"),
    [
        ({}, NIET_GEZIEN),
        ({"kindgesprekken": [build_gesprek("T", MAANDAG)]}, GEZIEN),
        ({"kindgesprekken": [build_gesprek("T", MAANDAG, alleen=False, veiligheid_besproken=False)]}, GEZIEN),
        ({"kindgesprekken": [build_gesprek("T", MAANDAG, vorm="beeldbellen")]}, NIET_GEZIEN),
        ({"kindgesprekken": [build_gesprek("T", MAANDAG, doorgegaan=False)]}, NIET_GEZIEN),
        ({"huisbezoeken": [build_gezien("H", MAANDAG)]}, GEZIEN),
        ({"huisbezoeken": [build_gezien("H", MAANDAG, kind_gezien=False)]}, NIET_GEZIEN),
        ({"huisbezoeken": [build_gezien("H", MAANDAG, kind_gezien=None)]}, NIET_GEZIEN),
        ({"huisbezoeken": [build_gezien("H", MAANDAG, plaatsing="ANDER")]}, NIET_GEZIEN),
        ({"huisbezoeken": [build_gezien("H", date(2026, 10, 21))]}, NIET_GEZIEN),  # after p
        ({"veiligheidschecks": [build_gezien("C", MAANDAG)]}, GEZIEN),
        ({"veiligheidschecks": [build_gezien("C", P)]}, date(2024, 3, 13)),  # P itself, before there was a ZIEN
    ],
)
def test_seen_is_face_to_face_and_need_not_be_alone(feiten: Feiten, uiterlijk: date) -> None:
    assert get_uiterlijk(build_werkboek(**feiten), date(2026, 10, 20), "ZIEN") == uiterlijk


def test_deeltijd_asks_one_talk_a_year_and_no_other_sight() -> None:
    deeltijd = {"plaatsingen": [build_plaatsing("P", date(2024, 2, 29), None, vorm="deeltijd")]}
    talk = build_gesprek("T", date(2026, 1, 31))
    for gesprekken, laatste, uiterlijk in (
        ([], None, date(2025, 2, 28)),
        ([talk], date(2026, 1, 31), date(2027, 1, 31)),
        ([{**talk, "alleen": False}], None, date(2025, 2, 28)),
    ):
        werkboek = build_werkboek(**deeltijd, kindgesprekken=gesprekken)
        rij = judge_een(werkboek, DAG_1, "KAG-D")
        assert rij is not None
        assert (rij["laatste_datum"], rij["uiterlijk"], rij["zwaarte"]) == (laatste, uiterlijk, "streef")
        assert judge_een(werkboek, DAG_1, "ZIEN") is None
        assert judge_een(werkboek, DAG_1, "KAG-R") is None
    for vorm in ("voltijd", "crisis"):
        werkboek = build_werkboek(plaatsingen=[build_plaatsing("P", P, None, vorm=vorm)])
        assert judge_een(werkboek, DAG_1, "KAG-D") is None
        assert judge_een(werkboek, DAG_1, "ZIEN") is not None


@pytest.mark.parametrize(("p", "stand"), [(DAG_1, "op_tijd"), (VRIJDAG, "nadert")])
def test_a_talk_in_deeltijd_is_announced_60_days_before(p: date, stand: str) -> None:
    deeltijd = [build_plaatsing("P", P, None, vorm="deeltijd")]
    gesprekken = [build_gesprek("T", date(2025, 12, 1))]  # + 12 months: 1 December 2026
    rij = judge_een(build_werkboek(plaatsingen=deeltijd, kindgesprekken=gesprekken), p, "KAG-D")
    assert rij is not None
    assert rij["stand"] == stand


# --- what asks for an answer ---

LAAT_BEKEND = {"datum": date(2026, 9, 20)}


@pytest.mark.parametrize(
    ("feiten", "onderwerp"),
    [
        ({"veiligheidschecks": [build_zorg("C", DAG_1)]}, ("veiligheidscheck", "C")),
        ({"veiligheidschecks": [build_zorg("C", DAG_1, uitkomst="onveilig")]}, ("veiligheidscheck", "C")),
        ({"veiligheidschecks": [build_zorg("C", DAG_1, uitkomst="veilig")]}, None),
        ({"veiligheidschecks": [build_zorg("C", date(2026, 9, 30))]}, None),
        ({"kindgesprekken": [build_gesprek("T", DAG_1, veilig_in_gezin="nee")]}, ("kindgesprek", "T")),
        ({"kindgesprekken": [build_gesprek("T", DAG_1, veilig_in_gezin="nee", vorm="telefoon")]}, ("kindgesprek", "T")),
        ({"kindgesprekken": [build_gesprek("T", DAG_1, veilig_in_gezin="nee", doorgegaan=False)]}, None),
        ({"kindgesprekken": [build_gesprek("T", DAG_1, veilig_in_gezin="twijfel")]}, None),
        ({"kindgesprekken": [build_gesprek("T", DAG_1)]}, None),
        ({"signalen": [build_signaal(DAG_1, onthulling=True, **LAAT_BEKEND)]}, ("signaal", "X")),
        ({"signalen": [build_signaal(DAG_1, letsel=True)]}, ("signaal", "X")),
        ({"signalen": [build_signaal(DAG_1, geweld=True)]}, ("signaal", "X")),
        ({"signalen": [build_signaal(DAG_1, calamiteit=True)]}, ("signaal", "X")),
        ({"signalen": [build_signaal(date(2026, 9, 30), calamiteit=True)]}, None),
        ({"signalen": [build_signaal(DAG_1, vraagt_veiligheidscheck=True)]}, None),
    ],
)
def test_which_facts_ask_for_an_answer(feiten: Feiten, onderwerp: tuple[str, str] | None) -> None:
    rijen = [rij for rij in judge_alle(build_werkboek(**feiten), DAG_1) if rij["norm"] in ("OPV-O", "OPV-B")]
    assert {(rij["onderwerp_soort"], rij["onderwerp_nummer"]) for rij in rijen} == ({onderwerp} if onderwerp else set())
    assert {(rij["norm"], rij["zwaarte"]) for rij in rijen} == (
        {("OPV-O", "norm"), ("OPV-B", "norm")} if onderwerp else set()
    )


@pytest.mark.parametrize(
    ("k", "overleg", "besluit"),
    [
        (DAG_1, VRIJDAG, date(2026, 10, 8)),
        (VRIJDAG, MAANDAG, date(2026, 10, 9)),
        (date(2026, 10, 3), MAANDAG, date(2026, 10, 9)),  # a Saturday
        (date(2026, 12, 24), date(2026, 12, 28), date(2027, 1, 4)),  # Christmas, New Year on a Friday
    ],
)
def test_overleg_within_one_working_day_and_besluit_within_five(k: date, overleg: date, besluit: date) -> None:
    werkboek = build_werkboek(veiligheidschecks=[build_zorg("C", k)])
    assert (get_uiterlijk(werkboek, k, "OPV-O"), get_uiterlijk(werkboek, k, "OPV-B")) == (overleg, besluit)


@pytest.mark.parametrize(
    ("norm", "p", "stand"),
    [
        ("OPV-O", VRIJDAG, "nadert"),  # uiterlijk 5 October, warning 5 d
        ("OPV-O", MAANDAG, "nadert"),
        ("OPV-O", date(2026, 10, 6), "te_laat"),
        ("OPV-B", date(2026, 10, 6), "op_tijd"),  # uiterlijk 9 October, warning 2 d
        ("OPV-B", date(2026, 10, 7), "nadert"),
        ("OPV-B", date(2026, 10, 10), "te_laat"),
        ("OPV-H", date(2026, 10, 22), "op_tijd"),  # uiterlijk 30 October, warning 7 d
        ("OPV-H", date(2026, 10, 23), "nadert"),
        ("OPV-H", date(2026, 10, 31), "te_laat"),
        ("OPV-O", date(2029, 1, 1), "te_laat"),  # what was not done stands, however long ago
    ],
)
def test_stand_of_an_answer(norm: str, p: date, stand: str) -> None:
    rij = judge_een(build_werkboek(veiligheidschecks=[build_zorg("C", VRIJDAG)]), p, norm)
    assert rij is not None
    assert rij["stand"] == stand


OVERLEG, BESLUIT = "overleg", "besluit"


@pytest.mark.parametrize(
    ("stappen", "overleg", "besluit"),
    [
        ([], (None, MAANDAG), (None, date(2026, 10, 9))),
        ([(OVERLEG, MAANDAG)], (MAANDAG, None), (None, date(2026, 10, 9))),
        ([(OVERLEG, MAANDAG), (OVERLEG, VRIJDAG)], (VRIJDAG, None), (None, date(2026, 10, 9))),  # the first
        ([(BESLUIT, MAANDAG)], (None, MAANDAG), (MAANDAG, None)),  # a besluit is no overleg
        ([(OVERLEG, date(2026, 11, 1))], (date(2026, 11, 1), None), (None, date(2026, 10, 9))),  # late, and done
        ([(OVERLEG, date(2026, 11, 2))], (None, MAANDAG), (None, date(2026, 10, 9))),  # after p
        ([(OVERLEG, DAG_1)], (None, MAANDAG), (None, date(2026, 10, 9))),  # before k
    ],
)
def test_steps_answer(
    stappen: list[tuple[str, date]], overleg: tuple[date | None, ...], besluit: tuple[date | None, ...]
) -> None:
    werkboek = build_werkboek(
        veiligheidschecks=[build_zorg("C", VRIJDAG)],
        opvolgstappen=[build_stap(f"N{plaats}", *stap) for plaats, stap in enumerate(stappen)],
    )
    for norm, verwacht in (("OPV-O", overleg), ("OPV-B", besluit)):
        rij = judge_een(werkboek, date(2026, 11, 1), norm)
        assert rij is not None
        assert (rij["laatste_datum"], rij["uiterlijk"]) == verwacht


def test_a_step_is_about_one_aanleiding_of_one_kind() -> None:
    werkboek = build_werkboek(
        veiligheidschecks=[build_zorg("C", VRIJDAG), build_zorg("C2", VRIJDAG)],
        kindgesprekken=[build_gesprek("C", VRIJDAG, veilig_in_gezin="nee")],
        opvolgstappen=[build_stap("N", OVERLEG, VRIJDAG)],
    )
    rijen = [rij for rij in judge_alle(werkboek, MAANDAG) if rij["norm"] == "OPV-O"]
    assert [(rij["onderwerp_soort"], rij["onderwerp_nummer"], rij["laatste_datum"]) for rij in rijen] == [
        ("kindgesprek", "C", None),
        ("veiligheidscheck", "C", VRIJDAG),
        ("veiligheidscheck", "C2", None),
    ]


@pytest.mark.parametrize(
    ("stap", "dag", "norm"),
    [(2, VRIJDAG, "OPV-O"), (5, VRIJDAG, "OPV-B"), (2, DAG_1, None), (5, DAG_1, None), (3, VRIJDAG, None)],
)
def test_steps_of_the_meldcode_answer_a_signaal_from_k_on(stap: int, dag: date, norm: str | None) -> None:
    werkboek = build_werkboek(
        signalen=[build_signaal(VRIJDAG, onthulling=True)],
        meldcodestappen=[{"nummer": "S", "signaal": "X", "stap": stap, "datum": dag}],
    )
    rijen = [rij for rij in judge_alle(werkboek, MAANDAG) if rij["norm"].startswith("OPV")]
    assert [rij["norm"] for rij in rijen if rij["laatste_datum"] == dag] == ([norm] if norm else [])


def test_what_was_done_is_shown_for_a_year() -> None:
    werkboek = build_werkboek(
        veiligheidschecks=[build_zorg("C", VRIJDAG), build_gezien("C2", date(2026, 10, 3))],
        opvolgstappen=[build_stap("N1", OVERLEG, VRIJDAG), build_stap("N2", BESLUIT, date(2027, 10, 2))],
    )
    for norm in ("OPV-O", "OPV-H"):
        assert judge_een(werkboek, date(2027, 10, 1), norm) is not None
        assert judge_een(werkboek, date(2027, 10, 2), norm) is None
    # Not done until m(k, 12): then it disappears on the day that it is done.
    assert get_uiterlijk(werkboek, date(2027, 10, 1), "OPV-B") == date(2026, 10, 9)
    assert judge_een(werkboek, date(2027, 10, 2), "OPV-B") is None


def test_an_answer_is_owed_for_a_child_that_left_but_no_hercheck() -> None:
    weg = date(2026, 10, 6)
    werkboek = build_werkboek(
        plaatsingen=[build_plaatsing("P", P, weg)],
        veiligheidschecks=[build_zorg("C", VRIJDAG)],
        acties=[{"nummer": "Y", "pleegkind": "K", "datum": VRIJDAG, "uiterlijk": MAANDAG, "gedaan_op": None}],
    )
    assert judge_een(werkboek, MAANDAG, "OPV-H") is not None
    assert [rij["norm"] for rij in judge_alle(werkboek, weg)] == ["ACT", "OPV-B", "OPV-O"]


HERCHECK = date(2026, 10, 30)  # 2 October + 28 d


@pytest.mark.parametrize(
    ("check", "verwacht"),
    [
        (build_gezien("C2", date(2026, 10, 3)), (date(2026, 10, 3), None)),
        (build_gezien("C2", VRIJDAG), (None, HERCHECK)),  # on k
        (build_gezien("C2", date(2026, 10, 3), kind_gezien=None), (None, HERCHECK)),
        (build_gezien("C2", date(2026, 10, 3), kind_gezien=False), (None, HERCHECK)),
        (build_gezien("C2", date(2026, 10, 3), plaatsing="P2"), (None, HERCHECK)),
        (build_gezien("C2", date(2026, 11, 2)), (None, HERCHECK)),  # after p
    ],
)
def test_hercheck(check: dict[str, Any], verwacht: tuple[date | None, date | None]) -> None:
    werkboek = build_werkboek(
        plaatsingen=[build_plaatsing("P", P, None), build_plaatsing("P2", P, None, vorm="deeltijd")],
        veiligheidschecks=[build_zorg("C", VRIJDAG), check],
    )
    rij = judge_een(werkboek, date(2026, 11, 1), "OPV-H", "C")
    assert rij is not None
    assert (rij["laatste_datum"], rij["uiterlijk"]) == verwacht


def test_a_hercheck_with_worries_answers_the_first_and_asks_again() -> None:
    checks = [build_zorg("C", VRIJDAG), build_zorg("C2", date(2026, 10, 12), kind_gezien=True)]
    werkboek = build_werkboek(veiligheidschecks=checks)
    assert get_uiterlijk(werkboek, date(2026, 10, 12), "OPV-H", "C") is None
    assert get_uiterlijk(werkboek, date(2026, 10, 12), "OPV-H", "C2") == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("p", "stand"),
    [
        (DAG_1, None),
        (VRIJDAG, "op_tijd"),
        (MAANDAG, "nadert"),
        (date(2026, 10, 13), "te_laat"),
        (date(2026, 10, 20), None),
    ],
)
def test_an_action_stands_until_it_is_done(p: date, stand: str | None) -> None:
    actie = {"datum": VRIJDAG, "uiterlijk": date(2026, 10, 12), "gedaan_op": date(2026, 10, 20)}
    rij = judge_een(build_werkboek(acties=[{"nummer": "Y", "pleegkind": "K", **actie}]), p, "ACT", "Y")
    assert (rij and rij["stand"]) == stand
    if rij:
        assert (rij["onderwerp_soort"], rij["zwaarte"], rij["laatste_datum"]) == ("actie", "streef", None)

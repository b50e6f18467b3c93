"""The oracle at the edges of normen.md §5b, each worked out by hand: zichtplan, exceptions, second versions."""

from datetime import date
from typing import Any

import pytest

from .klein import (
    P,
    build_gesprek,
    build_gezien,
    build_lid,
    build_maatregel,
    build_plaatsing,
    build_signaal,
    build_uitzondering,
    build_vgb,
    build_werkboek,
    build_zichtplan,
    build_zorg,
    get_uiterlijk,
    judge_een,
)

LAATSTE_OUDE, DAG_1 = date(2026, 9, 30), date(2026, 10, 1)
HALF_JAAR = date(2027, 4, 1)  # m(1 October, 6)


# --- the zichtplan ---


@pytest.mark.parametrize(
    ("anders", "geldig"),
    [
        ({}, True),
        ({"normen": ("KAG-3", "KAG-R", "KAG-D")}, True),
        ({"normen": ("KAG-R", "HB")}, False),
        ({"herzien_uiterlijk": HALF_JAAR}, True),
        ({"herzien_uiterlijk": date(2027, 4, 2)}, False),
        ({"goedgekeurd_door": "M3"}, False),  # a teamleider
        ({"goedgekeurd_door": None}, False),
        ({"opgesteld_door": "M2"}, False),  # a gedragswetenschapper, of its own plan
        ({"van": LAATSTE_OUDE}, False),
        ({"soort": "uitzondering"}, False),
    ],
)
def test_what_a_zichtplan_must_be(anders: dict[str, Any], geldig: bool) -> None:  # noqa: FBT001
    plan = {**build_zichtplan(DAG_1, herzien_uiterlijk=HALF_JAAR), **anders}
    p = date(2026, 11, 2)  # longer after van than an uitzondering without a plan covers a talk
    werkboek = build_werkboek(uitzonderingen=[plan])
    kag, zp = judge_een(werkboek, p, "KAG-R"), judge_een(werkboek, p, "ZP")
    assert kag is not None
    assert kag["stand"] == ("uitzondering" if geldig else "te_laat")
    assert (zp is not None) == geldig
    if zp:
        assert (zp["onderwerp_soort"], zp["onderwerp_nummer"], zp["zwaarte"]) == ("uitzondering", "U", "norm")


EERSTE_KEER = date(2026, 10, 15)  # van + 14 d


@pytest.mark.parametrize(
    ("feiten", "verwacht"),
    [
        ({}, (None, EERSTE_KEER)),
        ({"huisbezoeken": [build_gezien("H", LAATSTE_OUDE)]}, (None, EERSTE_KEER)),
        ({"huisbezoeken": [build_gezien("H", DAG_1)]}, (DAG_1, EERSTE_KEER)),
        ({"huisbezoeken": [build_gezien("H", date(2026, 10, 9))]}, (date(2026, 10, 9), date(2026, 10, 23))),
        ({"huisbezoeken": [build_gezien("H", date(2026, 10, 21))]}, (None, EERSTE_KEER)),  # after p
        (
            {"kindgesprekken": [build_gesprek("T", date(2026, 10, 9), plaatsing="P2", alleen=False)]},
            (date(2026, 10, 9), date(2026, 10, 23)),
        ),
        # The last day of the plaatsing is within it; the day of leaving is not.
        (
            {"huisbezoeken": [build_gezien("H", date(2026, 10, 11), plaatsing="P2")]},
            (date(2026, 10, 11), date(2026, 10, 25)),
        ),
        ({"huisbezoeken": [build_gezien("H", date(2026, 10, 12), plaatsing="P2")]}, (None, EERSTE_KEER)),
    ],
)
def test_what_a_zichtplan_promises(feiten: dict[str, list[dict[str, Any]]], verwacht: tuple[date | None, date]) -> None:
    plaatsingen = [
        build_plaatsing("P", P, None),
        build_plaatsing("P2", P, date(2026, 10, 12), vorm="deeltijd"),
    ]
    werkboek = build_werkboek(plaatsingen=plaatsingen, uitzonderingen=[build_zichtplan(DAG_1)], **feiten)
    rij = judge_een(werkboek, date(2026, 10, 20), "ZP")
    assert rij is not None
    assert (rij["laatste_datum"], rij["uiterlijk"]) == verwacht


@pytest.mark.parametrize(
    ("p", "stand"),
    [
        (LAATSTE_OUDE, None),
        (DAG_1, "op_tijd"),
        (date(2026, 10, 11), "op_tijd"),
        (date(2026, 10, 12), "nadert"),
        (date(2026, 10, 16), "te_laat"),
        (date(2026, 10, 31), "te_laat"),  # the last day of the plan
        (date(2026, 11, 1), None),
    ],
)
def test_a_zichtplan_is_judged_while_it_is_active(p: date, stand: str | None) -> None:
    rij = judge_een(build_werkboek(uitzonderingen=[build_zichtplan(DAG_1)]), p, "ZP")
    assert (rij and rij["stand"]) == stand


def test_no_zichtplan_of_a_child_that_is_not_in_zorg() -> None:
    weg = date(2026, 10, 12)
    werkboek = build_werkboek(plaatsingen=[build_plaatsing("P", P, weg)], uitzonderingen=[build_zichtplan(DAG_1)])
    assert judge_een(werkboek, date(2026, 10, 11), "ZP") is not None
    assert judge_een(werkboek, weg, "ZP") is None


# --- what an uitzondering covers ---


@pytest.mark.parametrize(
    ("norm", "van", "laatste_dag"),
    [
        ("KAG-R", DAG_1, date(2026, 10, 31)),  # van + 30 d
        ("KAG-3", DAG_1, date(2026, 10, 31)),
        ("KAG-R", LAATSTE_OUDE, date(2026, 12, 29)),  # van + 90 d
        ("HB", DAG_1, date(2026, 12, 30)),
    ],
)
def test_without_a_plan_a_talk_may_wait_30_days(norm: str, van: date, laatste_dag: date) -> None:
    einde = date.fromordinal(van.toordinal() + 90)
    uitzondering = build_uitzondering("U", van, normen=(norm,), herzien_uiterlijk=einde)
    werkboek = build_werkboek(uitzonderingen=[uitzondering])
    for p, stand in ((laatste_dag, "uitzondering"), (date.fromordinal(laatste_dag.toordinal() + 1), "te_laat")):
        rij = judge_een(werkboek, p, norm)
        assert rij is not None
        assert rij["stand"] == stand


def test_nothing_covers_an_answer_or_a_calamiteit() -> None:
    alles = ("CAL-3", "OPV-O", "OPV-B", "OPV-H", "ZP", "ACT")
    werkboek = build_werkboek(
        uitzonderingen=[
            build_uitzondering("U", date(2026, 9, 1), normen=alles, herzien_uiterlijk=date(2026, 11, 30)),
            build_zichtplan(DAG_1, nummer="U2"),
        ],
        signalen=[build_signaal(date(2026, 9, 1), calamiteit=True)],
        veiligheidschecks=[build_zorg("C", DAG_1)],
        acties=[{"nummer": "Y", "pleegkind": "K", "datum": DAG_1, "uiterlijk": DAG_1, "gedaan_op": None}],
    )
    cal_3 = judge_een(werkboek, LAATSTE_OUDE, "CAL-3")
    assert cal_3 is not None
    assert cal_3["stand"] == "uitzondering"
    standen = {norm: judge_een(werkboek, date(2026, 10, 31), norm) for norm in alles}
    assert {norm: rij and rij["stand"] for norm, rij in standen.items()} == {
        **dict.fromkeys(alles, "te_laat"),
        "ACT": "uitzondering",
    }


# --- weight ---


@pytest.mark.parametrize(
    ("feiten", "zp"),
    [
        ({}, "norm"),
        ({"maatregelen": [build_maatregel("pleegoudervoogdij", P, None)]}, "streef"),
        ({"pleegkinderen": [{"nummer": "K", "geboortedatum": date(2008, 10, 31)}]}, "streef"),
        ({"pleegkinderen": [{"nummer": "K", "geboortedatum": date(2008, 11, 1)}]}, "norm"),
    ],
)
def test_an_answer_stays_norm_and_a_plan_does_not(feiten: dict[str, Any], zp: str) -> None:
    werkboek = build_werkboek(
        **feiten,
        uitzonderingen=[build_zichtplan(DAG_1)],
        veiligheidschecks=[build_zorg("C", DAG_1)],
        signalen=[build_signaal(DAG_1, geweld=True)],
    )
    p = date(2026, 10, 31)
    zwaarten = {norm: judge_een(werkboek, p, norm, onderwerp) for norm, onderwerp in (
        ("OPV-O", "C"), ("OPV-B", "C"), ("OPV-H", "C"), ("CAL-3", "X"), ("ZP", "U"),
    )}  # fmt: skip
    assert {norm: rij and rij["zwaarte"] for norm, rij in zwaarten.items()} == {
        **dict.fromkeys(("OPV-O", "OPV-B", "OPV-H", "CAL-3"), "norm"),
        "ZP": zp,
    }


# --- second versions ---

NETWERK = {"nummer": "G", "soort": "netwerk", "pleegcontract_op": date(2026, 9, 1)}
DERTIEN_WEKEN = date(2026, 12, 1)  # contract + 91 d
VOLWASSEN = date(1990, 1, 1)


@pytest.mark.parametrize(
    ("rol", "sinds", "voor", "na"),
    [
        ("pleegouder", date(2026, 9, 1), DERTIEN_WEKEN, DERTIEN_WEKEN),
        ("inwonende", date(2026, 9, 1), date(2026, 9, 1), DERTIEN_WEKEN),
        ("inwonende", date(2026, 9, 2), date(2026, 9, 2), date(2026, 9, 2)),
        ("pleegouder", date(2026, 9, 2), DERTIEN_WEKEN, date(2026, 9, 2)),
    ],
)
def test_the_13_weeks_are_of_who_was_there_on_the_contract(rol: str, sinds: date, voor: date, na: date) -> None:
    werkboek = build_werkboek(pleeggezinnen=[NETWERK], gezinsleden=[build_lid("L", rol, VOLWASSEN, sinds)])
    assert get_uiterlijk(werkboek, LAATSTE_OUDE, "VGB-T") == voor
    assert get_uiterlijk(werkboek, DAG_1, "VGB-T") == na


def test_a_refusal_ends_the_13_weeks_and_a_valid_vgb_ends_all() -> None:
    for status, uiterlijk in (("geweigerd", date(2026, 9, 20)), ("afgegeven", None), ("aangevraagd", DERTIEN_WEKEN)):
        lid = build_lid("L", "inwonende", VOLWASSEN, date(2026, 9, 1))
        vgbs = [build_vgb("V", status, date(2026, 9, 20))]
        werkboek = build_werkboek(pleeggezinnen=[NETWERK], gezinsleden=[lid], vgbs=vgbs)
        assert get_uiterlijk(werkboek, DAG_1, "VGB-T") == uiterlijk


@pytest.mark.parametrize(
    ("andere", "p", "zwaarte"),
    [
        ([], LAATSTE_OUDE, "norm"),
        ([], DAG_1, "streef"),
        ([build_plaatsing("P2", P, None, pleegkind="K2")], DAG_1, "norm"),  # another child's
        ([build_plaatsing("P2", P, DAG_1, pleegkind="K2")], DAG_1, "streef"),
    ],
)
def test_a_vgb_is_the_laws_where_there_is_pleegzorg(andere: list[dict[str, Any]], p: date, zwaarte: str) -> None:
    geldig = build_vgb("V", "afgegeven", P, herscreening_uiterlijk=date(2028, 1, 1))
    werkboek = build_werkboek(
        plaatsingen=[build_plaatsing("P", P, None, zorgvorm="gezinshuis"), *andere], vgbs=[geldig]
    )
    for norm in ("VGB-T", "VGB-H"):
        rij = judge_een(werkboek, p, norm)
        assert rij is not None
        assert rij["zwaarte"] == zwaarte


def test_the_plan_and_the_talk_with_a_guardian_become_streef() -> None:
    werkboek = build_werkboek(maatregelen=[build_maatregel("pleegoudervoogdij", P, None)])
    for norm in ("HVP-6", "POV-1"):
        voor, na = judge_een(werkboek, LAATSTE_OUDE, norm), judge_een(werkboek, DAG_1, norm)
        assert voor is not None
        assert na is not None
        assert (voor["zwaarte"], na["zwaarte"]) == ("norm", "streef")
        assert voor["uiterlijk"] == na["uiterlijk"]


@pytest.mark.parametrize(
    ("maatregelen", "besprekingen", "verwacht"),
    [
        ([], [], (None, date(2024, 7, 31), "streef")),
        ([], [date(2026, 8, 31)], (date(2026, 8, 31), date(2027, 2, 28), "streef")),
        ([("vrijwillig", P, None)], [], (None, date(2024, 7, 31), "streef")),
        ([("ots", date(2026, 9, 1), None)], [], (None, date(2027, 3, 1), "norm")),
        ([("ots", date(2026, 9, 1), DAG_1)], [], (None, date(2024, 7, 31), "streef")),  # ended on p
    ],
)
def test_mdo_for_every_child(
    maatregelen: list[tuple[str, date, date | None]],
    besprekingen: list[date],
    verwacht: tuple[date | None, date, str],
) -> None:
    werkboek = build_werkboek(
        maatregelen=[build_maatregel(*maatregel) for maatregel in maatregelen],
        casuistiekbesprekingen=[
            {"nummer": f"S{dag}", "pleegkind": "K", "datum": dag, "multidisciplinair": True} for dag in besprekingen
        ],
    )
    rij = judge_een(werkboek, DAG_1, "MDO")
    assert rij is not None
    assert (rij["laatste_datum"], rij["uiterlijk"], rij["zwaarte"]) == verwacht
    voor = judge_een(werkboek, LAATSTE_OUDE, "MDO")
    assert (voor is not None) == any(soort == "ots" for soort, _, _ in maatregelen)


GEMELD = {"gemeld_igj_op": date(2026, 10, 20)}
TWIJFEL = {"calamiteit": True, "bij_twijfel": True}


@pytest.mark.parametrize(
    ("bekend", "anders", "p", "verwacht"),
    [
        (DAG_1, {"calamiteit": True}, DAG_1, (None, date(2026, 10, 6))),  # Friday, Monday, Tuesday
        (DAG_1, {"geweld": True}, DAG_1, (None, date(2026, 10, 6))),
        (DAG_1, {"letsel": True, "onthulling": True}, DAG_1, None),
        (DAG_1, {"geweld": True, **GEMELD}, date(2026, 10, 19), (None, date(2026, 10, 6))),
        (DAG_1, {"geweld": True, **GEMELD}, date(2026, 10, 20), (date(2026, 10, 20), None)),
        (DAG_1, TWIJFEL, DAG_1, (None, date(2026, 11, 17))),  # 12 November, a Thursday, and three working days
        (DAG_1, {**TWIJFEL, "conclusie_op": date(2026, 10, 5)}, date(2026, 10, 4), (None, date(2026, 11, 17))),
        (DAG_1, {**TWIJFEL, "conclusie_op": date(2026, 10, 5)}, date(2026, 10, 5), (None, date(2026, 10, 8))),
        (DAG_1, {**TWIJFEL, "conclusie_op": date(2026, 11, 20)}, date(2026, 11, 20), (None, date(2026, 11, 17))),
        # Known before: the rule of version 1 stays, also after the conclusion.
        (LAATSTE_OUDE, {"geweld": True}, DAG_1, None),
        (LAATSTE_OUDE, {"calamiteit": True}, DAG_1, (None, date(2026, 10, 5))),
        (LAATSTE_OUDE, {**TWIJFEL, "conclusie_op": DAG_1}, date(2026, 10, 5), (None, date(2026, 11, 11))),
    ],
)
def test_calamiteit_counts_from_the_conclusion(
    bekend: date, anders: dict[str, object], p: date, verwacht: tuple[date | None, date | None] | None
) -> None:
    rij = judge_een(build_werkboek(signalen=[build_signaal(bekend, **anders)]), p, "CAL-3")
    assert (rij and (rij["laatste_datum"], rij["uiterlijk"])) == verwacht

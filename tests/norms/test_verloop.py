"""The course: for every later day the segments say exactly what judging that day says."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings

from app.norms.course import Termijn, future_termijnen
from app.norms.judge import Oordeel, judge
from app.norms.versies.catalogue import LANDELIJK, Catalogus
from app.terms import NormCode
from tests.keuze import drawn
from tests.norms.bouw import dag, gezin, kind, lid, plaatsing, uitzondering, vgb
from tests.norms.strategieen import BEGIN, Wereld, days, worlds
from tests.norms.test_aanbieder_a import aanbieder_a

HORIZON = 420


def _said(o: Oordeel) -> tuple[object, ...]:
    """Everything a judgement says; of the last event what a list shows."""
    laatste = o.laatste and (o.laatste.id, o.laatste.datum)
    subject = (o.norm, o.onderwerp_soort, o.onderwerp_id)
    return *subject, o.uiterlijk, o.zwaarte, o.stand, o.uitzondering_id, laatste, o.dagen_te_laat


def segments_on(termijnen: list[Termijn], catalogus: Catalogus, op: date) -> set[tuple[object, ...]]:
    return {
        (_said(t.oordeel_on(catalogus.in_force(op)[t.norm], op)), t.nadert_vanaf)
        for t in termijnen
        if t.van <= op and (t.tot is None or op < t.tot)
    }


def judgements_on(wereld: Wereld, op: date) -> set[tuple[object, ...]]:
    return {(_said(o), o.nadert_vanaf) for o in judge(wereld.dossier, wereld.gezinnen, wereld.catalogus, op)}


@settings(max_examples=drawn(40, 400), deadline=None)
@given(worlds, days(-50, 500))
def test_the_course_equals_judging_every_day(wereld: Wereld, vanaf: date) -> None:
    termijnen = future_termijnen(wereld.dossier, wereld.gezinnen, wereld.catalogus, vanaf)
    for n in range(HORIZON):
        op = vanaf + timedelta(days=n)
        assert segments_on(termijnen, wereld.catalogus, op) == judgements_on(wereld, op)


@settings(max_examples=drawn(100, 600), deadline=None)
@given(worlds, days())
def test_the_course_is_contiguous_and_minimal(wereld: Wereld, vanaf: date) -> None:
    reeksen: dict[tuple[object, ...], list[Termijn]] = defaultdict(list)
    for t in future_termijnen(wereld.dossier, wereld.gezinnen, wereld.catalogus, vanaf):
        assert t.van >= vanaf
        assert t.tot is None or t.van < t.tot
        reeksen[t.norm, t.onderwerp_soort, t.onderwerp_id].append(t)
    for reeks in reeksen.values():
        for een, ander in pairwise(reeks):
            assert een.tot is not None
            assert een.tot <= ander.van
            inhoud = (een.uiterlijk, een.nadert_vanaf, een.zwaarte, een.uitzondering_id, een.laatste)
            volgend = (ander.uiterlijk, ander.nadert_vanaf, ander.zwaarte, ander.uitzondering_id, ander.laatste)
            assert een.tot < ander.van or inhoud != volgend


@settings(max_examples=drawn(70, 400), deadline=None)
@given(worlds)
def test_the_far_future_is_in_the_last_segment(wereld: Wereld) -> None:
    termijnen = future_termijnen(wereld.dossier, wereld.gezinnen, wereld.catalogus, BEGIN)
    for op in (date(2030, 1, 1), date(2044, 2, 29), date(2100, 1, 1)):
        assert segments_on(termijnen, wereld.catalogus, op) == judgements_on(wereld, op)


def test_aanbieder_a_changes_as_the_course_says() -> None:
    inhoud, catalogus, vanaf = aanbieder_a(), Catalogus(LANDELIJK), date(2024, 2, 29)
    for dossier in list(inhoud.dossiers.values())[::20]:
        wereld = Wereld(dossier, inhoud.gezinnen, catalogus)
        termijnen = future_termijnen(dossier, inhoud.gezinnen, catalogus, vanaf)
        for n in range(0, 1100, 7):
            op = vanaf + timedelta(days=n)
            assert segments_on(termijnen, wereld.catalogus, op) == judgements_on(wereld, op)


def test_segments_end_where_something_planned_changes() -> None:
    dossier = kind(
        plaatsing("2025-01-31", "2026-06-01"),
        geboren="2008-03-10",
        uitzonderingen=[uitzondering("KAG-R", "2025-06-10", "2025-07-10")],
    )
    gezinnen = {70: gezin(("2025-01-31", "2026-06-01"), leden=[lid("2014-01-01", inwonende=True)])}
    termijnen = future_termijnen(dossier, gezinnen, Catalogus(LANDELIJK), dag("2025-05-01"))
    kag_r = [t for t in termijnen if t.norm == NormCode.KAG_R]
    assert [(str(t.van), str(t.tot), t.zwaarte, t.uitzondering_id) for t in kag_r] == [
        ("2025-05-01", "2025-06-10", "norm", None),
        ("2025-06-10", "2025-07-11", "norm", 700),
        ("2025-07-11", "2026-03-10", "norm", None),
        ("2026-03-10", "2026-06-01", "streef", None),
    ]
    vgb_12 = [(str(t.van), str(t.tot)) for t in termijnen if t.norm == NormCode.VGB_12]
    assert vgb_12 == [("2025-11-02", "2026-06-01")]


def test_a_planned_household_member_starts_a_segment() -> None:
    bewoner = lid(sinds="2025-09-01", tot="2025-10-01", vgbs=[vgb("2020-01-01")])
    gezinnen = {70: gezin(("2025-01-31", None), leden=[bewoner])}
    dossier = kind(plaatsing("2025-01-31"))
    termijnen = future_termijnen(dossier, gezinnen, Catalogus(LANDELIJK), dag("2025-05-01"))
    vgb_t = [t for t in termijnen if t.norm == NormCode.VGB_T]
    assert [(str(t.van), str(t.tot)) for t in vgb_t] == [("2025-09-01", "2025-10-01")]

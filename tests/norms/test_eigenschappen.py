"""Metamorphic properties: how a change of the facts may and may not change a judgement."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.norms.bevinding import Bevinding
from app.norms.calendar import add_months, add_working_days, count_working_days, is_working_day
from app.norms.feiten import Dossier, Gezin, Kindgesprek, Periode, Plaatsing, Uitzondering
from app.norms.gesprek import uncounted_reasons
from app.norms.judge import Oordeel, decide_stand, judge
from app.norms.uitzondering import NOOIT_GEDEKT
from app.norms.versies.catalogue import LANDELIJK, Catalogus
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.norms.waarneming import is_seen_in_talk
from app.terms import GespreksVorm, GezinSoort, NormCode, OnderwerpSoort, PlaatsingVorm, Rol, Stand
from tests.keuze import drawn
from tests.norms.strategieen import BEGIN, Wereld, days, talks, world_of, worlds

veel = settings(max_examples=drawn(100, 600), deadline=None)
_Sleutel = tuple[NormCode, OnderwerpSoort, int]


def _judge(wereld: Wereld, op: date) -> dict[_Sleutel, Oordeel]:
    oordelen = judge(wereld.dossier, wereld.gezinnen, wereld.catalogus, op)
    per_sleutel = {(o.norm.code, o.onderwerp_soort, o.onderwerp_id): o for o in oordelen}
    assert len(per_sleutel) == len(oordelen), "one judgement per norm and subject"
    return per_sleutel


def _with_talks(wereld: Wereld, nr: int, gesprekken: Sequence[Kindgesprek]) -> Wereld:
    plaatsingen = [
        p._replace(kindgesprekken=sorted(gesprekken, key=lambda g: g.datum)) if p.id == nr else p
        for p in wereld.dossier.plaatsingen
    ]
    return wereld._replace(dossier=wereld.dossier._replace(plaatsingen=plaatsingen))


def _kag(oordelen: dict[_Sleutel, Oordeel], nr: int) -> list[date]:
    return [
        o.uiterlijk
        for (code, _, onderwerp), o in sorted(oordelen.items())
        if code in {NormCode.KAG_3, NormCode.KAG_R} and onderwerp == nr and o.uiterlijk is not None
    ]


def test_the_worlds_are_not_empty() -> None:
    gezien = Counter(
        (o.norm.code, o.stand)
        for zaad in range(400)
        for o in _judge(world_of(zaad), BEGIN + timedelta(days=zaad * 2)).values()
    )
    assert {code for code, _ in gezien} == set(NormCode)
    assert {stand for _, stand in gezien} == set(Stand)
    assert sum(gezien.values()) > 2000


@veel
@given(worlds, talks, days())
def test_a_counting_talk_never_makes_a_deadline_earlier(wereld: Wereld, nieuw: Kindgesprek, op: date) -> None:
    plaatsing = wereld.dossier.plaatsingen[0]
    telt = nieuw._replace(doorgegaan=True, alleen=True, vorm=GespreksVorm.FYSIEK, veiligheid_besproken=True)
    ervoor, meer = _judge(wereld, op), [*plaatsing.kindgesprekken, telt]
    erna = _judge(_with_talks(wereld, plaatsing.id, meer), op)
    assert all(a <= b for a, b in zip(_kag(ervoor, plaatsing.id), _kag(erna, plaatsing.id), strict=True))
    # read the other way round: withdrawing a talk never makes a deadline later


@veel
@given(worlds, talks, days())
def test_a_talk_that_does_not_count_changes_nothing(wereld: Wereld, nieuw: Kindgesprek, op: date) -> None:
    plaatsing = wereld.dossier.plaatsingen[0]
    assume(uncounted_reasons(nieuw, plaatsing, op))
    assume(not is_seen_in_talk(nieuw))
    meer = [*plaatsing.kindgesprekken, nieuw._replace(veilig_in_gezin=None)]
    assert _judge(_with_talks(wereld, plaatsing.id, meer), op) == _judge(wereld, op)


def _until(feiten: Sequence[Any], op: date) -> list[Any]:
    return [f for f in feiten if f.datum <= op]


def _truncate_plaatsing(p: Plaatsing, op: date) -> Plaatsing:
    return p._replace(
        tot=p.tot if p.tot is not None and p.tot <= op else None,
        kindgesprekken=_until(p.kindgesprekken, op),
        veiligheidschecks=_until(p.veiligheidschecks, op),
        huisbezoeken=_until(p.huisbezoeken, op),
    )


def _truncate(dossier: Dossier, op: date) -> Dossier:
    """The dossier as if nothing after ``op`` had been recorded, planned ends included."""
    return dossier._replace(
        plaatsingen=[_truncate_plaatsing(p, op) for p in dossier.plaatsingen if p.van <= op],
        maatregelen=[
            m._replace(tot=m.tot if m.tot is not None and m.tot <= op else None)
            for m in dossier.maatregelen
            if m.van <= op
        ],
        casuistiekbesprekingen=_until(dossier.casuistiekbesprekingen, op),
        ontwikkelbeelden=_until(dossier.ontwikkelbeelden, op),
        hulpverleningsplannen=_until(dossier.hulpverleningsplannen, op),
        vertrouwenspersonen=_until(dossier.vertrouwenspersonen, op),
        pleegoudervoogdgesprekken=_until(dossier.pleegoudervoogdgesprekken, op),
        signalen=[
            s._replace(
                gemeld_igj_op=s.gemeld_igj_op if s.gemeld_igj_op and s.gemeld_igj_op <= op else None,
                conclusie_op=s.conclusie_op if s.conclusie_op and s.conclusie_op <= op else None,
            )
            for s in dossier.signalen
            if s.bekend_geworden_op <= op
        ],
        uitzonderingen=[u for u in dossier.uitzonderingen if u.van <= op],
        opvolgstappen=_until(dossier.opvolgstappen, op),
        meldcodestappen=_until(dossier.meldcodestappen, op),
        acties=[
            a._replace(gedaan_op=a.gedaan_op if a.gedaan_op and a.gedaan_op <= op else None)
            for a in _until(dossier.acties, op)
        ],
    )


def _truncate_gezin(gezin: Gezin, op: date) -> Gezin:
    c = gezin.pleegcontract_op
    return gezin._replace(
        pleegcontract_op=c if c is not None and c <= op else None,
        plaatsingen=[
            p._replace(tot=p.tot if p.tot is not None and p.tot <= op else None)
            for p in gezin.plaatsingen
            if p.van <= op
        ],
        gezinsleden=[lid._replace(vgbs=_until(lid.vgbs, op)) for lid in gezin.gezinsleden if lid.inwonend_sinds <= op],
        evaluaties=_until(gezin.evaluaties, op),
    )


@veel
@given(worlds, days())
def test_what_lies_after_the_peildatum_does_not_exist(wereld: Wereld, op: date) -> None:
    verleden = Wereld(
        _truncate(wereld.dossier, op),
        {nr: _truncate_gezin(g, op) for nr, g in wereld.gezinnen.items()},
        wereld.catalogus,
    )
    assert _judge(verleden, op) == _judge(wereld, op)


@veel
@given(worlds, days(), st.integers(0, 10**6))
def test_the_order_of_periods_does_not_matter(wereld: Wereld, op: date, zaad: int) -> None:
    geschud = random.Random(zaad)

    def shuffle(reeks: Sequence[Any]) -> list[Any]:
        return geschud.sample(list(reeks), len(reeks))

    dossier = wereld.dossier._replace(
        plaatsingen=shuffle(wereld.dossier.plaatsingen),
        maatregelen=shuffle(wereld.dossier.maatregelen),
        signalen=shuffle(wereld.dossier.signalen),
        uitzonderingen=shuffle(wereld.dossier.uitzonderingen),
    )
    gezinnen = {nr: g._replace(plaatsingen=shuffle(g.plaatsingen)) for nr, g in wereld.gezinnen.items()}
    assert _judge(Wereld(dossier, gezinnen, wereld.catalogus), op) == _judge(wereld, op)


@veel
@given(worlds, days())
def test_an_exception_only_covers_what_is_late(wereld: Wereld, op: date) -> None:
    alle = Uitzondering(10**7, frozenset(NormCode), op, op, 1, 2, Rol.TEAMLEIDER)
    kaal = wereld._replace(dossier=wereld.dossier._replace(uitzonderingen=[]))
    gedekt = wereld._replace(dossier=wereld.dossier._replace(uitzonderingen=[alle]))
    zonder, met = _judge(kaal, op), _judge(gedekt, op)
    assert zonder.keys() == met.keys()
    for sleutel, oordeel in zonder.items():
        nooit = op >= TWEEDE_CATALOGUS and oordeel.norm.code in NOOIT_GEDEKT
        laat = oordeel.stand is Stand.TE_LAAT and not nooit
        assert met[sleutel].stand is (Stand.UITZONDERING if laat else oordeel.stand)
        assert met[sleutel].uitzondering_id == (alle.id if laat else None)
        assert (met[sleutel].uiterlijk, met[sleutel].te_laat_sinds) == (
            oordeel.uiterlijk,
            oordeel.te_laat_sinds,
        )


@veel
@given(worlds, days())
def test_of_several_exceptions_the_earliest_is_named(wereld: Wereld, op: date) -> None:
    reeks = [
        Uitzondering(nr, frozenset(NormCode), op - timedelta(days=eerder), op, 1, 2, Rol.TEAMLEIDER)
        for nr, eerder in ((1, 3), (2, 30), (3, 30), (4, 1))
    ]
    gedekt = wereld._replace(dossier=wereld.dossier._replace(uitzonderingen=reeks))
    for oordeel in _judge(gedekt, op).values():
        assert oordeel.uitzondering_id == (2 if oordeel.stand is Stand.UITZONDERING else None)


@veel
@given(worlds, days())
def test_a_shared_cache_changes_nothing(wereld: Wereld, op: date) -> None:
    gedeeld: dict[tuple[int, date], list[Bevinding]] = {}
    for _ in range(2):
        for dag in (op, op + timedelta(days=1)):
            met = judge(wereld.dossier, wereld.gezinnen, wereld.catalogus, dag, gedeeld)
            assert met == judge(wereld.dossier, wereld.gezinnen, wereld.catalogus, dag)


@veel
@given(worlds, days())
def test_what_a_judgement_says_of_itself_agrees(wereld: Wereld, op: date) -> None:
    for o in _judge(wereld, op).values():
        gedekt = o.uitzondering_id is not None
        assert o.stand is decide_stand(o.uiterlijk, o.norm.waarschuwing_dagen, op, covered=gedekt)
        te_laat = o.stand in {Stand.TE_LAAT, Stand.UITZONDERING}
        assert (o.te_laat_sinds is not None, o.dagen_te_laat is not None) == (te_laat, te_laat)
        if o.uiterlijk is not None and o.dagen_te_laat is not None:
            assert o.te_laat_sinds == o.uiterlijk + timedelta(days=1)
            assert o.dagen_te_laat == (op - o.uiterlijk).days > 0
        assert o.laatste is None or o.laatste.datum <= op


@given(talks, days(-100, 800), st.none() | days(), days())
def test_a_talk_counts_exactly_when_there_is_no_reason(
    gesprek: Kindgesprek, van: date, tot: date | None, op: date
) -> None:
    plaatsing = Plaatsing(1, 1, PlaatsingVorm.VOLTIJD, van, tot, [], [], [])
    binnen = van <= gesprek.datum and (tot is None or gesprek.datum < tot)
    goed = gesprek.doorgegaan and gesprek.alleen and gesprek.vorm == "fysiek" and gesprek.veiligheid_besproken
    assert (uncounted_reasons(gesprek, plaatsing, op) == ()) == (goed and binnen and gesprek.datum <= op)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_months_clamp_and_never_skip(anker: date, n: int) -> None:
    uit = add_months(anker, n)
    assert (uit.year * 12 + uit.month) - (anker.year * 12 + anker.month) == n
    assert uit.day == anker.day or (uit.day < anker.day and (uit + timedelta(days=1)).day == 1)
    assert add_months(anker + timedelta(days=1), n) >= uit


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_the_nth_working_day_has_n_of_them_before_it(anker: date, n: int) -> None:
    uit = add_working_days(anker, n)
    assert is_working_day(uit)
    tussen = (anker + timedelta(days=i) for i in range(1, (uit - anker).days + 1))
    assert sum(is_working_day(d) for d in tussen) == count_working_days(anker, uit) == n
    assert count_working_days(uit, anker) == 0


def test_a_child_without_any_event_is_the_worst_case() -> None:
    catalogus = Catalogus(LANDELIJK)
    plaatsing = Plaatsing(1, 1, PlaatsingVorm.VOLTIJD, date(2020, 1, 1), None, [], [], [])
    leeg = Dossier(1, date(2012, 1, 1), [plaatsing], *([] for _ in range(8)))
    gezin = Gezin(1, GezinSoort.BESTAND, None, [Periode(date(2020, 1, 1), None)], [], [])
    standen = {o.norm.code: o.stand for o in judge(leeg, {1: gezin}, catalogus, date(2026, 1, 1))}
    assert set(standen.values()) == {Stand.TE_LAAT}
    assert set(standen) == {*["KAG-3", "KAG-R", "VC-J", "HB", "ONT-J", "HVP-6", "VP", "EVAL-J"]}

"""Every edge of every ruisfactor, and what must hold of any facts."""

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.norms.ruis import find as finding
from app.norms.ruis.catalogue import RUISFACTOREN, in_force, weights_on
from app.norms.ruis.feiten import RuisFeiten, RuisGezin
from app.norms.ruis.find import find_ruis, score_of
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.terms import Ruiscode, RuisSoort
from tests.norms.ruis import bouw
from tests.norms.ruis.bouw import ANDER, BEGIN, GEZIN, dag, feiten
from tests.norms.ruis.rand import Rand
from tests.norms.ruis.randen import RIJEN

EEN_DAG = timedelta(days=1)


def codes(facts: RuisFeiten, op: date) -> set[str]:
    return {bevinding.code.value for bevinding in find_ruis(facts, weights_on(op), op)}


@pytest.mark.parametrize("rij", RIJEN, ids=lambda rij: f"{rij.code}: {rij.naam}")
def test_edge(rij: Any) -> None:
    if not isinstance(rij, Rand):
        assert rij.code not in codes(rij.feiten, dag(rij.op))
        return
    eerste, laatste = dag(rij.eerste), bouw.misschien(rij.laatste)
    assert rij.code not in codes(rij.feiten, eerste - EEN_DAG)
    assert rij.code in codes(rij.feiten, eerste)
    assert rij.code in codes(rij.feiten, laatste or date(2099, 1, 1))
    if laatste is not None:
        assert rij.code not in codes(rij.feiten, laatste + EEN_DAG)


def test_every_derived_factor_has_its_edges() -> None:
    tried = Counter(rij.code for rij in RIJEN)
    derived = {one.code.value for one in RUISFACTOREN if one.soort is not RuisSoort.GESCOORD}
    assert {code for code in derived if tried[code] < 3} == set()
    assert {code.value for code in finding._AFGELEID} == derived


# The catalogue


def test_the_catalogue_is_that_of_the_domain() -> None:
    assert [one.code for one in RUISFACTOREN if one.versie == 1] == list(Ruiscode)
    assert [one.code.value for one in RUISFACTOREN if one.versie == 2] == ["R01", "R04", "R11"]
    assert {one.geldig_tot for one in RUISFACTOREN} == {None, TWEEDE_CATALOGUS}
    assert {one.code.value for one in RUISFACTOREN if one.gewicht == 2} == {"R04", "R05", "R10"}
    assert {one.gewicht for one in RUISFACTOREN} == {1, 2}
    assert {one.code.value for one in RUISFACTOREN if one.soort is RuisSoort.BEIDE} == {"R04", "R05"}
    assert {one.code.value for one in RUISFACTOREN if one.soort is RuisSoort.GESCOORD} == {
        "R02", "R03", "R09", "R10", "R14", "R15"
    }  # fmt: skip
    assert all("keuzes van dit project" in one.bron for one in RUISFACTOREN)


def test_each_code_is_in_force_once_on_every_day() -> None:
    for day in (date(1900, 1, 1), date(2026, 9, 30), TWEEDE_CATALOGUS, date(2199, 12, 31)):
        assert list(in_force(day)) == list(Ruiscode)
        assert weights_on(day)[Ruiscode.R10] == 2
    assert in_force(date(1899, 12, 31)) == {}


def test_the_weight_is_the_one_that_is_given() -> None:
    facts, op = feiten(scores=[bouw.score("R10", "2026-03-01", "2026-06-01")]), dag("2026-03-01")
    found = find_ruis(facts, {Ruiscode.R10: 5}, op)
    assert [(one.code, one.gewicht) for one in found] == [(Ruiscode.R10, 5)]
    assert score_of(found) == 5
    assert find_ruis(facts, {}, op) == []


# Reasons


def test_a_reason_says_what_and_when() -> None:
    facts = feiten(
        bouw.plaatsing("2026-01-31"),
        signalen=[bouw.signaal("2026-05-05", "Melding School")],
        scores=[bouw.score("R05", "2026-06-01", "2026-12-01")],
    )
    found = {one.code.value: one.redenen for one in find_ruis(facts, weights_on(dag("2026-07-01")), dag("2026-07-01"))}
    assert found == {
        "R01": ("Sinds het begin van de zorg op 31 januari 2026 sprak geen professional het kind in levenden lijve.",),
        "R05": (
            "Op 5 mei 2026 werd een signaal van school bekend.",
            "Gescoord op 1 juni 2026; dat geldt tot 1 december 2026.",
        ),
    }


@pytest.mark.parametrize(
    "rij", [rij for rij in RIJEN if isinstance(rij, Rand)], ids=lambda rij: f"{rij.code}: {rij.naam}"
)
def test_reasons_are_sentences_without_free_text(rij: Rand) -> None:
    op = dag(rij.eerste)
    redenen = [reden for one in find_ruis(rij.feiten, weights_on(op), op) for reden in one.redenen]
    assert all(re.fullmatch(r"[A-Z].*\.", reden) for reden in redenen)
    assert not any(name in reden for reden in redenen for name in ("Vermeer", "Bos", "eiligheid_", "POLITIE"))
    if rij.code != "R12":
        own = [one for one in find_ruis(rij.feiten, weights_on(op), op) if one.code == rij.code]
        assert all(re.search(r"\d{1,2} \w+ \d{4}", reden) for reden in own[0].redenen)


# Properties

days = st.dates(date(2024, 2, 1), date(2027, 12, 31))
OP = dag("2026-06-15")


@st.composite
def facts_around(draw: st.DrawFn) -> RuisFeiten:
    """Draw facts, in order, before and after ``OP``."""

    def some(make: Any, most: int = 4) -> list[Any]:
        return [make(day.isoformat()) for day in sorted(draw(st.lists(days, max_size=most)))]

    onthulling = draw(st.booleans())
    return feiten(
        bouw.plaatsing(draw(st.sampled_from([BEGIN, "2026-01-01", "2026-06-15"])),
                       gesprekken=some(bouw.gesprek), bezoeken=some(str)),
        huisgenoten=some(lambda op: bouw.woont(ANDER, BEGIN, op, "veiligheid"), 2),
        gezinssignalen=some(bouw.signaal),
        begeleidingen={10: [bouw.begeleiding(i, op) for i, op in enumerate(some(str))]},
        maatregelen=[bouw.maatregel(op, wie=draw(st.sampled_from([None, "A", "B"]))) for op in some(str, 3)],
        signalen=some(lambda op: bouw.signaal(op, "letsel", onthulling=onthulling)),
        onveilige_gesprekken=[dag(op) for op in some(str, 2)],
        meldcodestappen=some(bouw.stap, 2),
        scores=some(lambda op: bouw.score("R10", op, "2028-01-01"), 2),
    )  # fmt: skip


def until(facts: RuisFeiten, op: date) -> RuisFeiten:
    """Return the facts that were there on a day."""
    own = facts.plaatsingen[0]
    gezin = facts.gezinnen[GEZIN]
    there = [
        one._replace(tot=None if one.tot and one.tot > op else one.tot) for one in gezin.plaatsingen if one.van <= op
    ]
    return facts._replace(
        plaatsingen=[own._replace(
            kindgesprekken=[one for one in own.kindgesprekken if one.datum <= op],
            huisbezoeken=[one for one in own.huisbezoeken if one.datum <= op],
        )],
        begeleidingen={10: [one for one in facts.begeleidingen[10] if one.van <= op]},
        maatregelen=[one for one in facts.maatregelen if one.van <= op],
        signalen=[one for one in facts.signalen if one.datum <= op],
        onveilige_gesprekken=[one for one in facts.onveilige_gesprekken if one <= op],
        meldcodestappen=[one for one in facts.meldcodestappen if one.datum <= op],
        scores=[one for one in facts.scores if one.datum <= op],
        gezinnen={GEZIN: RuisGezin(there, [one for one in gezin.signalen if one.datum <= op])},
    )  # fmt: skip


@given(facts_around())
def test_what_lies_ahead_changes_nothing(facts: RuisFeiten) -> None:
    assert find_ruis(facts, weights_on(OP), OP) == find_ruis(until(facts, OP), weights_on(OP), OP)


@given(facts_around(), days)
def test_each_finding_is_once_in_order_with_its_weight_and_a_reason(facts: RuisFeiten, op: date) -> None:
    found, weights = find_ruis(facts, weights_on(op), op), weights_on(op)
    assert [one.code for one in found] == sorted({one.code for one in found})
    assert all(one.redenen and one.gewicht == weights[one.code] for one in found)
    assert score_of(found) == sum(weights[one.code] for one in found)


@given(facts_around(), days)
def test_a_counting_talk_today_ends_what_sight_ends(facts: RuisFeiten, op: date) -> None:
    own = facts.plaatsingen[0]
    seen = own._replace(kindgesprekken=[*own.kindgesprekken, bouw.gesprek(op.isoformat())])
    assert not codes(facts._replace(plaatsingen=[seen]), op) & {"R01", "R11"}


@given(facts_around(), days)
def test_out_of_zorg_only_what_concerns_the_child_itself_remains(facts: RuisFeiten, op: date) -> None:
    left = facts._replace(plaatsingen=[facts.plaatsingen[0]._replace(tot=op)])
    assert codes(left, op) <= {"R04", "R05", "R10"}

"""The engine against the oracle: two authors, one text, and every judgement of random histories the same.

The oracle has no line in common with ``app.norms``; what both say is what ``normen.md`` says, or what both misread.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.norms.course import future_termijnen
from app.norms.judge import judge
from app.norms.versies.catalogue import Catalogus
from tests.keuze import drawn
from tests.norms.werkboek import dossiers_from_werkboek
from tests.oracle.fouten import list_momenten
from tests.oracle.geschiedenissen import Geval, gevallen
from tests.oracle.orakel import oordelen as oracle
from tests.verdict.vergelijking import Row, catalogus_of, engine_rows, oracle_rows

_SLOW_DRAWING = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
VEEL = settings(max_examples=drawn(45, 400), suppress_health_check=_SLOW_DRAWING)
MINDER = settings(max_examples=drawn(15, 100), suppress_health_check=_SLOW_DRAWING)
_EDGES = 6


@VEEL
@given(gevallen(eigen_goedkeuring=True, tweede=True))
def test_every_judgement_is_the_oracles(geval: Geval) -> None:
    """On the day drawn, at the edges of the deadlines and exceptions there, and as known at every moment.

    Drawing a history takes longer than judging it thirty times, so each is judged often.
    """
    rows = _compare(geval, geval.peildatum, geval.bekend_tot)
    deadlines = sorted({date.fromisoformat(row[6]) for row in rows if row[6]})
    for uiterlijk in deadlines[:: max(1, len(deadlines) // _EDGES)]:
        for dag in (uiterlijk, uiterlijk + timedelta(days=1)):
            _compare(geval, dag, geval.bekend_tot)
    for uitzondering in geval.werkboek["uitzonderingen"]:
        for dag in (uitzondering["van"], uitzondering["herzien_uiterlijk"]):
            _compare(geval, dag, None)
            _compare(geval, dag + timedelta(days=1), None)
    for moment in (None, *list_momenten(geval.werkboek)):
        _compare(geval, geval.peildatum, moment)


def _compare(geval: Geval, peildatum: date, bekend_tot: int | None) -> list[Row]:
    """Hold every judgement of one day, as known then, against the oracle's."""
    inhoud = dossiers_from_werkboek(geval.werkboek, bekend_tot)
    catalogus = catalogus_of(geval.normversies)
    oordelen = {
        nummer: judge(dossier, inhoud.gezinnen, catalogus, peildatum) for nummer, dossier in inhoud.dossiers.items()
    }
    rows = engine_rows(oordelen, inhoud.namen)
    assert rows == oracle_rows(oracle(geval.werkboek, peildatum, geval.normversies, bekend_tot)), (
        peildatum,
        bekend_tot,
    )
    return rows


@MINDER
@given(gevallen(tweede=True), st.lists(st.integers(0, 900), min_size=1, max_size=3))
def test_the_course_of_the_deadlines_is_the_oracles(geval: Geval, later: list[int]) -> None:
    """What is stored on the peildatum says on every later day what the oracle says there, without rewriting."""
    inhoud = dossiers_from_werkboek(geval.werkboek, geval.bekend_tot)
    catalogus = catalogus_of(geval.normversies)
    verloop = {
        nummer: future_termijnen(dossier, inhoud.gezinnen, catalogus, geval.peildatum)
        for nummer, dossier in inhoud.dossiers.items()
    }
    for dag in (geval.peildatum + timedelta(days=dagen) for dagen in later):
        expected = oracle(geval.werkboek, dag, geval.normversies, geval.bekend_tot)
        normen = catalogus.in_force(dag)
        assert _course_rows(verloop, inhoud.namen.onderwerpen, normen, dag) == sorted(
            _course_row(row) for row in expected
        )


def _course_rows(verloop: dict[str, Any], onderwerpen: Any, normen: Any, dag: date) -> list[tuple[str, ...]]:
    """Return what the segments that hold a day say of it."""
    return sorted(
        (
            kind,
            str(termijn.norm),
            onderwerpen[termijn.onderwerp_soort][termijn.onderwerp_id],
            str(termijn.zwaarte),
            str(termijn.uiterlijk),
            str(termijn.oordeel_on(normen[termijn.norm], dag).stand),
        )
        for kind, termijnen in verloop.items()
        for termijn in termijnen
        if termijn.van <= dag and (termijn.tot is None or dag < termijn.tot)
    )


def _course_row(row: dict[str, Any]) -> tuple[str, ...]:
    columns = ("pleegkind_nummer", "norm", "onderwerp_nummer", "zwaarte", "uiterlijk", "stand")
    return tuple(str(row[column]) for column in columns)


def test_the_norms_that_both_start_from_are_the_same() -> None:
    """Without this, a number misread in both catalogues would only be compared with itself."""
    assert _numbers(catalogus_of(None)) == _numbers(catalogus_of([], from_oracle=True))


def _numbers(catalogus: Catalogus) -> set[tuple[Any, ...]]:
    """Return the numbers of every version; how long what was answered is shown is no number of the engine's norms."""
    return {
        (
            norm.code,
            norm.geldig_van,
            norm.zwaarte,
            norm.waarschuwing_dagen,
            tuple(sorted((naam, waarde) for naam, waarde in norm.parameters.items() if naam != "maanden_getoond")),
        )
        for norm in catalogus.versies
    }

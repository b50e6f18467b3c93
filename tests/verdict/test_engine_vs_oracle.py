"""The engine against the oracle: two authors, one text, and every judgement of random histories the same.

The oracle has no line in common with ``app.norms``; what both say is what ``domein.md`` says, or what both misread.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.norms.catalogue import Catalogus
from app.norms.course import future_termijnen
from app.norms.judge import judge
from tests.norms.werkboek import dossiers_from_werkboek
from tests.oracle.geschiedenissen import Geval, gevallen
from tests.oracle.orakel import oordelen as oracle
from tests.verdict.vergelijking import catalogus_of, engine_rows, oracle_rows

_SLOW_DRAWING = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
VEEL = settings(max_examples=350, suppress_health_check=_SLOW_DRAWING)
MINDER = settings(max_examples=80, suppress_health_check=_SLOW_DRAWING)


@VEEL
@given(gevallen(eigen_goedkeuring=True))
def test_every_judgement_is_the_oracles(geval: Geval) -> None:
    inhoud = dossiers_from_werkboek(geval.werkboek, geval.bekend_tot)
    catalogus = catalogus_of(geval.normversies)
    oordelen = {
        nummer: judge(dossier, inhoud.gezinnen, catalogus, geval.peildatum)
        for nummer, dossier in inhoud.dossiers.items()
    }
    assert engine_rows(oordelen, inhoud.namen) == oracle_rows(
        oracle(geval.werkboek, geval.peildatum, geval.normversies, geval.bekend_tot)
    )


@MINDER
@given(gevallen(), st.lists(st.integers(0, 900), min_size=1, max_size=3))
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
        assert _course_rows(verloop, inhoud.namen.onderwerpen, dag) == sorted(_course_row(row) for row in expected)


def _course_rows(verloop: dict[str, Any], onderwerpen: Any, dag: date) -> list[tuple[str, ...]]:
    """Return what the segments that hold a day say of it."""
    return sorted(
        (
            kind,
            str(termijn.norm),
            onderwerpen[termijn.onderwerp_soort][termijn.onderwerp_id],
            str(termijn.zwaarte),
            str(termijn.uiterlijk),
            str(termijn.stand_on(dag)),
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
    ours = {
        (norm.code, norm.zwaarte, norm.waarschuwing_dagen, tuple(sorted(norm.parameters.items())))
        for norm in Catalogus(catalogus_of(None).versies).versies
    }
    theirs = {
        (norm.code, norm.zwaarte, norm.waarschuwing_dagen, tuple(sorted(norm.parameters.items())))
        for norm in catalogus_of([], from_oracle=True).versies
    }
    assert ours == theirs

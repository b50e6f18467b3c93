"""The drawn histories: without import faults, and judged consistently."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.keuze import drawn

from .dagen_trekken import VANDAAG
from .feiten import ALLE_BLADEN, BLADEN, build_bladen, get_begin_aaneengesloten, select, select_actief
from .fouten import build_toestand, list_fouten, list_momenten
from .fouten_tweede import list_tweede_fouten
from .geschiedenissen import Geval, gevallen, werkboeken
from .normen import ALLE_NORMCODES, NORMCODES, TWEEDE_DAG
from .orakel import KOLOMMEN, oordelen

Werkboek = dict[str, list[dict[str, Any]]]
TRAAG = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=drawn(20, 120), deadline=None, suppress_health_check=TRAAG)
@given(werkboeken())
def test_drawn_workbooks_have_no_import_fault_at_any_moment(werkboek: Werkboek) -> None:
    assert set(werkboek) == set(BLADEN)
    _has_no_fault(werkboek)


@settings(max_examples=drawn(20, 120), deadline=None, suppress_health_check=TRAAG)
@given(werkboeken(tweede=True))
def test_drawn_workbooks_of_the_second_catalogue_have_none_either(werkboek: Werkboek) -> None:
    assert set(werkboek) == set(ALLE_BLADEN)
    _has_no_fault(werkboek)


def _has_no_fault(werkboek: Werkboek) -> None:
    for moment in list_momenten(werkboek):
        toestand = build_toestand(werkboek, moment)
        assert [*list_fouten(toestand, VANDAAG), *list_tweede_fouten(toestand, VANDAAG)] == []


@settings(max_examples=drawn(20, 120), deadline=None, suppress_health_check=TRAAG)
@given(gevallen())
def test_z_found_by_walking_back_day_by_day(geval: Geval) -> None:
    """The same zorgperiode by another road: walk back while some plaatsing holds or has just ended."""
    bladen = build_bladen(geval.werkboek, geval.peildatum, geval.bekend_tot)
    for kind in bladen["pleegkinderen"]:
        plaatsingen = select(bladen["plaatsingen"], "pleegkind", kind["nummer"])
        if not select_actief(plaatsingen, geval.peildatum):
            continue
        dag = geval.peildatum
        # The day of leaving is the one day that may be bridged.
        while any(rij["van"] <= dag - timedelta(days=1) <= (rij["tot"] or date.max) for rij in plaatsingen):
            dag -= timedelta(days=1)
        assert get_begin_aaneengesloten(plaatsingen) == dag


@settings(max_examples=drawn(20, 120), deadline=None, suppress_health_check=TRAAG)
@given(st.booleans().flatmap(lambda tweede: gevallen(eigen_goedkeuring=True, tweede=tweede)))
def test_a_judgement_is_consistent_with_its_uiterlijk(geval: Geval) -> None:
    rijen = oordelen(geval.werkboek, geval.peildatum, geval.normversies, geval.bekend_tot)
    sleutels = [tuple(rij[kolom] for kolom in KOLOMMEN[:4]) for rij in rijen]
    assert sleutels == sorted(set(sleutels))
    for rij in rijen:
        te_laat = rij["uiterlijk"] is not None and geval.peildatum > rij["uiterlijk"]
        assert te_laat == (rij["stand"] in ("te_laat", "uitzondering"))
        assert te_laat == (rij["te_laat_sinds"] is not None)
        assert (rij["uitzondering_nummer"] is not None) == (rij["stand"] == "uitzondering")
        assert rij["norm"] in ALLE_NORMCODES
        assert rij["norm"] in NORMCODES or geval.peildatum >= TWEEDE_DAG


@settings(max_examples=drawn(20, 120), deadline=None, suppress_health_check=TRAAG)
@given(werkboeken(), st.dates(date(2019, 1, 1), VANDAAG))
def test_knowing_everything_is_knowing_up_to_the_last_moment(werkboek: Werkboek, peildatum: date) -> None:
    laatste = max(list_momenten(werkboek))
    assert oordelen(werkboek, peildatum) == oordelen(werkboek, peildatum, bekend_tot=laatste)

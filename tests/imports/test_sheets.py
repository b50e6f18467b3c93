"""The sheets as data: they say what the contract says."""

import re
from pathlib import Path

import pytest

from app.imports.faults import FoutCode
from app.imports.kolommen import Celsoort
from app.imports.sheets import BLADEN
from app.invoer.datums import VERLEDEN
from tests.imports import bouw

UITLEG = (Path(__file__).parents[2] / "docs" / "werkboek.md").read_text(encoding="utf-8")


def test_sheets_columns_and_obligations_are_those_that_we_promise() -> None:
    rows = re.findall(r"^\| ([a-z, ]+) \| (nummer\*.*) \|$", UITLEG, flags=re.MULTILINE)
    promised = {
        blad: re.sub(r" \(.*?\)", "", columns).split(", ") for names, columns in rows for blad in names.split(", ")
    }
    ours = {naam: [kolom.naam + "*" * kolom.verplicht for kolom in blad.kolommen] for naam, blad in BLADEN.items()}
    assert ours == promised
    assert list(ours) == list(promised)


def test_every_fault_code_is_explained() -> None:
    assert set(re.findall(r"`([a-z_]+)`", UITLEG.split("| code |")[1])) >= {str(code) for code in FoutCode}


def test_a_sheet_refers_only_to_sheets_before_it() -> None:
    before: set[str] = set()
    for naam, blad in BLADEN.items():
        naar = [{kolom.blad} - {""} | {*dict(kolom.bladen).values()} for kolom in blad.kolommen]
        assert set().union(*naar) <= before
        before.add(naam)


def test_only_dates_and_moments_can_lie_in_the_future() -> None:
    kinds = {kolom.soort for blad in BLADEN.values() for kolom in blad.kolommen if kolom.naam in VERLEDEN}
    assert kinds == {Celsoort.DATUM, Celsoort.MOMENT}


def test_an_unknown_column_has_no_place() -> None:
    with pytest.raises(KeyError):
        BLADEN["medewerkers"].position("gevoel")


def test_the_faultless_workbook_of_the_tests_has_every_sheet_and_no_fault() -> None:
    boek = bouw.boek_met()
    assert boek.keys() == BLADEN.keys()
    keuring = bouw.check(boek)
    assert bouw.found(keuring) == []
    assert keuring.afhankelijk == ()
    assert {blad: len(rijen) for blad, rijen in keuring.rijen.items()} == {
        blad: len(rijen) for blad, rijen in boek.items()
    }

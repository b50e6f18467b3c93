"""The two example workbooks: one has no fault, of the other every planted fault is found."""

import csv
from datetime import date
from functools import cache

import pytest

from app.imports.bekend import Bekend
from app.imports.check.werkboek import check_werkboek
from app.imports.fault_list import write_fault_csv
from app.imports.keuring import Keuring
from app.imports.read.werkboek import read_werkboek
from tests.imports import bouw
from tests.werkboeken import AANBIEDER_A, DATA

#: aanbieder-b has facts of some days after the others
VANDAAG_B = date(2026, 11, 29)


@cache
def keur(naam: str, vandaag: date = bouw.VANDAAG) -> Keuring:
    return check_werkboek(read_werkboek(DATA / naam), Bekend(), vandaag)


def test_the_clean_workbook_has_no_fault_and_every_row_is_good() -> None:
    keuring = keur("aanbieder-a.xlsx")
    assert keuring.fouten == ()
    assert keuring.afhankelijk == ()
    assert {blad: len(rijen) for blad, rijen in keuring.rijen.items()} == {
        "medewerkers": 32,
        "pleeggezinnen": 296,
        "gezinsleden": 888,
        "vgbs": 1103,
        "pleegkinderen": 400,
        "plaatsingen": 463,
        "begeleidingen": 718,
        "maatregelen": 512,
        "kindgesprekken": 3093,
        "veiligheidschecks": 944,
        "huisbezoeken": 5286,
        "casuistiekbesprekingen": 2581,
        "ontwikkelbeelden": 1472,
        "hulpverleningsplannen": 330,
        "pleegoudervoogdgesprekken": 136,
        "vertrouwenspersonen": 233,
        "evaluaties": 644,
        "signalen": 112,
        "uitzonderingen": 342,
    }


@pytest.mark.parametrize(
    ("naam", "vandaag"), [("aanbieder-rommelig", bouw.VANDAAG), ("aanbieder-b-rommelig", VANDAAG_B)]
)
def test_the_messy_workbook_has_exactly_the_planted_faults_in_that_order(naam: str, vandaag: date) -> None:
    lines = write_fault_csv(keur(f"{naam}.xlsx", vandaag).fouten).splitlines()
    with (DATA / f"{naam}.fouten.csv").open(encoding="utf-8", newline="") as file:
        planted = list(csv.reader(file))
    assert [row[:4] for row in csv.reader(lines)] == planted


def test_the_clean_workbook_of_the_second_catalogue_has_no_fault() -> None:
    keuring = keur("aanbieder-b.xlsx", VANDAAG_B)
    assert (keuring.fouten, keuring.afhankelijk) == ((), ())
    assert len(keuring.rijen["opvolgstappen"]) > 100
    assert len(keuring.rijen["acties"]) > 100


def test_importing_the_clean_workbook_over_itself_finds_nothing() -> None:
    first = keur("aanbieder-a.xlsx")
    again = check_werkboek(read_werkboek(AANBIEDER_A), bouw.stored(first), bouw.VANDAAG)
    assert again.fouten == ()
    assert again.rijen == first.rijen

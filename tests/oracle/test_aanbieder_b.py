"""The oracle against a workbook with the facts of normen.md §5b, on both sides of 1 October 2026.

The expected files came with the data; they have no column ruisscore.
"""

import csv
from datetime import date
from typing import Any

import pytest

from tests.werkboeken import AANBIEDER_B, DATA

from .normen import build_normversies
from .orakel import als_csv, oordelen
from .toetsregels import build_regels
from .werkboek_lezen import read_werkboek

Werkboek = dict[str, list[dict[str, Any]]]

NORMEN = build_normversies(tweede=True)
KWARTALEN = {
    "2026-Q3": (date(2026, 7, 1), date(2026, 9, 30)),
    "2026-Q4": (date(2026, 10, 1), date(2026, 12, 31)),
}


@pytest.fixture(scope="module")
def aanbieder() -> Werkboek:
    return read_werkboek(AANBIEDER_B)


@pytest.mark.parametrize("peildatum", ["2026-09-30", "2026-10-20", "2026-11-27", "2026-12-31"])
def test_export_equals_the_expected_bytes(aanbieder: Werkboek, peildatum: str) -> None:
    verwacht = (DATA / f"aanbieder-b.termijnen-{peildatum}.csv").read_bytes()
    assert als_csv(oordelen(aanbieder, date.fromisoformat(peildatum), NORMEN)).encode() == verwacht


@pytest.mark.parametrize("kwartaal", KWARTALEN)
def test_audit_equals_the_expected_rows(aanbieder: Werkboek, kwartaal: str) -> None:
    with (DATA / f"aanbieder-b.kwartaaltoets-{kwartaal}.csv").open(encoding="utf-8", newline="") as bestand:
        verwacht = list(csv.DictReader(bestand))
    assert build_regels(aanbieder, *KWARTALEN[kwartaal], NORMEN) == verwacht

"""Work grows with the rows and not with their square: in processor time, which a busy machine does not lengthen."""

from datetime import date, timedelta
from time import process_time
from typing import Final

from app.imports.bekend import Bekend, BekendePlaatsing
from app.imports.check.werkboek import check_werkboek
from app.imports.werkboek import Blad, Rauw, Werkboek
from app.terms import PlaatsingVorm
from tests.imports.bouw import VANDAAG, kop_van

KLEIN: Final = 1000
KEER: Final = 8
BEGIN: Final = date(2000, 1, 1)


def one_child(rows: int) -> tuple[Werkboek, Bekend]:
    """Return one child with as many overlapping plaatsingen, half of them stored, and an event for each."""
    days = [BEGIN + timedelta(days=number % 9000) for number in range(rows)]
    plaatsingen: list[Rauw] = [[f"P{n}", "K1", "G1", "voltijd", "pleegzorg", day, ""] for n, day in enumerate(days)]
    events: list[Rauw] = [[f"H{n}", f"P{n}", day, "M1"] for n, day in enumerate(days)]
    bladen = (
        Blad.of("plaatsingen", kop_van("plaatsingen", [])[:7], plaatsingen),
        Blad.of("huisbezoeken", kop_van("huisbezoeken", [])[:4], events),
    )
    stored = {f"S{n}": BekendePlaatsing("K1", PlaatsingVorm.CRISIS, day) for n, day in enumerate(days)}
    names = {"pleegkinderen": frozenset({"K1"}), "pleeggezinnen": frozenset({"G1"}), "medewerkers": frozenset({"M1"})}
    return Werkboek(bladen), Bekend(names, stored)


def seconds(rows: int) -> float:
    werkboek, bekend = one_child(rows)
    started = process_time()
    keuring = check_werkboek(werkboek, bekend, VANDAAG)
    spent = process_time() - started
    assert len(keuring.fouten) == rows
    assert len(keuring.afhankelijk) == rows
    return spent


def test_eight_times_the_rows_take_nowhere_near_their_square() -> None:
    small = min(seconds(KLEIN) for _ in range(3))
    large = min(seconds(KLEIN * KEER) for _ in range(2))
    assert large / small < KEER * 4

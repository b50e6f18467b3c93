"""The engine against the worked examples: every judgement of aanbieder-a and aanbieder-b, byte for byte.

Source: ``afspraken.md`` §6; the workbooks and their files stand in ``data/``. The second has what came with the second
catalogue of norms, on days on both sides of 1 October 2026.
"""

from datetime import date
from functools import cache

import pytest

from app.norms.bevinding import Bevinding
from app.norms.judge import judge
from app.norms.versies.catalogue import LANDELIJK, Catalogus
from tests.norms.werkboek import Inhoud, dossiers_from_werkboek
from tests.norms.werkboekbestand import read_xlsx, termijnen_csv
from tests.werkboeken import AANBIEDER_A, AANBIEDER_B, DATA


@cache
def aanbieder_a() -> Inhoud:
    """Return the facts of aanbieder-a, read once per process."""
    return dossiers_from_werkboek(read_xlsx(AANBIEDER_A))


@cache
def aanbieder_b() -> Inhoud:
    """Return the facts of aanbieder-b, read once per process."""
    return dossiers_from_werkboek(read_xlsx(AANBIEDER_B))


@pytest.mark.parametrize("peildatum", [date(2024, 2, 29), date(2026, 9, 30)])
def test_every_judgement_equals_the_worked_example(peildatum: date) -> None:
    assert _judged(aanbieder_a(), peildatum) == _expected("aanbieder-a", peildatum)


@pytest.mark.parametrize("peildatum", [date(2026, 9, 30), date(2026, 10, 20), date(2026, 11, 27), date(2026, 12, 31)])
def test_every_judgement_of_the_second_catalogue_equals_the_worked_example(peildatum: date) -> None:
    assert _judged(aanbieder_b(), peildatum) == _expected("aanbieder-b", peildatum)


def _judged(inhoud: Inhoud, peildatum: date) -> str:
    gedeeld: dict[tuple[int, date], list[Bevinding]] = {}
    oordelen = {
        nummer: judge(dossier, inhoud.gezinnen, Catalogus(LANDELIJK), peildatum, gedeeld)
        for nummer, dossier in inhoud.dossiers.items()
    }
    return termijnen_csv(oordelen, inhoud.namen)


def _expected(aanbieder: str, peildatum: date) -> str:
    return (DATA / f"{aanbieder}.termijnen-{peildatum}.csv").read_text(encoding="utf-8")

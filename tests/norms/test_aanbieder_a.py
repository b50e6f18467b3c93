"""The engine against the worked example: every judgement of aanbieder-a, byte for byte.

Source: ``afspraken.md`` §6; the workbook and the two files stand in ``data/``.
"""

from datetime import date
from functools import cache

import pytest

from app.norms.bevinding import Bevinding
from app.norms.catalogue import LANDELIJK, Catalogus
from app.norms.judge import judge
from tests.norms.werkboek import Inhoud, dossiers_from_werkboek, read_xlsx, termijnen_csv
from tests.werkboeken import AANBIEDER_A, DATA


@cache
def aanbieder_a() -> Inhoud:
    """Return the facts of aanbieder-a, read once per process."""
    return dossiers_from_werkboek(read_xlsx(AANBIEDER_A))


@pytest.mark.parametrize("peildatum", [date(2024, 2, 29), date(2026, 9, 30)])
def test_every_judgement_equals_the_worked_example(peildatum: date) -> None:
    inhoud, catalogus = aanbieder_a(), Catalogus(LANDELIJK)
    gedeeld: dict[tuple[int, date], list[Bevinding]] = {}
    oordelen = {
        nummer: judge(dossier, inhoud.gezinnen, catalogus, peildatum, gedeeld)
        for nummer, dossier in inhoud.dossiers.items()
    }
    verwacht = (DATA / f"aanbieder-a.termijnen-{peildatum}.csv").read_text(encoding="utf-8")
    assert termijnen_csv(oordelen, inhoud.namen) == verwacht

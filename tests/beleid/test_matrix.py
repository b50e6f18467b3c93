"""Every route × rol × relation of the policy table, asked for real: 0 surprises.

``make drill-tests`` asks every cell, the suite those of ``keuze``.
"""

import pytest

from app.access.policy import NIET_AANGEMELD, Beleidsuitkomst, uitkomst_regels
from app.terms import Rol
from tests.api.client import without_id
from tests.api.database import counting_statements
from tests.beleid.keuze import chosen_cells
from tests.beleid.matrix import asked_routes, every_cell, refused_rows, run
from tests.beleid.verzoeken import ask
from tests.beleid.wereld import Wereld


@pytest.mark.parametrize("rol", [*Rol, NIET_AANGEMELD])
def test_every_cell_of_the_table_comes_true(wereld: Wereld, rol: str, *, heel: bool) -> None:
    vragen = every_cell(rol) if heel else chosen_cells(rol)
    verloop = run(wereld, vragen)
    print(f"\n{rol}: {len(verloop.uitkomsten)} cellen, {len(verloop.verrassingen)} verrassingen")  # noqa: T201 - the drill's figure
    assert verloop.verrassingen == []
    assert len(verloop.uitkomsten) == len(vragen) > (8 if heel else 2) * len(asked_routes())


def test_the_table_has_every_outcome() -> None:
    assert {uitkomst for one in uitkomst_regels() for uitkomst in one.uitkomsten.values()} == set(Beleidsuitkomst)


@pytest.mark.parametrize("rol", [Rol.KWALITEITSMEDEWERKER, Rol.INSPECTEUR])
def test_a_refusal_without_the_right_looks_nothing_up(wereld: Wereld, rol: str) -> None:
    """So it cannot depend on the relation: the same statements and the same bytes, whatever the id."""
    for row in refused_rows(rol):
        answers = []
        for vraag in row:
            with counting_statements() as seen:
                answers.append((without_id(ask(wereld, vraag)), seen))
        assert answers[0] == answers[1], str(row[0])

"""The cells and mutants of every change leave nothing of the table unasked, and would be missed."""

from collections.abc import Callable

import pytest

from app.access.permissions import Permission
from app.access.policy import NIET_AANGEMELD, Beleidsuitkomst
from app.terms import Rol
from tests.beleid.keuze import ONBEKEND, chosen_cells, gaps, hidden
from tests.beleid.matrix import asked_routes, every_cell, wanted
from tests.beleid.mutanten import RECHTEN, Mutant, features_of_recht, features_of_voorwaarde
from tests.beleid.voorwaarden import MUTANTEN
from tests.keuze import covering

IEDEREEN = [*Rol, NIET_AANGEMELD]


@pytest.mark.parametrize("rol", IEDEREEN)
def test_the_choice_leaves_nothing_unasked(rol: str) -> None:
    """Each cell of each rule; each route giving and refusing, and its 404 beside that of an id that does not exist."""
    chosen, whole = chosen_cells(rol), every_cell(rol)
    assert gaps(rol, chosen) == []
    assert chosen == chosen_cells(rol)
    assert set(chosen) < set(whole)
    assert len(set(chosen)) == len(chosen) < len(whole) / 2


@pytest.mark.parametrize("rol", [Rol.TEAMLEIDER, Rol.INSPECTEUR])
def test_a_choice_that_leaves_something_out_is_seen(rol: str) -> None:
    chosen = chosen_cells(rol)
    for route in asked_routes():
        naam = f"{route.methode} {route.pad} {rol}"
        assert f"{naam}: in minder dan twee relaties" in gaps(rol, [one for one in chosen if one.route != route])
    for relatie in {one.relatie for one in chosen}:
        of_rules = {one.regel for one in asked_routes() if relatie in wanted()[one.regel, rol]}
        found = gaps(rol, [one for one in chosen if one.relatie != relatie])
        assert {f"{regel} {rol} {relatie}" for regel in of_rules} <= set(found)


def test_a_404_that_is_compared_with_nothing_is_seen() -> None:
    for rol in IEDEREEN:
        chosen = chosen_cells(rol)
        without = [one for one in chosen if one.relatie != ONBEKEND]
        compared = {one.route for one in chosen if ONBEKEND in hidden(one.route, wanted()[one.route.regel, rol])}
        found = [one for one in gaps(rol, without) if one.endswith("met een id dat er niet is")]
        assert len(found) == len(compared)
    assert any(Beleidsuitkomst.BESTAAT_NIET in rij.values() for rij in wanted().values())


def test_the_rights_that_are_taken_and_given_leave_out_no_right_and_no_rol() -> None:
    assert len(set(RECHTEN)) == len(RECHTEN) == len(Rol) * len(Permission)
    chosen = covering(RECHTEN, features_of_recht)
    assert {one.recht for one in chosen} == set(Permission)
    assert {(one.rol, one.taken) for one in chosen} == {(one.rol, one.taken) for one in RECHTEN}
    assert len(chosen) < len(RECHTEN) / 4


@pytest.mark.parametrize(
    "of",
    [
        lambda one: {name for _, name, _ in one.patches},
        lambda one: set(one.rollen),
        lambda one: {one.tabel},
    ],
    ids=["wat anders is", "rollen", "tabellen"],
)
def test_the_conditions_that_are_weakened_leave_out_none(of: Callable[[Mutant], set[object]]) -> None:
    chosen = covering(MUTANTEN, features_of_voorwaarde)
    assert set().union(*map(of, chosen)) == set().union(*map(of, MUTANTEN))
    assert len(chosen) < len(MUTANTEN) / 2

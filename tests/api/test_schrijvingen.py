"""The writes that are asked at every change leave out no kind of fact, no step, and nothing that has its own way."""

from itertools import product
from unittest import mock

import pytest

from app.models.soorten import SOORTEN, Eigenaar
from tests.api.posts import Schrijving, chosen_writes, every_write, features_of_write, feit_route

OWN = ("vastleggen", "correctie", "PATCH")
EVERYTHING = list(every_write(mock.Mock()))


def facts(chosen: list[Schrijving]) -> set[tuple[str, str]]:
    return {fact for one in chosen if (fact := feit_route(one))}


@pytest.mark.parametrize("turn", [0, 1])
def test_every_kind_is_written_and_every_step_is_taken(turn: int) -> None:
    chosen = chosen_writes(EVERYTHING, turn)
    assert {noun for noun, step in facts(chosen) if step in OWN} == {soort.meervoud for soort in SOORTEN.values()}
    of_each = {
        (step, soort.eigenaar) for soort in SOORTEN.values() for noun, step in facts(chosen) if noun == soort.meervoud
    }
    assert set(product(("vastleggen", "intrekking"), Eigenaar)) < of_each
    assert set().union(*map(features_of_write, chosen)) == set().union(*map(features_of_write, EVERYTHING))
    assert len(chosen) < len(EVERYTHING) * 2 / 3


def test_what_has_its_own_way_is_always_asked() -> None:
    own_way = {one for one in EVERYTHING if feit_route(one) is None}
    assert {("POST", "/uitzonderingen/{id}/goedkeuring"), ("POST", "/samenvoegingen/{id}/herstel")} < own_way
    assert own_way < set(chosen_writes(EVERYTHING))


def test_another_turn_asks_other_steps_of_a_kind() -> None:
    first, second = (facts(chosen_writes(EVERYTHING, turn)) for turn in (0, 1))
    corrected = [{noun for noun, step in asked if step == "correctie"} for asked in (first, second)]
    recorded = [{noun for noun, step in asked if step == "vastleggen"} for asked in (first, second)]
    assert corrected[0] | corrected[1] > corrected[0]
    assert recorded[0] | recorded[1] == {soort.meervoud for soort in SOORTEN.values()}

"""What differs, cell by cell, and how a child went."""

from typing import Any

import pytest

from app.norms.kwartaaltoets.vergelijking import Veldverschil, Verloop, Verschilsoort, compare, follow
from tests.toets.bouw import oordeel, regel


def test_the_same_rows_do_not_differ() -> None:
    assert compare([regel("K1"), regel("K2")], [regel("K2"), regel("K1")]) == []


def test_a_cell_that_differs_says_what_it_was_and_is() -> None:
    later = regel(criteria={**regel()["criteria"], "KAG-R": oordeel("te_laat", dagen=4)}, navolgbaar=False)
    (found,) = compare([regel()], [later])
    assert (found.pleegkind_nummer, found.soort) == ("K1", Verschilsoort.GEWIJZIGD)
    assert set(found.velden) == {
        Veldverschil("KAG-R.stand", "op_tijd", "te_laat"),
        Veldverschil("navolgbaar", "ja", "nee"),
    }


def test_who_joined_and_who_left_are_named_by_nummer() -> None:
    found = compare([regel("K2"), regel("K3")], [regel("K1"), regel("K2")])
    assert [(one.pleegkind_nummer, one.soort.value) for one in found] == [("K1", "erbij"), ("K3", "weg")]


@pytest.mark.parametrize(
    "field",
    ["peildatum", "geplaatstOpKwartaaleinde", "lateRegistraties", "professionals12m", "ruisscore", "navolgbaar"],
)
def test_no_cell_is_overlooked(field: str) -> None:
    changed: Any = {**regel(), field: "anders"}
    (found,) = compare([regel()], [changed])
    assert [one.veld for one in found.velden] == [field]


def _with_late(aantal: int) -> Any:
    codes = ("KAG-R", "VC-J", "MDO")
    criteria = {code: oordeel("te_laat" if i < aantal else "op_tijd", norm=code) for i, code in enumerate(codes)}
    return regel(criteria=criteria, navolgbaar=aantal == 0)


@pytest.mark.parametrize(
    ("was", "wordt", "verloop"),
    [
        (0, 0, Verloop.GELIJK),
        (2, 1, Verloop.BETER),
        (1, 0, Verloop.BETER),
        (0, 1, Verloop.SLECHTER),
        (2, 2, Verloop.GELIJK),
    ],
)
def test_better_or_worse_is_by_the_number_of_late_criteria(was: int, wordt: int, verloop: Verloop) -> None:
    (found,) = follow([_with_late(was)], [_with_late(wordt)])
    assert found.verloop is verloop
    assert (found.was_navolgbaar, found.is_navolgbaar) == (was == 0, wordt == 0)


def test_new_and_gone() -> None:
    found = {one.pleegkind_nummer: one.verloop for one in follow([regel("K1")], [regel("K2")])}
    assert found == {"K1": Verloop.WEG, "K2": Verloop.NIEUW}

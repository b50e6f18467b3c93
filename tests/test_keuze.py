"""A covering choice has every feature of the whole, nothing twice for nothing, and is the same every time."""

from itertools import product

from tests.keuze import covering, of_turn

PAREN = list(product("abcd", range(3)))


def test_every_feature_occurs_and_each_one_brings_a_new_one() -> None:
    chosen = covering(PAREN, lambda pair: pair)
    assert {letter for letter, _ in chosen} == set("abcd")
    assert {number for _, number in chosen} == {0, 1, 2}
    assert chosen == [("a", 0), ("a", 1), ("a", 2), ("b", 0), ("c", 0), ("d", 0)]


def test_what_has_no_feature_is_not_chosen() -> None:
    assert covering(PAREN, lambda pair: pair if pair[0] == "a" else ()) == PAREN[:3]


def test_turns_together_ask_everything() -> None:
    asked = [of_turn("abcde", turn, 2) for turn in range(3)]
    assert asked == [["a", "b"], ["c", "d"], ["e", "a"]]
    assert of_turn("ab", 4, 9) == ["a", "b"]

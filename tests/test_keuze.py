"""A covering choice has every feature of the whole, nothing twice for nothing, and is the same every time."""

import re
from itertools import product
from pathlib import Path

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


def test_what_asks_less_at_every_change_asks_all_at_night() -> None:
    """Whatever tells the two apart is in ``make drill-tests``."""
    tests = Path(__file__).parent
    makefile = (tests.parent / "Makefile").read_text()
    drilled = re.findall(r"tests/[\w/.]+", makefile.partition("\nDRILLED = ")[2].partition("\n\n")[0])
    tells = re.compile(r"\bheel: bool|\bdrawn\(|\"--heel\"")
    asking = [one for one in tests.rglob("test_*.py") if one != Path(__file__) and tells.search(one.read_text())]
    assert len(asking) > 15
    assert [str(one) for one in asking if not any(one.is_relative_to(tests.parent / part) for part in drilled)] == []

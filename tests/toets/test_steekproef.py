"""The same seed draws the same rows, everybody's share is fair, and another seed draws others."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.norms.toezicht.steekproef import Laag, divide, draw

RIJEN = [(f"kind-{n:03d}", "Noord" if n % 3 else "Zuid") for n in range(90)]


def test_the_same_seed_is_the_same_sample_whatever_the_order() -> None:
    drawn, lagen = draw(RIJEN, 12, "2026")
    turned = RIJEN[::-1]
    again, _ = draw(turned, 12, "2026")
    assert [RIJEN[place] for place in drawn] == [turned[place] for place in again]
    assert lagen == [Laag("Noord", 60, 8), Laag("Zuid", 30, 4)]


def test_another_seed_draws_others() -> None:
    assert set(draw(RIJEN, 12, "a")[0]) != set(draw(RIJEN, 12, "b")[0])


def test_it_is_the_documented_hash() -> None:
    """Whoever has the rows can draw the sample with nothing but SHA-256."""
    zuid = [kind for kind, team in RIJEN if team == "Zuid"]
    by_hand = sorted(zuid, key=lambda kind: sha256(f"7|{kind}".encode()).digest())[:4]
    drawn, _ = draw(RIJEN, 12, "7")
    assert [RIJEN[place][0] for place in drawn if RIJEN[place][1] == "Zuid"] == by_hand


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 500), max_size=12), st.integers(1, 300))
def test_shares_are_whole_and_within_one_of_proportion(lagen: dict[str, int], omvang: int) -> None:
    shares, total = divide(omvang, lagen), sum(lagen.values())
    assert sum(shares.values()) == min(omvang, total)
    for laag, count in lagen.items():
        assert abs(shares[laag] - min(omvang, total) * count / total) < 1
        assert 0 <= shares[laag] <= count


@pytest.mark.parametrize("omvang", [90, 200])
def test_no_more_than_there_are(omvang: int) -> None:
    assert sorted(draw(RIJEN, omvang, "1")[0]) == list(range(90))


def test_nothing_gives_nothing() -> None:
    assert draw([], 10, "1") == ([], [])

"""One content, one text, one digest."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.canoniek import as_canonical
from app.norms.kwartaaltoets.digest import digest_of, iterate_canonical
from app.norms.kwartaaltoets.kengetallen import count_kengetallen
from tests.toets.bouw import regel

KOP: Any = {"organisatie": {"code": "DEMO", "naam": "Demo é"}, "kwartaal": "2026-Q3", "vervangt": None, "trend": {}}
ROWS = [regel("K1"), regel("K2", navolgbaar=False)]


def test_the_pieces_are_the_canonical_json_of_the_whole() -> None:
    kengetallen = count_kengetallen("Demo", ROWS)
    whole = as_canonical({**KOP, "kengetallen": kengetallen, "regels": ROWS}).encode()
    assert b"".join(iterate_canonical(KOP, kengetallen, iter(ROWS))) == whole
    assert digest_of(KOP, kengetallen, iter(ROWS)) == hashlib.sha256(whole).hexdigest()


def test_every_cell_is_in_the_digest() -> None:
    kengetallen = count_kengetallen("Demo", ROWS)
    digests = {digest_of(KOP, kengetallen, ROWS)}
    for field in ROWS[0]:
        changed: Any = {**ROWS[0], field: "anders"}
        digests.add(digest_of(KOP, kengetallen, [changed, ROWS[1]]))
    another: Any = {**KOP, "kwartaal": "2026-Q2"}
    digests.add(digest_of(another, kengetallen, ROWS))
    digests.add(digest_of(KOP, [], ROWS))
    digests.add(digest_of(KOP, kengetallen, ROWS[::-1]))
    assert len(digests) == len(ROWS[0]) + 4


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
)


@given(_JSON)
def test_it_comes_back_and_does_not_depend_on_the_order_of_keys(value: Any) -> None:
    text = as_canonical(value)
    assert json.loads(text) == value
    turned = dict(reversed(value.items())) if isinstance(value, dict) else value
    assert as_canonical(turned) == text


def test_what_is_no_number_has_no_form() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_canonical(float("nan"))

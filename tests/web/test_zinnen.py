"""A limit of one is one, and whatever pydantic says has a Dutch sentence that says something."""

from typing import Any, get_args

import pytest
from pydantic_core import core_schema

from app.web.validation import fault

SOORTEN = get_args(core_schema.ErrorType)


@pytest.mark.parametrize(
    ("soort", "grens", "zin"),
    [
        ("too_short", {"min_length": 1}, "Geef ten minste 1 onderdeel."),
        ("too_short", {"min_length": 2}, "Geef ten minste 2 onderdelen."),
        ("too_long", {"max_length": 1}, "Geef ten hoogste 1 onderdeel."),
        ("too_long", {"max_length": 14}, "Geef ten hoogste 14 onderdelen."),
        ("string_too_short", {"min_length": 1}, "Vul dit in."),
        ("string_too_short", {"min_length": 20}, "Geef ten minste 20 tekens."),
        ("string_too_long", {"max_length": 1}, "Geef ten hoogste 1 teken."),
    ],
)
def test_one_is_one(soort: str, grens: dict[str, Any], zin: str) -> None:
    assert fault({"type": soort, "loc": ("body", "x"), "msg": "x", "ctx": grens}).detail == zin


def test_of_a_text_letters_are_counted_whoever_counts_them() -> None:
    error = {"loc": ("body", "x"), "msg": "x", "ctx": {"min_length": 20}}
    assert fault({**error, "type": "too_short", "input": "kort"}).detail == "Geef ten minste 20 tekens."
    assert fault({**error, "type": "too_short", "input": []}).detail == "Geef ten minste 20 onderdelen."


@pytest.mark.parametrize("soort", SOORTEN)
def test_every_error_of_pydantic_is_a_dutch_sentence(soort: str) -> None:
    limits = {"gt": 1, "ge": 1, "lt": 1, "le": 1, "min_length": 1, "max_length": 2, "expected": "'a' or 'b'"}
    detail = fault({"type": soort, "loc": ("body", "x"), "msg": "Value error, no", "ctx": limits}).detail
    assert detail.endswith(".")
    assert "\n" not in detail
    assert detail.split()[0] in ("Dit", "Deze", "Geef", "Kies", "De", "Vul")
    assert "Value error" not in detail

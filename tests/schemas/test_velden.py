"""Strict at the door: a number is no date, 1 is no yes, a local time is no instant."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.invoer.tekst import MAX_REGEL, MAX_TEKST
from app.schemas.velden import Datum, DatumOfNiets, Getal, JaNee, Regel, SchemaOut, Tekst, Tijdstip


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-07-01", date(2026, 7, 1)), ("2024-02-29", date(2024, 2, 29)), ("1900-01-01", date(1900, 1, 1))],
)
def test_a_date(text: str, expected: date) -> None:
    assert TypeAdapter(Datum).validate_python(text) == expected


NO_DATES: list[Any] = [
    0, 1, 1.0, True, "0", "1", "20260701", "2026-7-1", "2026-02-29", "2026-13-01", "2026-07-01T00:00:00", "2026-07-01Z",
    "01-07-2026", " 2026-07-01", "2026-07-01\n", "1899-12-31", "2200-01-01", "9999-12-31", "0001-01-01",
    "202\u0666-07-01",
    "", b"2026-07-01", datetime(2026, 7, 1, tzinfo=UTC), [], {},
]  # fmt: skip


@pytest.mark.parametrize("value", [*NO_DATES, None])
def test_no_date(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Datum).validate_python(value)


@pytest.mark.parametrize("value", NO_DATES)
def test_no_date_where_there_may_be_none(value: object) -> None:
    assert TypeAdapter(DatumOfNiets).validate_python(None) is None
    with pytest.raises(ValidationError):
        TypeAdapter(DatumOfNiets).validate_python(value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-07-01T09:30:00Z", "2026-07-01T09:30:00Z"),
        ("2026-07-01T09:30:00+02:00", "2026-07-01T07:30:00Z"),
        ("2026-07-01t00:30:00.5+01:00", "2026-06-30T23:30:00.500000Z"),
    ],
)
def test_any_offset_comes_in_and_utc_goes_out(text: str, shown: str) -> None:
    kind = TypeAdapter(Tijdstip)
    assert kind.dump_json(kind.validate_python(text)) == f'"{shown}"'.encode()


NAIVE = datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    "value",
    [0, 1.5, "0", "2026-07-01", "2026-07-01T09:30:00", "2026-07-01 09:30:00Z", "2026-07-01T25:00:00Z",
     "2026-07-01T09:30:00+25:00", "1900-01-01T00:00:00+99:99", NAIVE, None],
)  # fmt: skip
def test_no_instant(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Tijdstip).validate_python(value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(JaNee, 1), (JaNee, "ja"), (JaNee, "true"), (JaNee, None), (Getal, "1"), (Getal, 1.0), (Getal, True),
     (Getal, 2**63), (Regel, 1), (Regel, ""), (Regel, "   "), (Regel, "x" * 251), (Regel, "a\0b"), (Regel, "\ud800"),
     (Tekst, "a\0b"), (Tekst, "\ud800"), (Tekst, "a\x1b[31mb"), (Tekst, "\u200b")],
)  # fmt: skip
def test_no_kindness(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


def test_the_schema_of_a_date_that_may_be_none_has_no_any_of() -> None:
    schema = TypeAdapter(DatumOfNiets).json_schema()
    assert "anyOf" not in schema
    assert (schema["type"], schema["format"]) == (["string", "null"], "date")


def test_what_goes_out_is_camel_case() -> None:
    class Uit(SchemaOut):
        laatste_datum: DatumOfNiets

    assert Uit(laatste_datum=None).model_dump_json(by_alias=True) == '{"laatsteDatum":null}'


@pytest.mark.parametrize(("kind", "most"), [(Regel, MAX_REGEL), (Tekst, MAX_TEKST)])
def test_text_is_as_long_as_its_schema_says_spaces_around_it_included_and_never_only_spaces(
    kind: Any, most: int
) -> None:
    adapter = TypeAdapter(kind)
    assert adapter.json_schema() == {"type": "string", "minLength": 1, "maxLength": most}
    assert adapter.validate_python(f" {'x' * (most - 1)}") == "x" * (most - 1)
    for value in ("", " ", " " * 10, f"{'x' * most} ", "x" * (most + 1)):
        with pytest.raises(ValidationError):
            adapter.validate_python(value)

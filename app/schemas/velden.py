"""Types at the door: strict where pydantic is kind. A number is no date, a local time is no instant.

Also the two bases of every schema: ``SchemaIn`` (extra forbidden) and ``SchemaOut``; camelCase outside, and
``ListFilter``, the base of the query parameters of a list.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictBool,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError, PydanticKnownError

from app.invoer.datums import EERSTE_DAG, LAATSTE_DAG
from app.invoer.tekst import MAX_REGEL, MAX_TEKST, fault_in_line, fault_in_text, normalise

_EEUWEN = "|".join(str(eeuw) for eeuw in range(EERSTE_DAG.year // 100, LAATSTE_DAG.year // 100 + 1))
_DATE = re.compile(rf"(?:{_EEUWEN})\d\d-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(rf"(?:{_EEUWEN})\d\d-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{{1,6}})?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
_YEARS = f"^({_EEUWEN})"  # for the schema: what is dated otherwise is a typing error


def _only_civil_date(value: object) -> object:
    """Let a date through, and text of the form JJJJ-MM-DD between 1900 and 2199; all else is a fault."""
    if type(value) is date:
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("datum", "geen datum")


def _only_instant(value: object) -> object:
    """Let an aware datetime through, and RFC 3339 text with any offset; the result is UTC."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise PydanticCustomError("tijdstip", "geen tijdstip")


def _not_longer_than(most: int) -> BeforeValidator:
    """Refuse text that is longer than the schema says, also when spaces around it would fall away."""

    def check(value: object) -> object:
        if isinstance(value, str) and len(value) > most:
            raise PydanticKnownError("string_too_long", {"max_length": most})
        return value

    return BeforeValidator(check)


def _line(value: str) -> str:
    return _readable(normalise(value), fault_in_line)


def _text(value: str) -> str:
    return _readable(normalise(value), fault_in_text)


def _readable(value: str, fault_in: Callable[[str], str | None]) -> str:
    zin = fault_in(value)
    if zin is not None:
        # The sentence goes in as data: pydantic fills braces in a message.
        raise PydanticCustomError("teken", "{zin}", {"code": "ongeldig_teken", "zin": zin})
    return value


def _zulu(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


#: A civil date. A nullable one is ``DatumOfNiets``: ``Datum | None`` gives anyOf, which the rules refuse.
Datum = Annotated[
    date,
    BeforeValidator(_only_civil_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": _YEARS}),
]
DatumOfNiets = Annotated[
    date | None,
    BeforeValidator(lambda value: None if value is None else _only_civil_date(value)),
    WithJsonSchema({"type": ["string", "null"], "format": "date", "pattern": _YEARS}),
]
#: An instant: any offset in, UTC with Z out.
Tijdstip = Annotated[
    datetime,
    BeforeValidator(_only_instant),
    PlainSerializer(_zulu, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
EEN_KIND: Final = object()
#: The id of a child: the access log names the children in an answer by the fields of these types.
KindId = Annotated[UUID, EEN_KIND]
EigenKindId = Annotated[UUID, EEN_KIND, Field(validation_alias=AliasChoices("uid", "id"))]


@dataclass(frozen=True, slots=True)
class ChildrenUnder:
    """That an object without a schema of its own names children under these names, each by its id."""

    namen: frozenset[str]


#: The external id; rows and entities call it uid.
Id = Annotated[UUID, Field(validation_alias=AliasChoices("uid", "id"))]
JaNee = StrictBool
Getal = Annotated[StrictInt, Field(ge=-(2**53), le=2**53)]
#: One line, and a longer text; spaces around it fall away, and nothing but spaces is missing.
Regel = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_REGEL),
    _not_longer_than(MAX_REGEL),
    AfterValidator(_line),
]
Tekst = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEKST),
    _not_longer_than(MAX_TEKST),
    AfterValidator(_text),
]


class SchemaIn(BaseModel):
    """Base of what comes in: camelCase, unknown fields are faults."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True, hide_input_in_errors=True)


class SchemaOut(BaseModel):
    """Base of what goes out: camelCase, filled by name or from attributes of a row or entity."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        from_attributes=True,
        frozen=True,
    )


class ListFilter(SchemaIn):
    """Base of the query parameters of a list; a subclass adds the filters. Unknown ones are faults."""

    cursor: str | None = Field(
        default=None,
        max_length=2000,
        pattern="^[A-Za-z0-9_-]+$",
        description="Waar de bladzijde begint: overnemen uit de kop Link.",
    )
    limit: int = Field(default=25, ge=1, le=200, description="Hoeveel resultaten op een bladzijde.")

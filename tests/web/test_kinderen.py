"""Whose ids stand in an answer, by the types of its schema."""

from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel

from app.schemas.pleegkind import CaseloadRegel
from app.schemas.velden import EigenKindId, Id, KindId, SchemaOut
from app.schemas.wijziging import WijzigingOut
from app.web.answers import json_response
from app.web.kinderen import children_in
from app.web.pagination import Resultaten

EEN, TWEE, DRIE = (UUID(int=number) for number in (1, 2, 3))


class Kind(SchemaOut):
    id: EigenKindId


class Regel(SchemaOut):
    id: Id
    pleegkind_id: KindId | None
    ander: Kind | None = None
    anderen: list[Kind] | None = None


@pytest.mark.parametrize(
    ("value", "schema", "found"),
    [
        (Kind(id=EEN), Kind, [EEN]),
        ([Kind(id=EEN), Kind(id=TWEE), Kind(id=EEN)], list[Kind], [EEN, TWEE]),
        (Regel(id=EEN, pleegkind_id=None), Regel, []),
        (Regel(id=EEN, pleegkind_id=DRIE, ander=Kind(id=TWEE), anderen=[Kind(id=EEN)]), Regel, [DRIE, TWEE, EEN]),
        (Resultaten[Kind](resultaten=[Kind(id=TWEE)]), Resultaten[Kind], [TWEE]),
        ({"a": "b"}, dict[str, str], []),
    ],
)
def test_the_children_of_an_answer_are_those_of_its_types(value: object, schema: type, found: list[UUID]) -> None:
    assert children_in(value, schema) == found


@pytest.mark.parametrize("schema", [CaseloadRegel, WijzigingOut])
def test_a_schema_of_ours_names_its_child(schema: type[BaseModel]) -> None:
    values: Any = {"id" if schema is CaseloadRegel else "pleegkind_id": TWEE}
    assert children_in(schema.model_construct(**values), schema) == [TWEE]


def test_a_field_of_two_kinds_with_children_is_refused_rather_than_forgotten() -> None:
    class Tweeslachtig(SchemaOut):
        wie: Kind | Regel

    with pytest.raises(TypeError):
        children_in(Tweeslachtig(wie=Kind(id=EEN)), Tweeslachtig)


def test_an_answer_has_the_children_that_it_shows() -> None:
    assert json_response({"id": EEN, "pleegkind_id": TWEE}, Regel).kinderen == [TWEE]

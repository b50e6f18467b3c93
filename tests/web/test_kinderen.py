"""Whose ids stand in an answer, by the types of its schema."""

import re
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from app.models import Base
from app.schemas.feiten.pleegkind import CaseloadRegel
from app.schemas.velden import EigenKindId, Id, KindId, SchemaOut
from app.schemas.wijziging import KINDEREN, WijzigingOut
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


def test_a_change_names_the_children_of_before_and_after() -> None:
    was, now = {"pleegkindId": EEN, "vorm": "netwerk"}, {"anderUid": str(DRIE), "pleegkindUid": None}
    values: Any = {"pleegkind_id": TWEE, "voor": was, "na": now}
    assert children_in(WijzigingOut.model_construct(**values), WijzigingOut) == [TWEE, EEN, DRIE]


def test_every_column_that_says_which_child_is_one_that_a_change_names() -> None:
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    of_child = {name for name in columns if re.fullmatch(r"(pleegkind|ander)_u?id|.*kind_uid", name)}
    assert {to_camel(name) for name in of_child} == KINDEREN.namen


@pytest.mark.parametrize(
    ("schema", "values"),
    [(CaseloadRegel, {"id": TWEE}), (WijzigingOut, {"pleegkind_id": TWEE, "voor": None, "na": None})],
)
def test_a_schema_of_ours_names_its_child(schema: type[BaseModel], values: Any) -> None:
    assert children_in(schema.model_construct(**values), schema) == [TWEE]


def test_a_field_of_two_kinds_with_children_is_refused_rather_than_forgotten() -> None:
    class Tweeslachtig(SchemaOut):
        wie: Kind | Regel

    with pytest.raises(TypeError):
        children_in(Tweeslachtig(wie=Kind(id=EEN)), Tweeslachtig)


def test_an_answer_has_the_children_that_it_shows() -> None:
    assert json_response({"id": EEN, "pleegkind_id": TWEE}, Regel).kinderen == [TWEE]

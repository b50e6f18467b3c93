"""Which children an answer shows: those whose ids stand in fields of the types of ``app.schemas.velden``.

What a schema looks like is read once; then naming the children of a list costs a look at each row.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from app.schemas.velden import EEN_KIND

Find = Callable[[Any], Iterable[UUID]]


def children_in(value: object, schema: Any) -> list[UUID]:
    """Return the children in a value that its schema validated, each once, in the order in which they stand there."""
    find = _finder(schema)
    return [] if find is None else list(dict.fromkeys(find(value)))


@cache
def _finder(kind: Any) -> Find | None:
    """Return what finds the children in a value of a type; None when there can be none."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _in_model(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _itself if EEN_KIND in arguments[1:] else _finder(arguments[0])
    if origin in (Union, UnionType):
        return _in_either([found for found in map(_finder, arguments) if found is not None])
    if origin in (list, tuple):
        return _in_each(_finder(arguments[0]))
    return None


def _itself(value: UUID | None) -> Iterable[UUID]:
    return () if value is None else (value,)


def _in_either(finds: list[Find]) -> Find | None:
    """Return the finder of a value that may be None.

    Raises:
        TypeError: it may be of two types with children in them: nothing here could tell which it is.
    """
    if len(finds) > 1:
        raise TypeError("een veld met twee soorten kinderen")
    return (lambda value: () if value is None else finds[0](value)) if finds else None


def _in_each(find: Find | None) -> Find | None:
    return None if find is None else lambda values: (uid for value in values for uid in find(value))


def _in_model(model: type[BaseModel]) -> Find | None:
    places: list[tuple[str, Find]] = []
    for name, field in model.model_fields.items():
        annotation: Any = field.annotation
        find = _itself if EEN_KIND in field.metadata else _finder(annotation)
        if find is not None:
            places.append((name, find))

    def in_fields(value: Any) -> Iterator[UUID]:
        for name, find in places:
            yield from find(getattr(value, name))

    return in_fields if places else None

"""Which children an answer shows: those whose ids stand in fields of the types of ``app.schemas.velden``.

What a schema looks like is read once; then naming the children of a list costs a look at each row.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from app.schemas.velden import EEN_KIND, ChildrenUnder

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
        return _by_mark(arguments[1:]) or _finder(arguments[0])
    if origin in (Union, UnionType):
        return _in_either([found for found in map(_finder, arguments) if found is not None])
    if origin in (list, tuple):
        return _in_each(_finder(arguments[0]))
    return None


def _by_mark(metadata: Iterable[object]) -> Find | None:
    """Return what finds the children in a value whose type says that it is one, or under which names they stand."""
    for mark in metadata:
        if mark is EEN_KIND:
            return _itself
        if isinstance(mark, ChildrenUnder):
            return _under(mark.namen)
    return None


def _under(names: frozenset[str]) -> Find:
    def find(value: Mapping[str, Any] | None) -> Iterator[UUID]:
        for name in names & (value or {}).keys():
            if value is not None and value[name] is not None:
                yield UUID(str(value[name]))

    return find


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
        find = _by_mark(field.metadata) or _finder(annotation)
        if find is not None:
            places.append((name, find))

    def in_fields(value: Any) -> Iterator[UUID]:
        for name, find in places:
            yield from find(getattr(value, name))

    return in_fields if places else None

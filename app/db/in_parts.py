"""Pages of a list whose first key puts its rows in a few parts, such as what is urgent and the rest.

Sorted together, every row of the list is read for each page, since no index has that key. Here each part is read by
itself, in its own order, and of a page no more than its rows; a part behind the page is not read at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, literal_column, select, union_all

from app.db.keyset import BadCursor, Key, KeysetQuery, Page, beyond, limited, order_of


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of a list.

    Attributes:
        rows: the select of its rows, without order and limit; selects each key of the list but the first.
        keys: the last keys of the list, by which it is sorted: those before them are the same of all its rows.
    """

    rows: Select[*tuple[Any, ...]]
    keys: tuple[Key, ...]


class QueryInParts(KeysetQuery):
    """A select in its order, ready to give any page.

    Args:
        naam: of the first key, which is a number and comes as the last column.
        parts: per value of it, in ascending order; the first has every other key of the list, and the last of them
            makes a row unique.
    """

    def __init__(self, naam: str, parts: Mapping[int, ListPart]) -> None:
        self._naam, self._parts = naam, parts
        value, first = next(iter(parts.items()))
        super().__init__(self._named(first, value), Key(naam, literal_column(naam, Integer)), *first.keys)

    def _named(self, part: ListPart, value: int) -> Select[*tuple[Any, ...]]:
        return part.rows.add_columns(literal_column(str(value), Integer).label(self._naam))

    def _place(self, page: Page) -> str:
        at = self._part_of(page)
        return super()._place(page) if at is None else f"{super()._place(page)} {at}"

    def _part_of(self, page: Page) -> int | None:
        """Return the part in which a page begins; None for the first page.

        Raises:
            BadCursor: there is no such part.
        """
        if page.keys is None:
            return None
        at = page.keys[0] if page.keys else None
        if type(at) is not int or at not in self._parts:
            raise BadCursor
        return at

    def _build(self, page: Page) -> Select[Any]:
        at = self._part_of(page)
        ahead = [value for value in self._parts if at in (None, value) or (value < (at or 0)) is page.backwards]
        together = union_all(*(self._rows_of(value, page, beside=value == at) for value in ahead)).subquery()
        keys = [Key(key.name, together.c[key.name], descending=key.descending) for key in self._keys]
        return limited(select(together).order_by(*order_of(keys, backwards=page.backwards)))

    def _rows_of(self, value: int, page: Page, *, beside: bool) -> Select[Any]:
        """Return the rows of one part, as many as a page has at most; those beside the keys, or from its end on."""
        keys = self._parts[value].keys
        first = len(self._keys) - len(keys)
        conditions = [beyond(keys, backwards=page.backwards, first=first)] if beside else []
        part = self._named(self._parts[value], value).where(*conditions)
        return limited(part.order_by(*order_of(keys, backwards=page.backwards)))

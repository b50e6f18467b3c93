"""Pages of a list whose first key puts its rows in a few parts, such as what is urgent and the rest.

Sorted together, every row of the list is read for each page, since no index has that key. Here each part is read by
itself, in the order of the other keys, and of a page no more than its rows; a part behind the page is not read at all.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, literal_column, select, union_all

from app.db.keyset import BadCursor, Key, KeysetQuery, Page, beyond, limited, order_of


class QueryInParts(KeysetQuery):
    """A select in its order, ready to give any page.

    Args:
        statement: scoped and filtered, without order and limit; selects each key but the first under its name.
        naam: of the first key, which is a number and comes as the last column.
        parts: per value of it, in ascending order, the condition on the rows that have it.
        keys: the rest of the order; the last key makes it unique.
    """

    def __init__(
        self, statement: Select[*tuple[Any, ...]], naam: str, parts: Mapping[int, ColumnElement[bool]], *keys: Key
    ) -> None:
        self._rest, self._naam, self._parts = keys, naam, parts
        super().__init__(self._part(statement, 0), Key(naam, literal_column(naam, Integer)), *keys)
        self._every = statement

    def _part(self, statement: Select[*tuple[Any, ...]], value: int) -> Select[*tuple[Any, ...]]:
        return statement.add_columns(literal_column(str(value), Integer).label(self._naam))

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
        conditions = [beyond(self._rest, backwards=page.backwards, first=1)] if beside else []
        part = self._part(self._every, value).where(self._parts[value], *conditions)
        return limited(part.order_by(*order_of(self._rest, backwards=page.backwards)))

"""A list in parts: the pages that a list sorted as a whole would give, of each part by itself."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Date, Integer, Uuid, bindparam, case, column, literal, select, values
from sqlalchemy.orm import Session

from app.db.in_parts import ListPart, QueryInParts
from app.db.keyset import BadCursor, Key, KeysetQuery, Page, Scalar

TABLE = values(column("id", Uuid), column("dag", Date), column("aantal", Integer), name="rij").data(
    [(UUID(int=number), date(2026, 1, 1) + timedelta(number // 4), number % 5) for number in range(20)]
)
STATEMENT = select(TABLE.c.id, TABLE.c.dag).where(TABLE.c.aantal >= bindparam("minst", type_=Integer))
URGENT, SOON = TABLE.c.aantal == 0, TABLE.c.aantal == 3
RANK = case((URGENT, 0), (SOON, 1), else_=2)


def _keys(*, down: bool) -> list[Key]:
    return [Key("dag", TABLE.c.dag, descending=down), Key("id", TABLE.c.id, descending=down)]


def _in_parts(*, down: bool) -> QueryInParts:
    keys = tuple(_keys(down=down))
    parts = {0: URGENT, 1: SOON, 2: ~URGENT & ~SOON}
    return QueryInParts("rang", {rang: ListPart(STATEMENT.where(which), keys) for rang, which in parts.items()})


def _sorted_whole(*, down: bool) -> KeysetQuery:
    return KeysetQuery(STATEMENT.add_columns(RANK.label("rang")), Key("rang", RANK), *_keys(down=down))


def _pages(session: Session, query: KeysetQuery, limit: int, minst: int, *, fast: bool) -> list[Any]:
    """Return every page to the end, and then every page back to the beginning."""
    seen, page = [], Page(limit)
    fetch = query.fetch_fast if fast else query.fetch
    for _ in range(100):
        window: Any = fetch(session, page, {"minst": minst})
        seen.append([tuple(row) for row in window.rows])
        onward = window.prev if page.backwards else window.next
        if onward is None and page.backwards:
            return seen
        page = Page(limit, onward, page.backwards) if onward else Page(limit, window.prev, backwards=True)
        if page.keys is None:
            return seen
    raise AssertionError("endless")


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("down", [True, False])
@pytest.mark.parametrize("minst", [0, 1, 4, 5])
def test_pages_are_those_of_the_list_sorted_as_a_whole(session: Session, fast: bool, down: bool, minst: int) -> None:  # noqa: FBT001
    for limit in (1, 3, 4, 7, 20):
        found = _pages(session, _in_parts(down=down), limit, minst, fast=fast)
        assert found == _pages(session, _sorted_whole(down=down), limit, minst, fast=fast)


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("down", [True, False])
def test_a_part_whose_rows_have_a_key_alike_is_sorted_by_the_rest(session: Session, fast: bool, down: bool) -> None:  # noqa: FBT001
    """As the children of whom nobody should have acted all have the same day: that of never."""
    never = literal(date(9999, 12, 31), Date)
    ids = select(TABLE.c.id)
    by_id = Key("id", TABLE.c.id, descending=down)
    urgent = ids.where(URGENT).add_columns(TABLE.c.dag)
    rest = ids.where(~URGENT).add_columns(never.label("dag"))
    parts = {0: ListPart(urgent, (Key("dag", TABLE.c.dag, descending=down), by_id)), 1: ListPart(rest, (by_id,))}
    rang, dag = case((URGENT, 0), else_=1), case((URGENT, TABLE.c.dag), else_=never)
    whole = KeysetQuery(
        ids.add_columns(dag.label("dag"), rang.label("rang")),
        Key("rang", rang),
        Key("dag", dag, descending=down),
        by_id,
    )
    for limit in (1, 3, 4, 7, 20):
        found = _pages(session, QueryInParts("rang", parts), limit, 0, fast=fast)
        assert found == _pages(session, whole, limit, 0, fast=fast)


def test_a_part_behind_the_page_is_not_read() -> None:
    query = _in_parts(down=False)
    keys: tuple[Scalar, ...] = (1, "2026-01-01", str(UUID(int=1)))
    assert str(query._select(Page(2))).count("LIMIT") == 4
    assert str(query._select(Page(2, keys))).count("LIMIT") == 3
    assert str(query._select(Page(2, keys, backwards=True))).count("LIMIT") == 3


@pytest.mark.parametrize("keys", [(), (7, "2026-01-01"), (True, "2026-01-01"), ("0", "2026-01-01"), (0, 1), (0,)])
def test_keys_of_no_part_are_refused(session: Session, keys: tuple[Scalar, ...]) -> None:
    with pytest.raises(BadCursor):
        _in_parts(down=False).fetch_fast(session, Page(2, (*keys, str(UUID(int=1))) if keys else ()), {"minst": 0})

"""Keyset pages on SQLAlchemy and on psycopg itself, for keys of every type and direction."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Boolean, Date, DateTime, Integer, Select, String, Text, Uuid, bindparam, column, select, values
from sqlalchemy.orm import Session

from app.db.keyset import BadCursor, Key, KeysetQuery, Page, Scalar
from app.terms import Stand

ROWS = [
    (
        UUID(int=number), ["op_tijd", "te_laat"][number % 2], date(2026, 1, 1) + timedelta(number // 4), number % 3,
        bool(number % 2), datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(minutes=number // 2),
    )
    for number in range(12)
]  # fmt: skip
TABLE = values(
    column("id", Uuid), column("stand", Text), column("dag", Date), column("aantal", Integer), column("klaar", Boolean),
    column("op", DateTime(timezone=True)), name="rij",
).data(ROWS)  # fmt: skip
STATEMENT: Select[Any] = select(TABLE).where(TABLE.c.aantal >= bindparam("minst", type_=Integer))


def _query(*names: str) -> KeysetQuery:
    """Return the query for an order such as ``-dag``, ``id``."""
    keys = [Key(name.lstrip("-"), TABLE.c[name.lstrip("-")], descending=name.startswith("-")) for name in names]
    return KeysetQuery(STATEMENT, *keys)


def _sorted(*names: str) -> list[UUID]:
    rows = list(ROWS)
    for name in reversed(names):
        place = list(TABLE.c.keys()).index(name.lstrip("-"))
        rows.sort(key=lambda row, place=place: str(row[place]), reverse=name.startswith("-"))  # type: ignore[misc]
    return [row[0] for row in rows]


def _walk(session: Session, query: KeysetQuery, limit: int, *, fast: bool, backwards: bool = False) -> list[UUID]:
    seen: list[UUID] = []
    keys: tuple[Scalar, ...] | None = None
    if backwards:
        keys = _last_keys(session, query)
    for _ in range(50):
        fetch = query.fetch_fast if fast else query.fetch
        window: Any = fetch(session, Page(limit, keys, backwards), {"minst": 0})
        ids = [row[0] for row in window.rows]
        seen = ids + seen if backwards else seen + ids
        keys = window.prev if backwards else window.next
        if keys is None:
            return seen
    raise AssertionError("endless")


def _last_keys(session: Session, query: KeysetQuery) -> tuple[Scalar, ...]:
    last_but_one = query.fetch(session, Page(11), {"minst": 0})
    assert last_but_one.next is not None
    last = query.fetch(session, Page(1, last_but_one.next), {"minst": 0})
    assert last.prev is not None
    return last.prev


ORDERS = [
    ("id",), ("-id",), ("dag", "id"), ("-dag", "-id"), ("-dag", "id"), ("stand", "-dag", "id"),
    ("aantal", "klaar", "-id"), ("-op", "id"), ("op", "stand", "id"), ("klaar", "-aantal", "stand", "id"),
]  # fmt: skip


@pytest.mark.parametrize(("order", "fast"), list(product(ORDERS, [True, False])))
def test_every_order_gives_every_row_once(session: Session, order: tuple[str, ...], fast: bool) -> None:  # noqa: FBT001
    for limit in (1, 5, 12):
        assert _walk(session, _query(*order), limit, fast=fast) == _sorted(*order)


@pytest.mark.parametrize(("order", "fast"), list(product(ORDERS, [True, False])))
def test_every_order_goes_back(session: Session, order: tuple[str, ...], fast: bool) -> None:  # noqa: FBT001
    for limit in (1, 5, 11):
        assert _walk(session, _query(*order), limit, fast=fast, backwards=True) == _sorted(*order)[:-1]


def test_keys_that_go_one_way_are_one_row_comparison() -> None:
    """An index on the keys answers that; a chain of or does not."""
    same, mixed = _query("dag", "id"), _query("-dag", "id")
    page = Page(2, ("2026-01-01", str(UUID(int=1))))
    assert " OR " not in str(same._select(page))
    assert " OR " in str(mixed._select(page))


def test_parameters_of_the_list_stay(session: Session) -> None:
    window = _query("id").fetch(session, Page(200), {"minst": 2})
    assert {row.aantal for row in window.rows} == {2}


def test_an_enum_is_a_key(session: Session) -> None:
    assert str(_query("stand", "id").window([("x", Stand.TE_LAAT)], Page()).next) == "None"
    rows = [(UUID(int=1), Stand.TE_LAAT), (UUID(int=2), Stand.TE_LAAT)]
    assert _query("stand", "id").window(rows, Page(1)).next == ("te_laat", str(UUID(int=1)))


@pytest.mark.parametrize(
    ("order", "keys"),
    [
        (("id",), ("x",)), (("id",), (1,)), (("id",), ()), (("id",), (str(UUID(int=1)), 1)), (("dag", "id"), (1, 2)),
        (("aantal", "id"), ("1", str(UUID(int=1)))), (("aantal", "id"), (True, str(UUID(int=1)))),
        (("klaar", "id"), (1, str(UUID(int=1)))), (("op", "id"), ("gisteren", str(UUID(int=1)))),
        (("stand", "id"), (None, str(UUID(int=1)))), (("stand", "id"), ([], str(UUID(int=1)))),
    ],
)  # fmt: skip
def test_keys_of_another_type_are_refused(session: Session, order: tuple[str, ...], keys: Any) -> None:
    with pytest.raises(BadCursor):
        _query(*order).fetch(session, Page(2, keys), {"minst": 0})


def test_a_key_that_the_select_does_not_give_is_a_fault_at_import() -> None:
    with pytest.raises(ValueError, match="naam"):
        KeysetQuery(STATEMENT, Key("naam", column("naam", String)))

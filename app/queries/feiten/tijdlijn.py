"""Everything recorded about a child in one list, newest first."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    String,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Regel, Rows
from app.models.soorten import SOORTEN, TIJDLIJN_SOORTEN, FeitSoort
from app.models.versions import holds
from app.queries.feiten.eigenaren import is_of_children
from app.queries.feiten.late_registratie import is_late
from app.queries.feiten.verplaatst import NAAR, moved_to, without_words


def list_tijdlijn(session: Session, kind: int, page: Page, bekend_op: datetime | None) -> Window[Regel]:
    """Return a page of a child's timeline; the caller has checked that the child is visible.

    What was moved to another child's file since ``bekend_op`` stands there without its words, whoever asks.
    """
    query = _tijdlijn(then=bekend_op is not None)
    window = query.fetch_mappings(session, page, {"kind": kind, "bekend_op": bekend_op})
    return Window([_regel(dict(row)) for row in window.rows], window.next, window.prev)


def _regel(row: dict[str, Any]) -> dict[str, Any]:
    if row.pop(NAAR) is None:
        return row
    columns = {_camel(name): name for name in SOORTEN[row["soort"]].kenmerken or ()}
    told = {columns[name]: value for name, value in row["kenmerken"].items()}
    hidden = {_camel(name): value for name, value in without_words(row["soort"], told).items()}
    return {**row, "kenmerken": {**row["kenmerken"], **hidden}}


@lru_cache(maxsize=2)
def _tijdlijn(*, then: bool) -> KeysetQuery:
    """Build the union over all kinds once."""
    moment = bindparam("bekend_op", type_=DateTime(timezone=True)) if then else None
    whole = union_all(*(_branch(soort, moment) for soort in TIJDLIJN_SOORTEN)).subquery("tijdlijn")
    return KeysetQuery(
        select(whole), Key("datum", whole.c.datum, descending=True), Key("uid", whole.c.uid, descending=True)
    )


def _branch(soort: FeitSoort, moment: Any) -> Rows:
    model = soort.model
    day = getattr(model, soort.dag or "datum")
    pairs = [
        part
        for name in soort.kenmerken or ()
        for part in (literal_column(f"'{_camel(name)}'", Text), getattr(model, name))
    ]
    return select(
        moved_to(model, then=moment is not None).label(NAAR),
        model.uid,
        cast(literal_column(f"'{soort.naam}'"), String).label("soort"),
        cast(day, Date).label("datum"),
        model.nummer,
        model.versie,
        model.vastgelegd_op,
        is_late(soort, model, day).label("laat_geregistreerd"),
        cast(func.jsonb_build_object(*pairs), JSONB).label("kenmerken"),
    ).where(is_of_children(soort.eigenaar, model, [bindparam("kind", type_=BigInteger)], moment), holds(model, moment))


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)

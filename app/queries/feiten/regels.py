"""One kind of fact as rows to show: a version with the ids of what it refers to, by the same select everywhere."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    DateTime,
    RowMapping,
    Uuid,
    and_,
    bindparam,
    inspect,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Purpose, Reach, Scope, reaches_for, scope_of
from app.access.scope import scope_parameters
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, Regel, Rows
from app.db.statement import FastStatement, Row
from app.errors import NotFound
from app.models import FeitVanKind, Pleegkind
from app.models.base import VERPLAATSING_COLUMNS, Base, Feit
from app.models.soorten import Eigenaar, FeitSoort
from app.models.versions import RowByRow, holds, newest
from app.queries.bereik import Look, find_within, note_child
from app.queries.feiten.bereik import visible_feiten
from app.queries.feiten.eigenaren import BETWEEN, child_of, is_of_children, is_of_families
from app.queries.feiten.keuze import ALLES, Keuze
from app.queries.feiten.verplaatst import HIER, NAAR, hide_words, moved_to
from app.queries.samenvoegingen import leads_to

_HIDDEN = frozenset({
    "id", "eerste_id", "vervangt_id", "organisatie_id", "volgorde", "bsn_versleuteld", "bsn_index",
    "eerst_vastgelegd_op", *VERPLAATSING_COLUMNS,
})  # fmt: skip
_TABLES: dict[str, Any] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}

FeitRegel = Regel
_CHILD = "_pleegkind"


def feit_select(model: type[Feit], *, then: bool = False) -> Rows:
    """Select what is shown of a version; the arguments are those of ``feit_columns``."""
    return select(*feit_columns(model, then=then))


def feit_columns(model: type[Feit], *, then: bool = False) -> list[Any]:
    """Return what is shown of a version; references come as uid of what is referred to, teams by their own uid.

    A uid is the same in every version, so the first version (whose id is the feit_id) answers. ``NAAR`` says where the
    fact was moved to, and ``HIER`` whether this version moved it, which every reader hands to ``hide_words``.

    Args:
        model: the kind.
        then: what is read is what the file said at a moment, which may be before a move.
    """
    columns: Columns = [moved_to(model, then=then).label(NAAR)] if issubclass(model, FeitVanKind) else []
    if then and columns:
        columns.append(moved_to(model).label(HIER))
    references = {**model.REFERENCES, "vastgelegd_door": "medewerker"}
    for attribute in inspect(model).column_attrs:
        if attribute.key in _HIDDEN:
            continue
        column = getattr(model, attribute.key)
        if attribute.key in references:
            target = aliased(_TABLES[references[attribute.key]])
            own: Any = literal_column(
                f"{model.__tablename__}.{attribute.key}"
            )  # of the row around it, also in RETURNING
            column = select(target.uid).where(target.id == own).scalar_subquery()
        columns.append(column.label(attribute.key))
    return columns


@lru_cache(maxsize=512)
def _one(soort: FeitSoort, scope: Scope, reach: Reach, *, then: bool) -> Rows:
    """Build the select of one fact by uid, withdrawn or not, with its child where the row does not say that."""
    moment = bindparam("bekend_op", type_=DateTime(timezone=True)) if then else None
    statement = feit_select(soort.model, then=then)
    uid: Any = bindparam("uid", type_=Uuid)
    if soort.eigenaar in BETWEEN:
        statement = statement.add_columns(child_of(soort.eigenaar, soort.model).label(_CHILD))
    return statement.where(
        soort.model.uid == (leads_to(uid, moment) if soort.model is Pleegkind else uid),
        newest(soort.model, RowByRow(moment)),
        visible_feiten(soort, scope, reach, then=then, one=True),
    )


@lru_cache(maxsize=64)
def _written(soort: FeitSoort) -> tuple[FastStatement, tuple[str, ...]]:
    """Build the select of the newest version of one fact, with the names of its columns."""
    statement = feit_select(soort.model).where(
        soort.model.uid == bindparam("uid", type_=Uuid), newest(soort.model, RowByRow())
    )
    return FastStatement(statement), tuple(str(column.key) for column in statement.selected_columns)


def get_written(session: Session, soort: FeitSoort, uid: UUID) -> FeitRegel:
    """Return a fact that this transaction wrote, whether or not its author may read it afterwards."""
    (row,) = _written(soort)[0].rows(session, uid=uid)
    return show_written(soort, row)


def show_written(soort: FeitSoort, row: Row) -> FeitRegel:
    """Return the same of a row of ``feit_columns``."""
    return hide_words(soort, dict(zip(_written(soort)[1], row, strict=True)), lambda *_: False)


def get_feit(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    uid: UUID,
    vandaag: date,
    bekend_op: datetime | None = None,
    purpose: Purpose = Purpose.READ,
) -> FeitRegel:
    """Return the newest version of a fact, also when withdrawn.

    Raises:
        NotFound: it does not exist, or the actor may not see it.
        Forbidden: the actor may see it, and no more.
    """
    row = find_within(session, actor, purpose, _look(session, actor, soort, uid, vandaag, bekend_op))
    regel = shown(session, actor, soort, row, vandaag)
    kind = regel.pop(_CHILD, None) or regel.get("pleegkind_id") or (regel["uid"] if soort.model is Pleegkind else None)
    if kind is not None:
        note_child(session, kind)
    return regel


@lru_cache(maxsize=128)
def _versions(soort: FeitSoort, scope: Scope, reaches: tuple[Reach, ...]) -> Rows:
    """Build the select of every version of one fact that is of a file within reach, the newest first."""
    within = (visible_feiten(soort, scope, reach, then=True, one=True) for reach in reaches)
    statement = feit_select(soort.model, then=True).where(soort.model.uid == bindparam("uid", type_=Uuid), or_(*within))
    return statement.order_by(soort.model.versie.desc())


def list_versies(session: Session, actor: Actor, soort: FeitSoort, uid: UUID, vandaag: date) -> list[FeitRegel]:
    """Return every version of a fact, the newest first; without those that named a child who is not the actor's to see.

    Of a fact that was moved each shows no more than the file says of it at a moment before the move.

    Raises:
        NotFound: it does not exist, or the actor may not see it.
    """
    found = get_feit(session, actor, soort, uid, vandaag)
    statement = _versions(soort, scope_of(actor), reaches_for(actor, Purpose.READ))
    rows = session.execute(statement, {**scope_parameters(actor, vandaag), "uid": found["uid"]}).mappings().all()
    return [shown(session, actor, soort, row, vandaag) for row in rows]


def _look(
    session: Session, actor: Actor, soort: FeitSoort, uid: UUID, vandaag: date, bekend_op: datetime | None = None
) -> Look[RowMapping]:
    """Return what looks for a fact by one reach."""
    parameters = {**scope_parameters(actor, vandaag), "uid": uid, "bekend_op": bekend_op}

    def look(reach: Reach) -> RowMapping | None:
        statement = _one(soort, scope_of(actor), reach, then=bekend_op is not None)
        return session.execute(statement, parameters).mappings().one_or_none()

    return look


def shown(session: Session, actor: Actor, soort: FeitSoort, row: Mapping[Any, Any], vandaag: date) -> dict[str, Any]:
    """Return a row as the actor may read it."""
    return hide_words(soort, dict(row), lambda kind, uid: may_read_moved(session, actor, kind, uid, vandaag))


def check_readable(session: Session, actor: Actor, soort: FeitSoort, uid: UUID, vandaag: date) -> None:
    """Check that the actor may read all that any version of a fact says.

    Raises:
        NotFound: it does not exist, the actor may not see it, or it was moved to a file that they may not open.
        Forbidden: the actor may see it, and no more.
    """
    get_feit(session, actor, soort, uid, vandaag)
    if not may_read_moved(session, actor, soort, uid, vandaag):
        raise NotFound


def may_read_moved(session: Session, actor: Actor, soort: FeitSoort, uid: UUID, vandaag: date) -> bool:
    """Tell whether the actor may open the file that a fact is in now, however often it was moved."""
    look = _look(session, actor, soort, uid, vandaag)
    row = next((found for reach in reaches_for(actor, Purpose.READ) if (found := look(reach)) is not None), None)
    if row is None:
        return False
    return row.get(NAAR) is None or may_read_moved(session, actor, soort, row[NAAR], vandaag)


@lru_cache(maxsize=128)
def list_query(soort: FeitSoort, *, of_child: bool, then: bool) -> KeysetQuery:
    """Build the list of a kind of fact of one owner, newest first."""
    model = soort.model
    moment = bindparam("bekend_op", type_=DateTime(timezone=True)) if then else None
    owner = bindparam("eigenaar", type_=BigInteger)
    condition = getattr(model, soort.eigenaar) == owner
    if of_child and soort.eigenaar is Eigenaar.PLAATSING:
        condition = is_of_children(soort.eigenaar, model, [owner], moment)
    if of_child and soort.eigenaar is Eigenaar.GEZINSLID:
        condition = is_of_families(model, [owner])
    statement = feit_select(model, then=then).where(and_(condition, holds(model, RowByRow(moment))))
    day = soort.dag or "uid"
    return KeysetQuery(
        statement, Key(day, getattr(model, day), descending=True), Key("uid", model.uid, descending=True)
    )


def list_feiten(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    eigenaar_id: int,
    page: Page,
    vandaag: date,
    *,
    bekend_op: datetime | None = None,
    of_child: bool = False,
) -> Window[FeitRegel]:
    """Return a page of one owner's facts of a kind, newest first; the caller has checked the owner's visibility.

    Args:
        session: reads.
        actor: who reads.
        soort: which kind.
        eigenaar_id: feit_id of what the facts hang on, or of the child or family (``of_child``).
        page: which page.
        vandaag: the day on which is read.
        bekend_op: what the file said at that moment.
        of_child: take the facts of all the child's plaatsingen, or of all the members of a family.
    """
    query = list_query(soort, of_child=of_child, then=bekend_op is not None)
    window = query.fetch_mappings(session, page, {"eigenaar": eigenaar_id, "bekend_op": bekend_op})
    return _shown_page(session, actor, soort, window, vandaag)


def _shown_page(
    session: Session, actor: Actor, soort: FeitSoort, window: Window[RowMapping], vandaag: date
) -> Window[FeitRegel]:
    return Window([shown(session, actor, soort, row, vandaag) for row in window.rows], window.next, window.prev)


@lru_cache(maxsize=256)
def visible_query(soort: FeitSoort, scope: Scope, keuze: Keuze, *, then: bool) -> KeysetQuery:
    """Build the list of a kind of fact over everything the actor may see."""
    model = soort.model
    moment = bindparam("bekend_op", type_=DateTime(timezone=True)) if then else None
    statement = feit_select(model, then=then).where(
        holds(model, RowByRow(moment)),
        visible_feiten(soort, scope, then=then),
        *(condition(model) for condition in keuze.voorwaarden),
    )
    day, down = keuze.dag or soort.dag or "uid", not keuze.dag
    return KeysetQuery(
        statement, Key(day, getattr(model, day), descending=down), Key("uid", model.uid, descending=down)
    )


def list_visible_feiten(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    page: Page,
    vandaag: date,
    bekend_op: datetime | None = None,
    *,
    keuze: Keuze = ALLES,
    van: Mapping[str, UUID | None] | None = None,
) -> Window[FeitRegel]:
    """Return a page of a kind of fact over all children or families that the actor may see.

    Args:
        session: reads.
        actor: who reads.
        soort: which kind.
        page: which page.
        vandaag: the day on which is read.
        bekend_op: what the file said at that moment.
        keuze: which of them, and in which order; without it all, the newest first.
        van: of whom they are, for a choice by that: ``pleegkind``, ``pleeggezin``.
    """
    query = visible_query(soort, scope_of(actor), keuze, then=bekend_op is not None)
    parameters = {**scope_parameters(actor, vandaag), "bekend_op": bekend_op, **(van or {})}
    return _shown_page(session, actor, soort, query.fetch_mappings(session, page, parameters), vandaag)


def get_feit_key(
    session: Session,
    actor: Actor,
    soort: FeitSoort,
    uid: UUID,
    vandaag: date,
    purpose: Purpose = Purpose.READ,
) -> int:
    """Return the feit_id of a fact that holds and that the actor may use for a purpose.

    Raises:
        NotFound: it does not exist, was withdrawn, or the actor may not see it.
        Forbidden: the actor may see it, and no more.
    """
    regel = get_feit(session, actor, soort, uid, vandaag, purpose=purpose)
    if regel["ingetrokken"]:
        raise NotFound
    key: int = regel["feit_id"]
    return key

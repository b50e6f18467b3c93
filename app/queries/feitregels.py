"""One kind of fact as rows to show: a version with the ids of what it refers to, by the same select everywhere."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Select, Uuid, and_, bindparam, inspect, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.scope import Purpose, Reach, Scope, scope_of, scope_parameters, visible_pleegkinderen
from app.errors import NotFound
from app.models import Pleeggezin, Pleegkind
from app.models.base import Base, Feit
from app.models.soorten import Eigenaar, FeitSoort
from app.models.versions import holds, newest
from app.queries.bereik import find_within, note_child
from app.queries.eigenaren import BETWEEN, child_of, is_of_children, is_of_families
from app.queries.keyset import Key, KeysetQuery, Page, Window
from app.queries.pleeggezinnen import visible_pleeggezinnen

_HIDDEN = frozenset({
    "id", "eerste_id", "vervangt_id", "organisatie_id", "volgorde", "bsn_versleuteld", "bsn_index",
    "eerst_vastgelegd_op",
})  # fmt: skip
_TABLES: dict[str, Any] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}

FeitRegel = Mapping[str, Any]
_CHILD = "_pleegkind"


def feit_select(model: type[Feit]) -> Select[Any]:
    """Select a version's columns; references come as uid of what is referred to, teams by their own uid.

    A uid is the same in every version, so the first version (whose id is the feit_id) answers.
    """
    columns: list[Any] = []
    joins: list[tuple[Any, Any]] = []
    references = {**model.REFERENCES, "vastgelegd_door": "medewerker"}
    for attribute in inspect(model).column_attrs:
        if attribute.key in _HIDDEN:
            continue
        column = getattr(model, attribute.key)
        if attribute.key in references:
            target = aliased(_TABLES[references[attribute.key]])
            joins.append((target, target.id == column))
            column = target.uid
        columns.append(column.label(attribute.key))
    statement = select(*columns)
    for target, condition in joins:
        statement = statement.outerjoin(target, condition)
    return statement


def visible_feiten(soort: FeitSoort, scope: Scope, reach: Reach = Reach.LIST) -> Any:
    """Return the condition that a fact is within reach of the actor: the child or family it hangs on is."""
    model: Any = soort.model
    children = select(Pleegkind.feit_id).where(visible_pleegkinderen(scope, reach), holds(Pleegkind))
    if soort.naam == "pleegkind":
        return visible_pleegkinderen(scope, reach)
    if soort.naam == "pleeggezin":
        return visible_pleeggezinnen(scope, reach)
    if soort.eigenaar is Eigenaar.PLEEGKIND or soort.eigenaar in BETWEEN:
        return is_of_children(soort.eigenaar, model, children)
    families = select(Pleeggezin.feit_id).where(visible_pleeggezinnen(scope, reach), holds(Pleeggezin))
    if soort.eigenaar is Eigenaar.PLEEGGEZIN:
        return model.pleeggezin_id.in_(families)
    return is_of_families(model, families)


@lru_cache(maxsize=512)
def _one(soort: FeitSoort, scope: Scope, reach: Reach, *, then: bool) -> Select[Any]:
    """Build the select of one fact by uid, withdrawn or not, with its child where the row does not say that."""
    moment = bindparam("bekend_op", type_=DateTime(timezone=True)) if then else None
    statement = feit_select(soort.model)
    if soort.eigenaar in BETWEEN:
        statement = statement.add_columns(child_of(soort.eigenaar, soort.model).label(_CHILD))
    return statement.where(
        soort.model.uid == bindparam("uid", type_=Uuid),
        newest(soort.model, moment),
        visible_feiten(soort, scope, reach),
    )


@lru_cache(maxsize=64)
def _written(soort: FeitSoort) -> Select[Any]:
    """Build the select of the newest version of one fact."""
    return feit_select(soort.model).where(soort.model.uid == bindparam("uid", type_=Uuid), newest(soort.model))


def get_written(session: Session, soort: FeitSoort, uid: UUID) -> FeitRegel:
    """Return a fact that this transaction wrote, whether or not its author may read it afterwards."""
    return dict(session.execute(_written(soort), {"uid": uid}).mappings().one())


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
    parameters = {**scope_parameters(actor, vandaag), "uid": uid, "bekend_op": bekend_op}

    def look(reach: Reach) -> dict[str, Any] | None:
        statement = _one(soort, scope_of(actor), reach, then=bekend_op is not None)
        row = session.execute(statement, parameters).mappings().one_or_none()
        return None if row is None else dict(row)

    regel = find_within(session, actor, purpose, look)
    kind = regel.pop(_CHILD, None) or regel.get("pleegkind_id") or (uid if soort.naam == "pleegkind" else None)
    if kind is not None:
        note_child(session, kind)
    return regel


@lru_cache(maxsize=128)
def _list_of(soort: FeitSoort, *, of_child: bool, then: bool) -> KeysetQuery:
    """Build the list of a kind of fact of one owner, newest first."""
    model: Any = soort.model
    moment = bindparam("bekend_op", type_=DateTime(timezone=True)) if then else None
    owner = bindparam("eigenaar", type_=BigInteger)
    condition = getattr(model, soort.eigenaar) == owner
    if of_child and soort.eigenaar is Eigenaar.PLAATSING:
        condition = is_of_children(soort.eigenaar, model, [owner], moment)
    statement = feit_select(model).where(and_(condition, holds(model, moment)))
    day = soort.dag or "uid"
    return KeysetQuery(
        statement, Key(day, getattr(model, day), descending=True), Key("uid", model.uid, descending=True)
    )


def list_feiten(
    session: Session,
    soort: FeitSoort,
    eigenaar_id: int,
    page: Page,
    *,
    bekend_op: datetime | None = None,
    of_child: bool = False,
) -> Window[FeitRegel]:
    """Return a page of one owner's facts of a kind, newest first; the caller has checked the owner's visibility.

    Args:
        session: reads.
        soort: which kind.
        eigenaar_id: feit_id of what the facts hang on, or of the child (``of_child``).
        page: which page.
        bekend_op: what the file said at that moment.
        of_child: take the facts of all the child's plaatsingen.
    """
    query = _list_of(soort, of_child=of_child, then=bekend_op is not None)
    window: Window[Any] = query.fetch_mappings(session, page, {"eigenaar": eigenaar_id, "bekend_op": bekend_op})
    return window


@lru_cache(maxsize=64)
def _visible(soort: FeitSoort, scope: Scope, *, then: bool) -> KeysetQuery:
    """Build the list of a kind of fact over everything the actor may see, newest first."""
    model: Any = soort.model
    moment = bindparam("bekend_op", type_=DateTime(timezone=True)) if then else None
    statement = feit_select(model).where(holds(model, moment), visible_feiten(soort, scope))
    day = soort.dag or "uid"
    return KeysetQuery(
        statement, Key(day, getattr(model, day), descending=True), Key("uid", model.uid, descending=True)
    )


def list_visible_feiten(
    session: Session, actor: Actor, soort: FeitSoort, page: Page, vandaag: date, bekend_op: datetime | None = None
) -> Window[Any]:
    """Return a page of a kind of fact over all children or families that the actor may see."""
    query = _visible(soort, scope_of(actor), then=bekend_op is not None)
    return query.fetch(session, page, {**scope_parameters(actor, vandaag), "bekend_op": bekend_op})


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

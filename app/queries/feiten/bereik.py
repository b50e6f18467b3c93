"""Which facts an actor may see: those of a child or family within reach (``app.access.scope``)."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from app.access.reach import Reach, Scope
from app.access.scope import is_visible, visible_pleegkinderen
from app.models import Gezinslid, Pleeggezin, Pleegkind, Samenvoeging
from app.models.among import is_among, one_by_one
from app.models.soorten import Eigenaar, FeitSoort
from app.models.versions import RowByRow, holds, newest
from app.queries.feiten.eigenaren import BETWEEN, is_of_children, is_of_families
from app.queries.pleeggezinnen import visible_pleeggezinnen
from app.queries.samenvoegingen import is_merged, others_of


def visible_feiten(
    soort: FeitSoort, scope: Scope, reach: Reach = Reach.LIST, *, then: bool = False, one: bool = False
) -> ColumnElement[bool]:
    """Return the condition that a fact is within reach of the actor: the child or family it hangs on is.

    Args:
        soort: the kind.
        scope: of the actor.
        reach: how far within that.
        then: what is read is what the file said at a moment, in which it may have been of a file that went up since.
        one: the fact is already found, by its id.
    """
    if soort.eigenaar is Eigenaar.ZELF and soort.model is Pleegkind:
        return _seen(scope, reach, one=one)
    if soort.eigenaar is Eigenaar.PLEEGKIND or soort.eigenaar in BETWEEN:
        # Of everybody in the organisatie nobody need be looked up: of each fact its own child is.
        few = one or scope is Scope.ORGANISATIE
        return (_hangs_on_seen if few else _is_of_seen)(soort, scope, reach, then=then)
    seen = visible_pleeggezinnen(scope, reach, few=one)
    if soort.eigenaar is Eigenaar.ZELF:
        return seen
    return (_hangs_on_family if one else _is_of_families)(soort, seen)


def _seen(scope: Scope, reach: Reach, *, one: bool) -> ColumnElement[bool]:
    """Return the condition on ``Pleegkind``; of one its own way to whoever asks is looked up."""
    return (is_visible if one else visible_pleegkinderen)(scope, reach)


def _is_of_seen(soort: FeitSoort, scope: Scope, reach: Reach, *, then: bool) -> ColumnElement[bool]:
    """Return that a fact is among those of the children within reach, who are looked up first."""
    children: Any = select(Pleegkind.feit_id).where(_seen(scope, reach, one=False), holds(Pleegkind, RowByRow()))
    if soort.eigenaar is not Eigenaar.PLEEGKIND:
        return is_of_children(soort.eigenaar, soort.model, children)
    if then:
        children = children.union_all(others_of(Samenvoeging.ander_id).where(Samenvoeging.pleegkind_id.in_(children)))
    owner: Any = soort.model
    return is_among(owner.pleegkind_id, children)


def _hangs_on_seen(soort: FeitSoort, scope: Scope, reach: Reach, *, then: bool) -> ColumnElement[bool]:
    """Return the same, by looking up the child of a fact that is found already."""
    seen = and_(_seen(scope, reach, one=True), holds(Pleegkind, RowByRow()))
    owner: Any = getattr(soort.model, soort.eigenaar)
    if between := BETWEEN.get(soort.eigenaar):
        by = aliased(between)
        child = select(Pleegkind.id).join(by, by.pleegkind_id == Pleegkind.feit_id)
        return one_by_one(child.where(by.feit_id == owner, newest(by, RowByRow()), seen))
    own = one_by_one(select(Pleegkind.id).where(Pleegkind.feit_id == owner, seen))
    if not then:
        return own
    went_up = select(Pleegkind.id).join(Samenvoeging, Samenvoeging.pleegkind_id == Pleegkind.feit_id)
    return or_(own, one_by_one(went_up.where(Samenvoeging.ander_id == owner, is_merged(), seen)))


def _is_of_families(soort: FeitSoort, seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return that a fact is of one of the families within reach, or of somebody in it."""
    model: Any = soort.model
    families = select(Pleeggezin.feit_id).where(seen, holds(Pleeggezin))
    if soort.eigenaar is not Eigenaar.PLEEGGEZIN:
        return is_of_families(model, families)
    lives: ColumnElement[bool] = model.pleeggezin_id.in_(families)
    return lives


def _hangs_on_family(soort: FeitSoort, seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the same, by looking up the family of a fact that is found already."""
    model: Any = soort.model
    family = select(Pleeggezin.id).where(seen, holds(Pleeggezin, RowByRow()))
    if soort.eigenaar is Eigenaar.PLEEGGEZIN:
        return one_by_one(family.where(Pleeggezin.feit_id == model.pleeggezin_id))
    by = aliased(Gezinslid)
    lives = family.join(by, by.pleeggezin_id == Pleeggezin.feit_id)
    return one_by_one(lives.where(by.feit_id == model.gezinslid_id, newest(by, RowByRow())))

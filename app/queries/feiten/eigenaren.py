"""Of which child a fact is, by whatever it hangs on: a plaatsing or a signaal may be corrected to another child's.

Everything that asks whose a fact is asks it here, of the version that holds: an earlier version of a plaatsing names
the child that it was mistaken for, whose file must not show the other's talks.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import aliased

from app.db.rows import Expression
from app.models import Gezinslid, Plaatsing, Pleegkind, Signaal
from app.models.soorten import Eigenaar, FeitSoort
from app.models.versions import BekendOp, newest

#: what stands between a fact and its child
BETWEEN: Mapping[Eigenaar, Any] = {Eigenaar.PLAATSING: Plaatsing, Eigenaar.SIGNAAL: Signaal}


def is_of_children(eigenaar: Eigenaar, model: Any, children: Any, moment: BekendOp = None) -> ColumnElement[bool]:
    """Return the condition that a fact is of one of some children, as the file says at a moment (None: now).

    Args:
        eigenaar: what the kind of fact hangs on: a child, a plaatsing or a signaal.
        model: of the kind of fact.
        children: a select of feit_ids, or a list of them.
        moment: of knowledge.
    """
    if eigenaar is Eigenaar.PLEEGKIND:
        own: ColumnElement[bool] = model.pleegkind_id.in_(children)
        return own
    between = BETWEEN[eigenaar]
    theirs = select(between.feit_id).where(between.pleegkind_id.in_(children), newest(between, moment))
    hung: ColumnElement[bool] = getattr(model, eigenaar).in_(theirs)
    return hung


def is_of_child(soort: FeitSoort, model: Any, kind: int) -> ColumnElement[bool]:
    """Return the condition that a version says that it is of a child, the child's own rows included."""
    if soort.eigenaar is Eigenaar.ZELF:
        own: ColumnElement[bool] = model.feit_id == kind
        return own
    return is_of_children(soort.eigenaar, model, [kind])


def is_in_file(soort: FeitSoort, kind: int, *, of: Any = None) -> ColumnElement[bool]:
    """Return the condition that a row, whatever version, is of a fact that is the child's as the file says now.

    Args:
        soort: the kind of fact.
        kind: feit_id of the child.
        of: an alias of the kind's model; the model itself without it.
    """
    model = of or soort.model
    last = aliased(soort.model)
    still = func.array(select(last.feit_id).where(is_of_child(soort, last, kind), newest(last)).scalar_subquery())
    # By the two keys that have an index, not by the feit_id that follows from them; and as an array, for an OR of two
    # sub-selects is a scan of the table.
    found: ColumnElement[bool] = (model.id == func.any(still)) | (model.eerste_id == func.any(still))
    return found


def is_of_families(model: Any, families: Any) -> ColumnElement[bool]:
    """Return the condition that what hangs on a gezinslid is of one of some families, as the file says now."""
    theirs = select(Gezinslid.feit_id).where(Gezinslid.pleeggezin_id.in_(families), newest(Gezinslid))
    hung: ColumnElement[bool] = model.gezinslid_id.in_(theirs)
    return hung


def child_key(eigenaar: Eigenaar, owner: Expression[int]) -> Expression[int]:
    """Return the feit_id of the child that something is of, by the key of what it hangs on, as the file says now."""
    if eigenaar is Eigenaar.PLEEGKIND:
        return owner
    between = aliased(BETWEEN[eigenaar])
    return select(between.pleegkind_id).where(between.feit_id == owner, newest(between)).scalar_subquery()


def child_of(eigenaar: Eigenaar, model: Any) -> ScalarSelect[UUID]:
    """Return the uid of the child that a fact hangs on by way of something else, as the file says now."""
    between = BETWEEN[eigenaar]
    child = select(Pleegkind.uid).join(between, between.pleegkind_id == Pleegkind.id)
    return child.where(between.feit_id == getattr(model, eigenaar), newest(between)).scalar_subquery()

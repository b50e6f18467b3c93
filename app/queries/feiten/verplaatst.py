"""Facts that were moved to another child's file: what the file that they were in by mistake shows of them still.

Codes and days, so that its answers of before the move stay what they were; of the words nothing, except at a moment
before the move to who may open the file that they belong to.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, inspect, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.access.dossierkolommen import word_columns
from app.db.rows import Regel
from app.models import FeitVanKind
from app.models.soorten import SOORTEN, FeitSoort
from app.queries.feiten.eigenaren import child_key, is_in_file

#: the column that says where a fact went, in a row that is read to be shown
NAAR: Final = "_verplaatst_naar"
#: the same, of a version that may be of before the move: by that version itself
HIER: Final = "_hier_verplaatst"
#: what stands where words are hidden
WEG: Final = "[hoort bij een ander kind]"
#: Tells whether the reader may open the file that a fact went to.
MayRead = Callable[[FeitSoort, UUID], bool]


def moved_to(model: Any, *, then: bool = False) -> Any:
    """Return where a fact went: by the row itself, or (``then``) by any later version.

    NULL when it went nowhere.

    Args:
        model: the kind, or an alias of it.
        then: the row may be what the file said before the move.
    """
    if not then:
        return model.verplaatst_naar
    later: Any = aliased(inspect(model).mapper.class_)
    key = later.feit_id if model.REFERENCED else later.eerste_id  # the one that has an index
    return (
        select(later.verplaatst_naar).where(key == model.feit_id, later.verplaatst_naar.is_not(None)).scalar_subquery()
    )


def reason_may_be_told(model: Any) -> ColumnElement[bool]:
    """Return that the reason of a version may be told to whom no file was asked of.

    That is not one of before the fact was moved to another child's file: it is in that child's words.

    Args:
        model: the table of the version, or an alias of it.
    """
    if not issubclass(inspect(model).mapper.class_, FeitVanKind):
        return true()
    return or_(moved_to(model, then=True).is_(None), model.verplaatst_naar.is_not(None))


def hide_words(soort: FeitSoort, row: Regel, may_read: MayRead) -> dict[str, Any]:
    """Return a row to show, without the words of what was moved; ``may_read`` decides for a moment before the move."""
    shown = dict(row)
    naar = shown.pop(NAAR, None)
    moved_here = shown.pop(HIER, naar)
    if naar is None or (not shown["ingetrokken"] and may_read(soort, naar)):
        return shown
    if moved_here is None and shown["wijzigingsreden"] is not None:  # of before the move
        shown["wijzigingsreden"] = WEG
    return {**shown, **without_words(soort.naam, shown)}


def without_words(naam: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a kind with words as they are hidden: a sentence for a text, nothing for the rest."""
    hidden = {name: values[name] for name in word_columns(naam) & values.keys()}
    return {name: _hidden(value) for name, value in hidden.items()}


def _hidden(value: Any) -> Any:
    """Yes and no stay: a column that must say one of them says nothing in words."""
    if value is None or isinstance(value, bool):
        return value
    return WEG if type(value) is str else None


def list_children_moved_with(session: Session, kind: int) -> set[int]:
    """Return the children (feit_ids) from or to whose file a fact of a child's file was moved."""
    found: set[int] = set()
    for soort in SOORTEN.values():
        if issubclass(soort.model, FeitVanKind):
            found.update(session.scalars(_others(soort, kind)))
    return found - {kind}


def _others(soort: FeitSoort, kind: int) -> Select[int]:
    model: Any = soort.model
    other = aliased(soort.model)
    linked = or_(other.uid == model.verplaatst_naar, other.uid == model.verplaatst_van)
    moved = or_(model.verplaatst_naar.is_not(None), model.verplaatst_van.is_not(None))
    whose = child_key(soort.eigenaar, getattr(other, soort.eigenaar))
    return select(whose).select_from(model).join(other, linked).where(moved, is_in_file(soort, kind))


def is_origin(soort: FeitSoort, kind: int) -> ColumnElement[bool]:
    """Return the condition that a row is of a fact that was moved, once or more, into a child's file.

    Its words are that child's. What other facts refer to has none to speak of, and stays.
    """
    model = soort.model
    came: Any = aliased(soort.model)
    uids = (
        select(came.verplaatst_van.label("uid"))
        .where(came.verplaatst_van.is_not(None), is_in_file(soort, kind, of=came))
        .cte(f"herkomst_{soort.naam}_{kind}", recursive=True)
    )
    before: Any = aliased(soort.model)
    earlier = select(before.verplaatst_van).where(before.uid == uids.c.uid, before.verplaatst_van.is_not(None))
    origins: ColumnElement[bool] = model.uid.in_(select(uids.union(earlier).c.uid))
    return origins

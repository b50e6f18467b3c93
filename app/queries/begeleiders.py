"""Who guides a child on a day, and that who works here no longer guides nobody: the one place that says so in SQL.

A begeleiding stays open when its begeleider leaves, so that somebody hands the children over: until then they have no
begeleider, and stay with the team (``app.models.teams``).
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.orm import aliased

from app.db.days import day_of
from app.db.rows import Expression, Lateral, Rows
from app.models import KindInBegeleiding, Medewerker, Pleegkind
from app.models.periode import Dag, ends_after, runs_on


def has_left(medewerker: Expression[int], dag: Dag) -> ColumnElement[bool]:
    """Return that a medewerker (a feit_id) had left by the end of a day, and not come back.

    The withdrawn are few: they are looked up once, not for each row.
    """
    gone, back = aliased(Medewerker), aliased(Medewerker)
    returned = select(back.id).where(back.vervangt_id == gone.id, _recorded_by(back, dag))
    left = select(gone.feit_id).where(gone.ingetrokken, _recorded_by(gone, dag), not_(returned.exists()))
    return medewerker.in_(left)


def _recorded_by(version: type[Medewerker], dag: Dag) -> ColumnElement[bool]:
    return day_of(version.vastgelegd_op) <= dag


def _begeleidingen_on(dag: Dag, *columns: Any) -> Rows:
    """Select of every begeleiding of a day in a plaatsing that goes on, whoever has left included."""
    lives = and_(KindInBegeleiding.plaatsing_van <= dag, ends_after(KindInBegeleiding.plaatsing_tot, dag))
    return select(*columns).where(lives, runs_on(KindInBegeleiding, dag))


def guided_on(dag: Dag) -> Select[int]:
    """Select the children who have a begeleider on a day."""
    works = not_(has_left(KindInBegeleiding.medewerker_id, dag))
    return _begeleidingen_on(dag, KindInBegeleiding.pleegkind_id).where(works)


def with_begeleider_on(dag: Dag) -> Select[int]:
    """Select the children with every ``Medewerker`` who guides them on a day; only who left, when nobody else does."""
    alone = KindInBegeleiding.pleegkind_id.not_in(guided_on(dag))
    return (
        _begeleidingen_on(dag, KindInBegeleiding.pleegkind_id)
        .join(Medewerker, Medewerker.feit_id == KindInBegeleiding.medewerker_id)
        .where(or_(not_(has_left(KindInBegeleiding.medewerker_id, dag)), alone))
    )


def begeleiders_on(dag: Dag) -> Lateral:
    """Return, to join to ``Pleegkind``, everybody who guides it on a day; only who left, when nobody else does.

    Columns are ``medewerker_id`` and ``weg``: works here no longer, so that the child has no begeleider.
    """
    weg = has_left(KindInBegeleiding.medewerker_id, dag).label("weg")
    each = _of_child(dag, KindInBegeleiding.medewerker_id, weg)
    return each.distinct().order_by(weg).fetch(1, with_ties=True).lateral("begeleiders")


def begeleider_on(dag: Dag, home: Expression[int]) -> Lateral:
    """Return the same of one: whoever works here first, then who guides it in its home, then the latest.

    Columns are those and ``van``.
    """
    this = KindInBegeleiding
    weg = has_left(this.medewerker_id, dag).label("weg")
    there = this.plaatsing_id == home
    return (
        _of_child(dag, this.medewerker_id, this.van, weg)
        .order_by(weg, there.desc(), this.van.desc(), this.nummer.desc())
        .limit(1)
        .lateral("begeleidt")
    )


def _of_child(dag: Dag, *columns: Any) -> Rows:
    return _begeleidingen_on(dag, *columns).where(KindInBegeleiding.pleegkind_id == Pleegkind.feit_id)

"""In which team somebody is on a day, and what that team is called then: the one place that says so in SQL.

Every version of a medewerker says a team and since when (``team_sinds``; empty: since always). From that day on it
takes the place of what earlier versions said, so the team on a day is that of the last version that had begun by then.
Versions of one team that follow each other are one membership, of which the last says the first day: so a day that
was wrong can be corrected. A withdrawal ends nothing here: who left was in a team, and the children stay with it.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import aliased

from app.models.medewerker import Medewerker
from app.models.organisatie import Team, Teamwijziging
from app.models.versions import BekendOp
from app.terms import TeamwijzigingSoort


@lru_cache(maxsize=64)
def _others(entity: Any) -> tuple[Any, Any]:
    """Return aliases for a later version and for the one right after a version, made once."""
    return aliased(entity), aliased(entity)


def _known(version: Any, bekend_op: BekendOp) -> ColumnElement[bool]:
    known: ColumnElement[bool] = true() if bekend_op is None else version.vastgelegd_op <= bekend_op
    return known


def _says(version: Any, following: Any, dag: Any, bekend_op: BekendOp) -> ColumnElement[bool]:
    """Return that a version says what the team is on a day and after, unless a later one says otherwise."""
    goes_on = exists(following.id).where(
        following.vervangt_id == version.id,
        following.team_id.is_not_distinct_from(version.team_id),
        _known(following, bekend_op),
    )
    begun = or_(version.team_sinds.is_(None), version.team_sinds <= dag)
    return and_(_known(version, bekend_op), begun, not_(goes_on))


def in_team_on(model: Any, dag: Any, bekend_op: BekendOp = None) -> ColumnElement[bool]:
    """Return the condition that ``team_id`` of a row of ``model`` is the team of that medewerker on a day.

    Of each medewerker at most one row meets it; none before the first day of the first team.

    Args:
        model: ``Medewerker`` or an alias of it.
        dag: the civil date, as a value, a bind parameter or a column.
        bekend_op: the moment of knowledge, or None for now.
    """
    later, following = _others(Medewerker)
    said_otherwise = exists(later.id).where(
        later.feit_id == model.feit_id, later.versie > model.versie, _says(later, following, dag, bekend_op)
    )
    return and_(_says(model, following, dag, bekend_op), not_(said_otherwise))


def team_on(medewerker: Any, dag: Any, bekend_op: BekendOp = None) -> Any:
    """Return the key of the team of a medewerker (a feit_id) on a day, as a scalar."""
    lid = aliased(Medewerker)
    statement: Select[Any] = select(lid.team_id).where(lid.feit_id == medewerker, in_team_on(lid, dag, bekend_op))
    return statement.scalar_subquery()


def team_name_on(team: Any, dag: Any, bekend_op: BekendOp = None) -> ColumnElement[str]:
    """Return what a team is called on a day: its last name given from that day or before, or its first one."""
    named = aliased(Teamwijziging)
    last = (
        select(named.naam)
        .where(
            named.team_id == team.id,
            named.soort == TeamwijzigingSoort.HERNOEMING,
            named.van <= dag,
            _known(named, bekend_op),
        )
        .order_by(named.van.desc(), named.id.desc())
        .limit(1)
    )
    return func.coalesce(last.scalar_subquery(), team.naam)


def any_name_is(naam: Any) -> ColumnElement[bool]:
    """Return the condition on ``Team`` that it has, had or will have a name; no two teams share one."""
    named = aliased(Teamwijziging)
    return or_(Team.naam == naam, exists(named.id).where(named.team_id == Team.id, named.naam == naam))

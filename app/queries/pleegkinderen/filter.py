"""Which children a list is asked for, and what each filter is as a condition on a child."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, and_, bindparam, func, select

from app.db.rows import Expression
from app.models import Medewerker, Plaatsing, Pleegkind, Team, Termijn
from app.models.among import is_among
from app.models.periode import Dag, runs_on
from app.models.teams import in_team_on
from app.models.versions import holds, newest
from app.norms.standen import WORST_FIRST
from app.queries.begeleiders import guided_on, with_begeleider_on
from app.queries.oordelen.peildatum import IS_LATE_FOR_LONG, PEILDATUM, STAND, holds_on_peildatum
from app.terms import Stand, Zwaarte


@dataclass(frozen=True, slots=True)
class KinderenFilter:
    """Which children are asked for; None: no such filter.

    ``opvolging``: those for whom somebody must still act. ``lang_te_laat``: those with a norm that is late for long.
    """

    team: UUID | None = None
    begeleider: UUID | None = None
    stand: Stand | None = None
    opvolging: bool = False
    zonder_begeleider: bool = False
    lang_te_laat: bool = False


def begeleider_condition(
    pleegkind_id: Expression[int], *, team: bool, begeleider: bool, dag: Dag
) -> ColumnElement[bool]:
    """Return that a child has a begeleider on a day, of ``:team`` then and/or being ``:begeleider``.

    Or had one who left, while nobody else guides it: the child stays with them, and with their team.
    """
    own = _guided_from_teams(dag) if team else with_begeleider_on(dag).where(newest(Medewerker))
    if team:
        own = own.where(Team.uid == bindparam("team", type_=Uuid))
    if begeleider:
        own = own.where(Medewerker.uid == bindparam("begeleider", type_=Uuid))
        return is_among(pleegkind_id, own)  # first whose children, then what of them
    condition: ColumnElement[bool] = pleegkind_id.in_(own)
    return condition


def outside_teams_condition(pleegkind_id: Expression[int], dag: Dag) -> ColumnElement[bool]:
    """Return that nobody of ``:teams`` is begeleider of a child on a day: what a list per team would leave out."""
    theirs = _guided_from_teams(dag).where(Team.uid == func.any(bindparam("teams", type_=ARRAY(Uuid))))
    condition: ColumnElement[bool] = pleegkind_id.not_in(theirs)
    return condition


def _guided_from_teams(dag: Dag) -> Select[int]:
    """Select the children with a begeleider on a day who was of a team then."""
    return with_begeleider_on(dag).where(in_team_on(Medewerker, dag)).join(Team, Team.id == Medewerker.team_id)


def unguided_condition() -> ColumnElement[bool]:
    """Return that a child lives somewhere on ``:peildatum`` and nobody guides it in any place where it does."""
    lives = select(Plaatsing.pleegkind_id).where(runs_on(Plaatsing, PEILDATUM), holds(Plaatsing))
    return and_(Pleegkind.feit_id.in_(lives), Pleegkind.feit_id.not_in(guided_on(PEILDATUM)))


def stand_condition(stand: Stand) -> ColumnElement[bool]:
    """Return that the worst stand of zwaarte norm of a child on ``:peildatum`` is this, by the stored deadlines."""
    worse = WORST_FIRST[: WORST_FIRST.index(stand)]
    return and_(has_termijn(STAND[stand]), *(~has_termijn(STAND[one]) for one in worse))


def has_termijn(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return that a child has a stored judgement of zwaarte norm like this."""
    return (
        select(Termijn.id)
        .where(
            Termijn.pleegkind_id == Pleegkind.feit_id,
            Termijn.zwaarte == Zwaarte.NORM,
            holds_on_peildatum(),
            condition,
        )
        .exists()
    )


def chosen(
    nog: ColumnElement[bool] | None, *, team: bool, begeleider: bool, stand: Stand | None, unguided: bool, long: bool
) -> Iterator[ColumnElement[bool]]:
    """Yield the condition of each filter; ``nog``: somebody must still act for a child."""
    if nog is not None:
        yield nog
    if team or begeleider:
        yield begeleider_condition(Pleegkind.feit_id, team=team, begeleider=begeleider, dag=PEILDATUM)
    if stand is not None:
        yield stand_condition(stand)
    if unguided:
        yield unguided_condition()
    if long:
        yield has_termijn(IS_LATE_FOR_LONG)

"""How many children each begeleider has, and of how many something is open or late, by the stored judgements."""

from datetime import date
from functools import lru_cache

from sqlalchemy import RowMapping, Text, case, cast, func, select, true
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Lateral
from app.models import Medewerker, Pleegkind, Team, Termijn
from app.models.teams import team_name_on, team_on
from app.models.versions import holds, newest
from app.queries.begeleiders import begeleiders_on
from app.queries.oordelen.peildatum import (
    IS_LATE_FOR_LONG,
    IS_LATE_NORM,
    IS_OPEN_OPVOLGING,
    PEILDATUM,
    holds_on_peildatum,
)

_OF_WHOM = (
    "begeleider_id",
    "begeleider_naam",
    "vertrokken_begeleider_id",
    "vertrokken_begeleider_naam",
    "team_id",
    "team_naam",
)


def list_caseloads(session: Session, actor: Actor, page: Page, vandaag: date) -> Window[RowMapping]:
    """Return a page of counts of the children that the actor sees today, by team and then by who guides them.

    Rows have ``begeleider_id`` and ``begeleider_naam`` (None for children whom nobody guides), the same under
    ``vertrokken_begeleider_…`` of who did so and works here no longer, ``team_id`` and ``team_naam`` of either,
    ``kinderen``, ``opvolging_open``, ``te_laat`` and ``lang_te_laat``. A child is counted with each who guides it, as
    it is in the list of each.
    """
    parameters = {**scope_parameters(actor, vandaag), "peildatum": vandaag}
    return caseloads_query(scope_of(actor)).fetch_mappings(session, page, parameters)


@lru_cache(maxsize=8)
def caseloads_query(scope: Scope) -> KeysetQuery:
    """Build the list."""
    guides, who, asks = begeleiders_on(PEILDATUM), aliased(Medewerker), _asks()
    here, left = guides.c.weg.is_(False), guides.c.weg.is_(True)
    each = (
        select(
            case((here, who.uid)).label("begeleider_id"),
            case((here, who.naam)).label("begeleider_naam"),
            case((left, who.uid)).label("vertrokken_begeleider_id"),
            case((left, who.naam)).label("vertrokken_begeleider_naam"),
            Team.uid.label("team_id"),
            team_name_on(Team, PEILDATUM).label("team_naam"),
            *asks.c,
        )
        .select_from(Pleegkind)
        .outerjoin(guides, true())
        .outerjoin(who, (who.feit_id == guides.c.medewerker_id) & newest(who))
        .outerjoin(Team, Team.id == team_on(who.feit_id, PEILDATUM))
        .outerjoin(asks, true())
        .where(holds(Pleegkind), visible_pleegkinderen(scope))
        .subquery("kinderen")
    )
    of_whom = [each.c[name] for name in _OF_WHOM]
    counted = (
        select(
            *of_whom,
            func.count().label("kinderen"),
            func.count().filter(each.c.open).label("opvolging_open"),
            func.count().filter(each.c.laat).label("te_laat"),
            func.count().filter(each.c.lang).label("lang_te_laat"),
        )
        .group_by(*of_whom)
        .subquery("caseloads")
    )
    of = func.coalesce(counted.c.begeleider_id, counted.c.vertrokken_begeleider_id)
    keys = {
        "plek": case((counted.c.begeleider_id.is_(None), 1), else_=0),
        "team": func.coalesce(counted.c.team_naam, ""),
        "naam": func.coalesce(counted.c.begeleider_naam, counted.c.vertrokken_begeleider_naam, ""),
        "sleutel": func.coalesce(cast(of, Text), ""),
    }
    statement = select(counted, *(column.label(name) for name, column in keys.items()))
    return KeysetQuery(statement, *(Key(name, column) for name, column in keys.items()))


def _asks() -> Lateral:
    """Return, to join to ``Pleegkind``, whether anything of it is open, late, or late for long, as the lists say it."""
    return (
        select(
            func.bool_or(IS_OPEN_OPVOLGING).label("open"),
            func.bool_or(IS_LATE_NORM).label("laat"),
            func.bool_or(IS_LATE_FOR_LONG).label("lang"),
        )
        .where(Termijn.pleegkind_id == Pleegkind.feit_id, holds_on_peildatum())
        .lateral("vraagt")
    )

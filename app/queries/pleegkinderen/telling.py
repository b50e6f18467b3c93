"""How many children a list has in all, however many pages that is."""

from datetime import date
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.rows import Rows
from app.models import Pleegkind
from app.models.versions import holds
from app.queries.oordelen.peildatum import IS_OPEN_OPVOLGING
from app.queries.pleegkinderen.filter import KinderenFilter, chosen
from app.queries.pleegkinderen.opvolging import has_opvolging, with_opvolging


@lru_cache(maxsize=64)
def count_query(
    scope: Scope,
    *,
    team: bool = False,
    begeleider: bool = False,
    opvolging: bool = False,
    unguided: bool = False,
    long: bool = False,
) -> Rows:
    """Build the number of children in a list of today, however many pages that has: one row, ``aantal``."""
    must_act = with_opvolging if scope is Scope.ORGANISATIE else has_opvolging
    nog = must_act(IS_OPEN_OPVOLGING) if opvolging else None
    own = chosen(nog, team=team, begeleider=begeleider, stand=None, unguided=unguided, long=long)
    return select(func.count(Pleegkind.id).label("aantal")).where(holds(Pleegkind), visible_pleegkinderen(scope), *own)


def count_pleegkinderen(session: Session, actor: Actor, wanted: KinderenFilter, vandaag: date) -> int:
    """Return how many children the list of today has in all, for these filters (but ``stand``)."""
    statement = count_query(
        scope_of(actor),
        team=wanted.team is not None,
        begeleider=wanted.begeleider is not None,
        opvolging=wanted.opvolging,
        unguided=wanted.zonder_begeleider,
        long=wanted.lang_te_laat,
    )
    of = {"peildatum": vandaag, "team": wanted.team, "begeleider": wanted.begeleider}
    found: int = session.execute(statement, {**scope_parameters(actor, vandaag), **of}).scalar_one()
    return found

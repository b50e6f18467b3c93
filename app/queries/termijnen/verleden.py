"""The list of judgements for a day in the past, or for what was known then: the rule over every child in scope."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.in_memory import page_of
from app.db.keyset import Page, Window
from app.db.statement import FastStatement
from app.models import Pleegkind
from app.models.versions import holds
from app.norms.judge import Oordeel
from app.queries.oordelen.dossiers import BATCH
from app.queries.oordelen.peildatum import NOOIT, PEILDATUM
from app.queries.oordelen.standen import judge_kinderen
from app.queries.oordelen.uids import read_ids
from app.queries.pleegkinderen.filter import begeleider_condition, unguided_condition
from app.queries.termijnen.getoond import GetoondeTermijn, TermijnKeuze
from app.terms import Stand


@lru_cache(maxsize=32)
def _children(scope: Scope, *, team: bool, begeleider: bool, unguided: bool) -> FastStatement:
    """Build the select of every child in scope, for judging the past."""
    statement = select(Pleegkind.feit_id).where(holds(Pleegkind), visible_pleegkinderen(scope))
    if team or begeleider:
        owner = begeleider_condition(Pleegkind.feit_id, team=team, begeleider=begeleider, dag=PEILDATUM)
        statement = statement.where(owner)
    if unguided:
        statement = statement.where(unguided_condition())
    return FastStatement(statement.order_by(Pleegkind.feit_id))


def list_past_termijnen(
    session: Session,
    actor: Actor,
    wanted: TermijnKeuze,
    page: Page,
    moment: tuple[date, date, datetime | None],
) -> Window[GetoondeTermijn]:
    """Return the same page for a day in the past or for what was known then, by the rule over every child in scope."""
    peildatum, vandaag, bekend_op = moment
    statement = _children(
        scope_of(actor),
        team=wanted.team is not None,
        begeleider=wanted.begeleider is not None,
        unguided=wanted.zonder_begeleider,
    )
    rows = statement.rows(
        session,
        **scope_parameters(actor, vandaag),
        peildatum=peildatum,
        team=wanted.team,
        begeleider=wanted.begeleider,
    )
    kinderen = [row[0] for row in rows]
    found = sorted(
        (item for item in _judged(session, actor, kinderen, peildatum, bekend_op) if _is_wanted(item.oordeel, wanted)),
        key=lambda item: item.keys,
    )
    window = page_of(found, page, lambda item: item.keys)
    ids = read_ids(session, [(item.kind, item.oordeel) for item in window.rows])
    return Window([GetoondeTermijn(item.oordeel, ids, item.kind) for item in window.rows], window.next, window.prev)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A judgement of a past day, with the keys that give it a place in the list."""

    kind: int
    oordeel: Oordeel

    @property
    def keys(self) -> tuple[int, str, str]:
        oordeel = self.oordeel
        subject = f"{self.kind:020d}:{oordeel.norm.code}:{oordeel.onderwerp_soort}:{oordeel.onderwerp_id:020d}"
        later = 0 if oordeel.is_opvolging and oordeel.stand is Stand.TE_LAAT else 1
        return later, (oordeel.uiterlijk or NOOIT).isoformat(), subject


def _judged(
    session: Session, actor: Actor, kinderen: list[int], peildatum: date, bekend_op: datetime | None
) -> Iterator[_Judged]:
    for start in range(0, len(kinderen), BATCH):
        batch = kinderen[start : start + BATCH]
        for kind, oordelen in judge_kinderen(session, actor.organisatie_id, batch, peildatum, bekend_op).items():
            yield from (_Judged(kind, oordeel) for oordeel in oordelen)


def _is_wanted(oordeel: Oordeel, wanted: TermijnKeuze) -> bool:
    return (
        wanted.stand in (None, oordeel.stand)
        and (not wanted.opvolging or (oordeel.is_opvolging and oordeel.uiterlijk is not None))
        and wanted.norm in (None, oordeel.norm.code)
        and wanted.zwaarte in (None, oordeel.zwaarte)
    )

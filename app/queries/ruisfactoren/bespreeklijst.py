"""The children for the next case discussion: whose case has ruisfactoren, the highest score first; never a verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.in_memory import page_of
from app.db.keyset import Page, Window
from app.db.rows import Regel
from app.db.statement import FastStatement, Row
from app.models import Pleegkind
from app.models.versions import holds
from app.norms.calendar import birthday
from app.norms.ruis.catalogue import in_force
from app.norms.ruis.find import Ruisbevinding, score_of
from app.queries.oordelen.dossiers import BATCH
from app.queries.oordelen.peildatum import PEILDATUM
from app.queries.pleegkinderen.filter import begeleider_condition, outside_teams_condition
from app.queries.ruisfactoren.factoren import load_ruis
from app.terms import Ruiscode

_JONG = 5  # years; these come first at an equal score (``normen.md`` §7)
_COLUMNS = ("feit_id", "uid", "nummer", "roepnaam", "achternaam", "geboortedatum")


@dataclass(frozen=True, slots=True)
class Bespreekkeuze:
    """Which children are asked for; each None for all.

    Attributes:
        team: with a begeleider of this team on the peildatum.
        outside: whom nobody of these teams guides on the peildatum.
        ruisfactor: in whose case this one was found.
    """

    team: UUID | None = None
    outside: Sequence[UUID] | None = None
    ruisfactor: Ruiscode | None = None


@dataclass(frozen=True, slots=True)
class _Besproken:
    """A child with what was found in its case."""

    kind: Row
    jong: bool
    bevindingen: list[Ruisbevinding]

    def has(self, ruisfactor: Ruiscode | None) -> bool:
        """Tell whether a ruisfactor was found; any will do when None is asked for."""
        return ruisfactor is None or any(code == ruisfactor for code, *_ in self.bevindingen)

    @property
    def keys(self) -> tuple[int, int, str, int]:
        """The place in the list: score, then young children, then nummer."""
        key, _, nummer = self.kind[:3]
        return -score_of(self.bevindingen), 0 if self.jong else 1, nummer, key


@lru_cache(maxsize=16)
def _children(scope: Scope, *, team: bool, outside: bool) -> FastStatement:
    """Build the select of every child in scope."""
    columns = [getattr(Pleegkind, name) for name in _COLUMNS]
    statement = select(*columns).where(holds(Pleegkind), visible_pleegkinderen(scope))
    if team:
        owner = begeleider_condition(Pleegkind.feit_id, team=True, begeleider=False, dag=PEILDATUM)
        statement = statement.where(owner)
    if outside:
        statement = statement.where(outside_teams_condition(Pleegkind.feit_id, PEILDATUM))
    return FastStatement(statement)


def list_bespreeklijst(
    session: Session,
    actor: Actor,
    page: Page,
    *,
    keuze: Bespreekkeuze,
    peildatum: date,
    vandaag: date,
    bekend_op: datetime | None = None,
) -> Window[Regel]:
    """Return a page of the children in scope with a score above 0, as ``BespreekkindOut`` shows them.

    Every child in scope is judged, also for one page: the order is that of the whole.

    Args:
        session: reads.
        actor: whose scope.
        page: which page.
        keuze: only some of them.
        peildatum: the day to judge on.
        vandaag: the day on which the actor asks.
        bekend_op: what the file said at that moment; None for now.
    """
    statement = _children(scope_of(actor), team=keuze.team is not None, outside=keuze.outside is not None)
    parameters = {
        **scope_parameters(actor, vandaag),
        "peildatum": peildatum,
        "team": keuze.team,
        "teams": keuze.outside,
    }
    kinderen = statement.rows(session, **parameters)
    judged = _judged(session, actor, kinderen, peildatum, bekend_op)
    found = sorted((one for one in judged if one.has(keuze.ruisfactor)), key=lambda one: one.keys)
    window = page_of(found, page, lambda one: one.keys)
    return Window([_shown(one, peildatum) for one in window.rows], window.next, window.prev)


def _judged(
    session: Session, actor: Actor, kinderen: list[Row], peildatum: date, bekend_op: datetime | None
) -> Iterator[_Besproken]:
    """Yield the children with at least one ruisfactor, batch by batch."""
    for start in range(0, len(kinderen), BATCH):
        batch = {row[0]: row for row in kinderen[start : start + BATCH]}
        ruis = load_ruis(session, actor.organisatie_id, dict.fromkeys(batch, peildatum), bekend_op)
        for key, bevindingen in ruis.items():
            if bevindingen:
                yield _Besproken(batch[key], birthday(batch[key][-1], _JONG) > peildatum, bevindingen)


def _shown(one: _Besproken, peildatum: date) -> Regel:
    factoren = in_force(peildatum)
    return {
        **dict(zip(_COLUMNS, one.kind, strict=True)),
        "jonger_dan_vijf": one.jong,
        "score": score_of(one.bevindingen),
        "ruisfactoren": [
            {"code": code, "naam": factoren[code].naam, "gewicht": gewicht, "redenen": redenen}
            for code, gewicht, redenen in one.bevindingen
        ],
    }

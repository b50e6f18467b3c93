"""The overdue list, and every judgement of one child with its explanation.

The list reads stored judgements (``app.queries.oordelen.bewaard``); one child's are made by the rule on its facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Text, bindparam, func, select
from sqlalchemy.orm import Session
from sqlalchemy.types import BigInteger

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Rows
from app.models import Pleegkind, Termijn
from app.models.versions import holds
from app.norms.feiten import Dossier, Gezin
from app.norms.judge import judge
from app.norms.uitleg.explain import explain
from app.norms.versies.catalogue import Catalogus
from app.norms.zicht import Zicht, zicht_of
from app.queries.normen import get_catalogus, has_own_norms
from app.queries.oordelen.bewaard import SEGMENT_COLUMNS, judge_segment, norms_in_force
from app.queries.oordelen.dossiers import load_dossiers
from app.queries.oordelen.peildatum import IS_OPEN_OPVOLGING, NOOIT, PEILDATUM, STAND, holds_on_peildatum
from app.queries.oordelen.uids import ID_COLUMNS, ids_read_along, read_ids
from app.queries.pleegkinderen.filter import begeleider_condition, unguided_condition
from app.queries.termijnen.getoond import GetoondeTermijn, TermijnKeuze
from app.queries.termijnen.verleden import list_past_termijnen
from app.terms import Stand

#: of each judgement, behind what places it: the ids of what it names, and the judgement itself
_SHOWN = (*ID_COLUMNS, *SEGMENT_COLUMNS)


def list_termijnen(
    session: Session,
    actor: Actor,
    wanted: TermijnKeuze,
    page: Page,
    *,
    peildatum: date,
    vandaag: date,
    bekend_op: datetime | None = None,
) -> Window[GetoondeTermijn]:
    """Return a page of judgements in scope by uiterlijk, the longest overdue first; what is never due comes last.

    Of what is late, that on which somebody must act comes before everything else.

    Stored deadlines hold from today on and for what is known now; the past is judged child by child.
    """
    if peildatum < vandaag or bekend_op is not None:
        return list_past_termijnen(session, actor, wanted, page, (peildatum, vandaag, bekend_op))
    return _list_stored(session, actor, wanted, page, peildatum, vandaag)


def _list_stored(
    session: Session, actor: Actor, wanted: TermijnKeuze, page: Page, peildatum: date, vandaag: date
) -> Window[GetoondeTermijn]:
    query = _listing(
        scope_of(actor),
        wanted.stand,
        norm=wanted.norm is not None,
        zwaarte=wanted.zwaarte is not None,
        team=wanted.team is not None,
        begeleider=wanted.begeleider is not None,
        opvolging=wanted.opvolging,
        unguided=wanted.zonder_begeleider,
    )
    parameters = {
        **scope_parameters(actor, vandaag),
        "peildatum": peildatum,
        "norm": wanted.norm,
        "zwaarte": wanted.zwaarte,
        "team": wanted.team,
        "begeleider": wanted.begeleider,
        "organisatie": actor.organisatie_id,
    }
    window = query.fetch_fast(session, page, parameters)
    normen = norms_in_force(session, actor.organisatie_id, peildatum, own=any(row[4] for row in window.rows[:1]))
    judged = [
        (kind, judge_segment(rest[len(ID_COLUMNS) :], normen, peildatum), rest[: len(ID_COLUMNS)])
        for _, kind, _, _, _, *rest in window.rows
    ]
    ids = ids_read_along(judged)
    return Window([GetoondeTermijn(oordeel, ids, kind) for kind, oordeel, _ in judged], window.next, window.prev)


@lru_cache(maxsize=256)
def _listing(
    scope: Scope,
    stand: Stand | None,
    *,
    norm: bool,
    zwaarte: bool,
    team: bool,
    begeleider: bool,
    opvolging: bool,
    unguided: bool,
) -> KeysetQuery:
    """Build the list for one combination of scope and filters: an index scan in order of uiterlijk.

    Only what is op_tijd can be without one; there a day after all others stands in its place. What is late comes in
    order of voorrang first, also by an index.
    """
    due = stand is not Stand.OP_TIJD or opvolging
    day: Any = Termijn.uiterlijk if due else func.coalesce(Termijn.uiterlijk, NOOIT)
    late_first = stand is Stand.TE_LAAT
    statement = (
        select(Termijn.id, Termijn.pleegkind_id, day.label("plaats"), Termijn.voorrang, has_own_norms(), *_SHOWN)
        .join(Pleegkind, Pleegkind.feit_id == Termijn.pleegkind_id)
        .where(
            Termijn.organisatie_id == bindparam("scope_organisatie", type_=BigInteger),
            holds_on_peildatum(),
            *([] if stand is None else [STAND[stand]]),
            *([IS_OPEN_OPVOLGING] if opvolging else []),
            *([unguided_condition()] if unguided else []),
            holds(Pleegkind),
            visible_pleegkinderen(scope),
        )
    )
    return KeysetQuery(
        _filtered(statement, norm=norm, zwaarte=zwaarte, team=team, begeleider=begeleider),
        *([Key("voorrang", Termijn.voorrang)] if late_first else []),
        Key("plaats", day),
        Key("id", Termijn.id),
    )


def _filtered(statement: Rows, *, norm: bool, zwaarte: bool, team: bool, begeleider: bool) -> Rows:
    if norm:
        statement = statement.where(Termijn.norm == bindparam("norm", type_=Text))
    if zwaarte:
        statement = statement.where(Termijn.zwaarte == bindparam("zwaarte", type_=Text))
    if team or begeleider:
        owner = begeleider_condition(Termijn.pleegkind_id, team=team, begeleider=begeleider, dag=PEILDATUM)
        statement = statement.where(owner)
    return statement


def list_termijnen_of_kind(
    session: Session, actor: Actor, kind: int, peildatum: date, bekend_op: datetime | None = None
) -> list[GetoondeTermijn]:
    """Return every judgement of one child with its explanation; the caller has checked that it is visible."""
    return judge_kind(session, actor, kind, peildatum, bekend_op).termijnen


@dataclass(frozen=True, slots=True)
class Kindoordeel:
    """What the rule says of one child, and the facts on which it said so.

    Attributes:
        dossier: the facts; None for a child that the file did not know then.
        gezinnen: the families of its plaatsingen.
        catalogus: the norms.
        termijnen: every judgement on the peildatum, with its explanation.
        zicht: when the child was last seen and spoken to alone, and checked.
        ids: the external id of what judgements and zicht name.
    """

    dossier: Dossier | None
    gezinnen: Mapping[int, Gezin]
    catalogus: Catalogus
    termijnen: list[GetoondeTermijn]
    zicht: Zicht
    ids: Mapping[tuple[str, int], UUID]


def judge_kind(
    session: Session, actor: Actor, kind: int, peildatum: date, bekend_op: datetime | None = None
) -> Kindoordeel:
    """Return what the rule says of one child; the caller has checked that it is visible.

    ``ids`` has every talk as well: the timeline says of each whether it counts.
    """
    dossiers = load_dossiers(session, [kind], date.min, bekend_op)
    catalogus = get_catalogus(session, actor.organisatie_id, bekend_op)
    dossier = next(iter(dossiers.kinderen), None)
    oordelen = [] if dossier is None else judge(dossier, dossiers.gezinnen, catalogus, peildatum)
    zicht = zicht_of(dossier, peildatum)
    shown = [(oordeel, explain(oordeel, dossier, dossiers.gezinnen, catalogus)) for oordeel in oordelen if dossier]
    talks = [("kindgesprek", talk.id) for p in (dossier.plaatsingen if dossier else ()) for talk in p.kindgesprekken]
    named = [*zicht.events, *talks]
    ids = read_ids(session, [(kind, oordeel) for oordeel in oordelen], [uitleg for _, uitleg in shown], named)
    termijnen = [GetoondeTermijn(oordeel, ids, kind, uitleg) for oordeel, uitleg in shown]
    return Kindoordeel(dossier, dossiers.gezinnen, catalogus, termijnen, zicht, ids)

"""The overdue list, and every judgement of one child with its explanation.

Stored deadlines select and sort; the rule says what is shown. A row on which the two disagree shows what the rule
says, and is reported: ``pleegzicht controleer`` should have found it first.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import structlog
from sqlalchemy import Select, Text, and_, bindparam, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.types import BigInteger

from app.access.actor import Actor
from app.access.scope import Scope, scope_of, scope_parameters, visible_pleegkinderen
from app.models import Pleegkind, Termijn
from app.models.versions import holds
from app.norms.explain import explain
from app.norms.judge import Oordeel, judge
from app.queries.dossiers import load_dossiers
from app.queries.fast import Row
from app.queries.getoonde_termijn import GetoondeTermijn, TermijnKeuze
from app.queries.keyset import Key, KeysetQuery, Page, Window
from app.queries.normen import get_catalogus
from app.queries.pleegkinderen import PEILDATUM, begeleider_condition
from app.queries.standen import judge_kinderen
from app.queries.termijnen_verleden import list_past_termijnen
from app.queries.uids import read_ids
from app.terms import Stand

_log = structlog.get_logger()
_COLUMNS = ("id", "uiterlijk", "pleegkind_id", "norm", "onderwerp_soort", "onderwerp_id")


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
    """Return a page of judgements in scope by uiterlijk, the longest overdue first.

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
    )
    parameters = {
        **scope_parameters(actor, vandaag),
        "peildatum": peildatum,
        "norm": wanted.norm,
        "zwaarte": wanted.zwaarte,
        "team": wanted.team,
        "begeleider": wanted.begeleider,
    }
    window = query.fetch_fast(session, page, parameters)
    kinderen = sorted({row[2] for row in window.rows})
    oordelen = judge_kinderen(session, actor.organisatie_id, kinderen, peildatum) if kinderen else {}
    found = {
        (kind, oordeel.norm.code, oordeel.onderwerp_soort, oordeel.onderwerp_id): oordeel
        for kind, several in oordelen.items()
        for oordeel in several
    }
    agreed = list(_by_the_rule(window.rows, found, wanted.stand))
    ids = read_ids(session, agreed)
    shown = [GetoondeTermijn(oordeel, ids, kind) for kind, oordeel in agreed]
    return Window(shown, window.next, window.prev)


def _by_the_rule(
    rows: Iterable[Row], found: Mapping[tuple[Any, ...], Oordeel], stand: Stand
) -> Iterator[tuple[int, Oordeel]]:
    """Yield the judgements behind the selected rows; what the rule does not confirm is reported and left out."""
    for key, _, *subject in rows:
        oordeel = found.get(tuple(subject))
        if oordeel is None or oordeel.stand is not stand:
            _log.error("termijn_wijkt_af", termijn=key, norm=subject[1])
            continue
        yield subject[0], oordeel


@lru_cache(maxsize=256)
def _listing(scope: Scope, stand: Stand, *, norm: bool, zwaarte: bool, team: bool, begeleider: bool) -> KeysetQuery:
    """Build the list for one combination of scope and filters: an index scan in order of uiterlijk."""
    statement = (
        select(*(getattr(Termijn, name) for name in _COLUMNS))
        .join(Pleegkind, Pleegkind.feit_id == Termijn.pleegkind_id)
        .where(
            Termijn.organisatie_id == bindparam("scope_organisatie", type_=BigInteger),
            Termijn.van <= PEILDATUM,
            or_(Termijn.tot.is_(None), Termijn.tot > PEILDATUM),
            _stand(stand),
            holds(Pleegkind),
            visible_pleegkinderen(scope),
        )
    )
    return KeysetQuery(
        _filtered(statement, norm=norm, zwaarte=zwaarte, team=team, begeleider=begeleider),
        Key("uiterlijk", Termijn.uiterlijk),
        Key("id", Termijn.id),
    )


def _filtered(statement: Select[Any], *, norm: bool, zwaarte: bool, team: bool, begeleider: bool) -> Select[Any]:
    if norm:
        statement = statement.where(Termijn.norm == bindparam("norm", type_=Text))
    if zwaarte:
        statement = statement.where(Termijn.zwaarte == bindparam("zwaarte", type_=Text))
    if team or begeleider:
        owner = begeleider_condition(Termijn.pleegkind_id, team=team, begeleider=begeleider, dag=PEILDATUM)
        statement = statement.where(owner)
    return statement


def _stand(stand: Stand) -> Any:
    """Return the condition on stored deadlines that gives a stand; what has no uiterlijk has nothing to list."""
    late = Termijn.uiterlijk < PEILDATUM
    return {
        Stand.TE_LAAT: and_(late, Termijn.uitzondering_id.is_(None)),
        Stand.UITZONDERING: and_(late, Termijn.uitzondering_id.is_not(None)),
        Stand.NADERT: and_(Termijn.uiterlijk >= PEILDATUM, Termijn.nadert_vanaf <= PEILDATUM),
        Stand.OP_TIJD: Termijn.nadert_vanaf > PEILDATUM,
    }[stand]


def list_termijnen_of_kind(
    session: Session, actor: Actor, kind: int, peildatum: date, bekend_op: datetime | None = None
) -> list[GetoondeTermijn]:
    """Return every judgement of one child with its explanation; the caller has checked that it is visible."""
    dossiers = load_dossiers(session, [kind], date.min, bekend_op)
    catalogus = get_catalogus(session, actor.organisatie_id, bekend_op)
    shown = []
    for dossier in dossiers.kinderen:
        shown += [
            (oordeel, explain(oordeel, dossier, dossiers.gezinnen, catalogus))
            for oordeel in judge(dossier, dossiers.gezinnen, catalogus, peildatum)
        ]
    ids = read_ids(session, [(kind, oordeel) for oordeel, _ in shown], [uitleg for _, uitleg in shown])
    return [GetoondeTermijn(oordeel, ids, kind, uitleg) for oordeel, uitleg in shown]

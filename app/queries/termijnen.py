"""The overdue list, and every judgement of one child with its explanation.

Stored deadlines select and sort; the rule says what is shown. A row on which the two disagree shows what the rule
says, and is reported: ``pleegzicht controleer`` should have found it first.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Select, Text, and_, bindparam, literal_column, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import BigInteger

from app.access.actor import Actor
from app.access.scope import Scope, scope_of, scope_parameters, visible_pleegkinderen
from app.models import Base, Pleegkind, Termijn
from app.models.versions import holds
from app.norms.explain import Uitleg, explain
from app.norms.judge import Oordeel, judge
from app.queries.dossiers import BATCH, load_dossiers
from app.queries.fast import FastStatement, Row
from app.queries.keyset import BadCursor, Key, KeysetQuery, Page, Window
from app.queries.normen import get_catalogus
from app.queries.pleegkinderen import PEILDATUM, begeleider_condition
from app.queries.standen import judge_kinderen
from app.terms import NormCode, Stand, Zwaarte

_log = structlog.get_logger()
_COLUMNS = ("id", "uiterlijk", "pleegkind_id", "norm", "onderwerp_soort", "onderwerp_id")


@dataclass(frozen=True, slots=True)
class TermijnenFilter:
    """Which judgements are asked for; None: no such filter."""

    stand: Stand = Stand.TE_LAAT
    norm: NormCode | None = None
    zwaarte: Zwaarte | None = None
    team: UUID | None = None
    begeleider: UUID | None = None


@dataclass(frozen=True, slots=True)
class GetoondeTermijn:
    """A judgement with the external ids of everything it names."""

    oordeel: Oordeel
    ids: Mapping[tuple[str, int], UUID]
    pleegkind_id: int
    uitleg: Uitleg | None = None


def list_termijnen(
    session: Session,
    actor: Actor,
    wanted: TermijnenFilter,
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
    session: Session, actor: Actor, wanted: TermijnenFilter, page: Page, peildatum: date, vandaag: date
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


@lru_cache(maxsize=32)
def _children(scope: Scope, *, team: bool, begeleider: bool) -> FastStatement:
    """Build the select of every child in scope, for judging the past."""
    statement = select(Pleegkind.feit_id).where(holds(Pleegkind), visible_pleegkinderen(scope))
    if team or begeleider:
        owner = begeleider_condition(Pleegkind.feit_id, team=team, begeleider=begeleider, dag=PEILDATUM)
        statement = statement.where(owner)
    return FastStatement(statement.order_by(Pleegkind.feit_id))


def list_past_termijnen(
    session: Session,
    actor: Actor,
    wanted: TermijnenFilter,
    page: Page,
    moment: tuple[date, date, datetime | None],
) -> Window[GetoondeTermijn]:
    """Return the same page for a day in the past or for what was known then, by the rule over every child in scope."""
    peildatum, vandaag, bekend_op = moment
    statement = _children(scope_of(actor), team=wanted.team is not None, begeleider=wanted.begeleider is not None)
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
    window = _page_of(found, page)
    ids = read_ids(session, [(item.kind, item.oordeel) for item in window.rows])
    return Window([GetoondeTermijn(item.oordeel, ids, item.kind) for item in window.rows], window.next, window.prev)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A judgement of a past day, with the keys that give it a place in the list."""

    kind: int
    oordeel: Oordeel

    @property
    def keys(self) -> tuple[str, str]:
        subject = f"{self.kind:020d}:{self.oordeel.norm.code}:{self.oordeel.onderwerp_id:020d}"
        return str(self.oordeel.uiterlijk), subject


def _judged(
    session: Session, actor: Actor, kinderen: list[int], peildatum: date, bekend_op: datetime | None
) -> Iterator[_Judged]:
    for start in range(0, len(kinderen), BATCH):
        batch = kinderen[start : start + BATCH]
        for kind, oordelen in judge_kinderen(session, actor.organisatie_id, batch, peildatum, bekend_op).items():
            yield from (_Judged(kind, oordeel) for oordeel in oordelen)


def _is_wanted(oordeel: Oordeel, wanted: TermijnenFilter) -> bool:
    return (
        oordeel.uiterlijk is not None
        and oordeel.stand is wanted.stand
        and wanted.norm in (None, oordeel.norm.code)
        and wanted.zwaarte in (None, oordeel.zwaarte)
    )


def _page_of(found: list[_Judged], page: Page) -> Window[_Judged]:
    """Cut one page out of the whole sorted list.

    Raises:
        BadCursor: the keys are not of this list.
    """
    if page.keys is None:
        begin, end = 0, page.limit
    else:
        if len(page.keys) != len(found[0].keys if found else page.keys) or not all(
            isinstance(key, str) for key in page.keys
        ):
            raise BadCursor
        places = [item.keys for item in found]
        mark: Any = page.keys
        begin = bisect_left(places, mark) - page.limit if page.backwards else bisect_right(places, mark)
        begin, end = max(begin, 0), bisect_left(places, mark) if page.backwards else begin + page.limit
    kept = found[begin:end]
    if not kept:
        return Window(kept)
    return Window(kept, kept[-1].keys if end < len(found) else None, kept[0].keys if begin > 0 else None)


def list_termijnen_of_kind(
    session: Session, actor: Actor, kind: int, peildatum: date, bekend_op: datetime | None = None
) -> list[GetoondeTermijn]:
    """Return every judgement of one child with its explanation; the caller has checked that it is visible."""
    dossiers = load_dossiers(session, [kind], date.min, bekend_op)
    catalogus = get_catalogus(session, actor.organisatie_id)
    shown = []
    for dossier in dossiers.kinderen:
        shown += [
            (oordeel, explain(oordeel, dossier, dossiers.gezinnen, catalogus))
            for oordeel in judge(dossier, dossiers.gezinnen, catalogus, peildatum)
        ]
    ids = read_ids(session, [(kind, oordeel) for oordeel, _ in shown], [uitleg for _, uitleg in shown])
    return [GetoondeTermijn(oordeel, ids, kind, uitleg) for oordeel, uitleg in shown]


#: norm → table of the events that count for it
EVENT_OF_NORM: dict[NormCode, str] = {
    NormCode.KAG_3: "kindgesprek",
    NormCode.KAG_R: "kindgesprek",
    NormCode.VC_J: "veiligheidscheck",
    NormCode.MDO: "casuistiekbespreking",
    NormCode.HB: "huisbezoek",
    NormCode.ONT_J: "ontwikkelbeeld",
    NormCode.HVP_6: "hulpverleningsplan",
    NormCode.VP: "vertrouwenspersoon",
    NormCode.VGB_T: "vgb",
    NormCode.VGB_12: "vgb",
    NormCode.VGB_H: "vgb",
    NormCode.EVAL_J: "evaluatie",
    NormCode.POV_1: "pleegoudervoogdgesprek",
    NormCode.CAL_3: "signaal",
}


def read_ids(
    session: Session, oordelen: Iterable[tuple[int, Oordeel]], uitleg: Iterable[Uitleg] = ()
) -> dict[tuple[str, int], UUID]:
    """Return the external id of every child, subject, event and uitzondering named; one statement."""
    wanted: dict[str, set[int]] = {name: set() for name in _ID_TABLES}
    for kind, oordeel in oordelen:
        wanted["pleegkind"].add(kind)
        wanted[oordeel.onderwerp_soort].add(oordeel.onderwerp_id)
        if oordeel.laatste:
            wanted[EVENT_OF_NORM[oordeel.norm.code]].add(oordeel.laatste.id)
        if oordeel.uitzondering_id:
            wanted["uitzondering"].add(oordeel.uitzondering_id)
    for one in uitleg:
        for event in one.telden_niet:
            wanted[event.soort].add(event.id)
    rows = _IDS.rows(session, **{name: sorted(keys) for name, keys in wanted.items()})
    return {(table, key): uid for table, key, uid in rows}


_ID_TABLES = (
    "pleegkind", "plaatsing", "gezinslid", "pleeggezin", "signaal", "kindgesprek", "veiligheidscheck",
    "casuistiekbespreking", "huisbezoek", "ontwikkelbeeld", "hulpverleningsplan", "vertrouwenspersoon", "vgb",
    "evaluatie", "pleegoudervoogdgesprek", "uitzondering",
)  # fmt: skip
_IDS = FastStatement(
    union_all(
        *(
            select(literal_column(f"'{name}'", Text), table.c.id, table.c.uid).where(
                table.c.id == bindparam(name, type_=ARRAY(BigInteger)).any_()
            )
            for name, table in ((name, Base.metadata.tables[name]) for name in _ID_TABLES)
        )
    )
)

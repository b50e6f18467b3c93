"""Children: one by id, and the caseload; always through the actor's scope. The search is ``app.queries.zoeken``."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Select,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Purpose, Reach, Scope, scope_of
from app.access.scope import is_visible, scope_parameters, visible_pleegkinderen
from app.db.among import is_among
from app.db.in_parts import ListPart, QueryInParts
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.statement import FastStatement, Row
from app.models import Medewerker, Plaatsing, Pleegkind, Team, Termijn
from app.models.teams import in_team_on
from app.models.versions import RowByRow, holds, newest
from app.norms.aandacht import is_overdue_by_weeks
from app.norms.judge import Oordeel
from app.norms.standen import WORST_FIRST
from app.queries.begeleiders import guided_on, runs_on, with_begeleider_on
from app.queries.bereik import find_within, note_child
from app.queries.oordelen.bewaard import read_oordelen, read_samenvattingen
from app.queries.oordelen.peildatum import (
    IS_LATE_FOR_LONG,
    IS_LATE_OPVOLGING,
    IS_OPEN_OPVOLGING,
    NOOIT,
    PEILDATUM,
    STAND,
    holds_on_peildatum,
)
from app.queries.oordelen.standen import Samenvatting, judge_kinderen, summarize_oordelen
from app.queries.opvolging import among, has_opvolging, join_late, late_since, opvolging_then, with_opvolging
from app.queries.samenvoegingen import leads_to
from app.terms import Stand, Zwaarte

COLUMNS = ("feit_id", "uid", "nummer", "roepnaam", "achternaam", "geboortedatum")
ORDER = ("achternaam", "roepnaam", "feit_id")
_NAMES = tuple(Key(name, getattr(Pleegkind, name)) for name in ORDER)


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


@lru_cache(maxsize=16)
def _key(scope: Scope, reach: Reach) -> FastStatement:
    return FastStatement(
        select(Pleegkind.feit_id).where(
            Pleegkind.uid == leads_to(bindparam("uid", type_=Uuid)),
            holds(Pleegkind),
            is_visible(scope, reach),
        )
    )


def get_pleegkind_key(session: Session, actor: Actor, uid: UUID, vandaag: date, purpose: Purpose = Purpose.READ) -> int:
    """Return the feit_id of a child whose file the actor may open for a purpose, by an id that leads to it.

    Raises:
        NotFound: it does not exist, is withdrawn, or is not the actor's to see.
        Forbidden: the actor may see it, and no more.
    """

    def look(reach: Reach) -> int | None:
        rows = _key(scope_of(actor), reach).rows(session, uid=uid, **scope_parameters(actor, vandaag))
        return rows[0][0] if rows else None

    key = find_within(session, actor, purpose, look)
    note_child(session, uid)
    return key


def begeleider_condition(pleegkind_id: Any, *, team: bool, begeleider: bool, dag: Any) -> ColumnElement[bool]:
    """Return that a child has a begeleider on a day, of ``:team`` then and/or being ``:begeleider``.

    Or had one who left, while nobody else guides it: the child stays with them, and with their team.
    """
    own = _guided_from_teams(dag) if team else with_begeleider_on(dag, few=True).where(newest(Medewerker))
    if team:
        own = own.where(Team.uid == bindparam("team", type_=Uuid))
    if begeleider:
        own = own.where(Medewerker.uid == bindparam("begeleider", type_=Uuid))
        return is_among(pleegkind_id, own)  # first whose children, then what of them
    condition: ColumnElement[bool] = pleegkind_id.in_(own)
    return condition


def outside_teams_condition(pleegkind_id: Any, dag: Any) -> ColumnElement[bool]:
    """Return that nobody of ``:teams`` is begeleider of a child on a day: what a list per team would leave out."""
    theirs = _guided_from_teams(dag).where(Team.uid == func.any(bindparam("teams", type_=ARRAY(Uuid))))
    condition: ColumnElement[bool] = pleegkind_id.not_in(theirs)
    return condition


def _guided_from_teams(dag: Any) -> Select[Any]:
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


@lru_cache(maxsize=256)
def _listing(
    scope: Scope,
    *,
    team: bool,
    begeleider: bool,
    stand: Stand | None,
    opvolging: bool,
    unguided: bool,
    long: bool,
    stored: bool,
) -> KeysetQuery:
    """Build the list of children for one combination of scope and filters.

    Those for whom somebody should have acted come first, the longest ago ahead: by the stored deadlines, or the
    children ``:laat`` since ``:sinds``. Of those without a begeleider whoever somebody must still act for comes next:
    nobody else will see it. Of a whole organisatie the two are read apart, each by an index; a caseload is sorted.
    """
    many = scope is Scope.ORGANISATIE and not (team or begeleider or unguided)
    if not stored:
        nog = Pleegkind.feit_id == among("open")
    else:
        nog = with_opvolging(IS_OPEN_OPVOLGING) if many else has_opvolging(IS_OPEN_OPVOLGING)
    statement = select(*(getattr(Pleegkind, name) for name in COLUMNS)).where(
        holds(Pleegkind, RowByRow() if many else None),
        visible_pleegkinderen(scope),
        *chosen(
            nog if opvolging else None, team=team, begeleider=begeleider, stand=stand, unguided=unguided, long=long
        ),
    )
    if many:
        return QueryInParts("voorrang", _in_parts(statement, stored=stored))
    late = late_since(stored=stored)
    voorrang = case((late.c.sinds.is_not(None), 0), *([(nog, 1)] if unguided else []), else_=2)
    sinds = func.coalesce(late.c.sinds, NOOIT)
    every = statement.join(late, true()).add_columns(sinds.label("sinds"), voorrang.label("voorrang"))
    return KeysetQuery(every, Key("voorrang", voorrang), Key("sinds", sinds), *_NAMES)


def _in_parts(statement: Select[*tuple[Any, ...]], *, stored: bool) -> Mapping[int, ListPart]:
    """Return the children of a whole organisatie in two parts: for whom somebody should have acted, and the others."""
    if stored:
        ahead, sinds = join_late(statement)
        rest = statement.where(~has_opvolging(IS_LATE_OPVOLGING))
    else:
        late, laat = late_since(stored=False), Pleegkind.feit_id == among("laat")
        ahead, sinds = statement.join(late, true()).where(laat), late.c.sinds
        rest = statement.where(~laat)
    never = literal(NOOIT, Date)
    return {
        0: ListPart(ahead.add_columns(sinds.label("sinds")), (Key("sinds", sinds), *_NAMES)),
        2: ListPart(rest.add_columns(never.label("sinds")), _NAMES),
    }


def list_pleegkinderen(
    session: Session,
    actor: Actor,
    wanted: KinderenFilter,
    page: Page,
    *,
    peildatum: date,
    vandaag: date,
    bekend_op: datetime | None = None,
    with_oordelen: bool = False,
) -> Window[Mapping[str, Any]]:
    """Return a page of children with what the rule says of each.

    From today on the stored judgements say it; for the past, and for what was known then, the rule itself goes through
    the children in scope. ``with_oordelen`` adds the judgements themselves, under that name.
    """
    stored = peildatum >= vandaag and bekend_op is None
    query = _listing_of(scope_of(actor), wanted, stored=stored)
    parameters: dict[str, Any] = {
        **scope_parameters(actor, vandaag),
        "peildatum": peildatum,
        "team": wanted.team,
        "begeleider": wanted.begeleider,
    }
    if not stored:
        parameters |= opvolging_then(session, actor, vandaag, peildatum, bekend_op)

    def in_lines(rows: Sequence[Row]) -> list[Mapping[str, Any]]:
        if stored:
            shown = show_stored(session, actor, rows, peildatum, with_oordelen=with_oordelen)
        else:
            shown = _judged_then(session, actor, rows, peildatum, bekend_op)
        return shown if stored else [row for row in shown if _is_wanted(row, wanted)]

    if stored or (wanted.stand is None and not wanted.lang_te_laat):
        window = query.fetch_fast(session, page, parameters)
        return Window(in_lines(window.rows), window.next, window.prev)
    return _search_back(query, session, page, parameters, in_lines)


def _is_wanted(row: Mapping[str, Any], wanted: KinderenFilter) -> bool:
    """Tell of a child as the rule judged it, what a stored judgement answers in the statement."""
    long = not wanted.lang_te_laat or any(map(is_overdue_by_weeks, row["oordelen"]))
    return long and wanted.stand in (None, row["stand"])


def _listing_of(scope: Scope, wanted: KinderenFilter, *, stored: bool) -> KeysetQuery:
    return _listing(
        scope,
        team=wanted.team is not None,
        begeleider=wanted.begeleider is not None,
        stand=wanted.stand if stored else None,
        opvolging=wanted.opvolging,
        stored=stored,
        unguided=wanted.zonder_begeleider,
        long=stored and wanted.lang_te_laat,
    )


def _search_back(
    query: KeysetQuery,
    session: Session,
    page: Page,
    parameters: Mapping[str, Any],
    in_lines: Callable[[Sequence[Row]], list[Mapping[str, Any]]],
) -> Window[Mapping[str, Any]]:
    """Go through the children in order until the page is full; for judgements that are not stored."""
    found: list[Mapping[str, Any]] = []
    step = Page(200, page.keys, page.backwards)
    while len(found) <= page.limit:
        window = query.fetch_fast(session, step, parameters)
        rows = in_lines(window.rows)
        found = [*rows, *found] if page.backwards else [*found, *rows]
        onward = window.prev if page.backwards else window.next
        if onward is None:
            break
        step = Page(200, onward, page.backwards)
    kept = found[::-1][: page.limit + 1] if page.backwards else found[: page.limit + 1]
    return query.window(kept, page)


def show_stored(
    session: Session, actor: Actor, rows: Sequence[Row], peildatum: date, *, with_oordelen: bool
) -> list[Mapping[str, Any]]:
    """Return children with their stored judgements, in a line or (``with_oordelen``) whole."""
    keys = [row[0] for row in rows]
    if with_oordelen:
        oordelen = read_oordelen(session, actor.organisatie_id, keys, peildatum)
        return [_judged(row, oordelen[row[0]]) for row in rows]
    lines = read_samenvattingen(session, actor.organisatie_id, keys, peildatum)
    return [_shown(row, lines[row[0]]) for row in rows]


def _judged_then(
    session: Session, actor: Actor, rows: Sequence[Row], peildatum: date, bekend_op: datetime | None
) -> list[Mapping[str, Any]]:
    """Return children with what the rule says of them on a day, knowing what was known then."""
    judged = judge_kinderen(session, actor.organisatie_id, [row[0] for row in rows], peildatum, bekend_op)
    return [_judged(row, judged.get(row[0], [])) for row in rows]


def _judged(row: Row, oordelen: Sequence[Oordeel]) -> Mapping[str, Any]:
    return {**_shown(row, summarize_oordelen(oordelen)), "oordelen": oordelen}


def _shown(row: Row, summary: Samenvatting) -> Mapping[str, Any]:
    return {
        **dict(zip((*COLUMNS, "sinds", "voorrang"), row, strict=False)),  # a search has neither
        "stand": summary.stand,
        "streef_stand": summary.streef_stand,
        "aantal_te_laat": summary.aantal_te_laat,
        "uiterlijk": summary.uiterlijk,
    }

"""The list of children, always through the actor's scope."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Date, case, func, literal, select, true
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.in_parts import ListPart, QueryInParts
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Parameters, Regel, Rows
from app.db.statement import Row
from app.models import Pleegkind
from app.models.versions import RowByRow, holds
from app.norms.aandacht import is_overdue_by_weeks
from app.norms.judge import Oordeel
from app.queries.oordelen.bewaard import read_oordelen, read_samenvattingen
from app.queries.oordelen.peildatum import IS_LATE_OPVOLGING, IS_OPEN_OPVOLGING, NOOIT
from app.queries.oordelen.standen import Samenvatting, judge_kinderen, summarize_oordelen
from app.queries.pleegkinderen.filter import KinderenFilter, chosen
from app.queries.pleegkinderen.opvolging import (
    among,
    has_opvolging,
    join_late,
    late_since,
    opvolging_then,
    with_opvolging,
)
from app.terms import Stand

COLUMNS = ("feit_id", "uid", "nummer", "roepnaam", "achternaam", "geboortedatum")
ORDER = ("achternaam", "roepnaam", "feit_id")
_NAMES = tuple(Key(name, getattr(Pleegkind, name)) for name in ORDER)


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


def _in_parts(statement: Rows, *, stored: bool) -> Mapping[int, ListPart]:
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
) -> Window[Regel]:
    """Return a page of children with what the rule says of each.

    From today on the stored judgements say it; for the past, and for what was known then, the rule itself goes through
    the children in scope. ``with_oordelen`` gives the judgements themselves, under that name, in place of their line.
    """
    stored = peildatum >= vandaag and bekend_op is None
    query = _listing_of(scope_of(actor), wanted, stored=stored)
    parameters: Parameters = {
        **scope_parameters(actor, vandaag),
        "peildatum": peildatum,
        "team": wanted.team,
        "begeleider": wanted.begeleider,
    }
    if not stored:
        parameters |= opvolging_then(session, actor, vandaag, peildatum, bekend_op)

    def in_lines(rows: Sequence[Row]) -> list[Regel]:
        if stored:
            shown = show_stored(session, actor, rows, peildatum, with_oordelen=with_oordelen)
        else:
            shown = _judged_then(session, actor, rows, peildatum, bekend_op)
        return shown if stored else [row for row in shown if _is_wanted(row, wanted)]

    if stored or (wanted.stand is None and not wanted.lang_te_laat):
        window = query.fetch_fast(session, page, parameters)
        return Window(in_lines(window.rows), window.next, window.prev)
    return _search_back(query, session, page, parameters, in_lines)


def _is_wanted(row: Regel, wanted: KinderenFilter) -> bool:
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
    parameters: Regel,
    in_lines: Callable[[Sequence[Row]], list[Regel]],
) -> Window[Regel]:
    """Go through the children in order until the page is full; for judgements that are not stored."""
    found: list[Regel] = []
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
) -> list[Regel]:
    """Return children with their stored judgements: in a line, or (``with_oordelen``) themselves in its place."""
    keys = [row[0] for row in rows]
    if with_oordelen:
        oordelen = read_oordelen(session, actor.organisatie_id, keys, peildatum)
        return [{**_named(row), "oordelen": oordelen[row[0]]} for row in rows]
    lines = read_samenvattingen(session, actor.organisatie_id, keys, peildatum)
    return [_shown(row, lines[row[0]]) for row in rows]


def _judged_then(
    session: Session, actor: Actor, rows: Sequence[Row], peildatum: date, bekend_op: datetime | None
) -> list[Regel]:
    """Return children with what the rule says of them on a day, knowing what was known then."""
    judged = judge_kinderen(session, actor.organisatie_id, [row[0] for row in rows], peildatum, bekend_op)
    return [_judged(row, judged.get(row[0], [])) for row in rows]


def _judged(row: Row, oordelen: Sequence[Oordeel]) -> Regel:
    return {**_shown(row, summarize_oordelen(oordelen)), "oordelen": oordelen}


def _named(row: Row) -> Regel:
    return dict(zip((*COLUMNS, "sinds", "voorrang"), row, strict=False))  # a search has neither of the last two


def _shown(row: Row, summary: Samenvatting) -> Regel:
    return {
        **_named(row),
        "stand": summary.stand,
        "streef_stand": summary.streef_stand,
        "aantal_te_laat": summary.aantal_te_laat,
        "uiterlijk": summary.uiterlijk,
    }

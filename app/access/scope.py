"""Which children an actor may see, as one blessed select; every read of a child goes through it.

Own caseload, own team or own organisatie, by rol; and how far that reaches, by what is asked (ADR 0016). A child out of
reach does not exist for the actor: the answer is the same 404 as for an id that was never given out.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Select,
    and_,
    bindparam,
    exists,
    not_,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.access.reach import Reach, Scope
from app.models import (
    Afwezigheid,
    KindInBegeleiding,
    Medewerker,
    Noodtoegang,
    OpenNaVertrek,
    Plaatsing,
    Pleegkind,
    Termijn,
    ZonderBegeleider,
)
from app.models.afwezigheid import is_absent_on
from app.models.among import is_among, one_by_one
from app.models.periode import ends_after, runs_on
from app.models.teams import in_team_on
from app.models.versions import holds
from app.norms.opvolging import NA_VERTREK

#: so many days after the end of a begeleiding or plaatsing its file can still be read, the last one included
NALOOP_DAGEN = 90

ORGANISATIE = bindparam("scope_organisatie", type_=BigInteger)
MEDEWERKER = bindparam("scope_medewerker", type_=BigInteger)
TEAM = bindparam("scope_team", type_=BigInteger)
VANDAAG = bindparam("scope_vandaag", type_=Date)
NU = bindparam("scope_nu", type_=DateTime(timezone=True))

#: who is in the team. One object for all parts of a reach that name it: a statement looks it up once, and refuses two
#: of one name
_IN_TEAM = (
    select(Medewerker.feit_id)
    .where(Medewerker.team_id == TEAM, Medewerker.organisatie_id == ORGANISATIE, in_team_on(Medewerker, VANDAAG))
    .cte("in_team")
)


def scope_parameters(actor: Actor, vandaag: Any) -> dict[str, Any]:
    """Return the parameters of ``visible_pleegkinderen``, for every scope the same set."""
    return {
        "scope_organisatie": actor.organisatie_id,
        "scope_medewerker": actor.medewerker_id,
        "scope_team": actor.team_id,
        "scope_vandaag": vandaag,
        "scope_nu": actor.nu,
    }


def visible_pleegkinderen(scope: Scope, reach: Reach = Reach.LIST) -> ColumnElement[bool]:
    """Return the condition on ``Pleegkind`` that the child is within reach of the actor behind the parameters."""
    return and_(_own_organisatie(), _within(scope, reach))


def is_visible(scope: Scope, reach: Reach) -> ColumnElement[bool]:
    """Return the same of a child that its id has found already: asked of that child, instead of who all of them are."""
    return and_(_own_organisatie(), _within(scope, reach, one=True))


def _own_organisatie() -> ColumnElement[bool]:
    return Pleegkind.organisatie_id == ORGANISATIE


def _within(scope: Scope, reach: Reach, *, one: bool = False) -> ColumnElement[bool]:
    """Return the part of the condition that depends on scope and reach."""
    if reach is Reach.NOOD:
        return Pleegkind.feit_id.in_(_opened())
    if scope is Scope.ORGANISATIE:
        return true()
    if scope is Scope.NIETS:
        return Pleegkind.id.is_(None)
    mine = _of_caseload(reach) if scope is Scope.CASELOAD else _of_team(reach)
    if one:
        return or_(*(_has_this_child(found) for found in mine))
    every = union_all(*mine)
    return Pleegkind.feit_id.in_(every) if scope is Scope.CASELOAD else is_among(Pleegkind.feit_id, every)


def _of_caseload(reach: Reach) -> list[Select[int]]:
    """Select the children of a begeleider within reach, in parts."""
    own = _guided_lately(Scope.CASELOAD) if reach is Reach.READ else _caseload()
    still = [] if reach is Reach.WRITE else [_still_open(Scope.CASELOAD)]
    return [own, _covered(), *still]


def _of_team(reach: Reach) -> list[Select[int]]:
    """Select the same of a team."""
    team = [_children_of_team(), _without_begeleider()]
    if reach is Reach.READ:
        team.append(_guided_lately(Scope.TEAM))
    if reach is not Reach.LIST:
        team.append(_to_finish())
    if reach is not Reach.WRITE:
        team.append(_still_open(Scope.TEAM))
    return team


def _has_this_child(found: Select[int]) -> ColumnElement[bool]:
    """Return that a child is among those that a select finds, by a search for that child alone."""
    (child,) = found.selected_columns
    return one_by_one(found.where(child == Pleegkind.feit_id).correlate(Pleegkind))


def _ended_lately(tot: Any) -> ColumnElement[bool]:
    """Return that a period with this end runs, or ended at most ``NALOOP_DAGEN`` ago."""
    return or_(tot.is_(None), tot >= VANDAAG - NALOOP_DAGEN)


def _guided(column: Any = KindInBegeleiding.pleegkind_id) -> Select[int]:
    """Select the children of every begeleiding of the organisatie; by whom and when, the caller asks."""
    return select(column).where(KindInBegeleiding.organisatie_id == ORGANISATIE)


def _guided_today() -> Select[int]:
    """Select the children of every begeleiding of today; it ends with its plaatsing at the latest."""
    return _guided().where(runs_on(KindInBegeleiding, VANDAAG), ends_after(KindInBegeleiding.plaatsing_tot, VANDAAG))


def _has_been() -> ColumnElement[bool]:
    """Return that a begeleiding began, and was at all."""
    began = KindInBegeleiding.van
    return and_(began <= VANDAAG, ends_after(KindInBegeleiding.tot, began))


def _caseload() -> Select[int]:
    """Select the children of whom the medewerker is begeleider today."""
    return _guided_today().where(KindInBegeleiding.medewerker_id == MEDEWERKER)


def _covered() -> Select[int]:
    """Select the children of who is absent today and whom the medewerker covers: as their begeleider, for those days.

    Only what runs: what ended under who is absent waits for them. And who covers is not covered for in turn.
    """
    return (
        _guided_today()
        .join(Afwezigheid, Afwezigheid.medewerker_id == KindInBegeleiding.medewerker_id)
        .where(
            Afwezigheid.vervanger_id == MEDEWERKER,
            Afwezigheid.organisatie_id == ORGANISATIE,
            is_absent_on(VANDAAG),
        )
    )


def _guided_lately(scope: Scope, column: Any = KindInBegeleiding.pleegkind_id) -> Select[int]:
    """Select those whom the medewerker, or one of the team, guides or guided at most ``NALOOP_DAGEN`` ago."""
    lately = _ended_lately(KindInBegeleiding.tot), _ended_lately(KindInBegeleiding.plaatsing_tot)
    return _guided(column).where(_has_been(), *lately, _by(scope, KindInBegeleiding.medewerker_id))


def families_guided_lately(scope: Scope) -> Select[int]:
    """Select the families where the actor, or its team, guides or guided at most ``NALOOP_DAGEN`` ago."""
    return _guided_lately(scope, KindInBegeleiding.pleeggezin_id)


def _without_begeleider() -> Select[int]:
    """Select of whom nobody was made begeleider where they live now, or ever, when they live nowhere.

    Such a child any team may take on, and none may overlook. Of whom it may be so is looked up (``ZonderBegeleider``);
    whether it is, the facts say, child by child: left to itself PostgreSQL asks of every child at once.
    """
    kind = ZonderBegeleider.pleegkind_id
    placed = select(Plaatsing.id).where(
        Plaatsing.pleegkind_id == kind, ends_after(Plaatsing.tot, VANDAAG), holds(Plaatsing)
    )
    begun = select(KindInBegeleiding.begeleiding_id).where(
        KindInBegeleiding.pleegkind_id == kind, KindInBegeleiding.van <= VANDAAG
    )
    return select(kind).where(
        ZonderBegeleider.organisatie_id == ORGANISATIE,
        ZonderBegeleider.mogelijk_tot > VANDAAG,
        not_(one_by_one(begun.where(ends_after(KindInBegeleiding.plaatsing_tot, VANDAAG)))),
        or_(one_by_one(placed), not_(one_by_one(begun))),
    )


def _children_of_team() -> Select[int]:
    """Select the children whose begeleider is in the team, or whose last one was while nobody has taken over.

    Without the second half a child whose begeleider left would vanish from every list but the organisatie's.
    """
    running = or_(runs_on(KindInBegeleiding, VANDAAG), not_(_taken_over()))
    return _ever_guided_by_team().where(ends_after(KindInBegeleiding.plaatsing_tot, VANDAAG), running)


def _ever_guided_by_team() -> Select[int]:
    """Select the children whom anybody of the team guides or has guided; who took over since, the caller asks."""
    by_team = _by(Scope.TEAM, KindInBegeleiding.medewerker_id)
    return _guided().where(by_team, KindInBegeleiding.van <= VANDAAG)


def _by(scope: Scope, medewerker: Any) -> ColumnElement[bool]:
    """Return that this is the actor, or somebody of its team; also who was withdrawn: the child stays with the team."""
    own: ColumnElement[bool] = medewerker == MEDEWERKER
    return own if scope is Scope.CASELOAD else is_among(medewerker, select(_IN_TEAM.c.feit_id))


def _taken_over() -> ColumnElement[bool]:
    """Return that somebody became begeleider of the same plaatsing after this one."""
    since = KindInBegeleiding.opgevolgd_per
    return and_(since.is_not(None), since <= VANDAAG)


def _to_finish() -> Select[int]:
    """Select who left of whom the team guided last: it may finish their files or place them anew."""
    lately = _ended_lately(KindInBegeleiding.plaatsing_tot)
    return _ever_guided_by_team().where(lately, not_(_taken_over()), not_(_placed()))


def _placed() -> ColumnElement[bool]:
    """Return that the child of a begeleiding has a plaatsing that did not end, this or another."""
    elsewhere = aliased(Plaatsing)
    of_child = elsewhere.pleegkind_id == KindInBegeleiding.pleegkind_id
    return exists().where(of_child, ends_after(elsewhere.tot, VANDAAG), holds(elsewhere))


def _still_open(scope: Scope) -> Select[int]:
    """Select the children that left, for whom somebody must still act, and whom nobody guided since those of ``scope``.

    However long ago they left: ``normen.md`` §5b. What is open the stored deadlines say. Of whom it may be so is looked
    up (``OpenNaVertrek``), few of all whom they guided; whether it is, the facts say, child by child.
    """
    kind = OpenNaVertrek.pleegkind_id
    must = exists().where(
        Termijn.pleegkind_id == kind,
        or_(*(Termijn.norm == code for code in sorted(NA_VERTREK))),
        Termijn.uiterlijk.is_not(None),
        runs_on(Termijn, VANDAAG),
    )
    gone = not_(ends_after(KindInBegeleiding.plaatsing_tot, VANDAAG))
    last = select(KindInBegeleiding.begeleiding_id).where(
        KindInBegeleiding.pleegkind_id == kind,
        _by(scope, KindInBegeleiding.medewerker_id),
        _has_been() if scope is Scope.CASELOAD else KindInBegeleiding.van <= VANDAAG,
        gone,
        not_(_placed()),
        not_(_guided_since()),
    )
    return select(kind).where(
        OpenNaVertrek.organisatie_id == ORGANISATIE,
        _by(scope, OpenNaVertrek.medewerker_id),
        OpenNaVertrek.vertrokken_per <= VANDAAG,
        must,
        one_by_one(last),
    )


def _guided_since() -> ColumnElement[bool]:
    """Return that somebody became begeleider of the same child after this one, wherever it lived then."""
    this, later = KindInBegeleiding, aliased(KindInBegeleiding)
    return exists().where(
        later.pleegkind_id == this.pleegkind_id,
        tuple_(later.van, later.begeleiding_id) > tuple_(this.van, this.begeleiding_id),
        later.van <= VANDAAG,
    )


def _opened() -> Select[int]:
    """Select the children whose file the medewerker opened with a reason, while that lasts."""
    return select(Noodtoegang.pleegkind_id).where(
        Noodtoegang.organisatie_id == ORGANISATIE,
        Noodtoegang.medewerker_id == MEDEWERKER,
        Noodtoegang.geopend_op <= NU,
        Noodtoegang.geldig_tot > NU,
    )

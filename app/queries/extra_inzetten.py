"""Extra inzet: what an audit demanded for a child, whose it is now, and whether it was closed."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Uuid,
    and_,
    bindparam,
    exists,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Purpose, Reach, Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Expression, Lateral, Parameters, Regel, Rows
from app.models import ExtraInzet, ExtraInzetStap, Kwartaaltoets, Medewerker, Pleegkind
from app.models.versions import holds
from app.queries.bereik import find_within
from app.terms import ExtraInzetStapSoort as Stap
from app.terms import Rol

#: overdue for so many days it is on kwaliteit's list too
ESCALATIE_DAGEN = 14
_VANDAAG = bindparam("vandaag", type_=Date)


def last_step(extra_inzet_id: Expression[int]) -> Lateral:
    """Return the lateral select of the step that says how an extra inzet stands."""
    return (
        select(ExtraInzetStap)
        .where(ExtraInzetStap.extra_inzet_id == extra_inzet_id)
        .order_by(ExtraInzetStap.nummer.desc())
        .limit(1)
        .lateral("stap")
    )


def has_open_extra_inzet(session: Session, kind: int) -> bool:
    """Tell whether somebody still answers for an extra inzet about a child (a feit_id)."""
    stap = last_step(ExtraInzet.id)
    going = select(ExtraInzet.id).join(stap, true()).where(ExtraInzet.pleegkind_id == kind)
    return session.scalar(going.where(stap.c.soort != Stap.AFSLUITING).limit(1)) is not None


def _shown(scope: Scope, reach: Reach = Reach.LIST) -> tuple[Rows, Lateral]:
    """Select the extra inzetten about children within reach of the actor, with how each stands."""
    stap, wie = last_step(ExtraInzet.id), aliased(Medewerker)
    gone = _has_left(stap)
    statement = (
        select(
            ExtraInzet.uid,
            Pleegkind.uid.label("pleegkind_id"),
            Kwartaaltoets.uid.label("kwartaaltoets_id"),
            Kwartaaltoets.kwartaal,
            ExtraInzet.criteria,
            ExtraInzet.uiterlijk,
            ExtraInzet.aangemaakt_op,
            stap.c.nummer.label("versie"),
            (stap.c.soort == Stap.AFSLUITING).label("afgesloten"),
            wie.uid.label("eigenaar_id"),
            stap.c.eigenaar_rol,
            stap.c.op.label("laatste_stap_op"),
            stap.c.reden,
            stap.c.feit_soort,
            stap.c.feit_uid.label("feit_id"),
            _is_late(stap).label("te_laat"),
            gone.label("zonder_eigenaar"),
        )
        .select_from(ExtraInzet)
        .join(stap, true())
        .join(Pleegkind, Pleegkind.feit_id == ExtraInzet.pleegkind_id)
        .join(Kwartaaltoets, Kwartaaltoets.id == ExtraInzet.toets_id)
        .outerjoin(wie, wie.id == stap.c.eigenaar_id)
        .where(holds(Pleegkind), visible_pleegkinderen(scope, reach))
    )
    return statement, stap


def _is_late(stap: Lateral) -> ColumnElement[bool]:
    return and_(stap.c.soort != Stap.AFSLUITING, ExtraInzet.uiterlijk < _VANDAAG)


def _has_left(stap: Lateral) -> ColumnElement[bool]:
    """Return that nobody answers for it: the owner was withdrawn, or it lies with a rol and with no person."""
    works = aliased(Medewerker)
    still = exists().where(works.feit_id == stap.c.eigenaar_id, holds(works))
    return and_(stap.c.soort != Stap.AFSLUITING, or_(stap.c.eigenaar_id.is_(None), not_(still)))


@lru_cache(maxsize=64)
def _listing(scope: Scope, *, open_only: bool, mine: bool, orphaned: bool, late: bool) -> KeysetQuery:
    """Build the list for one combination of filters: the nearest deadline first."""
    statement, stap = _shown(scope)
    if open_only:
        statement = statement.where(stap.c.soort != Stap.AFSLUITING)
    if mine:
        statement = statement.where(or_(_mine(stap), _escalated(stap)))
    if orphaned:
        statement = statement.where(_has_left(stap))
    if late:
        statement = statement.where(_is_late(stap))
    return KeysetQuery(statement, Key("uiterlijk", ExtraInzet.uiterlijk), Key("uid", ExtraInzet.uid))


def _mine(stap: Lateral) -> ColumnElement[bool]:
    """Return that it is the actor's, or lies with the actor's rol and with no person."""
    return or_(
        stap.c.eigenaar_id == bindparam("ik", type_=BigInteger),
        and_(stap.c.eigenaar_id.is_(None), stap.c.eigenaar_rol == bindparam("rol")),
    )


def _escalated(stap: Lateral) -> ColumnElement[bool]:
    """Return that it is overdue and of somebody below: a begeleider's goes to the teamleider, all go to kwaliteit.

    To a teamleider at once, to kwaliteit after as many days again as the teamleider had.
    """
    return and_(
        _is_late(stap),
        or_(
            and_(bindparam("leidt", type_=Boolean), stap.c.eigenaar_rol == Rol.PLEEGZORGBEGELEIDER),
            and_(bindparam("bewaakt", type_=Boolean), ExtraInzet.uiterlijk < _VANDAAG - ESCALATIE_DAGEN),
        ),
    )


def list_extra_inzetten(
    session: Session,
    actor: Actor,
    page: Page,
    vandaag: date,
    *,
    open_only: bool = True,
    mine: bool = False,
    orphaned: bool = False,
    late: bool = False,
) -> Window[Regel]:
    """Return a page of extra inzetten about children that the actor may see.

    Args:
        session: reads.
        actor: who asks.
        page: which page.
        vandaag: today; overdue is before it.
        open_only: leave out what was closed.
        mine: what the actor owns, what lies with the actor's rol, and what escalated to it.
        orphaned: what nobody answers for.
        late: what is overdue.
    """
    query = _listing(scope_of(actor), open_only=open_only, mine=mine, orphaned=orphaned, late=late)
    window = query.fetch_mappings(session, page, _parameters(actor, vandaag))
    return Window([dict(row) for row in window.rows], window.next, window.prev)


def _parameters(actor: Actor, vandaag: date) -> Parameters:
    return {
        **scope_parameters(actor, vandaag),
        "vandaag": vandaag,
        "ik": actor.medewerker_id,
        "rol": actor.rol,
        "leidt": actor.rol is Rol.TEAMLEIDER,
        "bewaakt": actor.rol is Rol.KWALITEITSMEDEWERKER,
    }


@lru_cache(maxsize=16)
def _one(scope: Scope, reach: Reach) -> Rows:
    statement, _ = _shown(scope, reach)
    return statement.where(ExtraInzet.uid == bindparam("uid", type_=Uuid))


def get_extra_inzet(session: Session, actor: Actor, uid: UUID, vandaag: date, purpose: Purpose = Purpose.READ) -> Regel:
    """Return one extra inzet with its steps.

    Raises:
        NotFound: it does not exist, or is about a child that the actor may not see.
        Forbidden: the actor may see it, and no more.
    """
    parameters = {**_parameters(actor, vandaag), "uid": uid}

    def look(reach: Reach) -> Regel | None:
        found = session.execute(_one(scope_of(actor), reach), parameters).mappings().one_or_none()
        return None if found is None else dict(found)

    row = find_within(session, actor, purpose, look)
    return {**row, "stappen": _steps(session, uid)}


def _steps(session: Session, uid: UUID) -> list[Regel]:
    wie, door = aliased(Medewerker), aliased(Medewerker)
    statement = (
        select(
            ExtraInzetStap.nummer,
            ExtraInzetStap.soort,
            wie.uid.label("eigenaar_id"),
            ExtraInzetStap.eigenaar_rol,
            ExtraInzetStap.op,
            door.uid.label("door"),
            ExtraInzetStap.reden,
            ExtraInzetStap.feit_soort,
            ExtraInzetStap.feit_uid.label("feit_id"),
        )
        .join(ExtraInzet, ExtraInzet.id == ExtraInzetStap.extra_inzet_id)
        .outerjoin(wie, wie.id == ExtraInzetStap.eigenaar_id)
        .outerjoin(door, door.id == ExtraInzetStap.door)
        .where(ExtraInzet.uid == uid)
        .order_by(ExtraInzetStap.nummer)
    )
    return [dict(row) for row in session.execute(statement).mappings()]

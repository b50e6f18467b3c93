"""Absences: who is away until when, and who covers; all of the organisatie, or those of today."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Date, ScalarSelect, bindparam, case, func, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.db.days import day_of
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, NamedRow, Regel, Rows
from app.errors import NotFound
from app.models import Afwezigheid, AfwezigheidEinde, Inzage, Medewerker
from app.models.afwezigheid import is_absent_on
from app.models.versions import newest

_OWN = bindparam("organisatie", type_=BigInteger)
_VANDAAG = bindparam("vandaag", type_=Date)


def _shown() -> Rows:
    """Select an absence with the names of who is absent and who covers, and how it ended."""
    weg, vervanger, door, einder = (aliased(Medewerker) for _ in range(4))
    columns: Columns = [
        Afwezigheid.uid,
        case((AfwezigheidEinde.id.is_(None), 1), else_=2).label("versie"),
        weg.uid.label("medewerker_id"),
        weg.naam.label("medewerker_naam"),
        vervanger.uid.label("vervanger_id"),
        vervanger.naam.label("vervanger_naam"),
        Afwezigheid.van,
        func.coalesce(AfwezigheidEinde.tot, Afwezigheid.tot).label("tot"),
        Afwezigheid.vastgelegd_op,
        door.uid.label("vastgelegd_door"),
        AfwezigheidEinde.op.label("beeindigd_op"),
        einder.uid.label("beeindigd_door"),
        AfwezigheidEinde.reden,
    ]
    return (
        select(*columns)
        .select_from(Afwezigheid)
        .join(weg, (weg.feit_id == Afwezigheid.medewerker_id) & newest(weg))
        .join(vervanger, (vervanger.feit_id == Afwezigheid.vervanger_id) & newest(vervanger))
        .join(door, door.id == Afwezigheid.vastgelegd_door)
        .outerjoin(AfwezigheidEinde, AfwezigheidEinde.afwezigheid_id == Afwezigheid.id)
        .outerjoin(einder, einder.id == AfwezigheidEinde.door)
        .where(Afwezigheid.organisatie_id == _OWN)
    )


_KEYS = (Key("van", Afwezigheid.van, descending=True), Key("uid", Afwezigheid.uid, descending=True))
#: who is absent ``:vandaag``
AFWEZIG = KeysetQuery(_shown().where(is_absent_on(_VANDAAG)), *_KEYS)
_LIST = {False: KeysetQuery(_shown(), *_KEYS), True: AFWEZIG}


def list_afwezigheden(
    session: Session, actor: Actor, page: Page, vandaag: date, *, lopend: bool = False
) -> Window[NamedRow]:
    """Return a page of the absences of the actor's organisatie, the latest first; ``lopend``: only those of today."""
    return _LIST[lopend].fetch(session, page, {"organisatie": actor.organisatie_id, "vandaag": vandaag})


def get_afwezigheid(session: Session, actor: Actor, uid: UUID) -> Regel:
    """Return one absence of the actor's organisatie.

    Raises:
        NotFound: otherwise.
    """
    statement = _shown().where(Afwezigheid.uid == uid)
    row = session.execute(statement, {"organisatie": actor.organisatie_id}).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def covered_at_look() -> ScalarSelect[list[UUID]]:
    """Return, of a look in the access log, the uids of those whom its medewerker covered at that moment."""
    weg, vervanger = aliased(Medewerker), aliased(Medewerker)
    dag = day_of(Inzage.op)
    return (
        select(func.array_agg(weg.uid))
        .select_from(Afwezigheid)
        .join(weg, weg.id == Afwezigheid.medewerker_id)
        .join(vervanger, vervanger.id == Afwezigheid.vervanger_id)
        .where(
            vervanger.uid == Inzage.medewerker,
            Afwezigheid.organisatie_id == Inzage.organisatie_id,
            is_absent_on(dag, Inzage.op),
        )
        .scalar_subquery()
    )

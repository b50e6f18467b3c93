"""Files that were opened with a reason: one's own, the team's or the organisatie's, and who may be opened at all."""

from datetime import date
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, case, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.reach import Reach, Scope, scope_of
from app.access.scope import MEDEWERKER, ORGANISATIE, scope_parameters, visible_pleegkinderen
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, NamedRow, Regel, Rows
from app.errors import NotFound
from app.models import Medewerker, Noodtoegang, NoodtoegangBespreking, Pleegkind
from app.models.versions import newest


def _shown(scope: Scope, *, own: bool) -> Rows:
    """Select what was opened, with who talked about it; a uid is the same in every version of a medewerker."""
    wie, bespreker = aliased(Medewerker), aliased(Medewerker)
    columns: Columns = [
        Noodtoegang.uid,
        case((NoodtoegangBespreking.id.is_(None), 1), else_=2).label("versie"),
        Pleegkind.uid.label("pleegkind_id"),
        wie.uid.label("medewerker_id"),
        Noodtoegang.rol,
        Noodtoegang.reden,
        Noodtoegang.geopend_op,
        Noodtoegang.geldig_tot,
        NoodtoegangBespreking.op.label("besproken_op"),
        bespreker.uid.label("besproken_door"),
        NoodtoegangBespreking.toelichting,
    ]
    return (
        select(*columns)
        .join(Pleegkind, Pleegkind.feit_id == Noodtoegang.pleegkind_id)
        .join(wie, wie.id == Noodtoegang.medewerker_id)
        .outerjoin(NoodtoegangBespreking, NoodtoegangBespreking.noodtoegang_id == Noodtoegang.id)
        .outerjoin(bespreker, bespreker.id == NoodtoegangBespreking.door)
        .where(newest(Pleegkind), _visible(scope, own=own))
    )


def _visible(scope: Scope, *, own: bool) -> ColumnElement[bool]:
    """Return the condition: who opens files sees what it opened, others what was opened of the children they see."""
    if own:
        return (Noodtoegang.organisatie_id == ORGANISATIE) & (Noodtoegang.medewerker_id == MEDEWERKER)
    return (Noodtoegang.organisatie_id == ORGANISATIE) & visible_pleegkinderen(scope, Reach.READ)


@lru_cache(maxsize=16)
def _listing(scope: Scope, *, own: bool, besproken: bool | None) -> KeysetQuery:
    statement = _shown(scope, own=own)
    if besproken is not None:
        statement = statement.where(NoodtoegangBespreking.id.is_not(None) == besproken)
    return KeysetQuery(
        statement,
        Key("geopend_op", Noodtoegang.geopend_op, descending=True),
        Key("uid", Noodtoegang.uid, descending=True),
    )


def list_noodtoegangen(
    session: Session, actor: Actor, page: Page, vandaag: date, *, besproken: bool | None = None
) -> Window[NamedRow]:
    """Return a page of what was opened, the last first.

    Args:
        session: reads.
        actor: who asks.
        page: which page.
        vandaag: today.
        besproken: only what was talked about, or only what was not; None for both.
    """
    query = _listing(scope_of(actor), own=actor.may(Permission.NOODTOEGANG_OPEN), besproken=besproken)
    return query.fetch(session, page, scope_parameters(actor, vandaag))


@lru_cache(maxsize=16)
def _one(scope: Scope, *, own: bool) -> Rows:
    return _shown(scope, own=own).where(Noodtoegang.uid == bindparam("uid", type_=Uuid))


def get_noodtoegang(session: Session, actor: Actor, uid: UUID, vandaag: date) -> Regel:
    """Return one file that was opened.

    Raises:
        NotFound: it does not exist, or is not the actor's to see.
    """
    statement = _one(scope_of(actor), own=actor.may(Permission.NOODTOEGANG_OPEN))
    row = session.execute(statement, {**scope_parameters(actor, vandaag), "uid": uid}).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)

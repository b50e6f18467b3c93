"""Two files of one child: the proposals to make them one, and where the id and nummer of the other one lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    RowMapping,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Purpose, Reach, Scope, scope_of
from app.access.scope import MEDEWERKER, NU, scope_parameters, visible_pleegkinderen
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, Expression, Regel, Rows
from app.db.statement import FastStatement
from app.models import Medewerker, Pleegkind, Samenvoeging, SamenvoegingStap
from app.models.versions import BekendOp, holds, newest
from app.norms.samenvoeging import TERMIJN
from app.queries.bereik import find_within, note_child
from app.terms import Samenvoegingsstand, Samenvoegingsstap


def _taken(stap: Samenvoegingsstap, moment: BekendOp = None) -> ColumnElement[bool]:
    by_then = [] if moment is None else [SamenvoegingStap.op <= moment]
    return exists(SamenvoegingStap.id).where(
        SamenvoegingStap.samenvoeging_id == Samenvoeging.id, SamenvoegingStap.stap == stap, *by_then
    )


def is_merged(moment: BekendOp = None) -> ColumnElement[bool]:
    """Return the condition that two files are one, at a moment (None: now)."""
    return _taken(Samenvoegingsstap.GOEDGEKEURD, moment) & ~_taken(Samenvoegingsstap.HERSTELD, moment)


def leads_to(uid: Expression[UUID], moment: BekendOp = None) -> ColumnElement[UUID]:
    """Return the uid of the child to whose file an id leads: its own, or that of the file in which it went up."""
    stays = select(Samenvoeging.pleegkind_uid).where(Samenvoeging.ander_uid == uid, is_merged(moment)).scalar_subquery()
    return _looked_up_first(stays, uid)


def leads_to_key(key: Expression[int]) -> ColumnElement[int]:
    """Return the feit_id of the child to whose file that of another leads: its own, or the one in which it went up."""
    stays = select(Samenvoeging.pleegkind_id).where(Samenvoeging.ander_id == key, is_merged()).scalar_subquery()
    return _looked_up_first(stays, key)


def _looked_up_first(stays: Any, own: Any) -> ColumnElement[Any]:
    """Return the one where a file stays, or else its own, as a select by itself: its answer is a value, known by then.

    To PostgreSQL a bare COALESCE might leak what it is compared with. Under row-level security it then finds the
    child by no index: it looked at every child of the organisatie for one.
    """
    return select(func.coalesce(stays, own)).correlate_except().scalar_subquery()


def get_staying_uid(session: Session, uid: UUID) -> UUID:
    """Return the same of one id."""
    found: UUID = session.execute(select(leads_to(bindparam("uid", uid, type_=Uuid)))).scalar_one()
    return found


def list_merged_into(session: Session, kind: int) -> list[int]:
    """Return the children (feit_ids) whose file went up in that of a child."""
    mine = select(Samenvoeging.ander_id).where(Samenvoeging.pleegkind_id == kind, is_merged())
    return list(session.scalars(mine.order_by(Samenvoeging.ander_id)))


def list_opgegaan(session: Session, kind: int) -> list[Pleegkind]:
    """Return the same as they were known last: the names and nummers under which the child was recorded before."""
    keys = list_merged_into(session, kind)
    if not keys:
        return []
    found = select(Pleegkind).where(Pleegkind.feit_id.in_(keys), newest(Pleegkind)).order_by(Pleegkind.feit_id)
    return list(session.scalars(found))


def others_of(*columns: Any) -> Rows:
    """Select from every file that went up in another (``Samenvoeging``), with its child as it was known last."""
    return (
        select(*columns)
        .select_from(Samenvoeging)
        .join(Pleegkind, Pleegkind.feit_id == Samenvoeging.ander_id)
        .where(is_merged(), newest(Pleegkind))
    )


class Paar(NamedTuple):
    """Key and nummer of a file that went up in another, and of the one that stays."""

    ander_id: int
    ander_nummer: str
    pleegkind_id: int
    nummer: str


def read_paren(session: Session, organisatie_id: int, *, hersteld: bool = False) -> list[Paar]:
    """Return the files that are one now; or (``hersteld``) those of which that was undone."""
    condition = _taken(Samenvoegingsstap.HERSTELD) if hersteld else is_merged()
    pairs = (
        select(Samenvoeging.ander_id, Samenvoeging.ander_nummer, Pleegkind.feit_id, Pleegkind.nummer)
        .join(Pleegkind, Pleegkind.feit_id == Samenvoeging.pleegkind_id)
        .where(Samenvoeging.organisatie_id == organisatie_id, condition, newest(Pleegkind))
    )
    return [Paar(*row) for row in session.execute(pairs)]


def _shown(scope: Scope, reach: Reach) -> Rows:
    """Select the proposals about a file that stays within reach."""
    akkoord, herstel = aliased(SamenvoegingStap), aliased(SamenvoegingStap)
    steller, akkoord_door, herstel_door = aliased(Medewerker), aliased(Medewerker), aliased(Medewerker)
    stand = case(
        (herstel.id.is_not(None), literal(Samenvoegingsstand.HERSTELD.value)),
        (akkoord.id.is_not(None), literal(Samenvoegingsstand.GOEDGEKEURD.value)),
        else_=literal(Samenvoegingsstand.VOORGESTELD.value),
    )
    columns: Columns = [
        Samenvoeging.id.label("_id"),
        Samenvoeging.uid,
        case((herstel.id.is_not(None), 3), (akkoord.id.is_not(None), 2), else_=1).label("versie"),
        Samenvoeging.pleegkind_uid.label("pleegkind_id"),
        Samenvoeging.ander_uid.label("ander_kind_id"),
        Samenvoeging.ander_nummer,
        Samenvoeging.reden,
        Samenvoeging.voorgesteld_op,
        steller.uid.label("voorgesteld_door"),
        (Samenvoeging.voorgesteld_op + TERMIJN).label("goed_te_keuren_tot"),
        stand.label("stand"),
        akkoord.op.label("goedgekeurd_op"),
        akkoord_door.uid.label("goedgekeurd_door"),
        (akkoord.op + TERMIJN).label("herstelbaar_tot"),
        herstel.op.label("hersteld_op"),
        herstel_door.uid.label("hersteld_door"),
        herstel.reden.label("reden_herstel"),
    ]
    statement = (
        select(*columns)
        .join(Pleegkind, Pleegkind.feit_id == Samenvoeging.pleegkind_id)
        .join(steller, steller.id == Samenvoeging.voorgesteld_door)
        .where(newest(Pleegkind), visible_pleegkinderen(scope, reach))
    )
    for step, stap, door in (
        (akkoord, Samenvoegingsstap.GOEDGEKEURD, akkoord_door),
        (herstel, Samenvoegingsstap.HERSTELD, herstel_door),
    ):
        statement = statement.outerjoin(step, (step.samenvoeging_id == Samenvoeging.id) & (step.stap == stap))
        statement = statement.outerjoin(door, door.id == step.door)
    return statement


@lru_cache(maxsize=16)
def _one(scope: Scope, reach: Reach) -> Rows:
    return _shown(scope, reach).where(Samenvoeging.uid == bindparam("uid", type_=Uuid))


@dataclass(frozen=True, slots=True)
class Samenvoegingskeuze:
    """Which proposals, all of these together.

    Attributes:
        stand: where they stand; None for all.
        kan_nog: only those that can still be approved or undone today.
        van_anderen: only what another than the reader proposed: who proposed it never approves it.
    """

    stand: Samenvoegingsstand | None = None
    kan_nog: bool = False
    van_anderen: bool = False


#: what waits for the approval of whoever looks
WACHT_OP_MIJ = Samenvoegingskeuze(Samenvoegingsstand.VOORGESTELD, kan_nog=True, van_anderen=True)


def _stands(stand: Samenvoegingsstand) -> ColumnElement[bool]:
    if stand is Samenvoegingsstand.HERSTELD:
        return _taken(Samenvoegingsstap.HERSTELD)
    return is_merged() if stand is Samenvoegingsstand.GOEDGEKEURD else ~_taken(Samenvoegingsstap.GOEDGEKEURD)


def _can_be_decided() -> ColumnElement[bool]:
    """Return the condition that the month in which it is approved, or after that undone, is not over."""
    approved = exists(SamenvoegingStap.id).where(
        SamenvoegingStap.samenvoeging_id == Samenvoeging.id,
        SamenvoegingStap.stap == Samenvoegingsstap.GOEDGEKEURD,
        SamenvoegingStap.op + TERMIJN >= NU,
    )
    waits = and_(_stands(Samenvoegingsstand.VOORGESTELD), Samenvoeging.voorgesteld_op + TERMIJN >= NU)
    return or_(waits, and_(is_merged(), approved))


def is_proposed(session: Session, een: int, twee: int, nu: datetime) -> bool:
    """Tell whether a proposal waits to make one file of those of two children (feit_ids), whichever of them stays."""
    both = (een, twee)
    waits = select(Samenvoeging.id).where(
        Samenvoeging.pleegkind_id.in_(both),
        Samenvoeging.ander_id.in_(both),
        _stands(Samenvoegingsstand.VOORGESTELD),
        Samenvoeging.voorgesteld_op + TERMIJN >= nu,
    )
    return session.scalar(waits.limit(1)) is not None


@lru_cache(maxsize=16)
def _candidates(scope: Scope, *, found: bool) -> FastStatement:
    keys = select(Pleegkind.feit_id).where(
        holds(Pleegkind),
        visible_pleegkinderen(scope, Reach.WRITE),
        Pleegkind.feit_id != bindparam("kind", type_=BigInteger),
    )
    if found:
        keys = keys.where(Pleegkind.feit_id == any_(bindparam("gevonden", type_=ARRAY(BigInteger))))
    else:
        keys = keys.where(Pleegkind.geboortedatum == bindparam("geboortedatum", type_=Date))
    return FastStatement(keys.order_by(Pleegkind.achternaam, Pleegkind.roepnaam, Pleegkind.feit_id).limit(50))


def list_kandidaten(
    session: Session, actor: Actor, kind: int, vandaag: date, *, geboortedatum: date, gevonden: Sequence[int] | None
) -> list[int]:
    """Return the children (feit_ids) whose file may be that of a child as well, as far as the actor may change it.

    Args:
        session: reads.
        actor: who looks.
        kind: feit_id of the child.
        vandaag: today.
        geboortedatum: of the child: whoever was born that day is one, when nothing was searched for.
        gevonden: what was found by a search; None: nothing was searched for.
    """
    statement = _candidates(scope_of(actor), found=gevonden is not None)
    asked = {"geboortedatum": geboortedatum} if gevonden is None else {"gevonden": list(gevonden)}
    return [key for (key,) in statement.rows(session, **scope_parameters(actor, vandaag), **asked, kind=kind)]


@lru_cache(maxsize=64)
def samenvoegingen_query(scope: Scope, keuze: Samenvoegingskeuze) -> KeysetQuery:
    """Build the list of the proposals that are chosen."""
    statement = _shown(scope, Reach.LIST)
    if keuze.stand is not None:
        statement = statement.where(_stands(keuze.stand))
    if keuze.kan_nog:
        statement = statement.where(_can_be_decided())
    if keuze.van_anderen:
        statement = statement.where(Samenvoeging.voorgesteld_door != MEDEWERKER)
    return KeysetQuery(
        statement,
        Key("voorgesteld_op", Samenvoeging.voorgesteld_op, descending=True),
        Key("uid", Samenvoeging.uid, descending=True),
    )


def list_samenvoegingen(
    session: Session, actor: Actor, page: Page, vandaag: date, keuze: Samenvoegingskeuze
) -> Window[Regel]:
    """Return a page of the proposals about children that the actor sees, the last first."""
    query, parameters = samenvoegingen_query(scope_of(actor), keuze), scope_parameters(actor, vandaag)
    window = query.fetch_mappings(session, page, parameters)
    return Window([dict(row) for row in window.rows], window.next, window.prev)


def get_samenvoeging(
    session: Session, actor: Actor, uid: UUID, vandaag: date, purpose: Purpose = Purpose.READ
) -> Regel:
    """Return one proposal and what was decided of it.

    Raises:
        NotFound: it does not exist, or the file that stays is not the actor's to see.
        Forbidden: the actor may see it, and no more.
    """
    parameters = {**scope_parameters(actor, vandaag), "uid": uid}

    def look(reach: Reach) -> RowMapping | None:
        return session.execute(_one(scope_of(actor), reach), parameters).mappings().one_or_none()

    row = dict(find_within(session, actor, purpose, look))
    for name in ("pleegkind_id", "ander_kind_id"):
        note_child(session, row[name])
    return row


def read_nummers_gone_into(session: Session, kinderen: Select[int]) -> frozenset[str]:
    """Return the nummers of the files that went up in those of some children (a select of feit_ids)."""
    gone = select(Samenvoeging.ander_nummer).where(Samenvoeging.pleegkind_id.in_(kinderen), is_merged())
    return frozenset(session.scalars(gone))

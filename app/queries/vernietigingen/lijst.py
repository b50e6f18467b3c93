"""Proposals to destroy a file and legal holds, as they are listed; how a proposal stands follows from what was said."""

from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ScalarSelect,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, NamedRow, Regel, Rows
from app.errors import NotFound
from app.models import (
    Bewaarblokkade,
    BewaarblokkadeOpheffing,
    Medewerker,
    Pleegkind,
    Vernietiging,
    VernietigingOordeel,
    VernietigingStap,
)
from app.norms.bewaartermijnen import VIER_OGEN, WACHTTIJD
from app.queries.samenvoegingen import read_nummers_gone_into
from app.terms import Vernietigingsoordeel, Vernietigingsstand, Vernietigingsstap

_OWN: Final = bindparam("organisatie", type_=BigInteger)
#: a proposal of which nothing more will come
AFGELOPEN: Final = frozenset({
    Vernietigingsstand.AFGEWEZEN, Vernietigingsstand.INGETROKKEN, Vernietigingsstand.HERSTELD,
    Vernietigingsstand.VERNIETIGD,
})  # fmt: skip


def is_held(kind: Any) -> ColumnElement[bool]:
    """Return the condition that a legal hold keeps the file of the child with a feit_id."""
    lifted = exists(BewaarblokkadeOpheffing.id).where(BewaarblokkadeOpheffing.blokkade_id == Bewaarblokkade.id)
    return exists(Bewaarblokkade.id).where(Bewaarblokkade.pleegkind_id == kind, ~lifted)


def _said(oordeel: Vernietigingsoordeel) -> ColumnElement[bool]:
    return exists(VernietigingOordeel.id).where(
        VernietigingOordeel.vernietiging_id == Vernietiging.id, VernietigingOordeel.oordeel == oordeel
    )


def is_done(stap: Vernietigingsstap) -> ColumnElement[bool]:
    """Return the condition that a step of a proposal was taken."""
    return exists(VernietigingStap.id).where(
        VernietigingStap.vernietiging_id == Vernietiging.id, VernietigingStap.stap == stap
    )


def _moment_of(stap: Vernietigingsstap) -> ScalarSelect[datetime]:
    return (
        select(VernietigingStap.op)
        .where(VernietigingStap.vernietiging_id == Vernietiging.id, VernietigingStap.stap == stap)
        .scalar_subquery()
    )


def _approvals() -> ScalarSelect[int]:
    """Select how many people approved."""
    return (
        select(func.count(VernietigingOordeel.door.distinct()))
        .where(
            VernietigingOordeel.vernietiging_id == Vernietiging.id,
            VernietigingOordeel.oordeel == Vernietigingsoordeel.GOEDGEKEURD,
        )
        .scalar_subquery()
    )


def stand() -> ColumnElement[str]:
    """Return where a proposal stands, as SQL; an approval taken back later shows until the file is back."""
    return case(
        (is_done(Vernietigingsstap.VERNIETIGD), literal(Vernietigingsstand.VERNIETIGD.value)),
        (is_done(Vernietigingsstap.HERSTELD), literal(Vernietigingsstand.HERSTELD.value)),
        (_said(Vernietigingsoordeel.INGETROKKEN), literal(Vernietigingsstand.INGETROKKEN.value)),
        (_said(Vernietigingsoordeel.AFGEWEZEN), literal(Vernietigingsstand.AFGEWEZEN.value)),
        (is_done(Vernietigingsstap.VERZEGELD), literal(Vernietigingsstand.VERZEGELD.value)),
        (_approvals() >= VIER_OGEN, literal(Vernietigingsstand.GOEDGEKEURD.value)),
        else_=literal(Vernietigingsstand.VOORGESTELD.value),
    )


def read_destroyed(session: Session, organisatie_id: int) -> frozenset[str]:
    """Return the nummers of children whose file was locked away and is not back."""
    gone = (
        Vernietiging.organisatie_id == organisatie_id,
        is_done(Vernietigingsstap.VERZEGELD),
        ~is_done(Vernietigingsstap.HERSTELD),
    )
    found = session.scalars(select(Vernietiging.pleegkind_nummer).where(*gone))
    return frozenset(found) | read_nummers_gone_into(session, select(Vernietiging.pleegkind_id).where(*gone))


def is_open() -> ColumnElement[bool]:
    """Return the condition that something may still come of a proposal."""
    return stand().not_in([one.value for one in AFGELOPEN])


def _judgements() -> ScalarSelect[Any]:
    """Select what was said, as a JSON array."""
    wie = aliased(Medewerker)
    pairs = {
        "oordeel": VernietigingOordeel.oordeel,
        "toelichting": VernietigingOordeel.toelichting,
        "op": VernietigingOordeel.op,
        "door": wie.uid,
    }
    one = func.jsonb_build_object(*(part for name, value in pairs.items() for part in (literal(name), value)))
    empty = cast([], JSONB)
    return (
        select(func.coalesce(func.jsonb_agg(aggregate_order_by(one, VernietigingOordeel.id)), empty))
        .join(wie, wie.id == VernietigingOordeel.door)
        .where(VernietigingOordeel.vernietiging_id == Vernietiging.id)
        .scalar_subquery()
    )


def _shown() -> Rows:
    wie = aliased(Medewerker)
    said = (
        select(func.count(VernietigingOordeel.id))
        .where(VernietigingOordeel.vernietiging_id == Vernietiging.id)
        .scalar_subquery()
    )
    steps = (
        select(func.count(VernietigingStap.id))
        .where(VernietigingStap.vernietiging_id == Vernietiging.id)
        .scalar_subquery()
    )
    locked_at = _moment_of(Vernietigingsstap.VERZEGELD)
    columns: Columns = [
        Vernietiging.uid,
        (said + steps + 1).label("versie"),
        Vernietiging.pleegkind_uid.label("pleegkind_id"),
        Vernietiging.grond,
        Vernietiging.verzoeker,
        Vernietiging.ontvangen_op,
        Vernietiging.antwoord_uiterlijk,
        Vernietiging.einde_zorg,
        Vernietiging.laatste_wijziging,
        Vernietiging.toelichting,
        Vernietiging.voorgesteld_op,
        wie.uid.label("voorgesteld_door"),
        stand().label("stand"),
        _approvals().label("akkoorden"),
        _judgements().label("oordelen"),
        is_held(Vernietiging.pleegkind_id).label("geblokkeerd"),
        locked_at.label("verzegeld_op"),
        (locked_at + WACHTTIJD).label("vernietigbaar_vanaf"),
        _moment_of(Vernietigingsstap.HERSTELD).label("hersteld_op"),
        _moment_of(Vernietigingsstap.VERNIETIGD).label("vernietigd_op"),
    ]
    return (
        select(*columns)
        .outerjoin(wie, wie.id == Vernietiging.voorgesteld_door)
        .where(Vernietiging.organisatie_id == _OWN)
    )


@lru_cache(maxsize=2)
def _listing(*, of_stand: bool) -> KeysetQuery:
    statement = _shown()
    if of_stand:
        statement = statement.where(stand() == bindparam("stand"))
    return KeysetQuery(
        statement,
        Key("voorgesteld_op", Vernietiging.voorgesteld_op, descending=True),
        Key("uid", Vernietiging.uid, descending=True),
    )


def list_vernietigingen(
    session: Session, actor: Actor, page: Page, wanted: Vernietigingsstand | None = None
) -> Window[NamedRow]:
    """Return a page of the proposals of the actor's organisatie, the last first."""
    query = _listing(of_stand=wanted is not None)
    return query.fetch(session, page, {"organisatie": actor.organisatie_id, "stand": wanted and wanted.value})


def get_vernietiging(session: Session, actor: Actor, uid: UUID) -> Regel:
    """Return one proposal with what was said of it.

    Raises:
        NotFound: it does not exist, or is another organisatie's.
    """
    return _one(session, actor, _shown().where(Vernietiging.uid == uid))


def _one(session: Session, actor: Actor, statement: Rows) -> Regel:
    row = session.execute(statement, {"organisatie": actor.organisatie_id}).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def _holds_shown() -> Rows:
    steller, opheffer = aliased(Medewerker), aliased(Medewerker)
    # The child's row may be gone: a hold that was lifted stays.
    kind = select(Pleegkind.uid).where(Pleegkind.id == Bewaarblokkade.pleegkind_id).scalar_subquery()
    gone = (
        select(Vernietiging.pleegkind_uid)
        .where(Vernietiging.pleegkind_id == Bewaarblokkade.pleegkind_id)
        .limit(1)
        .scalar_subquery()
    )
    columns: Columns = [
        Bewaarblokkade.uid,
        case((BewaarblokkadeOpheffing.id.is_(None), 1), else_=2).label("versie"),
        func.coalesce(kind, gone).label("pleegkind_id"),
        Bewaarblokkade.reden,
        Bewaarblokkade.gesteld_op,
        steller.uid.label("gesteld_door"),
        BewaarblokkadeOpheffing.op.label("opgeheven_op"),
        opheffer.uid.label("opgeheven_door"),
        BewaarblokkadeOpheffing.reden.label("reden_opheffing"),
    ]
    return (
        select(*columns)
        .join(steller, steller.id == Bewaarblokkade.gesteld_door)
        .outerjoin(BewaarblokkadeOpheffing, BewaarblokkadeOpheffing.blokkade_id == Bewaarblokkade.id)
        .outerjoin(opheffer, opheffer.id == BewaarblokkadeOpheffing.door)
        .where(Bewaarblokkade.organisatie_id == _OWN)
    )


_HOLDS: Final = KeysetQuery(
    _holds_shown(),
    Key("gesteld_op", Bewaarblokkade.gesteld_op, descending=True),
    Key("uid", Bewaarblokkade.uid, descending=True),
)


def list_bewaarblokkades(session: Session, actor: Actor, page: Page) -> Window[NamedRow]:
    """Return a page of the legal holds of the actor's organisatie, the last first; the lifted ones too."""
    return _HOLDS.fetch(session, page, {"organisatie": actor.organisatie_id})


def get_bewaarblokkade(session: Session, actor: Actor, uid: UUID) -> Regel:
    """Return one legal hold.

    Raises:
        NotFound: it does not exist, or is another organisatie's.
    """
    return _one(session, actor, _holds_shown().where(Bewaarblokkade.uid == uid))

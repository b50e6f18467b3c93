"""Mandates: those that an organisatie gave, and those under which an inspecteur may look today."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Date, bindparam, case, select
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.toezicht import Mandaat
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, NamedRow, Regel, Rows
from app.db.statement import FastStatement
from app.errors import NotFound
from app.models import MandaatIntrekking, Medewerker, Organisatie, Toezichtsmandaat

_OWN = bindparam("organisatie", type_=BigInteger)


def _given() -> Rows:
    """Select a mandate as lists show it; its maker's uid is that of every version of the medewerker."""
    gever, intrekker = aliased(Medewerker), aliased(Medewerker)
    columns: Columns = [
        Toezichtsmandaat.uid,
        case((MandaatIntrekking.id.is_(None), 1), else_=2).label("versie"),
        Organisatie.code.label("inspectie"),
        Organisatie.naam.label("inspectie_naam"),
        Toezichtsmandaat.doel,
        Toezichtsmandaat.wettelijke_grond,
        Toezichtsmandaat.van,
        Toezichtsmandaat.tot,
        Toezichtsmandaat.dossiertekst,
        Toezichtsmandaat.aangekondigd_op,
        Toezichtsmandaat.gegeven_op,
        gever.uid.label("gegeven_door"),
        MandaatIntrekking.op.label("ingetrokken_op"),
        intrekker.uid.label("ingetrokken_door"),
        MandaatIntrekking.reden,
    ]
    return (
        select(*columns)
        .join(Organisatie, Organisatie.id == Toezichtsmandaat.inspectie_id)
        .join(gever, gever.id == Toezichtsmandaat.gegeven_door)
        .outerjoin(MandaatIntrekking, MandaatIntrekking.mandaat_id == Toezichtsmandaat.id)
        .outerjoin(intrekker, intrekker.id == MandaatIntrekking.door)
        .where(Toezichtsmandaat.organisatie_id == _OWN)
    )


MANDATEN = KeysetQuery(
    _given(), Key("van", Toezichtsmandaat.van, descending=True), Key("uid", Toezichtsmandaat.uid, descending=True)
)


def list_toezichtsmandaten(session: Session, actor: Actor, page: Page) -> Window[NamedRow]:
    """Return a page of the mandates that the actor's organisatie gave, the latest first; the ended ones too."""
    return MANDATEN.fetch(session, page, {"organisatie": actor.organisatie_id})


def get_toezichtsmandaat(session: Session, actor: Actor, uid: UUID) -> Regel:
    """Return one mandate that the actor's organisatie gave.

    Raises:
        NotFound: it does not exist, or is another organisatie's.
    """
    statement = _given().where(Toezichtsmandaat.uid == uid)
    row = session.execute(statement, {"organisatie": actor.organisatie_id}).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


_IN_FORCE = FastStatement(
    select(
        Toezichtsmandaat.id,
        Toezichtsmandaat.uid,
        Organisatie.id,
        Organisatie.uid,
        Organisatie.code,
        Organisatie.naam,
        Toezichtsmandaat.doel,
        Toezichtsmandaat.van,
        Toezichtsmandaat.tot,
        Toezichtsmandaat.dossiertekst,
        Toezichtsmandaat.aangekondigd_op,
    )
    .join(Organisatie, Organisatie.id == Toezichtsmandaat.organisatie_id)
    .outerjoin(MandaatIntrekking, MandaatIntrekking.mandaat_id == Toezichtsmandaat.id)
    .where(
        Toezichtsmandaat.inspectie_id == bindparam("inspectie", type_=BigInteger),
        Toezichtsmandaat.van <= bindparam("vandaag", type_=Date),
        Toezichtsmandaat.tot > bindparam("vandaag", type_=Date),
        MandaatIntrekking.id.is_(None),
    )
    .order_by(Organisatie.code, Toezichtsmandaat.id)
)


def list_mandaten_in_force(session: Session, inspectie_id: int, vandaag: date) -> list[Mandaat]:
    """Return the mandates under which inspecteurs of an inspectie may look today, by code of the organisatie.

    Args:
        session: on the primary: a replica may not yet know that a mandate was withdrawn.
        inspectie_id: the organisatie of the inspecteur.
        vandaag: the civil date.
    """
    return [Mandaat(*row) for row in _IN_FORCE.rows(session, inspectie=inspectie_id, vandaag=vandaag)]

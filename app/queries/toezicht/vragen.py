"""What only an inspecteur asks: frozen audits across a mandate, a sample's population, and whose pseudonym it is.

Everything else an inspecteur sees comes from the queries of the organisatie itself. None selects a name, a nummer or
a BSN: the role in the database could not (``migrations`` 0005).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Uuid, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.access.toezicht import Toezichtlezer
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, NamedRow
from app.db.statement import FastStatement
from app.errors import NotFound
from app.models import Kwartaaltoets, KwartaaltoetsRegel, Pleegkind
from app.models.versions import holds
from app.norms.calendar import age_on
from app.norms.kwartaaltoets.inhoud import RegelInhoud
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.opgeslagen import newest_kwartaaltoets
from app.terms import ToetsStatus

_OWN = bindparam("organisatie", type_=BigInteger)
_FROZEN = Kwartaaltoets.status == ToetsStatus.VASTGESTELD
_COLUMNS: Columns = [
    Kwartaaltoets.uid,
    Kwartaaltoets.kwartaal,
    Kwartaaltoets.bekend_op,
    Kwartaaltoets.vastgesteld_op,
    Kwartaaltoets.rijen,
    Kwartaaltoets.digest,
]
_LIST = KeysetQuery(
    select(*_COLUMNS).where(Kwartaaltoets.organisatie_id == _OWN, _FROZEN),
    Key("kwartaal", Kwartaaltoets.kwartaal, descending=True),
    Key("uid", Kwartaaltoets.uid, descending=True),
)
_REGELS = FastStatement(
    select(KwartaaltoetsRegel.positie, KwartaaltoetsRegel.inhoud)
    .where(
        KwartaaltoetsRegel.toets_id == bindparam("toets", type_=BigInteger),
        KwartaaltoetsRegel.positie == bindparam("posities", type_=ARRAY(BigInteger)).any_(),
    )
    .order_by(KwartaaltoetsRegel.positie)
)
_STRATA = FastStatement(
    select(
        KwartaaltoetsRegel.inhoud["pleegkind"]["id"].astext,
        KwartaaltoetsRegel.inhoud["team"]["naam"].astext,
        KwartaaltoetsRegel.inhoud["criteria"],
    )
    .where(KwartaaltoetsRegel.toets_id == bindparam("toets", type_=BigInteger))
    .order_by(KwartaaltoetsRegel.positie)
)
_KINDEREN = FastStatement(
    select(Pleegkind.uid, Pleegkind.feit_id).where(Pleegkind.organisatie_id == _OWN, holds(Pleegkind))
)
_GEBOREN = FastStatement(
    select(Pleegkind.geboortedatum).where(Pleegkind.uid == bindparam("uid", type_=Uuid), holds(Pleegkind))
)


def organisatie_of_toets(session: Session, uid: UUID) -> int | None:
    """Return whose frozen audit it is, or None when there is no such one."""
    statement = select(Kwartaaltoets.organisatie_id).where(Kwartaaltoets.uid == uid, _FROZEN)
    return session.scalars(statement).one_or_none()


def list_frozen_toetsen(session: Session, lezer: Toezichtlezer, page: Page) -> Window[NamedRow]:
    """Return a page of the frozen audits of the organisatie under mandate, the last quarter first."""
    return _LIST.fetch(session, page, {"organisatie": lezer.organisatie_id})


def get_frozen_toets(session: Session, lezer: Toezichtlezer, kwartaal: Kwartaal | None) -> Kwartaaltoets:
    """Return the frozen audit that holds of a quarter, or of the last quarter that has one.

    Raises:
        NotFound: there is none.
    """
    if kwartaal is None:
        newest = _LIST.fetch(session, Page(1), {"organisatie": lezer.organisatie_id}).rows
        kwartaal = Kwartaal.parse(newest[0].kwartaal) if newest else None
    toets = kwartaal and newest_kwartaaltoets(session, lezer.organisatie_id, kwartaal, frozen=True)
    if not toets:
        raise NotFound
    return toets


def list_strata(session: Session, toets_id: int) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the id of the child, the team and the criteria of each row of an audit, in its order."""
    return [(kind, team or "", criteria) for kind, team, criteria in _STRATA.rows(session, toets=toets_id)]


def list_regels_at(session: Session, toets_id: int, posities: Sequence[int]) -> list[RegelInhoud]:
    """Return the rows of an audit at given places, in the order of the places."""
    found: dict[int, RegelInhoud] = dict(_REGELS.rows(session, toets=toets_id, posities=list(posities)))
    return [found[positie] for positie in posities]


def list_kinderen_by_uid(session: Session, lezer: Toezichtlezer) -> dict[UUID, int]:
    """Return every child of the organisatie under mandate: its external id and its feit_id."""
    return dict(_KINDEREN.rows(session, organisatie=lezer.organisatie_id))


def get_leeftijd(session: Session, kind: UUID, peildatum: date) -> int:
    """Return how many years old a child is on a day; negative before its birth."""
    ((geboren,),) = _GEBOREN.rows(session, uid=kind)
    return age_on(geboren, peildatum)

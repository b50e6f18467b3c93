"""Audits as they are stored: the list, one of them, its rows, and the key figures of the quarters before."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, cast
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.keyset import Key, KeysetQuery, Page, Window
from app.db.rows import Columns, NamedRow, Regel, Rows
from app.db.statement import FastStatement
from app.errors import NotFound
from app.models import Kwartaaltoets, KwartaaltoetsRegel, Medewerker, Pleegkind
from app.models.versions import holds
from app.norms.kwartaaltoets.inhoud import GroepKengetallen, RegelInhoud
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.samenvoegingen import leads_to_key
from app.terms import Regelkeuze, ToetsStatus

_OWN = bindparam("organisatie", type_=BigInteger)
_PIECE = 100  # rows that are fetched at a time


def _shown() -> Rows:
    """Select an audit as lists show it."""
    vervangt, opvolger = aliased(Kwartaaltoets), aliased(Kwartaaltoets)
    maker, vaststeller = aliased(Medewerker), aliased(Medewerker)
    columns: Columns = [
        Kwartaaltoets.uid,
        Kwartaaltoets.kwartaal,
        Kwartaaltoets.versie,
        Kwartaaltoets.status,
        Kwartaaltoets.bekend_op,
        Kwartaaltoets.aangemaakt_op,
        maker.uid.label("aangemaakt_door"),
        Kwartaaltoets.vastgesteld_op,
        vaststeller.uid.label("vastgesteld_door"),
        Kwartaaltoets.rijen,
        Kwartaaltoets.digest,
        vervangt.uid.label("vervangt"),
        opvolger.uid.label("vervangen_door"),
    ]
    return (
        select(*columns)
        .outerjoin(vervangt, vervangt.id == Kwartaaltoets.vervangt_id)
        .outerjoin(opvolger, (opvolger.vervangt_id == Kwartaaltoets.id) & (opvolger.status == ToetsStatus.VASTGESTELD))
        .outerjoin(maker, maker.id == Kwartaaltoets.aangemaakt_door)
        .outerjoin(vaststeller, vaststeller.id == Kwartaaltoets.vastgesteld_door)
        .where(Kwartaaltoets.organisatie_id == _OWN)
    )


def list_kinderen_of_toets(session: Session, toets_id: int) -> Sequence[UUID]:
    """Return the uids of the children in an audit; its reader was checked."""
    return session.scalars(
        select(Pleegkind.uid)
        .join(KwartaaltoetsRegel, KwartaaltoetsRegel.pleegkind_id == Pleegkind.id)
        .where(KwartaaltoetsRegel.toets_id == toets_id)
        .order_by(KwartaaltoetsRegel.positie)
    ).all()


_LIST = KeysetQuery(
    _shown(),
    Key("kwartaal", Kwartaaltoets.kwartaal, descending=True),
    Key("uid", Kwartaaltoets.uid, descending=True),
)


def list_kwartaaltoetsen(session: Session, organisatie_id: int, page: Page) -> Window[NamedRow]:
    """Return the audits of an organisatie, the last quarter first."""
    return _LIST.fetch(session, page, {"organisatie": organisatie_id})


def get_kwartaaltoets(session: Session, organisatie_id: int, uid: UUID) -> Regel:
    """Return one audit as lists show it.

    Raises:
        NotFound: it does not exist, or is of another organisatie.
    """
    statement = _shown().where(Kwartaaltoets.uid == uid)
    row = session.execute(statement, {"organisatie": organisatie_id}).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def find_kwartaaltoets(session: Session, organisatie_id: int, uid: UUID) -> Kwartaaltoets:
    """Return one audit itself.

    Raises:
        NotFound: it does not exist, or is of another organisatie.
    """
    own = select(Kwartaaltoets).where(Kwartaaltoets.organisatie_id == organisatie_id, Kwartaaltoets.uid == uid)
    toets = session.scalars(own).one_or_none()
    if toets is None:
        raise NotFound
    return toets


def newest_kwartaaltoets(
    session: Session, organisatie_id: int, kwartaal: Kwartaal, *, frozen: bool = False
) -> Kwartaaltoets | None:
    """Return the audit that holds of a quarter: the one frozen last, else (unless ``frozen``) the concept."""
    statement = (
        select(Kwartaaltoets)
        .where(Kwartaaltoets.organisatie_id == organisatie_id, Kwartaaltoets.kwartaal == str(kwartaal))
        .order_by((Kwartaaltoets.status == ToetsStatus.VASTGESTELD).desc(), Kwartaaltoets.id.desc())
        .limit(1)
    )
    if frozen:
        statement = statement.where(Kwartaaltoets.status == ToetsStatus.VASTGESTELD)
    return session.scalars(statement).one_or_none()


def previous_kengetallen(
    session: Session, organisatie_id: int, kwartaal: Kwartaal, count: int
) -> dict[str, GroepKengetallen]:
    """Return the whole organisatie in the quarters before this one, as audited then; oldest first.

    A quarter that was never frozen is left out: a trend shows what was established.
    """
    trend: dict[str, GroepKengetallen] = {}
    for _ in range(count):
        kwartaal = kwartaal.vorige
        toets = newest_kwartaaltoets(session, organisatie_id, kwartaal, frozen=True)
        if toets is not None:
            trend[str(kwartaal)] = cast("GroepKengetallen", toets.kengetallen[0])
    return dict(reversed(trend.items()))


_INHOUD = FastStatement(
    select(KwartaaltoetsRegel.positie, KwartaaltoetsRegel.inhoud)
    .where(
        KwartaaltoetsRegel.toets_id == bindparam("toets", type_=BigInteger),
        KwartaaltoetsRegel.positie >= bindparam("vanaf", type_=BigInteger),
    )
    .order_by(KwartaaltoetsRegel.positie)
    .limit(_PIECE)
)


def iterate_inhoud(session: Session, toets_id: int) -> Iterator[RegelInhoud]:
    """Yield the content of an audit's rows in their order, a hundred at a time."""
    start, more = 0, True
    while more:
        rows = _INHOUD.rows(session, toets=toets_id, vanaf=start)
        for positie, inhoud in rows:
            start = positie + 1
            yield inhoud
        more = len(rows) == _PIECE


_AT = FastStatement(
    select(KwartaaltoetsRegel.positie, KwartaaltoetsRegel.inhoud).where(
        KwartaaltoetsRegel.toets_id == bindparam("toets", type_=BigInteger),
        KwartaaltoetsRegel.positie == bindparam("posities", type_=ARRAY(BigInteger)).any_(),
    )
)


def iterate_inhoud_at(session: Session, toets_id: int, posities: Sequence[int]) -> Iterator[RegelInhoud]:
    """Yield the content of some of an audit's rows, in the order in which their positions are given."""
    for start in range(0, len(posities), _PIECE):
        piece = posities[start : start + _PIECE]
        found: dict[int, RegelInhoud] = dict(_AT.rows(session, toets=toets_id, posities=list(piece)))
        for positie in piece:
            yield found[positie]


#: what a figure counts → the condition on a row
_GETELD: Final = {
    Regelkeuze.MET_UITZONDERING: KwartaaltoetsRegel.inhoud["metUitzondering"].as_boolean(),
    Regelkeuze.NOOIT_GEZIEN: KwartaaltoetsRegel.inhoud["nooitGezien"].as_boolean(),
    Regelkeuze.LAAT_VASTGELEGD: KwartaaltoetsRegel.inhoud["lateRegistraties"].as_integer() > 0,
}


@lru_cache(maxsize=32)
def _regels(scope: Scope, *, navolgbaar: bool, keuze: Regelkeuze | None) -> KeysetQuery:
    """Build the list of an audit's rows about children that the actor may see."""
    statement = (
        select(KwartaaltoetsRegel.positie, KwartaaltoetsRegel.inhoud)
        .join(Pleegkind, Pleegkind.feit_id == leads_to_key(KwartaaltoetsRegel.pleegkind_id))
        .where(
            KwartaaltoetsRegel.toets_id == bindparam("toets", type_=BigInteger),
            holds(Pleegkind),
            visible_pleegkinderen(scope),
        )
    )
    if navolgbaar:
        statement = statement.where(KwartaaltoetsRegel.navolgbaar == bindparam("navolgbaar", type_=Boolean))
    if keuze is not None:
        statement = statement.where(_GETELD[keuze])
    return KeysetQuery(statement, Key("positie", KwartaaltoetsRegel.positie))


def list_regels(
    session: Session,
    actor: Actor,
    toets_id: int,
    page: Page,
    vandaag: date,
    *,
    navolgbaar: bool | None = None,
    keuze: Regelkeuze | None = None,
) -> Window[NamedRow]:
    """Return a page of an audit's rows about children that the actor may see today, in the order of the audit.

    Args:
        session: reads.
        actor: whose children.
        toets_id: the audit.
        page: which page.
        vandaag: today.
        navolgbaar: only rows that are or are not; None for all.
        keuze: only rows that a figure counts; None for all.
    """
    query = _regels(scope_of(actor), navolgbaar=navolgbaar is not None, keuze=keuze)
    parameters = {**scope_parameters(actor, vandaag), "toets": toets_id, "navolgbaar": navolgbaar}
    return query.fetch(session, page, parameters)


_NAMEN = FastStatement(
    select(Pleegkind.uid, func.concat_ws(" ", Pleegkind.roepnaam, Pleegkind.achternaam)).where(
        Pleegkind.organisatie_id == _OWN, holds(Pleegkind)
    )
)
_MEDEWERKERS = FastStatement(
    select(Medewerker.uid, Medewerker.naam).where(Medewerker.organisatie_id == _OWN, holds(Medewerker))
)


def list_namen(session: Session, organisatie_id: int) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of an organisatie's children and medewerkers by id; the caller has checked the right."""
    found = (statement.rows(session, organisatie=organisatie_id) for statement in (_NAMEN, _MEDEWERKERS))
    kinderen, medewerkers = ({str(uid): naam for uid, naam in rows} for rows in found)
    return kinderen, medewerkers

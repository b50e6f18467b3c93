"""Which children a fact concerns, and which children an organisatie has, by feit_id."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.models import Gezinslid, Plaatsing, Pleeggezin, Pleegkind, Signaal
from app.models.periode import runs_after
from app.models.soorten import Eigenaar, FeitSoort
from app.models.versions import holds


def list_kinderen(session: Session, organisatie_id: int, bekend_op: datetime | None = None) -> list[int]:
    """Return every child of an organisatie, in and out of care, in order of first recording.

    Args:
        session: reads.
        organisatie_id: whose children.
        bekend_op: those that the file knew at that moment, also when withdrawn since; None for now.
    """
    statement = (
        select(Pleegkind.feit_id)
        .where(Pleegkind.organisatie_id == organisatie_id, holds(Pleegkind, bekend_op))
        .order_by(Pleegkind.feit_id)
    )
    return list(session.scalars(statement))


def list_kinderen_of_gezinnen(session: Session, gezinnen: Iterable[int], vanaf: date) -> set[int]:
    """Return the children placed with the families on or after ``vanaf``."""
    statement = select(Plaatsing.pleegkind_id).where(
        Plaatsing.pleeggezin_id.in_(list(gezinnen)),
        runs_after(Plaatsing, vanaf),
        holds(Plaatsing),
    )
    return set(session.scalars(statement))


def list_kinderen_of_plaatsingen(session: Session, plaatsingen: Iterable[int]) -> set[int]:
    """Return the children of plaatsingen, withdrawn versions included: their deadlines change too."""
    return {kind for (kind,) in _OF_PLAATSINGEN.rows(session, plaatsingen=list(plaatsingen))}


def list_kinderen_of_signalen(session: Session, signalen: Iterable[int]) -> set[int]:
    """Return the children of signalen, withdrawn versions included."""
    return {kind for (kind,) in _OF_SIGNALEN.rows(session, signalen=list(signalen))}


_OF_SIGNALEN = FastStatement(
    select(Signaal.pleegkind_id).where(Signaal.feit_id == bindparam("signalen", type_=ARRAY(BigInteger)).any_())
)
_OF_PLAATSINGEN = FastStatement(
    select(Plaatsing.pleegkind_id).where(
        Plaatsing.feit_id == bindparam("plaatsingen", type_=ARRAY(BigInteger)).any_(),
    )
)


#: what stands between a fact and its child → the children behind some of those
_BEHIND: Mapping[Eigenaar, Callable[[Session, Iterable[int]], set[int]]] = {
    Eigenaar.PLAATSING: list_kinderen_of_plaatsingen,
    Eigenaar.SIGNAAL: list_kinderen_of_signalen,
}


def children_of(session: Session, soort: FeitSoort, versions: list[Any], vandaag: date) -> set[int]:
    """Return the children whose judgements a fact can change.

    Args:
        session: reads.
        soort: the kind of fact.
        versions: of one fact.
        vandaag: of a family, the children from this day on.
    """
    if not soort.termijn:
        return set()
    if soort.als_eigenaar is Eigenaar.PLEEGKIND:
        return {versions[0].feit_id}
    if soort.eigenaar in _BEHIND:
        return _BEHIND[soort.eigenaar](session, {getattr(version, soort.eigenaar) for version in versions})
    if soort.eigenaar is Eigenaar.PLEEGKIND:
        own = {version.pleegkind_id for version in versions}
        if Eigenaar.PLEEGGEZIN not in soort.model.REFERENCES:
            return own
        # A plaatsing can start or lengthen the family's run, which moves F for every child there.
        families = {version.pleeggezin_id for version in versions}
        return own | list_kinderen_of_gezinnen(session, families, vandaag)
    return list_kinderen_of_gezinnen(session, _families(session, soort, versions), vandaag)


def _families(session: Session, soort: FeitSoort, versions: list[Any]) -> set[int]:
    if soort.model is Pleeggezin:
        return {versions[0].feit_id}
    if soort.eigenaar is Eigenaar.PLEEGGEZIN:
        return {version.pleeggezin_id for version in versions}
    members = {version.gezinslid_id for version in versions}
    return set(session.scalars(select(Gezinslid.pleeggezin_id).where(Gezinslid.feit_id.in_(members))))


_UIDS = FastStatement(
    select(Pleegkind.uid)
    .where(
        Pleegkind.organisatie_id == bindparam("organisatie", type_=BigInteger),
        Pleegkind.id == bindparam("kinderen", type_=ARRAY(BigInteger)).any_(),
    )
    .order_by(Pleegkind.id)
)


def list_uids(session: Session, organisatie_id: int, kinderen: Collection[int]) -> list[UUID]:
    """Return by which ids the outside, and the access log, know children of an organisatie."""
    return [uid for (uid,) in _UIDS.rows(session, organisatie=organisatie_id, kinderen=sorted(kinderen))]

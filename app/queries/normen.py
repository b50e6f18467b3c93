"""The norms of an organisatie: the national catalogue with its own tightened versions over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, DateTime, bindparam, exists, func, select
from sqlalchemy.orm import Session

from app.db.statement import FastStatement
from app.errors import NotFound
from app.models import EigenNorm, NormBeeindiging
from app.models.periode import ends_after
from app.norms.versies.catalogue import LANDELIJK, Catalogus, NormVersie, for_organisatie, national_during
from app.terms import NormCode, Zwaarte

_BEKEND_OP = bindparam("bekend_op", type_=DateTime(timezone=True))

_EIGEN = (
    select(
        EigenNorm.code,
        EigenNorm.versie,
        EigenNorm.geldig_van,
        EigenNorm.zwaarte,
        EigenNorm.waarschuwing_dagen,
        EigenNorm.parameters,
        EigenNorm.toelichting,
        EigenNorm.uid,
    )
    .where(EigenNorm.organisatie_id == bindparam("organisatie", type_=BigInteger))
    .order_by(EigenNorm.code, EigenNorm.versie)
)


def _first_end(*, known: bool = False) -> ColumnElement[date]:
    """Return the first day on which an own version was said to hold no more; an end can only be brought forward."""
    ended = select(func.min(NormBeeindiging.vanaf)).where(
        NormBeeindiging.organisatie_id == EigenNorm.organisatie_id, NormBeeindiging.eigen_norm_id == EigenNorm.id
    )
    return (ended.where(NormBeeindiging.vastgelegd_op <= _BEKEND_OP) if known else ended).scalar_subquery()


def _own(*, known: bool) -> FastStatement:
    """Build the select of the own versions that hold or held or will hold, as is known now or was at a moment."""
    ended = _first_end(known=known)
    statement = _EIGEN.add_columns(func.least(EigenNorm.geldig_tot, ended)).where(
        ends_after(ended, EigenNorm.geldig_van)
    )
    return FastStatement(statement.where(EigenNorm.vastgelegd_op <= _BEKEND_OP) if known else statement)


_NOW, _THEN = _own(known=False), _own(known=True)


def has_own_norms() -> ColumnElement[bool]:
    """Return whether ``:organisatie`` ever had a version of its own: read along with what is judged by the norms."""
    own: ColumnElement[bool] = exists(EigenNorm.id).where(
        EigenNorm.organisatie_id == bindparam("organisatie", type_=BigInteger)
    )
    return own.label("eigen_normen")


def get_catalogus(
    session: Session, organisatie_id: int, bekend_op: datetime | None = None, *, own: bool = True
) -> Catalogus:
    """Return the norms that hold for an organisatie; one statement, and no rebuilding while they stay the same.

    Args:
        session: reads.
        organisatie_id: whose norms.
        bekend_op: without own versions, and ends of them, recorded after that moment, so that a report of then
            stays what it was; None for all.
        own: what ``has_own_norms`` said; without any there is nothing to read.
    """
    if not own:
        return _catalogus(())
    if bekend_op is None:
        rows = _NOW.rows(session, organisatie=organisatie_id)
    else:
        rows = _THEN.rows(session, organisatie=organisatie_id, bekend_op=bekend_op)
    return _catalogus(tuple(_Rij(*row).as_key() for row in rows))


class _Rij(NamedTuple):
    """An own version, by the columns of ``_own`` in their order."""

    code: str
    versie: int
    geldig_van: date
    zwaarte: str
    waarschuwing_dagen: int
    parameters: Mapping[str, int | None] | tuple[tuple[str, int | None], ...]
    toelichting: str
    id: UUID
    geldig_tot: date | None

    def as_key(self) -> "_Rij":
        """Return it as the key of what is kept."""
        return self._replace(parameters=tuple(sorted(dict(self.parameters).items())))


@lru_cache(maxsize=64)
def _catalogus(rows: tuple[_Rij, ...]) -> Catalogus:
    return for_organisatie(LANDELIJK, [_versie(row) for row in rows])


def _versie(row: _Rij) -> NormVersie:
    """Read a row; name, subject and rule come from the national norm that it tightens."""
    return own_version(
        NormCode(row.code),
        versie=row.versie,
        geldig_van=row.geldig_van,
        geldig_tot=row.geldig_tot,
        zwaarte=Zwaarte(row.zwaarte),
        waarschuwing_dagen=row.waarschuwing_dagen,
        parameters=dict(row.parameters),
        toelichting=row.toelichting,
        id=row.id,
    )


@dataclass(frozen=True, slots=True)
class EigenNormRegel:
    """An own version as it stands; ``geldig_tot`` is the first day on which it no longer holds, whatever ended it."""

    uid: UUID
    sleutel: int
    code: NormCode
    versie: int
    geldig_van: date
    geldig_tot: date | None
    ingetrokken: bool
    zwaarte: Zwaarte
    waarschuwing_dagen: int
    parameters: Mapping[str, int | None]
    toelichting: str
    vastgelegd_op: datetime

    def overlaps(self, van: date, tot: date | None) -> bool:
        """Tell whether this version holds on a day of [van, tot)."""
        if self.ingetrokken:
            return False
        return (self.geldig_tot is None or van < self.geldig_tot) and (tot is None or self.geldig_van < tot)


def list_eigen_normen(session: Session, organisatie_id: int, code: NormCode | None = None) -> list[EigenNormRegel]:
    """Return the own versions of an organisatie, of one norm or of all, withdrawn ones too."""
    statement = select(EigenNorm, _first_end().label("einde")).where(EigenNorm.organisatie_id == organisatie_id)
    if code is not None:
        statement = statement.where(EigenNorm.code == code)
    return [
        _regel(norm, einde) for norm, einde in session.execute(statement.order_by(EigenNorm.code, EigenNorm.versie))
    ]


def get_eigen_norm(session: Session, organisatie_id: int, uid: UUID) -> EigenNormRegel:
    """Return one own version as it stands.

    Raises:
        NotFound: not of this organisatie.
    """
    found = next((norm for norm in list_eigen_normen(session, organisatie_id) if norm.uid == uid), None)
    if found is None:
        raise NotFound
    return found


def _regel(norm: EigenNorm, einde: date | None) -> EigenNormRegel:
    ingetrokken = einde is not None and einde <= norm.geldig_van
    ends = [day for day in (norm.geldig_tot, None if ingetrokken else einde) if day is not None]
    return EigenNormRegel(
        norm.uid, norm.id, norm.code, norm.versie, norm.geldig_van, min(ends, default=None), ingetrokken, norm.zwaarte,
        norm.waarschuwing_dagen, norm.parameters, norm.toelichting, norm.vastgelegd_op,
    )  # fmt: skip


def own_version(code: NormCode, *, toelichting: str, **values: Any) -> NormVersie:
    """Return an organisatie's version of a norm, with what the national one of its first day says of it."""
    landelijk = national_during(code, values["geldig_van"], values["geldig_tot"])
    basis = (landelijk or [norm for norm in LANDELIJK if norm.code == code])[0]
    return NormVersie(
        code=code,
        naam=basis.naam,
        onderwerp=basis.onderwerp,
        regel=basis.regel,
        bron=f"Eigen norm van de organisatie: {toelichting} (aanscherping van: {basis.bron})",
        **values,
    )

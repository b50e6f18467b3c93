"""The norms of an organisatie: the national catalogue with its own tightened versions over it."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, bindparam, select
from sqlalchemy.orm import Session

from app.models import EigenNorm
from app.norms.catalogue import LANDELIJK, Catalogus, NormVersie, for_organisatie
from app.queries.fast import FastStatement
from app.terms import NormCode, Zwaarte

_EIGEN = (
    select(
        EigenNorm.code,
        EigenNorm.versie,
        EigenNorm.geldig_van,
        EigenNorm.geldig_tot,
        EigenNorm.zwaarte,
        EigenNorm.waarschuwing_dagen,
        EigenNorm.parameters,
        EigenNorm.toelichting,
    )
    .where(EigenNorm.organisatie_id == bindparam("organisatie", type_=BigInteger))
    .order_by(EigenNorm.code, EigenNorm.versie)
)
_NOW = FastStatement(_EIGEN)
_THEN = FastStatement(_EIGEN.where(EigenNorm.vastgelegd_op <= bindparam("bekend_op", type_=DateTime(timezone=True))))


def get_catalogus(session: Session, organisatie_id: int, bekend_op: datetime | None = None) -> Catalogus:
    """Return the norms that hold for an organisatie; one statement, and no rebuilding while they stay the same.

    Args:
        session: reads.
        organisatie_id: whose norms.
        bekend_op: without own versions recorded after that moment, so that a report of then stays what it was;
            None for all.
    """
    if bekend_op is None:
        rows = _NOW.rows(session, organisatie=organisatie_id)
    else:
        rows = _THEN.rows(session, organisatie=organisatie_id, bekend_op=bekend_op)
    return _catalogus(tuple((*row[:6], tuple(sorted(row[6].items())), row[7]) for row in rows))


@lru_cache(maxsize=64)
def _catalogus(rows: tuple[tuple[Any, ...], ...]) -> Catalogus:
    return for_organisatie(LANDELIJK, [_versie(row) for row in rows])


def _versie(row: tuple[Any, ...]) -> NormVersie:
    """Read a row; name, subject and rule come from the national norm that it tightens."""
    code, versie, van, tot, zwaarte, waarschuwing, parameters, toelichting = row
    return own_version(
        NormCode(code),
        versie=versie,
        geldig_van=van,
        geldig_tot=tot,
        zwaarte=Zwaarte(zwaarte),
        waarschuwing_dagen=waarschuwing,
        parameters=dict(parameters),
        toelichting=toelichting,
    )


def own_version(code: NormCode, *, toelichting: str, **values: Any) -> NormVersie:
    """Return an organisatie's version of a norm, with what the national one says of it."""
    basis = next(norm for norm in LANDELIJK if norm.code == code)
    return NormVersie(
        code=code,
        naam=basis.naam,
        onderwerp=basis.onderwerp,
        regel=basis.regel,
        bron=f"Eigen norm van de organisatie: {toelichting} (aanscherping van: {basis.bron})",
        **values,
    )

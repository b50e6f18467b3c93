"""What the tables that scope and lists look things up in must hold, from every fact; triggers keep them.

The triggers are in the migrations (0002, 0033, 0040, 0043) and say it once more, in their own words: what they missed
is a child that is in nobody's list. So ``pleegzicht controleer`` holds one against the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import BigInteger, bindparam, except_, func, literal, select, union_all
from sqlalchemy.orm import Session

from app.db.rows import Rows
from app.models import (
    Base,
    Begeleiding,
    KindInBegeleiding,
    OpenNaVertrek,
    Plaatsing,
    PlaatsingBezetting,
    Pleegkind,
    Termijn,
    ZonderBegeleider,
)
from app.models.versions import holds
from app.norms.opvolging import NA_VERTREK
from app.terms import PlaatsingVorm

_ORGANISATIE = bindparam("organisatie", type_=BigInteger)
#: of what has no end
_OOIT = date.max
#: what a child has one of at a time
_ALONE = (PlaatsingVorm.VOLTIJD, PlaatsingVorm.CRISIS)


def _bezettingen() -> Rows:
    periode = func.daterange(Plaatsing.van, Plaatsing.tot, type_=PlaatsingBezetting.periode.type)
    columns = (Plaatsing.feit_id, Plaatsing.organisatie_id, Plaatsing.pleegkind_id, periode)
    return select(*columns).where(_own(Plaatsing), Plaatsing.vorm.in_(_ALONE))


def _begeleidingen() -> Rows:
    """Select every begeleiding in its plaatsing; of two that began on one day the one recorded later comes after."""
    after = func.lead(Begeleiding.van).over(
        partition_by=Begeleiding.plaatsing_id, order_by=(Begeleiding.van, Begeleiding.id)
    )
    of_both = (
        *(Begeleiding.id, Begeleiding.nummer, Begeleiding.organisatie_id, Begeleiding.plaatsing_id),
        *(Plaatsing.pleegkind_id, Plaatsing.pleeggezin_id, Begeleiding.medewerker_id),
        *(Begeleiding.van, Begeleiding.tot, Plaatsing.van, Plaatsing.tot, after),
    )
    home = Plaatsing.feit_id == Begeleiding.plaatsing_id
    return select(*of_both).join(Plaatsing, home).where(_own(Begeleiding), holds(Plaatsing))


def _vertrokken() -> Rows:
    """Select whose every plaatsing has an end while a stored deadline says that something is open, by who guided."""
    left = (
        select(Plaatsing.pleegkind_id, func.max(Plaatsing.tot).label("per"))
        .where(_own(Plaatsing))
        .group_by(Plaatsing.pleegkind_id)
        .having(func.bool_and(Plaatsing.tot.is_not(None)))
        .subquery()
    )
    must = select(Termijn.pleegkind_id).where(Termijn.norm.in_(NA_VERTREK), Termijn.uiterlijk.is_not(None))
    guided = _begeleidingen().subquery()
    who = (guided.c.pleegkind_id, guided.c.medewerker_id, guided.c.organisatie_id, left.c.per)
    same = guided.c.pleegkind_id == left.c.pleegkind_id
    return select(*who).join(left, same).where(left.c.pleegkind_id.in_(must)).distinct()


def _zonder() -> Rows:
    """Select until when somebody may be without a begeleider: from the first day that one guides what goes on.

    That is the last such day of any plaatsing, or its end; and no earlier than the first of them all.
    """
    first = (
        select(Begeleiding.plaatsing_id, func.min(Begeleiding.van).label("dag"))
        .where(_own(Begeleiding))
        .group_by(Begeleiding.plaatsing_id)
        .subquery()
    )
    begin, tot = func.coalesce(first.c.dag, _OOIT), func.coalesce(Plaatsing.tot, _OOIT)
    homes = (
        select(Plaatsing.pleegkind_id, func.least(begin, tot).label("tot"), begin.label("begin"))
        .outerjoin(first, first.c.plaatsing_id == Plaatsing.feit_id)
        .where(_own(Plaatsing))
        .subquery()
    )
    until = func.coalesce(func.greatest(func.max(homes.c.tot), func.min(homes.c.begin)), _OOIT)
    return (
        select(Pleegkind.feit_id, Pleegkind.organisatie_id, until)
        .outerjoin(homes, homes.c.pleegkind_id == Pleegkind.feit_id)
        .where(Pleegkind.organisatie_id == _ORGANISATIE, Pleegkind.versie == 1)
        .group_by(Pleegkind.feit_id, Pleegkind.organisatie_id)
    )


def _own(model: Any) -> Any:
    return (model.organisatie_id == _ORGANISATIE) & holds(model)


#: of each table what it must hold, its columns in their order
WANTED: Final[Mapping[type[Base], Rows]] = {
    PlaatsingBezetting: _bezettingen(),
    KindInBegeleiding: _begeleidingen(),
    OpenNaVertrek: _vertrokken(),
    ZonderBegeleider: _zonder(),
}


@dataclass(frozen=True, slots=True)
class Opzoekverschil:
    """How one of these tables differs from the facts.

    Attributes:
        tabel: which.
        ontbreekt: rows that it must have, all columns in their order.
        teveel: rows that it has and must not.
    """

    tabel: type[Base]
    ontbreekt: Sequence[Sequence[Any]]
    teveel: Sequence[Sequence[Any]]


def compare_opzoektabellen(session: Session, organisatie_id: int) -> list[Opzoekverschil]:
    """Return which tables of an organisatie hold something else than the facts say; each is read at one moment."""
    found = [_compare(session, tabel, wanted, organisatie_id) for tabel, wanted in WANTED.items()]
    return [one for one in found if one.ontbreekt or one.teveel]


def _compare(session: Session, tabel: type[Base], wanted: Rows, organisatie_id: int) -> Opzoekverschil:
    """Ask both ways in one statement: somebody may record between two."""
    columns = tabel.__table__.columns
    stored = select(*columns).where(columns.organisatie_id == _ORGANISATIE)
    both = [
        select(literal(missing).label("ontbreekt"), *one.subquery().c)
        for missing, one in ((True, except_(wanted, stored)), (False, except_(stored, wanted)))
    ]
    rows = session.execute(union_all(*both), {"organisatie": organisatie_id}).all()
    missing, extra = ([row[1:] for row in rows if row[0] is wants] for wants in (True, False))
    return Opzoekverschil(tabel, missing, extra)

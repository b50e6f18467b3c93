"""The branches of ``app.queries.oordelen.feitrijen`` whose key is the plaatsing: talks, checks and visits."""

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    case,
    cast,
    false,
    literal_column,
    null,
    or_,
)

from app.db.rows import Expression, Rows
from app.models import Huisbezoek, Kindgesprek, Veiligheidscheck
from app.models.versions import BekendOp
from app.norms.versies.versie import TWEEDE_CATALOGUS
from app.queries.oordelen.branches import flags, last_of
from app.queries.oordelen.feitvorm import FEITEN, FeitBranch
from app.terms import GespreksVorm, Uitkomst, Veiligheidsgevoel

#: a talk, and a check, after which somebody must act
_SAID = and_(Kindgesprek.datum >= TWEEDE_CATALOGUS, Kindgesprek.veilig_in_gezin == Veiligheidsgevoel.NEE)
_FOUND = and_(Veiligheidscheck.datum >= TWEEDE_CATALOGUS, Veiligheidscheck.uitkomst != Uitkomst.VEILIG)
_FACE_TO_FACE = Kindgesprek.vorm == GespreksVorm.FYSIEK
#: what the child says of this family: the place in ``Veiligheidsgevoel``; NULL for what was not recorded
_SAFE_AT_HOME = case(
    *((Kindgesprek.veilig_in_gezin == item, literal_column(str(n))) for n, item in enumerate(Veiligheidsgevoel)),
    else_=null(),
)


def plaatsing_branches(own: CTE, vanaf: Any, k: BekendOp, *, one_day: bool) -> list[Rows]:
    """Return the branches of the talks, checks and visits that matter; which of the talks count the rule says.

    Args:
        own: the plaatsingen, as ``app.queries.oordelen.feitrijen`` selects them.
        vanaf: the peildatum, or the first of several.
        k: the versions that hold at this moment of knowledge.
        one_day: of checks and visits only the last ones up to ``vanaf``.
    """
    talks = _talks(k).where(_matters(Kindgesprek, own, _SAID, _FACE_TO_FACE))
    return [talks, *(_last_seen(own, vanaf, k) if one_day else _all_seen(own, k))]


def _matters(model: Any, own: CTE, asks_action: ColumnElement[bool], is_seen: Any) -> ColumnElement[bool]:
    """Return that an event is of a plaatsing that runs, or of one that ended and matters still."""
    promised = and_(model.datum >= own.c.plan_van, is_seen)
    return and_(model.plaatsing_id == own.c.feit_id, or_(own.c.lopend, asks_action, promised))


def _all_seen(own: CTE, k: BekendOp) -> list[Rows]:
    """Return the branches of every check and visit that matters."""
    return [
        _checks(k).where(_matters(Veiligheidscheck, own, _FOUND, Veiligheidscheck.kind_gezien)),
        _visits(k).where(_matters(Huisbezoek, own, false(), Huisbezoek.kind_gezien)),
    ]


def _last_seen(own: CTE, op: Any, k: BekendOp) -> list[Rows]:
    """Return the same for one day: the last of each, and the last at which the child was seen; some come twice.

    Of the checks also every one since October 2026: one that asks for action, and one that may answer it.
    """
    lately = Veiligheidscheck.datum >= TWEEDE_CATALOGUS
    last = [
        last_of(branch.where(model.plaatsing_id == own.c.feit_id, *seen), model, own, op)
        for branch, model in ((_checks(k), Veiligheidscheck), (_visits(k), Huisbezoek))
        for seen in ((), (model.kind_gezien,))
    ]
    return [*last, _checks(k).where(Veiligheidscheck.plaatsing_id == own.c.feit_id, lately)]


def _talks(k: BekendOp) -> Rows:
    return FEITEN.branch(
        FeitBranch.KINDGESPREK,
        Kindgesprek,
        Kindgesprek.plaatsing_id,
        k,
        datum=Kindgesprek.datum,
        vorm=Kindgesprek.vorm,
        gedaan=flags(Kindgesprek.doorgegaan, Kindgesprek.alleen, Kindgesprek.veiligheid_besproken),
        veilig_in_gezin=_SAFE_AT_HOME,
    )


def _checks(k: BekendOp) -> Rows:
    return FEITEN.branch(
        FeitBranch.VEILIGHEIDSCHECK,
        Veiligheidscheck,
        Veiligheidscheck.plaatsing_id,
        k,
        datum=Veiligheidscheck.datum,
        uitkomst=Veiligheidscheck.uitkomst,
        kind_gezien=_yes_no(Veiligheidscheck.kind_gezien),
    )


def _visits(k: BekendOp) -> Rows:
    return FEITEN.branch(
        FeitBranch.HUISBEZOEK,
        Huisbezoek,
        Huisbezoek.plaatsing_id,
        k,
        datum=Huisbezoek.datum,
        kind_gezien=_yes_no(Huisbezoek.kind_gezien),
    )


def _yes_no(column: Expression[bool | None]) -> ColumnElement[int]:
    """Return 1 or 0; NULL for what was not recorded."""
    return cast(cast(column, Integer), BigInteger)

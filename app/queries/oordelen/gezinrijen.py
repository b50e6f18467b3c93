"""The branches of ``app.queries.oordelen.feitrijen`` whose key is the family, or a member of it."""

from typing import Any

from sqlalchemy import select

from app.db.rows import Rows
from app.models import Evaluatie, Gezinslid, Plaatsing, Pleeggezin, Vgb
from app.models.versions import BekendOp
from app.queries.oordelen.branches import last_of
from app.queries.oordelen.feitvorm import FEITEN, FeitBranch


def evaluaties_branch(gezinnen: Rows, op: Any, k: BekendOp, *, one_day: bool) -> Rows:
    """Return the branch of the evaluaties; for one day the last of each family up to that day."""
    branch = FEITEN.branch(FeitBranch.EVALUATIE, Evaluatie, Evaluatie.pleeggezin_id, k, datum=Evaluatie.datum)
    if not one_day:
        return branch.where(Evaluatie.pleeggezin_id.in_(gezinnen))
    families = gezinnen.distinct().subquery("gezinnen").c.pleeggezin_id
    return last_of(branch.where(Evaluatie.pleeggezin_id == families), Evaluatie, families.table, op)


def family_branches(k: BekendOp, gezinnen: Rows) -> list[Rows]:
    """Return the branches of the families, their members, and every plaatsing in them."""
    lid_van_gezin = select(Gezinslid.feit_id).where(Gezinslid.pleeggezin_id.in_(gezinnen))
    return [
        _gezinnen(k).where(Pleeggezin.feit_id.in_(gezinnen)),
        _leden(k).where(Gezinslid.pleeggezin_id.in_(gezinnen)),
        _vgbs(k).where(Vgb.gezinslid_id.in_(lid_van_gezin)),
        _gezinsplaatsingen(k).where(Plaatsing.pleeggezin_id.in_(gezinnen)),
    ]


def _gezinnen(k: BekendOp) -> Rows:
    return FEITEN.branch(
        FeitBranch.PLEEGGEZIN,
        Pleeggezin,
        Pleeggezin.feit_id,
        k,
        pleegcontract_op=Pleeggezin.pleegcontract_op,
        soort=Pleeggezin.soort,
    )


def _leden(k: BekendOp) -> Rows:
    return FEITEN.branch(
        FeitBranch.GEZINSLID,
        Gezinslid,
        Gezinslid.pleeggezin_id,
        k,
        geboortedatum=Gezinslid.geboortedatum,
        inwonend_sinds=Gezinslid.inwonend_sinds,
        inwonend_tot=Gezinslid.inwonend_tot,
        rol=Gezinslid.rol,
    )


def _vgbs(k: BekendOp) -> Rows:
    return FEITEN.branch(
        FeitBranch.VGB,
        Vgb,
        Vgb.gezinslid_id,
        k,
        datum=Vgb.datum,
        herscreening_uiterlijk=Vgb.herscreening_uiterlijk,
        status=Vgb.status,
    )


def _gezinsplaatsingen(k: BekendOp) -> Rows:
    return FEITEN.branch(
        FeitBranch.GEZINSPLAATSING,
        Plaatsing,
        Plaatsing.pleeggezin_id,
        k,
        van=Plaatsing.van,
        tot=Plaatsing.tot,
        zorgvorm=Plaatsing.zorgvorm,
    )

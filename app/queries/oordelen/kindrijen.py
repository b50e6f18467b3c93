"""The branches of ``app.queries.oordelen.feitrijen`` whose key is the child."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, func, literal, literal_column
from sqlalchemy.orm import aliased

from app.db.rows import Rows
from app.models import (
    Actie,
    Casuistiekbespreking,
    Hulpverleningsplan,
    Maatregel,
    Meldcodestap,
    Ontwikkelbeeld,
    Opvolgstap,
    Plaatsing,
    Pleegkind,
    Pleegoudervoogdgesprek,
    Signaal,
    Uitzondering,
    Vertrouwenspersoon,
)
from app.models.versions import BekendOp, holds
from app.norms.opvolging import MELDCODE
from app.queries.oordelen.branches import flags
from app.queries.oordelen.feitvorm import FEITEN, FeitBranch


def child_branches(k: BekendOp, children: Any) -> list[Rows]:
    """Return the branches of what is recorded of the children themselves: one, or any of several."""
    return [
        FEITEN.branch(
            FeitBranch.PLEEGKIND, Pleegkind, Pleegkind.feit_id, k, geboortedatum=Pleegkind.geboortedatum
        ).where(Pleegkind.feit_id == children),
        *(branch.where(model.pleegkind_id == children) for model, branch in _of_child(k)),
        _meldcodestappen(k, children),
    ]


def _of_child(k: BekendOp) -> list[tuple[Any, Rows]]:
    """Return every kind of fact that belongs to a child, with its branch."""

    def of_child(number: FeitBranch, model: Any, **columns: Any) -> tuple[Any, Rows]:
        return model, FEITEN.branch(number, model, model.pleegkind_id, k, **columns)

    return [
        of_child(
            FeitBranch.PLAATSING,
            Plaatsing,
            van=Plaatsing.van,
            tot=Plaatsing.tot,
            vorm=Plaatsing.vorm,
            pleeggezin_id=Plaatsing.pleeggezin_id,
        ),
        of_child(FeitBranch.MAATREGEL, Maatregel, van=Maatregel.van, tot=Maatregel.tot, soort=Maatregel.soort),
        of_child(
            FeitBranch.CASUISTIEKBESPREKING,
            Casuistiekbespreking,
            datum=Casuistiekbespreking.datum,
            multidisciplinair=flags(Casuistiekbespreking.multidisciplinair),
        ),
        of_child(FeitBranch.ONTWIKKELBEELD, Ontwikkelbeeld, datum=Ontwikkelbeeld.datum),
        of_child(FeitBranch.HULPVERLENINGSPLAN, Hulpverleningsplan, datum=Hulpverleningsplan.datum),
        of_child(FeitBranch.VERTROUWENSPERSOON, Vertrouwenspersoon, datum=Vertrouwenspersoon.sinds),
        of_child(FeitBranch.PLEEGOUDERVOOGDGESPREK, Pleegoudervoogdgesprek, datum=Pleegoudervoogdgesprek.datum),
        (Signaal, _signalen(k)),
        (Opvolgstap, _opvolgstappen(Opvolgstap.pleegkind_id, k)),
        of_child(FeitBranch.ACTIE, Actie, datum=Actie.datum, uiterlijk=Actie.uiterlijk, gedaan_op=Actie.gedaan_op),
        (Uitzondering, _uitzonderingen(k)),
    ]


def _signalen(k: BekendOp) -> Rows:
    vraagt = flags(
        Signaal.vraagt_veiligheidscheck,
        Signaal.calamiteit,
        Signaal.bij_twijfel,
        Signaal.onthulling,
        Signaal.geweld,
        Signaal.letsel,
    )
    return FEITEN.branch(
        FeitBranch.SIGNAAL,
        Signaal,
        Signaal.pleegkind_id,
        k,
        bekend_geworden_op=Signaal.bekend_geworden_op,
        gemeld_igj_op=Signaal.gemeld_igj_op,
        conclusie_op=Signaal.conclusie_op,
        vraagt=vraagt,
    )


def _uitzonderingen(k: BekendOp) -> Rows:
    """Return the branch of the uitzonderingen and zichtplannen; their normen with a space between."""
    return FEITEN.branch(
        FeitBranch.UITZONDERING,
        Uitzondering,
        Uitzondering.pleegkind_id,
        k,
        van=Uitzondering.van,
        herzien_uiterlijk=Uitzondering.herzien_uiterlijk,
        normen=func.array_to_string(Uitzondering.normen, literal(" ")),
        goedkeurder_rol=Uitzondering.goedkeurder_rol,
        opgesteld_door=Uitzondering.opgesteld_door,
        goedgekeurd_door=Uitzondering.goedgekeurd_door,
        waarneming_dagen=Uitzondering.waarneming_dagen,
    )


def _opvolgstappen(sleutel: Any, k: BekendOp) -> Rows:
    """Return the branch of the steps, each about one talk, check or signaal."""
    return FEITEN.branch(
        FeitBranch.OPVOLGSTAP,
        Opvolgstap,
        sleutel,
        k,
        datum=Opvolgstap.datum,
        stap=Opvolgstap.stap,
        kindgesprek_id=Opvolgstap.kindgesprek_id,
        veiligheidscheck_id=Opvolgstap.veiligheidscheck_id,
        signaal_id=Opvolgstap.signaal_id,
    )


def steps_of_before(own: CTE, k: BekendOp) -> Rows:
    """Return the steps in the file of whoever a plaatsing was said to be of in another version."""
    return _opvolgstappen(own.c.pleegkind_id, k).where(is_of_before(own))


def is_of_before(own: CTE) -> ColumnElement[bool]:
    """Return that a step is in the file of whoever a plaatsing was said to be of in another version.

    A step is about an aanleiding: when the plaatsing of a talk or check turns out to be another child's, what was done
    about it was done. Of these the rule takes those about what is the child's now.
    """
    other = aliased(Plaatsing)
    return and_(
        other.feit_id == own.c.feit_id,
        other.pleegkind_id != own.c.pleegkind_id,
        Opvolgstap.pleegkind_id == other.pleegkind_id,
    )


def _meldcodestappen(k: BekendOp, children: Any) -> Rows:
    """Return the steps of the meldcode that are part of the follow-up, on the signalen of the children that hold."""
    return FEITEN.branch(
        FeitBranch.MELDCODESTAP,
        Meldcodestap,
        Signaal.pleegkind_id,
        k,
        datum=Meldcodestap.datum,
        signaal_id=Meldcodestap.signaal_id,
        stap=Meldcodestap.stap,
    ).where(
        is_on_signaal(k, children),
        Meldcodestap.stap.in_([literal_column(str(stap)) for stap in sorted(MELDCODE)]),
    )


def is_on_signaal(k: BekendOp, children: Any) -> ColumnElement[bool]:
    """Return that a step of the meldcode is on a signaal about the children that itself holds."""
    return and_(Signaal.feit_id == Meldcodestap.signaal_id, Signaal.pleegkind_id == children, holds(Signaal, k))

"""The facts of given children in one statement, as the rows that ``app.queries.oordelen.dossiers`` assembles.

One UNION ALL over every kind of fact: a page of the caseload, one dossier and a national run take the same single
query. All columns but ``soort``, ``sleutel`` and ``id`` mean something else per branch;
``app.queries.oordelen.dossiers`` reads each branch in one place.
"""

from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    CompoundSelect,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.db.statement import FastStatement
from app.models import (
    Actie,
    Casuistiekbespreking,
    Evaluatie,
    Gezinslid,
    Huisbezoek,
    Hulpverleningsplan,
    Kindgesprek,
    Maatregel,
    Meldcodestap,
    Ontwikkelbeeld,
    Opvolgstap,
    Plaatsing,
    Pleeggezin,
    Pleegkind,
    Pleegoudervoogdgesprek,
    Signaal,
    Uitzondering,
    Veiligheidscheck,
    Vertrouwenspersoon,
    Vgb,
)
from app.models.versions import BekendOp, holds
from app.norms.opvolging import MELDCODE
from app.norms.versie import TWEEDE_CATALOGUS
from app.queries.oordelen.branches import Takvorm, flags
from app.terms import GespreksVorm, Uitkomst, UitzonderingSoort, Veiligheidsgevoel


class Soort(IntEnum):
    """Which branch a row comes from."""

    PLEEGKIND = 0
    PLAATSING = 1
    MAATREGEL = 2
    KINDGESPREK = 3
    VEILIGHEIDSCHECK = 4
    HUISBEZOEK = 5
    CASUISTIEKBESPREKING = 6
    ONTWIKKELBEELD = 7
    HULPVERLENINGSPLAN = 8
    VERTROUWENSPERSOON = 9
    PLEEGOUDERVOOGDGESPREK = 10
    SIGNAAL = 11
    UITZONDERING = 12
    PLEEGGEZIN = 13
    GEZINSLID = 14
    VGB = 15
    EVALUATIE = 16
    GEZINSPLAATSING = 17
    MELDCODESTAP = 18
    OPVOLGSTAP = 19
    ACTIE = 20


_branch = Takvorm(
    "soort",
    {"d1": Date, "d2": Date, "d3": Date, "code": Text, "n1": BigInteger, "n2": BigInteger, "n3": BigInteger},
).tak


def facts_statement(bekend_op: BekendOp, *, one_day: bool = False) -> CompoundSelect[Any]:
    """Return the union over all kinds of facts of the children in ``:kinderen``.

    Events of a plaatsing, and families, are those of plaatsingen not ended on ``:vanaf`` (the peildatum); an
    earlier plaatsing says nothing about sight in this one (``normen.md`` §5). A ``vanaf`` of 0001-01-01 gives all.

    Args:
        bekend_op: what the file said at that moment.
        one_day: for judging on ``:vanaf`` alone: of what counts by being there, only the last one up to that day.
            Half of all rows are visits that a later one has overtaken.
    """
    children = bindparam("kinderen", type_=ARRAY(BigInteger))
    vanaf = bindparam("vanaf", type_=Date)
    own = _plaatsingen(children, vanaf, bekend_op)
    gezinnen = select(own.c.pleeggezin_id).where(own.c.lopend)
    of_plaatsing = _last_of_plaatsing if one_day else _all_of_plaatsing
    return union_all(
        *_child_branches(bekend_op, children),
        _steps_of_before(own, bekend_op),
        _talks(bekend_op).where(_matters(Kindgesprek, own, _SAID, _FACE_TO_FACE)),
        *of_plaatsing(own, vanaf, bekend_op),
        _evaluaties(gezinnen, vanaf, bekend_op, one_day=one_day),
        *_family_branches(bekend_op, gezinnen),
    )


def _plaatsingen(children: Any, vanaf: Any, k: BekendOp) -> CTE:
    """Return the plaatsingen of the children that matter: those not ended on ``vanaf``, and what ended lately.

    Of one that ended, what somebody must act on matters as long as it is open, and what a zichtplan that still runs has
    promised since its first day ``plan_van`` (``normen.md`` §5b).
    """
    lopend = or_(Plaatsing.tot.is_(None), Plaatsing.tot > vanaf)
    plan = (
        select(func.min(Uitzondering.van))
        .where(
            Uitzondering.pleegkind_id == Plaatsing.pleegkind_id,
            Uitzondering.soort == UitzonderingSoort.ZICHTPLAN,
            Uitzondering.herzien_uiterlijk >= vanaf,
            holds(Uitzondering, k),
        )
        .scalar_subquery()
    )
    return (
        select(
            Plaatsing.feit_id,
            Plaatsing.pleegkind_id,
            Plaatsing.pleeggezin_id,
            lopend.label("lopend"),
            plan.label("plan_van"),
        )
        .where(
            Plaatsing.pleegkind_id == func.any(children),
            holds(Plaatsing, k),
            or_(lopend, Plaatsing.tot >= TWEEDE_CATALOGUS),
        )
        .cte("eigen")
    )


#: a talk, and a check, after which somebody must act
_SAID = and_(Kindgesprek.datum >= TWEEDE_CATALOGUS, Kindgesprek.veilig_in_gezin == Veiligheidsgevoel.NEE)
_FOUND = and_(Veiligheidscheck.datum >= TWEEDE_CATALOGUS, Veiligheidscheck.uitkomst != Uitkomst.VEILIG)
_FACE_TO_FACE = Kindgesprek.vorm == GespreksVorm.FYSIEK


def _matters(model: Any, own: CTE, asks_action: Any, is_seen: Any) -> Any:
    """Return that an event is of a plaatsing that runs, or of one that ended and matters still."""
    promised = and_(model.datum >= own.c.plan_van, is_seen)
    return and_(model.plaatsing_id == own.c.feit_id, or_(own.c.lopend, asks_action, promised))


def _all_of_plaatsing(own: CTE, _: Any, k: BekendOp) -> list[Select[Any]]:
    """Return the branches of every check and visit that matters."""
    return [
        _checks(k).where(_matters(Veiligheidscheck, own, _FOUND, Veiligheidscheck.kind_gezien)),
        _visits(k).where(_matters(Huisbezoek, own, false(), Huisbezoek.kind_gezien)),
    ]


def _last_of_plaatsing(own: CTE, op: Any, k: BekendOp) -> list[Select[Any]]:
    """Return the same for one day: the last of each, and the last at which the child was seen; some come twice.

    Of the checks also every one since October 2026: one that asks for action, and one that may answer it.
    """
    lately = Veiligheidscheck.datum >= TWEEDE_CATALOGUS
    last = [
        _last(branch.where(model.plaatsing_id == own.c.feit_id, *seen), model, own, op)
        for branch, model in ((_checks(k), Veiligheidscheck), (_visits(k), Huisbezoek))
        for seen in ((), (model.kind_gezien,))
    ]
    return [*last, _checks(k).where(Veiligheidscheck.plaatsing_id == own.c.feit_id, lately)]


def _checks(k: BekendOp) -> Select[Any]:
    return _branch(
        Soort.VEILIGHEIDSCHECK,
        Veiligheidscheck,
        Veiligheidscheck.plaatsing_id,
        k,
        d1=Veiligheidscheck.datum,
        code=Veiligheidscheck.uitkomst,
        n1=_yes_no(Veiligheidscheck.kind_gezien),
    )


def _visits(k: BekendOp) -> Select[Any]:
    gezien = _yes_no(Huisbezoek.kind_gezien)
    return _branch(Soort.HUISBEZOEK, Huisbezoek, Huisbezoek.plaatsing_id, k, d1=Huisbezoek.datum, n1=gezien)


def _yes_no(column: Any) -> Any:
    """Return 1 or 0; NULL for what was not recorded."""
    return cast(cast(column, Integer), BigInteger)


def _evaluaties(gezinnen: Select[Any], op: Any, k: BekendOp, *, one_day: bool) -> Select[Any]:
    branch = _branch(Soort.EVALUATIE, Evaluatie, Evaluatie.pleeggezin_id, k, d1=Evaluatie.datum)
    if not one_day:
        return branch.where(Evaluatie.pleeggezin_id.in_(gezinnen))
    families = gezinnen.distinct().subquery("gezinnen").c.pleeggezin_id
    return _last(branch.where(Evaluatie.pleeggezin_id == families), Evaluatie, families.table, op)


def _last(branch: Select[Any], model: Any, owners: Any, op: Any) -> Select[Any]:
    """Return the last event of each owner up to a day; of one day the last recorded, as the rule does."""
    last = branch.where(model.datum <= op).order_by(model.datum.desc(), model.feit_id.desc()).limit(1).lateral()
    return select(last).select_from(owners).join(last, literal(value=True))


def _child_branches(k: BekendOp, children: Any) -> list[Select[Any]]:
    """Return the branches whose key is the child."""

    def of_child(soort: Soort, model: Any, day: Any, **columns: Any) -> Select[Any]:
        return _branch(soort, model, model.pleegkind_id, k, d1=day, **columns).where(
            model.pleegkind_id == func.any(children)
        )

    mdo = flags(Casuistiekbespreking.multidisciplinair)
    asks = flags(
        Signaal.vraagt_veiligheidscheck,
        Signaal.calamiteit,
        Signaal.bij_twijfel,
        Signaal.onthulling,
        Signaal.geweld,
        Signaal.letsel,
    )
    about = func.concat_ws(
        literal(" "), Uitzondering.goedkeurder_rol, func.array_to_string(Uitzondering.normen, literal(" "))
    )
    who = {"n1": Uitzondering.opgesteld_door, "n2": Uitzondering.goedgekeurd_door, "n3": Uitzondering.waarneming_dagen}
    lived = {"d2": Plaatsing.tot, "code": Plaatsing.vorm, "n1": Plaatsing.pleeggezin_id}
    return [
        _branch(Soort.PLEEGKIND, Pleegkind, Pleegkind.feit_id, k, d1=Pleegkind.geboortedatum).where(
            Pleegkind.feit_id == func.any(children)
        ),
        of_child(Soort.PLAATSING, Plaatsing, Plaatsing.van, **lived),
        of_child(Soort.MAATREGEL, Maatregel, Maatregel.van, d2=Maatregel.tot, code=Maatregel.soort),
        of_child(Soort.CASUISTIEKBESPREKING, Casuistiekbespreking, Casuistiekbespreking.datum, n1=mdo),
        of_child(Soort.ONTWIKKELBEELD, Ontwikkelbeeld, Ontwikkelbeeld.datum),
        of_child(Soort.HULPVERLENINGSPLAN, Hulpverleningsplan, Hulpverleningsplan.datum),
        of_child(Soort.VERTROUWENSPERSOON, Vertrouwenspersoon, Vertrouwenspersoon.sinds),
        of_child(Soort.PLEEGOUDERVOOGDGESPREK, Pleegoudervoogdgesprek, Pleegoudervoogdgesprek.datum),
        of_child(
            Soort.SIGNAAL,
            Signaal,
            Signaal.bekend_geworden_op,
            d2=Signaal.gemeld_igj_op,
            d3=Signaal.conclusie_op,
            n1=asks,
        ),
        _steps(k, children),
        _answers(Opvolgstap.pleegkind_id, k).where(Opvolgstap.pleegkind_id == func.any(children)),
        of_child(Soort.ACTIE, Actie, Actie.datum, d2=Actie.uiterlijk, d3=Actie.gedaan_op),
        of_child(
            Soort.UITZONDERING, Uitzondering, Uitzondering.van, d2=Uitzondering.herzien_uiterlijk, code=about, **who
        ),
    ]


def _answers(sleutel: Any, k: BekendOp) -> Select[Any]:
    """Return the branch of the steps about an aanleiding: in ``code`` what it is about and which step, its id in n1."""
    what = func.coalesce(Opvolgstap.kindgesprek_id, Opvolgstap.veiligheidscheck_id, Opvolgstap.signaal_id)
    kind_of_it = case(
        (Opvolgstap.kindgesprek_id.is_not(None), literal("kindgesprek ")),
        (Opvolgstap.veiligheidscheck_id.is_not(None), literal("veiligheidscheck ")),
        else_=literal("signaal "),
    )
    return _branch(
        Soort.OPVOLGSTAP, Opvolgstap, sleutel, k, d1=Opvolgstap.datum, code=kind_of_it + Opvolgstap.stap, n1=what
    )


def _steps_of_before(own: CTE, k: BekendOp) -> Select[Any]:
    """Return the steps in the file of whoever a plaatsing was said to be of in another version.

    A step is about an aanleiding: when the plaatsing of a talk or check turns out to be another child's, what was done
    about it was done. Of these the rule takes those about what is the child's now.
    """
    other = aliased(Plaatsing)
    return _answers(own.c.pleegkind_id, k).where(
        other.feit_id == own.c.feit_id,
        other.pleegkind_id != own.c.pleegkind_id,
        Opvolgstap.pleegkind_id == other.pleegkind_id,
    )


def _steps(k: BekendOp, children: Any) -> Select[Any]:
    """Return the steps of the meldcode that are part of the follow-up, on the signalen of the children that hold."""
    return _branch(
        Soort.MELDCODESTAP,
        Meldcodestap,
        Signaal.pleegkind_id,
        k,
        d1=Meldcodestap.datum,
        n1=Meldcodestap.signaal_id,
        n2=Meldcodestap.stap,
    ).where(
        Signaal.feit_id == Meldcodestap.signaal_id,
        Signaal.pleegkind_id == func.any(children),
        holds(Signaal, k),
        Meldcodestap.stap.in_([literal_column(str(stap)) for stap in sorted(MELDCODE)]),
    )


#: what the child says of this family: the place in ``Veiligheidsgevoel``; NULL for what was not recorded
_SAFE_AT_HOME = case(
    *((Kindgesprek.veilig_in_gezin == item, literal_column(str(n))) for n, item in enumerate(Veiligheidsgevoel)),
    else_=null(),
)


def _talks(k: BekendOp) -> Select[Any]:
    """Return the branch of the talks; which of them count is for the rule to say."""
    return _branch(
        Soort.KINDGESPREK,
        Kindgesprek,
        Kindgesprek.plaatsing_id,
        k,
        d1=Kindgesprek.datum,
        code=Kindgesprek.vorm,
        n2=_SAFE_AT_HOME,
        n1=flags(Kindgesprek.doorgegaan, Kindgesprek.alleen, Kindgesprek.veiligheid_besproken),
    )


def _family_branches(k: BekendOp, gezinnen: Select[Any]) -> list[Select[Any]]:
    """Return the branches of the families of the children."""
    lid_van_gezin = select(Gezinslid.feit_id).where(Gezinslid.pleeggezin_id.in_(gezinnen))
    return [
        _branch(
            Soort.PLEEGGEZIN,
            Pleeggezin,
            Pleeggezin.feit_id,
            k,
            d1=Pleeggezin.pleegcontract_op,
            code=Pleeggezin.soort,
        ).where(Pleeggezin.feit_id.in_(gezinnen)),
        _branch(
            Soort.GEZINSLID,
            Gezinslid,
            Gezinslid.pleeggezin_id,
            k,
            d1=Gezinslid.geboortedatum,
            d2=Gezinslid.inwonend_sinds,
            d3=Gezinslid.inwonend_tot,
            code=Gezinslid.rol,
        ).where(Gezinslid.pleeggezin_id.in_(gezinnen)),
        _branch(
            Soort.VGB, Vgb, Vgb.gezinslid_id, k, d1=Vgb.datum, d2=Vgb.herscreening_uiterlijk, code=Vgb.status
        ).where(Vgb.gezinslid_id.in_(lid_van_gezin)),
        _branch(
            Soort.GEZINSPLAATSING,
            Plaatsing,
            Plaatsing.pleeggezin_id,
            k,
            d1=Plaatsing.van,
            d2=Plaatsing.tot,
            code=Plaatsing.zorgvorm,
        ).where(Plaatsing.pleeggezin_id.in_(gezinnen)),
    ]


_STATEMENTS = {
    (then, one_day): FastStatement(facts_statement(bindparam("bekend_op") if then else None, one_day=one_day))
    for then in (False, True)
    for one_day in (False, True)
}


def facts_for(bekend_op: datetime | None, *, one_day: bool = False) -> tuple[FastStatement, dict[str, Any]]:
    """Return the statement for a moment of knowledge, with the parameters that it adds."""
    then = bekend_op is not None
    return _STATEMENTS[then, one_day], {"bekend_op": bekend_op} if then else {}

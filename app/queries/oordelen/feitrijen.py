"""The facts of given children in one statement, as the rows that ``app.queries.oordelen.dossiers`` assembles.

One UNION ALL over every kind of fact: a page of the caseload, one dossier and a national run take the same single
query. All columns but ``soort``, ``sleutel`` and ``id`` mean something else per branch;
``app.queries.oordelen.dossiers`` reads each branch in one place.
"""

from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Date,
    Select,
    Text,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.db.statement import FastStatement
from app.models import (
    Casuistiekbespreking,
    Evaluatie,
    Gezinslid,
    Huisbezoek,
    Hulpverleningsplan,
    Kindgesprek,
    Maatregel,
    Ontwikkelbeeld,
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
from app.queries.oordelen.branches import Takvorm, flags


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


_branch = Takvorm("soort", {"d1": Date, "d2": Date, "d3": Date, "code": Text, "n1": BigInteger, "n2": BigInteger}).tak


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
    own = (
        select(Plaatsing.feit_id, Plaatsing.pleeggezin_id)
        .where(
            Plaatsing.pleegkind_id == func.any(children),
            holds(Plaatsing, bekend_op),
            or_(Plaatsing.tot.is_(None), Plaatsing.tot > vanaf),
        )
        .cte("eigen")
    )
    plaatsingen, gezinnen = select(own.c.feit_id), select(own.c.pleeggezin_id)
    families = gezinnen.distinct().subquery("gezinnen").c.pleeggezin_id
    several: list[tuple[Soort, Any, Any, Any, Any]] = [
        (Soort.VEILIGHEIDSCHECK, Veiligheidscheck, Veiligheidscheck.plaatsing_id, own.c.feit_id, plaatsingen),
        (Soort.HUISBEZOEK, Huisbezoek, Huisbezoek.plaatsing_id, own.c.feit_id, plaatsingen),
        (Soort.EVALUATIE, Evaluatie, Evaluatie.pleeggezin_id, families, gezinnen),
    ]
    return union_all(
        *_child_branches(bekend_op, children),
        _talks(bekend_op).where(Kindgesprek.plaatsing_id.in_(plaatsingen)),
        *(
            _last_branch(soort, model, sleutel, bekend_op, owners, vanaf)
            if one_day
            else _branch(soort, model, sleutel, bekend_op, d1=model.datum).where(sleutel.in_(listed))
            for soort, model, sleutel, owners, listed in several
        ),
        *_family_branches(bekend_op, gezinnen),
    )


def _last_branch(soort: Soort, model: Any, sleutel: Any, k: BekendOp, owners: Any, op: Any) -> Select[Any]:
    """Return the branch of the last event of each owner up to a day; of one day the last recorded, as the rule does."""
    last = (
        _branch(soort, model, sleutel, k, d1=model.datum)
        .where(sleutel == owners, model.datum <= op)
        .order_by(model.datum.desc(), model.feit_id.desc())
        .limit(1)
        .lateral()
    )
    return select(last).select_from(owners.table).join(last, literal(value=True))


def _child_branches(k: BekendOp, children: Any) -> list[Select[Any]]:
    """Return the branches whose key is the child."""

    def of_child(soort: Soort, model: Any, day: Any, **columns: Any) -> Select[Any]:
        return _branch(soort, model, model.pleegkind_id, k, d1=day, **columns).where(
            model.pleegkind_id == func.any(children)
        )

    mdo = flags(Casuistiekbespreking.multidisciplinair)
    asks = flags(Signaal.vraagt_veiligheidscheck, Signaal.calamiteit, Signaal.bij_twijfel)
    about = func.concat_ws(
        literal(" "), Uitzondering.goedkeurder_rol, func.array_to_string(Uitzondering.normen, literal(" "))
    )
    who = {"n1": Uitzondering.opgesteld_door, "n2": Uitzondering.goedgekeurd_door}
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
        of_child(Soort.SIGNAAL, Signaal, Signaal.bekend_geworden_op, d2=Signaal.gemeld_igj_op, n1=asks),
        of_child(
            Soort.UITZONDERING, Uitzondering, Uitzondering.van, d2=Uitzondering.herzien_uiterlijk, code=about, **who
        ),
    ]


def _talks(k: BekendOp) -> Select[Any]:
    """Return the branch of the talks; which of them count is for the rule to say."""
    return _branch(
        Soort.KINDGESPREK,
        Kindgesprek,
        Kindgesprek.plaatsing_id,
        k,
        d1=Kindgesprek.datum,
        code=Kindgesprek.vorm,
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
        _branch(Soort.GEZINSPLAATSING, Plaatsing, Plaatsing.pleeggezin_id, k, d1=Plaatsing.van, d2=Plaatsing.tot).where(
            Plaatsing.pleeggezin_id.in_(gezinnen)
        ),
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

"""The facts behind ruisfactoren in one statement, as the rows that ``app.queries.ruisfactoren.factoren`` assembles.

One UNION ALL, like ``app.queries.oordelen.feitrijen``: a page, a list and a national run take the same single query.
What the columns of each branch are, ``app.queries.ruisfactoren.feitvorm`` says.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    CompoundSelect,
    Date,
    DateTime,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.db.rows import Rows
from app.db.statement import FastStatement
from app.models import (
    Begeleiding,
    Huisbezoek,
    Kindgesprek,
    Maatregel,
    Meldcodestap,
    Opvolgstap,
    Plaatsing,
    Pleegkind,
    Ruisscore,
    Signaal,
    Veiligheidscheck,
)
from app.models.periode import runs_after
from app.models.versions import BekendOp, holds
from app.queries.oordelen.branches import flags
from app.queries.oordelen.kindrijen import is_of_before, is_on_signaal
from app.queries.ruisfactoren.feitvorm import RUISFEITEN, RuisBranch
from app.terms import Veiligheidsgevoel

_KINDEREN = bindparam("kinderen", type_=ARRAY(BigInteger))
_VANAF = bindparam("vanaf", type_=Date)
_SINDS = bindparam("sinds", type_=Date)


def ruis_statement(k: BekendOp) -> CompoundSelect[Any]:
    """Return the union over everything that ruisfactoren of ``:kinderen`` need.

    Families, visits and begeleidingen are those of plaatsingen not ended on ``:vanaf`` (the earliest peildatum); visits
    and signalen are those since ``:sinds``, and every onthulling. Of any plaatsing there is every visit and check at
    which the child was seen.
    """
    own = (
        select(Plaatsing.feit_id, Plaatsing.pleegkind_id, Plaatsing.pleeggezin_id, Plaatsing.tot)
        .where(Plaatsing.pleegkind_id == func.any(_KINDEREN), holds(Plaatsing, k))
        .cte("eigen")
    )
    running = runs_after(own.c, _VANAF)
    return union_all(
        *_of_child(k),
        _steps_of_before(own, k),
        *_of_plaatsing(k, select(own.c.feit_id), select(own.c.feit_id).where(running)),
        *_of_family(k, select(own.c.pleeggezin_id).where(running)),
    )


def _of_child(k: BekendOp) -> list[Rows]:
    """Return the branches whose key is the child."""
    return [
        RUISFEITEN.branch(RuisBranch.PLEEGKIND, Pleegkind, Pleegkind.feit_id, k).where(
            Pleegkind.feit_id == func.any(_KINDEREN),
            Pleegkind.organisatie_id == bindparam("organisatie", type_=BigInteger),
        ),
        RUISFEITEN.branch(
            RuisBranch.PLAATSING,
            Plaatsing,
            Plaatsing.pleegkind_id,
            k,
            van=Plaatsing.van,
            tot=Plaatsing.tot,
            vorm=Plaatsing.vorm,
            pleeggezin_id=Plaatsing.pleeggezin_id,
        ).where(Plaatsing.pleegkind_id == func.any(_KINDEREN)),
        RUISFEITEN.branch(
            RuisBranch.MAATREGEL,
            Maatregel,
            Maatregel.pleegkind_id,
            k,
            van=Maatregel.van,
            tot=Maatregel.tot,
            soort=Maatregel.soort,
            jeugdbeschermer=Maatregel.jeugdbeschermer,
        ).where(Maatregel.pleegkind_id == func.any(_KINDEREN)),
        RUISFEITEN.branch(
            RuisBranch.RUISSCORE,
            Ruisscore,
            Ruisscore.pleegkind_id,
            k,
            datum=Ruisscore.datum,
            geldt_tot=Ruisscore.geldt_tot,
            code=Ruisscore.code,
        ).where(Ruisscore.pleegkind_id == func.any(_KINDEREN), Ruisscore.geldt_tot > _VANAF),
        _steps(k),
        _answers(Opvolgstap.pleegkind_id, k).where(
            Opvolgstap.pleegkind_id == func.any(_KINDEREN), Opvolgstap.veiligheidscheck_id.is_(None)
        ),
    ]


def _answers(sleutel: Any, k: BekendOp) -> Rows:
    return RUISFEITEN.branch(
        RuisBranch.OPVOLGSTAP,
        Opvolgstap,
        sleutel,
        k,
        datum=Opvolgstap.datum,
        kindgesprek_id=Opvolgstap.kindgesprek_id,
        signaal_id=Opvolgstap.signaal_id,
    )


def _steps_of_before(own: CTE, k: BekendOp) -> Rows:
    """Return the steps about talks in the file of whoever a plaatsing was said to be of in another version."""
    return _answers(own.c.pleegkind_id, k).where(is_of_before(own), Opvolgstap.kindgesprek_id.is_not(None))


def _steps(k: BekendOp) -> Rows:
    """Return the steps of the meldcode on every signaal about the children that itself holds, however old."""
    return RUISFEITEN.branch(
        RuisBranch.MELDCODESTAP,
        Meldcodestap,
        Signaal.pleegkind_id,
        k,
        datum=Meldcodestap.datum,
        signaal_id=Meldcodestap.signaal_id,
    ).where(is_on_signaal(k, func.any(_KINDEREN)))


def _of_plaatsing(k: BekendOp, alle: Rows, lopend: Rows) -> list[Rows]:
    """Return the branches whose key is the plaatsing.

    Every talk that took place, however old: picking the last one before a day costs more than it saves.
    """
    unsafe = func.coalesce(Kindgesprek.kind_voelde_zich_veilig == Veiligheidsgevoel.NEE, false())
    unsafe_home = func.coalesce(Kindgesprek.veilig_in_gezin == Veiligheidsgevoel.NEE, false())
    talk = RUISFEITEN.branch(
        RuisBranch.KINDGESPREK,
        Kindgesprek,
        Kindgesprek.plaatsing_id,
        k,
        datum=Kindgesprek.datum,
        vorm=Kindgesprek.vorm,
        gezegd=flags(Kindgesprek.alleen, Kindgesprek.veiligheid_besproken, unsafe, unsafe_home),
    )
    seen = flags(func.coalesce(Huisbezoek.kind_gezien, false()))
    visit = RUISFEITEN.branch(
        RuisBranch.HUISBEZOEK, Huisbezoek, Huisbezoek.plaatsing_id, k, datum=Huisbezoek.datum, kind_gezien=seen
    )
    check = RUISFEITEN.branch(
        RuisBranch.VEILIGHEIDSCHECK, Veiligheidscheck, Veiligheidscheck.plaatsing_id, k, datum=Veiligheidscheck.datum
    )
    guide = RUISFEITEN.branch(
        RuisBranch.BEGELEIDING,
        Begeleiding,
        Begeleiding.plaatsing_id,
        k,
        van=Begeleiding.van,
        tot=Begeleiding.tot,
        wie=Begeleiding.medewerker_id,
    )
    return [
        talk.where(Kindgesprek.plaatsing_id.in_(alle), Kindgesprek.doorgegaan),
        visit.where(
            Huisbezoek.plaatsing_id.in_(alle),
            or_(
                Huisbezoek.kind_gezien.is_(True), and_(Huisbezoek.plaatsing_id.in_(lopend), Huisbezoek.datum >= _SINDS)
            ),
        ),
        check.where(Veiligheidscheck.plaatsing_id.in_(alle), Veiligheidscheck.kind_gezien.is_(True)),
        guide.where(Begeleiding.plaatsing_id.in_(lopend)),
    ]


def _of_family(k: BekendOp, gezinnen: Rows) -> list[Rows]:
    """Return every child that ever lived in the families, and the signalen about those children and the own ones."""
    there = RUISFEITEN.branch(
        RuisBranch.GEZINSPLAATSING,
        Plaatsing,
        Plaatsing.pleeggezin_id,
        k,
        van=Plaatsing.van,
        tot=Plaatsing.tot,
        eindreden=Plaatsing.eindreden,
        pleegkind_id=Plaatsing.pleegkind_id,
    )
    signal = RUISFEITEN.branch(
        RuisBranch.SIGNAAL,
        Signaal,
        Signaal.pleegkind_id,
        k,
        datum=Signaal.datum,
        bekend_geworden_op=Signaal.bekend_geworden_op,
        soort=Signaal.soort,
        onthulling=flags(Signaal.onthulling),
    )
    kring = union_all(
        select(func.unnest(_KINDEREN)),
        select(Plaatsing.pleegkind_id).where(Plaatsing.pleeggezin_id.in_(gezinnen), holds(Plaatsing, k)),
    )
    return [
        there.where(Plaatsing.pleeggezin_id.in_(gezinnen)),
        signal.where(Signaal.pleegkind_id.in_(kring), or_(Signaal.onthulling, Signaal.bekend_geworden_op >= _SINDS)),
    ]


_NOW = FastStatement(ruis_statement(None))
_THEN = FastStatement(ruis_statement(bindparam("bekend_op", type_=DateTime(timezone=True))))


def ruis_rows_for(bekend_op: datetime | None) -> tuple[FastStatement, dict[str, Any]]:
    """Return the statement for a moment of knowledge, with the parameters that it adds."""
    return (_NOW, {}) if bekend_op is None else (_THEN, {"bekend_op": bekend_op})

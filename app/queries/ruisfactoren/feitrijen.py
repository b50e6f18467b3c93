"""The facts behind ruisfactoren in one statement, as the rows that ``app.queries.ruisfactoren.factoren`` assembles.

One UNION ALL, like ``app.queries.oordelen.feitrijen``: a page, a list and a national run take the same single query.
Columns mean something else per branch.
"""

from datetime import datetime
from enum import IntEnum
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    CompoundSelect,
    Date,
    DateTime,
    Select,
    Text,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

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
from app.models.versions import BekendOp, holds
from app.queries.oordelen.branches import Takvorm, flags
from app.terms import Veiligheidsgevoel


class RuisRij(IntEnum):
    """Which branch a row comes from."""

    PLEEGKIND = 0
    PLAATSING = 1
    KINDGESPREK = 2
    HUISBEZOEK = 3
    BEGELEIDING = 4
    MAATREGEL = 5
    GEZINSPLAATSING = 6
    SIGNAAL = 7
    MELDCODESTAP = 8
    RUISSCORE = 9
    VEILIGHEIDSCHECK = 10
    OPVOLGSTAP = 11


_branch = Takvorm("rij", {"d1": Date, "d2": Date, "code": Text, "n1": BigInteger, "n2": BigInteger}).tak
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
    running = or_(own.c.tot.is_(None), own.c.tot > _VANAF)
    return union_all(
        *_of_child(k),
        _steps_of_before(own, k),
        *_of_plaatsing(k, select(own.c.feit_id), select(own.c.feit_id).where(running)),
        *_of_family(k, select(own.c.pleeggezin_id).where(running)),
    )


def _of_child(k: BekendOp) -> list[Select[Any]]:
    """Return the branches whose key is the child."""
    return [
        _branch(RuisRij.PLEEGKIND, Pleegkind, Pleegkind.feit_id, k).where(
            Pleegkind.feit_id == func.any(_KINDEREN),
            Pleegkind.organisatie_id == bindparam("organisatie", type_=BigInteger),
        ),
        _branch(
            RuisRij.PLAATSING,
            Plaatsing,
            Plaatsing.pleegkind_id,
            k,
            d1=Plaatsing.van,
            d2=Plaatsing.tot,
            code=Plaatsing.vorm,
            n1=Plaatsing.pleeggezin_id,
        ).where(Plaatsing.pleegkind_id == func.any(_KINDEREN)),
        _branch(
            RuisRij.MAATREGEL,
            Maatregel,
            Maatregel.pleegkind_id,
            k,
            d1=Maatregel.van,
            d2=Maatregel.tot,
            code=func.concat_ws(" ", Maatregel.soort, Maatregel.jeugdbeschermer),
        ).where(Maatregel.pleegkind_id == func.any(_KINDEREN)),
        _branch(
            RuisRij.RUISSCORE,
            Ruisscore,
            Ruisscore.pleegkind_id,
            k,
            d1=Ruisscore.datum,
            d2=Ruisscore.geldt_tot,
            code=Ruisscore.code,
        ).where(Ruisscore.pleegkind_id == func.any(_KINDEREN), Ruisscore.geldt_tot > _VANAF),
        _steps(k),
        _answers(Opvolgstap.pleegkind_id, k).where(
            Opvolgstap.pleegkind_id == func.any(_KINDEREN), Opvolgstap.veiligheidscheck_id.is_(None)
        ),
    ]


def _answers(sleutel: Any, k: BekendOp) -> Select[Any]:
    return _branch(
        RuisRij.OPVOLGSTAP,
        Opvolgstap,
        sleutel,
        k,
        d1=Opvolgstap.datum,
        n1=Opvolgstap.kindgesprek_id,
        n2=Opvolgstap.signaal_id,
    )


def _steps_of_before(own: CTE, k: BekendOp) -> Select[Any]:
    """Return the steps about talks in the file of whoever a plaatsing was said to be of in another version."""
    other = aliased(Plaatsing)
    return _answers(own.c.pleegkind_id, k).where(
        other.feit_id == own.c.feit_id,
        other.pleegkind_id != own.c.pleegkind_id,
        Opvolgstap.pleegkind_id == other.pleegkind_id,
        Opvolgstap.kindgesprek_id.is_not(None),
    )


def _steps(k: BekendOp) -> Select[Any]:
    """Return the steps of the meldcode on every signaal about the children that itself holds, however old."""
    return _branch(
        RuisRij.MELDCODESTAP,
        Meldcodestap,
        Signaal.pleegkind_id,
        k,
        d1=Meldcodestap.datum,
        n1=Meldcodestap.signaal_id,
    ).where(
        Signaal.feit_id == Meldcodestap.signaal_id,
        Signaal.pleegkind_id == func.any(_KINDEREN),
        holds(Signaal, k),
    )


def _of_plaatsing(k: BekendOp, alle: Select[Any], lopend: Select[Any]) -> list[Select[Any]]:
    """Return the branches whose key is the plaatsing.

    Every talk that took place, however old: picking the last one before a day costs more than it saves.
    """
    unsafe = func.coalesce(Kindgesprek.kind_voelde_zich_veilig == Veiligheidsgevoel.NEE, false())
    unsafe_home = func.coalesce(Kindgesprek.veilig_in_gezin == Veiligheidsgevoel.NEE, false())
    talk = _branch(
        RuisRij.KINDGESPREK,
        Kindgesprek,
        Kindgesprek.plaatsing_id,
        k,
        d1=Kindgesprek.datum,
        code=Kindgesprek.vorm,
        n1=flags(Kindgesprek.alleen, Kindgesprek.veiligheid_besproken, unsafe, unsafe_home),
    )
    seen = flags(func.coalesce(Huisbezoek.kind_gezien, false()))
    visit = _branch(RuisRij.HUISBEZOEK, Huisbezoek, Huisbezoek.plaatsing_id, k, d1=Huisbezoek.datum, n1=seen)
    check = _branch(
        RuisRij.VEILIGHEIDSCHECK, Veiligheidscheck, Veiligheidscheck.plaatsing_id, k, d1=Veiligheidscheck.datum
    )
    guide = _branch(
        RuisRij.BEGELEIDING,
        Begeleiding,
        Begeleiding.plaatsing_id,
        k,
        d1=Begeleiding.van,
        d2=Begeleiding.tot,
        n1=Begeleiding.medewerker_id,
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


def _of_family(k: BekendOp, gezinnen: Select[Any]) -> list[Select[Any]]:
    """Return every child that ever lived in the families, and the signalen about those children and the own ones."""
    there = _branch(
        RuisRij.GEZINSPLAATSING,
        Plaatsing,
        Plaatsing.pleeggezin_id,
        k,
        d1=Plaatsing.van,
        d2=Plaatsing.tot,
        code=Plaatsing.eindreden,
        n1=Plaatsing.pleegkind_id,
    )
    signal = _branch(
        RuisRij.SIGNAAL,
        Signaal,
        Signaal.pleegkind_id,
        k,
        d1=Signaal.datum,
        d2=Signaal.bekend_geworden_op,
        code=Signaal.soort,
        n1=flags(Signaal.onthulling),
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

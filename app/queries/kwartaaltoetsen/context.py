"""What a row of an audit says beside the judgements: who, which team and GI, how much was recorded late, by how many.

One statement for a batch of children, each with its own plaatsing and peildatum.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    CTE,
    BigInteger,
    Column,
    Date,
    DateTime,
    Subquery,
    and_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from app.db.rows import Lateral, Parameters, Rows
from app.db.statement import FastStatement
from app.models import (
    Begeleiding,
    Huisbezoek,
    Kindgesprek,
    Maatregel,
    Medewerker,
    Plaatsing,
    Pleeggezin,
    Pleegkind,
    Team,
    Veiligheidscheck,
)
from app.models.periode import runs_on
from app.models.soorten import Eigenaar, FeitSoort
from app.models.teams import in_team_on, team_name_on
from app.models.versions import BekendOp, holds
from app.queries.feiten.late_registratie import LATE_SOORTEN, is_late


class Toetscontext(NamedTuple):
    """One child's row, by its outside names; the ids of ``begeleider`` and ``team`` are keys inside."""

    pleegkind_id: int
    pleegkind: tuple[UUID, str]
    geboortedatum: date
    plaatsing: tuple[UUID, str]
    zorgvorm: str
    pleeggezin: tuple[UUID, str]
    begeleider_id: int | None
    begeleider: tuple[UUID, str] | None
    team_id: int | None
    team: tuple[UUID, str] | None
    gi: str | None
    late_registraties: int
    professionals: int


def load_context(
    session: Session,
    rijen: Sequence[tuple[int, int, date]],
    eerste_dag: date,
    bekend_op: datetime | None,
) -> dict[int, Toetscontext]:
    """Return the context of each row, by child.

    Args:
        session: reads.
        rijen: child, plaatsing (feit_ids) and peildatum of each.
        eerste_dag: of the quarter; late registrations are counted from there.
        bekend_op: what the file said at that moment; None for now.
    """
    kinderen, plaatsingen, peildata = zip(*rijen, strict=True)
    then: Parameters = {} if bekend_op is None else {"bekend_op": bekend_op}
    rows = _STATEMENTS[bekend_op is not None].rows(
        session,
        kinderen=list(kinderen),
        plaatsingen=list(plaatsingen),
        peildata=list(peildata),
        eerste_dag=eerste_dag,
        **then,
    )
    return {row.kind: _read(row) for row in map(_Column._make, rows)}


class _Column(NamedTuple):
    """The columns of the statement, and the values of one row of it: the same names in the same order."""

    kind: Any
    kind_uid: Any
    kind_nummer: Any
    geboortedatum: Any
    plaatsing_uid: Any
    plaatsing_nummer: Any
    zorgvorm: Any
    gezin_uid: Any
    gezin_nummer: Any
    begeleider: Any
    begeleider_uid: Any
    begeleider_nummer: Any
    team: Any
    team_uid: Any
    team_naam: Any
    gi: Any
    late_registraties: Any
    professionals: Any


def _read(row: _Column) -> Toetscontext:
    return Toetscontext(
        pleegkind_id=row.kind,
        pleegkind=(row.kind_uid, row.kind_nummer),
        geboortedatum=row.geboortedatum,
        plaatsing=(row.plaatsing_uid, row.plaatsing_nummer),
        zorgvorm=row.zorgvorm,
        pleeggezin=(row.gezin_uid, row.gezin_nummer),
        begeleider_id=row.begeleider,
        begeleider=(row.begeleider_uid, row.begeleider_nummer) if row.begeleider else None,
        team_id=row.team,
        team=(row.team_uid, row.team_naam) if row.team else None,
        gi=row.gi,
        late_registraties=row.late_registraties,
        professionals=row.professionals,
    )


# What is given: a row per child.
_RIJ = (
    func.unnest(
        bindparam("kinderen", type_=ARRAY(BigInteger)),
        bindparam("plaatsingen", type_=ARRAY(BigInteger)),
        bindparam("peildata", type_=ARRAY(Date)),
    )
    .table_valued(Column("kind", BigInteger), Column("plaatsing", BigInteger), Column("peildatum", Date))
    .render_derived(name="rij")
)
_EERSTE_DAG = bindparam("eerste_dag", type_=Date)


def _begeleider(k: BekendOp) -> Lateral:
    """Select the begeleider of the plaatsing on the peildatum: of several the latest van, then the highest nummer."""
    return (
        select(Begeleiding.medewerker_id)
        .where(
            Begeleiding.plaatsing_id == _RIJ.c.plaatsing, runs_on(Begeleiding, _RIJ.c.peildatum), holds(Begeleiding, k)
        )
        .order_by(Begeleiding.van.desc(), Begeleiding.nummer.desc())
        .limit(1)
        .lateral("begeleider")
    )


def _gi(k: BekendOp) -> Lateral:
    """Select the GI of the maatregel on the peildatum; of several the latest."""
    return (
        select(Maatregel.gi)
        .where(
            Maatregel.pleegkind_id == _RIJ.c.kind,
            runs_on(Maatregel, _RIJ.c.peildatum),
            holds(Maatregel, k),
            Maatregel.gi.is_not(None),
        )
        .order_by(Maatregel.van.desc(), Maatregel.nummer.desc())
        .limit(1)
        .lateral("van_gi")
    )


def _own_plaatsingen(k: BekendOp) -> CTE:
    """Select every plaatsing of a row's child, whenever; whose it is, a correction may have changed."""
    return (
        select(_RIJ.c.kind, _RIJ.c.peildatum, Plaatsing.feit_id.label("plaatsing"))
        .select_from(_RIJ)
        .join(Plaatsing, and_(Plaatsing.pleegkind_id == _RIJ.c.kind, holds(Plaatsing, k)))
        .cte("eigen")
    )


def _late(k: BekendOp, eigen: CTE) -> Subquery:
    """Count per child what was dated in the quarter up to the peildatum and recorded late."""
    found = union_all(*(_late_of(soort, k, eigen) for soort in LATE_SOORTEN)).subquery("laat_vastgelegd")
    return select(found.c.kind, func.count().label("aantal")).group_by(found.c.kind).subquery("laat")


def _late_of(soort: FeitSoort, k: BekendOp, eigen: CTE) -> Rows:
    """Select the child of each late registration of one kind."""
    model: Any = soort.model
    of_kind = soort.eigenaar is Eigenaar.PLEEGKIND
    rows: Any = _RIJ if of_kind else eigen
    own = model.pleegkind_id == rows.c.kind if of_kind else model.plaatsing_id == rows.c.plaatsing
    return (
        select(rows.c.kind)
        .select_from(rows)
        .join(model, own)
        .where(model.datum.between(_EERSTE_DAG, rows.c.peildatum), holds(model, k), is_late(soort, model, model.datum))
    )


def _professionals(k: BekendOp, eigen: CTE) -> Subquery:
    """Count per child the medewerkers of talks that took place, visits and checks in the last twelve months."""
    since = eigen.c.peildatum - func.make_interval(0, 12)

    def seen(model: Any, *more: Any) -> Rows:
        return (
            select(eigen.c.kind, model.medewerker_id)
            .select_from(eigen)
            .join(model, model.plaatsing_id == eigen.c.plaatsing)
            .where(model.datum > since, model.datum <= eigen.c.peildatum, holds(model, k), *more)
        )

    found = union_all(seen(Kindgesprek, Kindgesprek.doorgegaan), seen(Huisbezoek), seen(Veiligheidscheck))
    wie = found.subquery("gezien_door")
    counted = select(wie.c.kind, func.count(wie.c.medewerker_id.distinct()).label("aantal"))
    return counted.group_by(wie.c.kind).subquery("professionals")


def _statement(k: BekendOp) -> Rows:
    """Build the statement for one moment of knowledge."""
    begeleider, gi, eigen = _begeleider(k), _gi(k), _own_plaatsingen(k)
    late, professionals = _late(k, eigen), _professionals(k, eigen)
    kind_nu, plaatsing_nu, lid = aliased(Pleegkind), aliased(Plaatsing), aliased(Medewerker)
    # The version with id = feit_id is the first: its uid and nummer are those of all.
    columns = _Column(
        kind=_RIJ.c.kind,
        kind_uid=Pleegkind.uid,
        kind_nummer=Pleegkind.nummer,
        geboortedatum=kind_nu.geboortedatum,
        plaatsing_uid=Plaatsing.uid,
        plaatsing_nummer=Plaatsing.nummer,
        zorgvorm=plaatsing_nu.zorgvorm,
        gezin_uid=Pleeggezin.uid,
        gezin_nummer=Pleeggezin.nummer,
        begeleider=begeleider.c.medewerker_id,
        begeleider_uid=Medewerker.uid,
        begeleider_nummer=Medewerker.nummer,
        team=Team.id,
        team_uid=Team.uid,
        team_naam=team_name_on(Team, _RIJ.c.peildatum, k),
        gi=gi.c.gi,
        late_registraties=func.coalesce(late.c.aantal, 0),
        professionals=func.coalesce(professionals.c.aantal, 0),
    )
    return (
        select(*columns)
        .select_from(_RIJ)
        .join(Pleegkind, Pleegkind.id == _RIJ.c.kind)
        .join(kind_nu, and_(kind_nu.feit_id == _RIJ.c.kind, holds(kind_nu, k)))
        .join(Plaatsing, Plaatsing.id == _RIJ.c.plaatsing)
        .join(plaatsing_nu, and_(plaatsing_nu.feit_id == _RIJ.c.plaatsing, holds(plaatsing_nu, k)))
        .join(Pleeggezin, Pleeggezin.id == plaatsing_nu.pleeggezin_id)
        .outerjoin(late, late.c.kind == _RIJ.c.kind)
        .outerjoin(professionals, professionals.c.kind == _RIJ.c.kind)
        .outerjoin(begeleider, literal(value=True))
        .outerjoin(Medewerker, Medewerker.id == begeleider.c.medewerker_id)
        .outerjoin(lid, and_(lid.feit_id == begeleider.c.medewerker_id, in_team_on(lid, _RIJ.c.peildatum, k)))
        .outerjoin(Team, Team.id == lid.team_id)
        .outerjoin(gi, literal(value=True))
    )


_STATEMENTS = {
    False: FastStatement(_statement(None)),
    True: FastStatement(_statement(bindparam("bekend_op", type_=DateTime(timezone=True)))),
}

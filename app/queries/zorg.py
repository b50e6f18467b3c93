"""Where children live on a day, in whose family, and who guides them there: what stands beside a name in every list."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Date, Uuid, bindparam, case, exists, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Reach, Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.rows import Expression, Lateral, Rows
from app.db.statement import FastStatement
from app.lib.naamvorm import naam_order
from app.models import Afwezigheid, Medewerker, Plaatsing, Pleeggezin, Pleegkind, Team, Uitstel
from app.models.afwezigheid import is_absent_on
from app.models.periode import Dag, runs_on
from app.models.teams import team_name_on, team_on
from app.models.versions import holds, newest
from app.queries.begeleiders import begeleider_on
from app.queries.pleeggezinnen import visible_pleeggezinnen
from app.queries.uitstellen import is_put_off_on
from app.terms import PlaatsingVorm

_DAG = bindparam("dag", type_=Date)


@dataclass(frozen=True, slots=True)
class Zorg:
    """A child, and where and with whom it is on a day.

    Of several plaatsingen the one that an audit would take: voltijd before deeltijd, then the latest. The plaatsing is
    None for a child that lives nowhere on that day, the begeleider where nobody guides it, and the family where the
    reader may not see it. Who guided it and works here no longer is ``vertrokken_begeleider``; the team is theirs then.
    Who covers for a begeleider that is absent is ``vervanger``. Whether anything about it is put off that day
    is ``uitstel``: where nothing is, nobody need look what.
    """

    uid: UUID
    nummer: str
    roepnaam: str
    achternaam: str
    geboortedatum: date
    plaatsing_uid: UUID | None
    plaatsing_van: date | None
    plaatsing_tot: date | None
    vorm: PlaatsingVorm | None
    gezin_uid: UUID | None
    gezin_naam: str | None
    begeleider_uid: UUID | None
    begeleider_naam: str | None
    begeleider_sinds: date | None
    vertrokken_begeleider_uid: UUID | None
    vertrokken_begeleider_naam: str | None
    vervanger_uid: UUID | None
    vervanger_naam: str | None
    team_uid: UUID | None
    team_naam: str | None
    uitstel: bool

    @property
    def zonder_begeleider(self) -> bool:
        """It lives somewhere, and nobody guides it."""
        return self.plaatsing_uid is not None and self.begeleider_uid is None

    @property
    def naam(self) -> str:
        """The name as people say it."""
        return f"{self.roepnaam} {self.achternaam}"

    @property
    def op_naam(self) -> tuple[str, str, str]:
        """Where it stands in a list of names."""
        return naam_order(self.achternaam, self.roepnaam)


def read_zorg(
    session: Session, actor: Actor, kinderen: Sequence[int], dag: date, vandaag: date, *, listed: bool = False
) -> dict[int, Zorg]:
    """Return where given children are (feit_ids that the actor was found to see); one statement.

    Args:
        session: reads.
        actor: who asks.
        kinderen: the children.
        dag: the day.
        vandaag: today.
        listed: they are in the actor's lists; the families where such children live today are theirs to see too
            (``visible_pleeggezinnen``), and are not looked for once more.
    """
    statement = _statement(scope_of(actor), at_home=listed and dag == vandaag)
    rows = statement.rows(session, **scope_parameters(actor, vandaag), kinderen=list(kinderen), dag=dag)
    return {key: Zorg(*columns) for key, *columns in rows}


def read_zorg_of(session: Session, actor: Actor, uids: Sequence[UUID], vandaag: date) -> list[Zorg]:
    """Return the same today for children by uid, of which only those within the actor's reach."""
    if not uids:
        return []
    rows = _statement_of(scope_of(actor)).rows(
        session, **scope_parameters(actor, vandaag), uids=list(uids), dag=vandaag
    )
    return [Zorg(*columns) for _, *columns in rows]


def home_and_guide(dag: Dag) -> tuple[Lateral, Lateral]:
    """Return, to join to ``Pleegkind``, the one plaatsing that is its home on a day, and ``begeleider_on``."""
    lives = (
        select(Plaatsing)
        .where(Plaatsing.pleegkind_id == Pleegkind.feit_id, runs_on(Plaatsing, dag), holds(Plaatsing))
        .order_by(Plaatsing.vorm == PlaatsingVorm.DEELTIJD, Plaatsing.van.desc(), Plaatsing.nummer.desc())
        .limit(1)
        .lateral("woont")
    )
    return lives, begeleider_on(dag, lives.c.feit_id)


def _cover_on(dag: Dag, medewerker: Expression[int]) -> Lateral:
    """Return, to join, who covers for a medewerker that is absent on a day; of several the last to begin."""
    cover = aliased(Medewerker)
    return (
        select(cover.uid, cover.naam)
        .join(Afwezigheid, Afwezigheid.vervanger_id == cover.feit_id)
        .where(Afwezigheid.medewerker_id == medewerker, is_absent_on(dag), newest(cover))
        .order_by(Afwezigheid.van.desc(), Afwezigheid.id.desc())
        .limit(1)
        .lateral("valt_in")
    )


@lru_cache(maxsize=16)
def _statement(scope: Scope, *, at_home: bool) -> FastStatement:
    """Build the select of children that the actor was found to see; ``at_home``: their families as well."""
    kinderen = bindparam("kinderen", type_=ARRAY(BigInteger))
    shown = _shown(true() if at_home else _may_see_gezin(scope))
    return FastStatement(shown.where(Pleegkind.feit_id == kinderen.any_()))


@lru_cache(maxsize=8)
def _statement_of(scope: Scope) -> FastStatement:
    """Build the select of children within the actor's reach."""
    wanted = Pleegkind.uid == bindparam("uids", type_=ARRAY(Uuid)).any_()
    shown = _shown(_may_see_gezin(scope))
    return FastStatement(shown.where(wanted, visible_pleegkinderen(scope, Reach.READ)))


def _may_see_gezin(scope: Scope) -> ColumnElement[bool]:
    return or_(*(visible_pleeggezinnen(scope, reach) for reach in (Reach.READ, Reach.NOOD)))


def _shown(may_see: ColumnElement[bool]) -> Rows:
    """Select the feit_id of a child and, in their order, the fields of ``Zorg``; of families those one may see."""
    (lives, guides), who = home_and_guide(_DAG), aliased(Medewerker)
    covers = _cover_on(_DAG, guides.c.medewerker_id)
    here, left = guides.c.weg.is_(False), guides.c.weg.is_(True)
    columns: dict[str, Expression[Any]] = {
        "uid": Pleegkind.uid, "nummer": Pleegkind.nummer,
        "roepnaam": Pleegkind.roepnaam, "achternaam": Pleegkind.achternaam, "geboortedatum": Pleegkind.geboortedatum,
        "plaatsing_uid": lives.c.uid, "plaatsing_van": lives.c.van, "plaatsing_tot": lives.c.tot, "vorm": lives.c.vorm,
        "gezin_uid": Pleeggezin.uid, "gezin_naam": Pleeggezin.naam,
        "begeleider_uid": case((here, who.uid)), "begeleider_naam": case((here, who.naam)),
        "begeleider_sinds": case((here, guides.c.van)),
        "vertrokken_begeleider_uid": case((left, who.uid)), "vertrokken_begeleider_naam": case((left, who.naam)),
        "vervanger_uid": covers.c.uid, "vervanger_naam": covers.c.naam,
        "team_uid": Team.uid, "team_naam": team_name_on(Team, _DAG),
        "uitstel": exists(Uitstel.id).where(Uitstel.pleegkind_id == Pleegkind.feit_id, is_put_off_on(_DAG)),
    }  # fmt: skip
    return (
        select(Pleegkind.feit_id, *(columns[one.name] for one in fields(Zorg)))
        .select_from(Pleegkind)
        .outerjoin(lives, true())
        .outerjoin(guides, true())
        .outerjoin(who, (who.feit_id == guides.c.medewerker_id) & newest(who))
        .outerjoin(covers, true())
        .outerjoin(Team, Team.id == team_on(who.feit_id, _DAG))
        .outerjoin(Pleeggezin, (Pleeggezin.feit_id == lives.c.pleeggezin_id) & holds(Pleeggezin) & may_see)
        .where(holds(Pleegkind))
    )

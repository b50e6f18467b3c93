"""Where children live on a day, in whose family, and who guides them there: what stands beside a name in every list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Date, Select, Uuid, bindparam, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor
from app.access.reach import Reach, Scope, scope_of
from app.access.scope import scope_parameters, visible_pleegkinderen
from app.db.statement import FastStatement
from app.models import Begeleiding, Medewerker, Plaatsing, Pleeggezin, Pleegkind, Team
from app.models.teams import team_name_on, team_on
from app.models.versions import holds, newest
from app.queries.pleeggezinnen import visible_pleeggezinnen
from app.terms import PlaatsingVorm

_DAG = bindparam("dag", type_=Date)


@dataclass(frozen=True, slots=True)
class Zorg:
    """A child, and where and with whom it is on a day.

    Of several plaatsingen the one that an audit would take: voltijd before deeltijd, then the latest. The plaatsing is
    None for a child that lives nowhere on that day, the begeleider where nobody guides it, and the family where the
    reader may not see it.
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
    team_uid: UUID | None
    team_naam: str | None

    @property
    def naam(self) -> str:
        """The name as people say it."""
        return f"{self.roepnaam} {self.achternaam}"


def read_zorg(session: Session, actor: Actor, kinderen: Sequence[int], dag: date, vandaag: date) -> dict[int, Zorg]:
    """Return where given children are (feit_ids that the actor was found to see); one statement."""
    rows = _statement(scope_of(actor)).rows(
        session, **scope_parameters(actor, vandaag), kinderen=list(kinderen), dag=dag
    )
    return {key: Zorg(*columns) for key, *columns in rows}


def read_zorg_of(session: Session, actor: Actor, uids: Sequence[UUID], vandaag: date) -> list[Zorg]:
    """Return the same today for children by uid, of which only those within the actor's reach."""
    if not uids:
        return []
    rows = _statement_of(scope_of(actor)).rows(
        session, **scope_parameters(actor, vandaag), uids=list(uids), dag=vandaag
    )
    return [Zorg(*columns) for _, *columns in rows]


def _runs(period: Any, dag: Any) -> tuple[Any, Any]:
    return period.van <= dag, or_(period.tot.is_(None), period.tot > dag)


def home_and_guide(dag: Any) -> tuple[Any, Any]:
    """Return, to join to ``Pleegkind``, the one plaatsing that is its home on a day, and who guides it there."""
    lives = (
        select(Plaatsing)
        .where(Plaatsing.pleegkind_id == Pleegkind.feit_id, *_runs(Plaatsing, dag), holds(Plaatsing))
        .order_by(Plaatsing.vorm == PlaatsingVorm.DEELTIJD, Plaatsing.van.desc(), Plaatsing.nummer.desc())
        .limit(1)
        .lateral("woont")
    )
    guides = (
        select(Begeleiding.medewerker_id, Begeleiding.van)
        .where(Begeleiding.plaatsing_id == lives.c.feit_id, *_runs(Begeleiding, dag), holds(Begeleiding))
        .order_by(Begeleiding.van.desc(), Begeleiding.nummer.desc())
        .limit(1)
        .lateral("begeleidt")
    )
    return lives, guides


@lru_cache(maxsize=8)
def _statement(scope: Scope) -> FastStatement:
    """Build the select of children that the actor was found to see."""
    kinderen = bindparam("kinderen", type_=ARRAY(BigInteger))
    return FastStatement(_shown(scope).where(Pleegkind.feit_id == kinderen.any_()))


@lru_cache(maxsize=8)
def _statement_of(scope: Scope) -> FastStatement:
    """Build the select of children within the actor's reach."""
    wanted = Pleegkind.uid == bindparam("uids", type_=ARRAY(Uuid)).any_()
    return FastStatement(_shown(scope).where(wanted, visible_pleegkinderen(scope, Reach.READ)))


def _shown(scope: Scope) -> Select[Any]:
    lives, guides = home_and_guide(_DAG)
    who = aliased(Medewerker)
    may_see = or_(*(visible_pleeggezinnen(scope, reach) for reach in (Reach.READ, Reach.NOOD)))
    return (
        select(
            Pleegkind.feit_id, Pleegkind.uid, Pleegkind.nummer, Pleegkind.roepnaam, Pleegkind.achternaam,
            Pleegkind.geboortedatum, lives.c.uid, lives.c.van, lives.c.tot, lives.c.vorm, Pleeggezin.uid,
            Pleeggezin.naam, who.uid, who.naam, guides.c.van, Team.uid, team_name_on(Team, _DAG),
        )
        .select_from(Pleegkind)
        .outerjoin(lives, true())
        .outerjoin(guides, true())
        .outerjoin(who, (who.feit_id == guides.c.medewerker_id) & newest(who))
        .outerjoin(Team, Team.id == team_on(who.feit_id, _DAG))
        .outerjoin(Pleeggezin, (Pleeggezin.feit_id == lives.c.pleeggezin_id) & holds(Pleeggezin) & may_see)
        .where(holds(Pleegkind))
    )  # fmt: skip

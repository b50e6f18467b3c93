"""Who has a child now, and so hears of it; and what lies in the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.models import Afwezigheid, Begeleiding, Bezorging, Medewerker, Plaatsing
from app.models.afwezigheid import is_absent_on
from app.models.periode import runs_on
from app.models.teams import in_team_on, team_on
from app.models.versions import holds
from app.terms import Bezorgafloop, Rol

#: [keuze] how far back what could not be delivered is counted
ONBEZORGBAAR = timedelta(days=7)
#: [keuze] beside the begeleider: who shares the responsibility for the children of a team
MEDE = (Rol.GEDRAGSWETENSCHAPPER, Rol.TEAMLEIDER)


def list_carers(session: Session, organisatie_id: int, kind: int, vandaag: date) -> Mapping[int, str]:
    """Return who must hear of a child today, with their mail address: feit_id of the medewerker → address.

    The begeleiders of today, or who covers for one that is absent, and of their teams the gedragswetenschapper and the
    teamleider. Of a child that nobody guides the team of who did so last hears it, and where that says nobody every
    teamleider of the organisatie.
    """
    guides = _begeleiders(session, kind, vandaag)
    teams = _teams(session, guides or _last_begeleider(session, kind), vandaag)
    hears = _covered(session, guides, vandaag)
    who = {**_addresses(session, Medewerker.feit_id.in_(hears)), **_of_teams(session, teams, vandaag)}
    everywhere = (Medewerker.organisatie_id == organisatie_id) & (Medewerker.rol == Rol.TEAMLEIDER)
    return who or _addresses(session, everywhere)


def _begeleiders(session: Session, kind: int, vandaag: date) -> Sequence[int]:
    runs = [condition for period in (Begeleiding, Plaatsing) for condition in (runs_on(period, vandaag), holds(period))]
    statement = select(Begeleiding.medewerker_id).join(Plaatsing, Plaatsing.feit_id == Begeleiding.plaatsing_id)
    return session.scalars(statement.where(Plaatsing.pleegkind_id == kind, *runs)).all()


def _covered(session: Session, medewerkers: Sequence[int], vandaag: date) -> set[int]:
    """Return the same medewerkers, with who covers in the place of who is absent."""
    away = select(Afwezigheid.medewerker_id, Afwezigheid.vervanger_id)
    rows = session.execute(away.where(Afwezigheid.medewerker_id.in_(medewerkers), is_absent_on(vandaag))).all()
    return {*medewerkers} - {absent for absent, _ in rows} | {cover for _, cover in rows}


def _last_begeleider(session: Session, kind: int) -> Sequence[int]:
    last = (
        select(Begeleiding.medewerker_id)
        .join(Plaatsing, Plaatsing.feit_id == Begeleiding.plaatsing_id)
        .where(Plaatsing.pleegkind_id == kind, holds(Begeleiding), holds(Plaatsing))
        .order_by(Begeleiding.van.desc(), Begeleiding.feit_id.desc())
        .limit(1)
    )
    return session.scalars(last).all()


def _teams(session: Session, medewerkers: Sequence[int], vandaag: date) -> Sequence[int]:
    found = (session.scalar(select(team_on(one, vandaag))) for one in medewerkers)
    return [team for team in found if team is not None]


def _of_teams(session: Session, teams: Sequence[int], vandaag: date) -> Mapping[int, str]:
    there = select(Medewerker.feit_id).where(Medewerker.team_id.in_(teams), in_team_on(Medewerker, vandaag))
    members = session.scalars(there).all()
    return _addresses(session, Medewerker.feit_id.in_(members) & Medewerker.rol.in_(MEDE))


def _addresses(session: Session, condition: Any) -> Mapping[int, str]:
    """Return the addresses of those who meet a condition, as the file says now, and can be written to."""
    statement = select(Medewerker.feit_id, Medewerker.email).where(holds(Medewerker), condition)
    return {key: email for key, email in session.execute(statement) if email}


@dataclass(frozen=True, slots=True)
class Wachtrij:
    """What lies in the outbox.

    Attributes:
        oudste: since when the oldest message waits that should have been delivered; None when none does.
        onbezorgbaar: how many were given up in the last week.
    """

    oudste: datetime | None
    onbezorgbaar: int


def read_waiting(connection: Connection, nu: datetime, *, mail: bool) -> Wachtrij:
    """Return what lies in the outbox, of every organisatie that the connection sees.

    Args:
        connection: of the owner, for all of them.
        nu: the instant.
        mail: whether people are written to; without, a message waits for webhooks alone.
    """
    waiting = {"nu": nu, "week": nu - ONBEZORGBAAR, "mail": mail}
    oudste, onbezorgbaar = connection.execute(_WAITING, waiting).one()
    return Wachtrij(oudste, onbezorgbaar)


#: what somebody put off does not wait; what was tried does
_WAITING = text("""
SELECT (SELECT min(b.vanaf) FROM bericht b WHERE b.vanaf <= :nu AND (
           b.afloop IS NULL AND (:mail OR EXISTS (
               SELECT FROM webhook w WHERE w.organisatie_id = b.organisatie_id
               AND NOT EXISTS (SELECT FROM webhook_einde e WHERE e.webhook_id = w.id)))
           OR :mail AND EXISTS (SELECT FROM bezorging z WHERE z.bericht_id = b.id AND z.afloop IS NULL
                                AND (z.pogingen > 0 OR z.volgende_op <= :nu))
           OR EXISTS (SELECT FROM gebeurtenis g WHERE g.bericht_id = b.id AND g.afloop IS NULL))),
       (SELECT count(*) FROM bezorging WHERE afloop = 'onbezorgbaar' AND afgehandeld_op > :week)
           + (SELECT count(*) FROM gebeurtenis WHERE afloop = 'onbezorgbaar' AND afgehandeld_op > :week)
""")


def list_unreached(session: Session, actor: Actor, nu: datetime) -> Sequence[str]:
    """Return the names of medewerkers to whom a message could not be delivered in the last week."""
    statement = (
        select(Medewerker.naam)
        .join(Bezorging, Bezorging.medewerker_id == Medewerker.feit_id)
        .where(
            Bezorging.organisatie_id == actor.organisatie_id,
            Bezorging.afloop == Bezorgafloop.ONBEZORGBAAR,
            Bezorging.afgehandeld_op > nu - ONBEZORGBAAR,
            holds(Medewerker),
        )
        .distinct()
        .order_by(Medewerker.naam)
    )
    return session.scalars(statement).all()

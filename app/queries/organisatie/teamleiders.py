"""Who leads where a child is guided: who answers for it when the begeleider does not, or is not there."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models import Begeleiding, Medewerker
from app.models.teams import in_team_on
from app.models.versions import holds
from app.terms import Rol


def last_teamleiders(
    session: Session, organisatie_id: int, plaatsingen: Iterable[int], vandaag: date
) -> dict[int, int]:
    """Return per plaatsing the teamleider of its last begeleider's team; of several the one with the lowest nummer.

    The team of today, also of a begeleider who left: its teamleider is who sees the child.
    """
    team_of, member, leads = aliased(Medewerker), aliased(Medewerker), aliased(Medewerker)
    statement = (
        select(Begeleiding.plaatsing_id, leads.feit_id)
        .join(team_of, team_of.feit_id == Begeleiding.medewerker_id)
        .join(member, member.team_id == team_of.team_id)
        .join(leads, leads.feit_id == member.feit_id)
        .where(
            Begeleiding.organisatie_id == organisatie_id,
            Begeleiding.plaatsing_id.in_(list(plaatsingen)),
            holds(Begeleiding),
            in_team_on(team_of, vandaag),
            in_team_on(member, vandaag),
            holds(leads),
            leads.rol == Rol.TEAMLEIDER,
        )
        .order_by(Begeleiding.plaatsing_id, Begeleiding.van, Begeleiding.nummer, leads.nummer.desc())
    )
    # The last of a plaatsing wins: it is sorted so.
    return {row.plaatsing_id: row.feit_id for row in session.execute(statement)}


def last_begeleiders(session: Session, plaatsingen: Iterable[int], vandaag: date) -> dict[int, int]:
    """Return per plaatsing who guides it, or did so last, and works here still."""
    statement = (
        select(Begeleiding.plaatsing_id, Begeleiding.medewerker_id)
        .join(Medewerker, Medewerker.feit_id == Begeleiding.medewerker_id)
        .where(
            Begeleiding.plaatsing_id.in_(list(plaatsingen)),
            Begeleiding.van <= vandaag,
            holds(Begeleiding),
            holds(Medewerker),
        )
        .order_by(Begeleiding.plaatsing_id, Begeleiding.van, Begeleiding.nummer)
    )
    return {row.plaatsing_id: row.medewerker_id for row in session.execute(statement)}


def first_teamleider(session: Session, organisatie_id: int) -> int | None:
    """Return the teamleider of an organisatie with the lowest nummer: for what no team is known to answer for."""
    leads = select(Medewerker.feit_id).where(
        Medewerker.organisatie_id == organisatie_id, Medewerker.rol == Rol.TEAMLEIDER, holds(Medewerker)
    )
    return session.scalars(leads.order_by(Medewerker.nummer).limit(1)).first()

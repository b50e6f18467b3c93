"""Whom the teams of the demo call in need: numbers that nobody has."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.lib.ids import new_uid
from app.models import Belnummer, Team
from app.services.demo.toezicht import demo_beheerder

#: functie, hours
_WIE: Final = (
    ("Gedragswetenschapper van dienst (verzonnen)", "werkdagen van 9.00 tot 17.30 uur"),
    ("Bereikbare dienst (verzonnen)", "dag en nacht"),
)


def give_demo_belnummers(session: Session, organisatie_id: int, now: datetime) -> None:
    """Give every team of the demo whom to call."""
    teams = session.scalars(select(Team.id).where(Team.organisatie_id == organisatie_id).order_by(Team.id)).all()
    beheerder = demo_beheerder(session)
    if beheerder is None:
        return
    session.add_all(
        Belnummer(
            uid=new_uid(),
            organisatie_id=organisatie_id,
            team_id=team,
            functie=functie,
            telefoonnummer=f"085 {nummer // 10_000:03} {nummer // 100 % 100:02} {nummer % 100:02}",
            uren=uren,
            vastgelegd_op=now,
            vastgelegd_door=beheerder,
        )
        for plaats, team in enumerate(teams)
        for nummer, (functie, uren) in enumerate(_WIE, start=2 * plaats)
    )
    session.flush()  # the demo is one transaction

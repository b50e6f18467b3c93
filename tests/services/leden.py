"""Teams and who is in them, for the tests of an import: small workbooks of medewerkers, and steps of a beheerder."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.sessions import unit_of_work
from app.models import Medewerker, Team
from app.models.teams import any_name_is
from app.services.beheer.teams import close_team, join_team, rename_team
from app.services.feiten.versions import begin_recording, replace_feit
from app.services.werkboek.verslag import Importverslag
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.inhoud import versions
from tests.services.momenten import NU, later


class Teamleven:
    """What becomes of the teams and people of one organisatie, each next thing an hour on."""

    def __init__(self, importeur: Importeur, make_actor: MakeActor) -> None:
        self.importeur, self._make_actor, self.uren = importeur, make_actor, 0

    def imported(self, *leden: dict[str, Any], proef: bool = False) -> Importverslag:
        """Import a workbook of medewerkers."""
        self.uren += 1
        path = self.importeur.write({"medewerkers": list(leden)})
        return self.importeur.file(path, nu=NU + timedelta(hours=self.uren), proef=proef)

    def rename(self, team: str, naam: str, van: date | None = None) -> None:
        """Give a team, by any of its names, another one."""
        with unit_of_work(self.importeur.engine) as session:
            actor = self._make_actor(session, self.importeur.organisatie(session))
            rename_team(session, actor, self._team(session, team).uid, naam, van, self._moment())

    def join(self, team: str, other: str, van: date | None = None) -> None:
        """Let a team go up in another."""
        with unit_of_work(self.importeur.engine) as session:
            actor = self._make_actor(session, self.importeur.organisatie(session))
            uids = [self._team(session, naam).uid for naam in (team, other)]
            join_team(session, actor, uids[0], uids[1], van, self._moment())

    def close(self, team: str, van: date | None = None) -> None:
        """Close a team that is empty."""
        with unit_of_work(self.importeur.engine) as session:
            actor = self._make_actor(session, self.importeur.organisatie(session))
            close_team(session, actor, self._team(session, team).uid, van, self._moment())

    def move(self, nummer: str, team: str) -> None:
        """Move somebody to another team by hand."""
        nu = self._moment().nu
        with unit_of_work(self.importeur.engine) as session:
            organisatie_id = self.importeur.organisatie(session).id
            changes = {"team_id": self._team(session, team).id, "team_sinds": nu.date()}
            current = versions(session, Medewerker, organisatie_id, nummer)[-1]
            recording = begin_recording(session, organisatie_id, nu, current.feit_id)
            replace_feit(recording, current, changes, reden="ander team")

    def withdraw(self, nummer: str) -> None:
        """Let somebody leave."""
        nu = self._moment().nu
        with unit_of_work(self.importeur.engine) as session:
            organisatie_id = self.importeur.organisatie(session).id
            current = versions(session, Medewerker, organisatie_id, nummer)[-1]
            recording = begin_recording(session, organisatie_id, nu, current.feit_id)
            replace_feit(recording, current, {}, reden="uit dienst", withdraw=True)

    def stand(self, nummer: str) -> tuple[int, str | None, date | None]:
        """Return the version of somebody, the first name of the team, and since when."""
        with Session(self.importeur.engine) as session:
            last = versions(session, Medewerker, self.importeur.organisatie(session).id, nummer)[-1]
            return last.versie, session.scalar(select(Team.naam).where(Team.id == last.team_id)), last.team_sinds

    def _moment(self) -> Any:
        self.uren += 1
        return later(hours=self.uren)

    def _team(self, session: Session, naam: str) -> Team:
        own = self.importeur.organisatie(session).id
        return session.scalars(select(Team).where(Team.organisatie_id == own, any_name_is(naam))).one()


def lid(nummer: str, team: str | None, **more: Any) -> dict[str, Any]:
    """Return a row of the sheet medewerkers."""
    row = {"nummer": nummer, "naam": f"Lid {nummer}", "rol": "pleegzorgbegeleider", "team": team, **more}
    return {kolom: value for kolom, value in row.items() if value is not None}

"""Which teams take nobody on, and who is where, for the check of a workbook that asks who would come into one."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.imports.teams import BekendLid, Teams
from app.models import Medewerker, Team, Teamwijziging
from app.services.beheer.organisaties import successors
from app.services.werkboek.personen import read_met_account, stand_per_nummer
from app.terms import TeamwijzigingSoort

#: what a row says of a medewerker beside the team
_KOLOMMEN: Final = ("naam", "email", "rol", "team_sinds")


def read_teams(session: Session, organisatie_id: int) -> Teams:
    """Return the closed teams of an organisatie by every name that leads to one, and its medewerkers."""
    named = list(_closed_by_name(session, organisatie_id))
    return Teams(dict(named), _read_leden(session, organisatie_id)) if named else Teams()


def _closed_by_name(session: Session, organisatie_id: int) -> Iterator[tuple[str, int]]:
    changed = select(Teamwijziging.team_id, Teamwijziging.naam, Teamwijziging.soort)
    rows = session.execute(changed.where(Teamwijziging.organisatie_id == organisatie_id)).all()
    closed = {team for team, _, soort in rows if soort == TeamwijzigingSoort.SLUITING}
    first = session.execute(select(Team.id, Team.naam).where(Team.organisatie_id == organisatie_id)).all()
    opvolgers = successors(session, organisatie_id)
    for team, naam in [*first, *((team, naam) for team, naam, _ in rows if naam is not None)]:
        last = opvolgers.get(team, team)
        if last in closed:
            yield naam, last


def _read_leden(session: Session, organisatie_id: int) -> dict[str, BekendLid]:
    opvolgers, met_account = successors(session, organisatie_id), read_met_account(session, organisatie_id)

    def says(inhoud: tuple[Any, ...]) -> dict[str, object]:
        *others, team = inhoud
        return {**dict(zip(_KOLOMMEN, others, strict=True)), "team": opvolgers.get(team, team)}

    columns = [*(getattr(Medewerker, name) for name in _KOLOMMEN), Medewerker.team_id]
    return {
        nummer: BekendLid(
            stand.geldig[-1].inhoud[-1],
            None if stand.imported is None else says(stand.imported),
            met_account=nummer in met_account,
        )
        for nummer, stand in stand_per_nummer(session, organisatie_id, Medewerker, columns)
    }

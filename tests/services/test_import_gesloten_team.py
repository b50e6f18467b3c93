"""A closed team takes nobody on, by import neither; who says only what already was is not in the way."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db.keyset import Page
from app.db.sessions import unit_of_work
from app.models import Medewerker, Team
from app.queries.organisaties import list_teams
from app.security.secrets import Secrets
from app.services.beheer.teams import close_team, join_team, rename_team
from app.services.feiten.versions import begin_recording, replace_feit
from app.services.werkboek.run import Terugverzoek, run_take_back
from app.services.werkboek.verslag import Importverslag, Terugverslag
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.inhoud import versions
from tests.services.momenten import NU, VANDAAG, later

Stap = Callable[..., None]
GESLOTEN = "Dit team is gesloten of gaat sluiten. Kies een ander team."


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    return Importeur(engine, sleutels, code, tmp_path)


@pytest.fixture
def steps(importeur: Importeur, make_actor: MakeActor) -> Stap:
    """Return what renames, joins or closes a team by a name of today, as a beheerder does, so many hours on."""

    def step(what: str, team: str, other: str = "", *, hours: int = 1, van: date | None = None) -> None:
        with unit_of_work(importeur.engine) as session:
            actor = make_actor(session, importeur.organisatie(session))
            moment = later(hours=hours)
            uids = {row.naam: row.uid for row in list_teams(session, actor, Page(limit=200), moment.vandaag).rows}
            if what == "hernoeming":
                rename_team(session, actor, uids[team], other, van, moment)
            elif what == "samenvoeging":
                join_team(session, actor, uids[team], uids[other], van, moment)
            else:
                close_team(session, actor, uids[team], van, moment)

    return step


def lid(nummer: str, team: str | None, **more: Any) -> dict[str, Any]:
    row = {"nummer": nummer, "naam": f"Lid {nummer}", "rol": "pleegzorgbegeleider", "team": team, **more}
    return {kolom: value for kolom, value in row.items() if value is not None}


def imported(importeur: Importeur, *leden: dict[str, Any], hours: int = 0, proef: bool = False) -> Importverslag:
    path = importeur.write({"medewerkers": list(leden)})
    return importeur.file(path, nu=NU + timedelta(hours=hours), proef=proef)


def faults(verslag: Importverslag) -> list[tuple[str, int, str, str, str]]:
    return [(fout.blad, fout.rij, fout.kolom, fout.code.value, fout.melding) for fout in verslag.fouten]


def newest(importeur: Importeur, nummer: str) -> tuple[int, str | None]:
    """Return the version of somebody and the first name of the team."""
    with Session(importeur.engine) as session:
        last = versions(session, Medewerker, importeur.organisatie(session).id, nummer)[-1]
        return last.versie, session.scalar(select(Team.naam).where(Team.id == last.team_id))


def move(importeur: Importeur, nummer: str, team: str, hours: int) -> None:
    """Move somebody by hand."""
    with unit_of_work(importeur.engine) as session:
        organisatie_id = importeur.organisatie(session).id
        current = versions(session, Medewerker, organisatie_id, nummer)[-1]
        key = session.scalar(select(Team.id).where(Team.organisatie_id == organisatie_id, Team.naam == team))
        nu = NU + timedelta(hours=hours)
        recording = begin_recording(session, organisatie_id, nu, current.feit_id)
        replace_feit(recording, current, {"team_id": key, "team_sinds": nu.date()}, reden="ander team")


def terug(importeur: Importeur, hours: int) -> Terugverslag:
    return run_take_back(importeur.engine, Terugverzoek(importeur.code), nu=NU + timedelta(hours=hours))


def two_teams(importeur: Importeur) -> None:
    """Import M5 in Zuid and M1 in Noord."""
    assert imported(importeur, lid("M5", "Zuid"), lid("M1", "Noord")).exit_code == 0


@pytest.mark.parametrize("van", [None, VANDAAG + timedelta(days=30)])
def test_nobody_new_comes_into_a_closed_team(importeur: Importeur, steps: Stap, van: date | None) -> None:
    two_teams(importeur)
    imported(importeur, lid("M5", "Noord"), hours=1)
    steps("sluiting", "Zuid", hours=2, van=van)
    for proef in (True, False):
        refused = imported(importeur, lid("M5", "Noord"), lid("M6", "Zuid"), hours=3, proef=proef)
        assert faults(refused) == [("medewerkers", 3, "team", "ongeldige_waarde", GESLOTEN)]
    back = imported(importeur, lid("M5", "Zuid"), hours=4)
    assert faults(back) == [("medewerkers", 2, "team", "ongeldige_waarde", GESLOTEN)]
    assert newest(importeur, "M5") == (2, "Noord")


def test_no_name_of_before_leads_into_a_closed_team(importeur: Importeur, steps: Stap) -> None:
    two_teams(importeur)
    steps("hernoeming", "Zuid", "Ster")
    steps("samenvoeging", "Ster", "Noord", hours=2)
    imported(importeur, lid("M9", "Oost"), hours=3)
    move(importeur, "M5", "Oost", hours=4)
    move(importeur, "M1", "Oost", hours=5)
    steps("sluiting", "Noord", hours=6)
    refused = imported(importeur, *(lid(f"M1{n}", naam) for n, naam in enumerate(("Zuid", "Ster", "Noord"))), hours=7)
    assert [fout[1:4] for fout in faults(refused)] == [(rij, "team", "ongeldige_waarde") for rij in (2, 3, 4)]


def test_who_says_only_what_already_was_stays_as_it_is(importeur: Importeur, steps: Stap) -> None:
    two_teams(importeur)
    move(importeur, "M5", "Noord", hours=1)
    steps("sluiting", "Zuid", hours=2)
    again = imported(importeur, lid("M5", "Zuid"), lid("M1", "Noord"), hours=3)
    assert (again.exit_code, newest(importeur, "M5")) == (0, (2, "Noord"))
    # A row that corrects something is a correction of all that it says: that would bring M5 back.
    refused = imported(importeur, lid("M5", "Zuid", email="m5@voorbeeld.test"), hours=4)
    assert [fout[1:4] for fout in faults(refused)] == [(2, "team", "ongeldige_waarde")]
    assert imported(importeur, lid("M5", "Noord", email="m5@voorbeeld.test"), hours=5).exit_code == 0


def test_what_people_withdrew_comes_into_no_team(importeur: Importeur, steps: Stap) -> None:
    two_teams(importeur)
    with unit_of_work(importeur.engine) as session:
        organisatie_id = importeur.organisatie(session).id
        current = versions(session, Medewerker, organisatie_id, "M5")[-1]
        recording = begin_recording(session, organisatie_id, NU, current.feit_id)
        replace_feit(recording, current, {}, reden="uit dienst", withdraw=True)
    steps("sluiting", "Zuid")
    assert imported(importeur, lid("M5", "Zuid", email="m5@voorbeeld.test"), hours=2).exit_code == 0

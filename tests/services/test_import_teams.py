"""The workbook says who is in which team; a team has a first day, so that an old quarter shows what was then."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db.keyset import Page
from app.db.sessions import unit_of_work
from app.models import Medewerker
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.queries.kwartaaltoetsen.rijen import iterate_toetsregels
from app.queries.organisatie.organisaties import list_teams
from app.security.secrets import Secrets
from app.services.beheer.teams import close_team, join_team, rename_team
from app.services.werkboek.verslag import Importverslag
from tests.imports import bouw
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.inhoud import versions
from tests.services.momenten import NU, VANDAAG, later

MORGEN = NU + timedelta(days=1)
# The plaatsing of the small workbook ran to 1 March 2026: the row of 2025-Q4 is about 31 December.
KWARTAAL, PEILDATUM = "2025-Q4", date(2025, 12, 31)


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    return Importeur(engine, sleutels, code, tmp_path)


def boek(team: str | None, sinds: date | None = None, **more: Any) -> bouw.Boek:
    """The small workbook, whose begeleider is in a team."""
    lid = {"team": team, "team_sinds": sinds, **more}
    return bouw.boek_met(medewerkers=[{k: v for k, v in lid.items() if v is not None}, {}])


def imported(
    importeur: Importeur, nu: datetime, team: str | None, sinds: date | None = None, **more: Any
) -> Importverslag:
    verslag = importeur.boek(boek(team, sinds, **more), nu=nu)
    assert verslag.exit_code == 0, verslag
    return verslag


def changed(verslag: Importverslag) -> int:
    assert verslag.uitkomst is not None
    return sum(blad.gewijzigd for blad in verslag.uitkomst.bladen)


def team_in(importeur: Importeur, kwartaal: str = KWARTAAL, bekend_op: datetime | None = None) -> str | None:
    with Session(importeur.engine) as session:
        key = importeur.organisatie(session).id
        (regel,) = iterate_toetsregels(session, key, Kwartaal.parse(kwartaal), bekend_op)
        team = regel.inhoud["team"]
        return team and team["naam"]


def sinds_of(importeur: Importeur) -> date | None:
    with Session(importeur.engine) as session:
        last = versions(session, Medewerker, importeur.organisatie(session).id, "M1")[-1]
        found: date | None = last.team_sinds
        return found


def test_a_first_team_holds_from_ever(importeur: Importeur) -> None:
    imported(importeur, NU, "Oost")
    assert (team_in(importeur), sinds_of(importeur)) == ("Oost", None)


def test_a_changed_team_holds_from_the_day_of_the_import(importeur: Importeur) -> None:
    imported(importeur, NU, "Oost")
    assert changed(imported(importeur, MORGEN, "West")) == 1
    assert (team_in(importeur), sinds_of(importeur)) == ("Oost", VANDAAG + timedelta(days=1))
    assert changed(imported(importeur, MORGEN + timedelta(days=3), "West")) == 0
    assert sinds_of(importeur) == VANDAAG + timedelta(days=1)


@pytest.mark.parametrize(("dagen", "team"), [(-1, "West"), (0, "West"), (1, "Oost")])
def test_a_changed_team_holds_from_the_day_that_the_row_gives(importeur: Importeur, dagen: int, team: str) -> None:
    imported(importeur, NU, "Oost")
    sinds = PEILDATUM + timedelta(days=dagen)
    assert changed(imported(importeur, MORGEN, "West", sinds)) == 1
    assert team_in(importeur) == team
    assert changed(imported(importeur, MORGEN, "West", sinds)) == 0
    # What was said before the change was known stays.
    assert team_in(importeur, bekend_op=NU) == "Oost"


def test_a_first_team_begins_when_the_row_says_so(importeur: Importeur) -> None:
    imported(importeur, NU, "Oost", PEILDATUM + timedelta(days=1))
    assert team_in(importeur) is None
    assert changed(imported(importeur, MORGEN, "Oost", PEILDATUM)) == 1
    assert team_in(importeur) == "Oost"


def test_a_file_without_the_column_says_nothing_about_the_day(importeur: Importeur, tmp_path: Path) -> None:
    sinds = PEILDATUM + timedelta(days=1)
    imported(importeur, NU, "Oost", sinds)
    assert changed(imported(importeur, MORGEN, "Oost")) == 0
    assert changed(imported(importeur, MORGEN, "Oost", email="anna@voorbeeld.test")) == 1
    assert sinds_of(importeur) == sinds
    folder = tmp_path / "map"
    folder.mkdir()
    rows = "nummer,naam,rol,team\nM1,Anna de Wit,pleegzorgbegeleider,Zuid\n"
    (folder / "medewerkers.csv").write_text(rows, encoding="utf-8")
    assert importeur.file(folder, nu=MORGEN).exit_code == 0
    assert sinds_of(importeur) == VANDAAG + timedelta(days=1)


def test_no_team_any_more_holds_from_the_import_too(importeur: Importeur) -> None:
    imported(importeur, NU, "Oost")
    imported(importeur, MORGEN, None)
    assert team_in(importeur) == "Oost"
    assert sinds_of(importeur) == VANDAAG + timedelta(days=1)


def test_two_changes_keep_both_days(importeur: Importeur) -> None:
    imported(importeur, NU, "Oost")
    imported(importeur, MORGEN, "West", date(2025, 12, 1))
    imported(importeur, MORGEN, "Zuid", date(2026, 2, 1))
    assert [team_in(importeur, kwartaal) for kwartaal in ("2025-Q3", "2025-Q4", "2026-Q1")] == ["Oost", "West", "Zuid"]


def steps(importeur: Importeur, make_actor: MakeActor, what: str, team: str, **more: Any) -> None:
    """Rename, join or close a team by its name of today, as a beheerder does."""
    with unit_of_work(importeur.engine) as session:
        actor = make_actor(session, importeur.organisatie(session))
        teams = {row.naam: row.uid for row in list_teams(session, actor, Page(limit=200), VANDAAG).rows}
        if what == "hernoeming":
            rename_team(session, actor, teams[team], moment=later(hours=1), **more)
        elif what == "samenvoeging":
            join_team(session, actor, teams[team], teams[more.pop("opgegaan_in")], moment=later(hours=1), **more)
        else:
            close_team(session, actor, teams[team], None, later(hours=1))


def test_a_source_that_does_not_know_the_new_name_makes_no_second_team(
    importeur: Importeur, make_actor: MakeActor
) -> None:
    imported(importeur, NU, "Oost")
    steps(importeur, make_actor, "hernoeming", "Oost", naam="Oostwest", van=date(2026, 1, 1))
    assert changed(imported(importeur, MORGEN, "Oost")) == 0
    assert changed(imported(importeur, MORGEN, "Oostwest")) == 0
    assert [team_in(importeur, kwartaal) for kwartaal in ("2025-Q4", "2026-Q1")] == ["Oost", "Oostwest"]


def test_a_source_that_does_not_know_the_joining_moves_nobody_back(importeur: Importeur, make_actor: MakeActor) -> None:
    imported(importeur, NU, "Oost")
    steps(importeur, make_actor, "samenvoeging", "Oost", opgegaan_in="Team Duinrand", van=date(2026, 1, 1))
    assert changed(imported(importeur, MORGEN, "Oost")) == 0
    assert changed(imported(importeur, MORGEN, "Oost", email="anna@voorbeeld.test")) == 1
    assert [team_in(importeur, kwartaal) for kwartaal in ("2025-Q4", "2026-Q1")] == ["Oost", "Team Duinrand"]
    assert sinds_of(importeur) == date(2026, 1, 1)

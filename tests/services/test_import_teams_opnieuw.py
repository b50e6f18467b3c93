"""The second import of a file changes nothing, whatever became of its teams meanwhile."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

from app.security.secrets import Secrets
from app.services.werkboek.verslag import Importverslag
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.leden import Teamleven, lid
from tests.services.momenten import VANDAAG

NUMMERS = ("M1", "M2", "M3", "M4", "M5")
DAGEN = (None, VANDAAG - timedelta(days=200), VANDAAG + timedelta(days=20))


@pytest.fixture
def leven(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path, make_actor: MakeActor) -> Teamleven:
    return Teamleven(Importeur(engine, sleutels, code, tmp_path), make_actor)


def counts(verslag: Importverslag) -> tuple[int, int]:
    assert not verslag.fouten, verslag.as_text()
    (blad,) = [blad for blad in verslag.bladen if blad.blad == "medewerkers"]
    return blad.nieuw, blad.gewijzigd


def test_names_of_a_team_that_was_joined_change_somebody_once(leven: Teamleven) -> None:
    leven.imported(lid("M5", "Zuid"), lid("M1", "Noord"), lid("M2", "West"))
    leven.rename("Noord", "Ster")
    leven.join("Ster", "West")
    rows = lid("M7", "Noord"), lid("M5", "Ster"), lid("M1", "Noord")
    assert counts(leven.imported(*rows, proef=True)) == (1, 1)
    assert counts(leven.imported(*rows)) == (1, 1)
    before = [leven.stand(nummer) for nummer in ("M7", "M5", "M1")]
    assert [stand[1] for stand in before] == ["West"] * 3
    for proef in (True, False, False):
        assert counts(leven.imported(*rows, proef=proef)) == (0, 0)
    assert [leven.stand(nummer) for nummer in ("M7", "M5", "M1")] == before


def test_a_first_day_in_a_team_that_is_no_more_is_none_in_the_other(leven: Teamleven) -> None:
    """Else a correction of something else would put somebody in the other team before there was any joining."""
    sinds = date(2025, 3, 1)
    leven.imported(lid("M1", "Noord", team_sinds=sinds), lid("M2", "West"))
    leven.join("Noord", "West", VANDAAG)
    row = lid("M1", "Noord", team_sinds=sinds, email="m1@voorbeeld.test")
    assert counts(leven.imported(row)) == (0, 1)
    assert leven.stand("M1") == (3, "West", VANDAAG)
    assert counts(leven.imported(row)) == (0, 0)


@dataclass
class Verloop:
    """Steps that a seed chooses, with what a beheerder would know of the teams."""

    leven: Teamleven
    rng: Random
    open_teams: list[str] = field(default_factory=lambda: ["Noord", "Oost", "Zuid", "West", "Midden"])
    #: any name → the first name of the open team where it leads to
    namen: dict[str, str] = field(default_factory=dict)

    def change_a_team(self) -> None:
        """Rename, join or close one of the teams, as long as two are left."""
        what = self.rng.choice(["rename", "join", "close"] if len(self.open_teams) > 2 else ["rename"])
        team = self.rng.choice(self.open_teams)
        if what == "rename":
            naam = f"Ster {self.leven.uren}"
            self.leven.rename(team, naam, self.rng.choice(DAGEN))
            self.namen[naam] = team
            return
        self.open_teams.remove(team)
        other = self.rng.choice(self.open_teams)
        if what == "join":
            self.leven.join(team, other, self.rng.choice(DAGEN))
            self.namen |= {naam: other for naam, first in self.namen.items() if first == team}
            return
        for nummer in NUMMERS:
            if self.leven.stand(nummer)[1] == team:
                self.leven.move(nummer, other)
        self.leven.close(team)
        self.namen = {naam: first for naam, first in self.namen.items() if first != team}

    def row(self, nummer: str) -> dict[str, Any]:
        """Return a row that puts somebody in a team by any name that it ever had."""
        sinds = self.rng.choice([None, None, date(2025, 3, 1)])
        return lid(nummer, self.rng.choice(sorted(self.namen)), team_sinds=sinds)


@pytest.mark.parametrize("seed", range(8))
def test_the_second_import_of_a_file_changes_nothing(leven: Teamleven, seed: int) -> None:
    verloop = Verloop(leven, Random(seed))
    verloop.namen = {team: team for team in verloop.open_teams}
    leven.imported(*(lid(f"V{n}", team) for n, team in enumerate(verloop.open_teams)))
    for n in range(len(verloop.open_teams)):
        leven.withdraw(f"V{n}")
    rows = {nummer: verloop.row(nummer) for nummer in NUMMERS}
    leven.imported(*rows.values())
    for _ in range(2):
        for _ in range(verloop.rng.randint(1, 2)):
            verloop.change_a_team()
        before = [leven.stand(nummer) for nummer in NUMMERS]
        assert counts(leven.imported(*rows.values())) == (0, 0)
        assert [leven.stand(nummer) for nummer in NUMMERS] == before
        rows |= {nummer: verloop.row(nummer) for nummer in verloop.rng.sample(NUMMERS, 2)}
        leven.imported(*rows.values())
        assert counts(leven.imported(*rows.values())) == (0, 0)

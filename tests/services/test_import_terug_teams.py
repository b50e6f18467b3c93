"""Taking the last import back when teams were renamed, joined or closed since: a team is no fact, yet built on it."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.security.secrets import Secrets
from app.services.werkboek.run import Terugverzoek, run_take_back
from app.services.werkboek.verslag import Terugverslag
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.leden import Teamleven, lid
from tests.services.momenten import NU


@pytest.fixture
def leven(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path, make_actor: MakeActor) -> Teamleven:
    return Teamleven(Importeur(engine, sleutels, code, tmp_path), make_actor)


def terug(leven: Teamleven) -> Terugverslag:
    verzoek = Terugverzoek(leven.importeur.code)
    return run_take_back(leven.importeur.engine, verzoek, nu=NU + timedelta(hours=leven.uren))


def test_a_team_that_was_changed_since_is_in_the_way(leven: Teamleven) -> None:
    """Nobody comes back into a team that is no more, or into one that is called otherwise than the file says."""
    leven.imported(lid("M5", "Zuid"), lid("M1", "Oost"), lid("M9", "West"))
    leven.rename("Oost", "Zon")  # before the import: not built on it
    leven.imported(lid("M5", "Noord"), lid("M1", "Oost"), lid("M9", "West"), lid("M6", "Midden"))
    leven.close("Zuid")
    assert 'sluiting van team "Zuid"' in terug(leven).as_text()
    leven.rename("Noord", "Ster")
    leven.join("West", "Midden")
    leven.rename("Oost", "Maan")  # of nobody whom the import put anywhere
    refused = terug(leven)
    assert (refused.exit_code, leven.stand("M5")[:2]) == (1, (2, "Noord"))
    said = refused.as_text()
    for what in ('sluiting van team "Zuid"', 'hernoeming van team "Noord"', 'samenvoeging van team "West"'):
        assert what in said
    assert '"Oost"' not in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("what", ["close", "join"])
def test_nobody_comes_back_into_a_team_that_ended_since(leven: Teamleven, what: str) -> None:
    leven.imported(lid("M5", "Zuid"), lid("M1", "Noord"))
    leven.imported(lid("M5", "Noord"), lid("M1", "Noord"))
    if what == "close":
        leven.close("Zuid")
    else:
        leven.join("Zuid", "Noord")
    assert terug(leven).exit_code == 1
    assert leven.stand("M5")[:2] == (2, "Noord")


def test_another_team_that_was_changed_since_is_not_in_the_way(leven: Teamleven) -> None:
    leven.imported(lid("M5", "Zuid"), lid("M1", "Oost"))
    leven.rename("Zuid", "Ster")
    leven.imported(lid("M5", "Noord"), lid("M1", "Oost", email="m1@voorbeeld.test"))
    leven.rename("Oost", "Zon")
    assert terug(leven).exit_code == 0
    assert leven.stand("M5")[:2] == (3, "Zuid")

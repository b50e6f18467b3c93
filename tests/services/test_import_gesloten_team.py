"""A closed team takes nobody on, by import neither; who says only what already was is not in the way."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.security.secrets import Secrets
from app.services.werkboek.verslag import Importverslag
from tests.services.conftest import MakeActor
from tests.services.importeer import Importeur
from tests.services.leden import Teamleven, lid
from tests.services.momenten import VANDAAG

GESLOTEN = "Dit team is gesloten of gaat sluiten. Kies een ander team."


@pytest.fixture
def leven(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path, make_actor: MakeActor) -> Teamleven:
    """Return an organisatie with M5 in Zuid and M1 in Noord."""
    leven = Teamleven(Importeur(engine, sleutels, code, tmp_path), make_actor)
    assert leven.imported(lid("M5", "Zuid"), lid("M1", "Noord")).exit_code == 0
    return leven


def faults(verslag: Importverslag) -> list[tuple[str, int, str, str, str]]:
    return [(fout.blad, fout.rij, fout.kolom, fout.code.value, fout.melding) for fout in verslag.fouten]


@pytest.mark.parametrize("van", [None, VANDAAG + timedelta(days=30)])
def test_nobody_new_comes_into_a_closed_team(leven: Teamleven, van: date | None) -> None:
    leven.imported(lid("M5", "Noord"))
    leven.close("Zuid", van)
    for proef in (True, False):
        refused = leven.imported(lid("M5", "Noord"), lid("M6", "Zuid"), proef=proef)
        assert faults(refused) == [("medewerkers", 3, "team", "ongeldige_waarde", GESLOTEN)]
    assert faults(leven.imported(lid("M5", "Zuid"))) == [("medewerkers", 2, "team", "ongeldige_waarde", GESLOTEN)]
    assert leven.stand("M5")[:2] == (2, "Noord")


def test_no_name_of_before_leads_into_a_closed_team(leven: Teamleven) -> None:
    leven.rename("Zuid", "Ster")
    leven.join("Ster", "Noord")
    leven.imported(lid("M9", "Oost"))
    for nummer in ("M5", "M1"):
        leven.move(nummer, "Oost")
    leven.close("Noord")
    refused = leven.imported(*(lid(f"M1{n}", naam) for n, naam in enumerate(("Zuid", "Ster", "Noord"))))
    assert [fout[1:4] for fout in faults(refused)] == [(rij, "team", "ongeldige_waarde") for rij in (2, 3, 4)]


def test_who_says_only_what_already_was_stays_as_it_is(leven: Teamleven) -> None:
    leven.move("M5", "Noord")
    leven.close("Zuid")
    again = leven.imported(lid("M5", "Zuid"), lid("M1", "Noord"))
    assert (again.exit_code, leven.stand("M5")[:2]) == (0, (2, "Noord"))
    # A row that corrects something is a correction of all that it says: that would bring M5 back.
    refused = leven.imported(lid("M5", "Zuid", email="m5@voorbeeld.test"))
    assert [fout[1:4] for fout in faults(refused)] == [(2, "team", "ongeldige_waarde")]
    assert leven.imported(lid("M5", "Noord", email="m5@voorbeeld.test")).exit_code == 0


def test_what_people_withdrew_comes_into_no_team(leven: Teamleven) -> None:
    leven.withdraw("M5")
    leven.close("Zuid")
    assert leven.imported(lid("M5", "Zuid", email="m5@voorbeeld.test")).exit_code == 0

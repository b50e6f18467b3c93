"""Only what an import brought can be missing from a file; what the service made or changed by itself it did not say."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.db.sessions import unit_of_work
from app.models import Actie
from app.security.secrets import Secrets
from app.services.beheer.eerste_beheerder import create_first_beheerder
from app.services.feiten.recording import RequestTime
from app.services.feiten.versions import begin_recording, record_feit
from app.services.meegaan import take_along_due
from app.services.werkboek.telling import BladTelling
from app.services.werkboek.verslag import Importverslag
from tests.imports import bouw
from tests.services.importeer import Importeur
from tests.services.inhoud import versions
from tests.services.momenten import NU, VANDAAG

MORGEN = NU + timedelta(days=1)


@pytest.fixture
def importeur(engine: Engine, sleutels: Secrets, code: str, tmp_path: Path) -> Importeur:
    return Importeur(engine, sleutels, code, tmp_path)


def blad_of(verslag: Importverslag, naam: str) -> BladTelling:
    assert not verslag.fouten, verslag.as_text()
    (found,) = [blad for blad in verslag.bladen if blad.blad == naam]
    return found


def test_the_first_beheerder_is_not_missing_from_the_source(importeur: Importeur) -> None:
    importeur.boek(bouw.boek_met())
    with unit_of_work(importeur.engine) as session:
        account = "https://aanmelden.test", importeur.code
        create_first_beheerder(session, importeur.code, None, "Bea Beheer", account, NU + timedelta(hours=1))
    again = importeur.boek(bouw.boek_met(), nu=MORGEN)
    assert (blad_of(again, "medewerkers").verdwenen, blad_of(again, "medewerkers").bekend) == ((), 2)
    assert "niet meer in de bron" not in again.as_text()
    gone = importeur.boek(bouw.boek_met(evaluaties=[{"nummer": "E2"}]), nu=MORGEN)
    assert blad_of(gone, "evaluaties").verdwenen == ("E1",)


def test_who_came_by_import_and_is_the_first_beheerder_can_be_missing(importeur: Importeur) -> None:
    boek = bouw.boek_met()
    boek["medewerkers"].append({"nummer": "M9", "naam": "Bea Beheer", "rol": "beheerder"})
    importeur.boek(boek)
    with unit_of_work(importeur.engine) as session:
        account = "https://aanmelden.test", importeur.code
        create_first_beheerder(session, importeur.code, None, "Bea Beheer", account, NU)
    assert blad_of(importeur.boek(bouw.boek_met(), nu=MORGEN), "medewerkers").verdwenen == ("M9",)


def handed_over() -> bouw.Boek:
    """Return a workbook in which M1 owns an action about a child that M2 guides since yesterday."""
    yesterday = VANDAAG - timedelta(days=1)
    return bouw.boek_met(
        plaatsingen=[{"tot": ""}],
        begeleidingen=[{"tot": yesterday}, {"nummer": "B2", "medewerker": "M2", "van": yesterday}],
        acties=[{"eigenaar": "M1", "datum": date(2026, 10, 1), "uiterlijk": date(2026, 12, 31), "gedaan_op": ""}],
    )


def take_along(importeur: Importeur, nu: Any) -> int:
    with unit_of_work(importeur.engine) as session:
        return take_along_due(session, importeur.organisatie(session).id, RequestTime(nu, nu.date()))


def test_what_went_along_to_the_next_begeleider_stays_there_and_is_no_imports(importeur: Importeur) -> None:
    """Of an import the file goes on to say the former one; by hand it was never of a file."""
    importeur.boek(handed_over(), nu=NU - timedelta(days=3))
    with unit_of_work(importeur.engine) as session:
        organisatie_id = importeur.organisatie(session).id
        (first,) = versions(session, Actie, organisatie_id, "B1")
        door = first.eigenaar_id
        inhoud = {
            "pleegkind_id": first.pleegkind_id, "datum": date(2026, 10, 2), "omschrijving": "School bellen.",
            "eigenaar_id": door, "uiterlijk": date(2026, 12, 31), "gedaan_op": None,
        }  # fmt: skip
        own = record_feit(begin_recording(session, organisatie_id, first.vastgelegd_op, door), Actie, inhoud).nummer
    assert take_along(importeur, MORGEN) == 1
    again = importeur.boek(handed_over(), nu=MORGEN + timedelta(hours=1))
    told = blad_of(again, "acties")
    assert (told.nieuw, told.gewijzigd, told.verdwenen, told.bekend) == (0, 0, (), 1)
    with Session(importeur.engine) as session:
        for nummer in ("B1", own):
            acties = versions(session, Actie, importeur.organisatie(session).id, nummer)
            assert [actie.eigenaar_id == door for actie in acties] == [True, False], nummer

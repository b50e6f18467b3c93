"""A provider of the second catalogue: what was seen, said and done goes in; every day and quarter is as expected."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.exports.kwartaaltoets.formats import write_kwartaaltoets
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.security.secrets import Secrets
from app.services.kwartaaltoetsen.toetsen import Toetsverzoek, establish_toets
from app.services.termijnen import check_termijnen
from app.terms import Toetsformaat
from tests.services.importeer import Importeur
from tests.werkboeken import AANBIEDER_B, DATA

#: the workbook has what was recorded up to the end of November
LATER = datetime(2026, 11, 30, 12, tzinfo=UTC)
#: place of the ruisscore, which the example leaves out
_RUISSCORE = 21


@pytest.fixture(scope="module")
def aanbieder(engine: Engine, sleutels: Secrets, tmp_path_factory: pytest.TempPathFactory) -> Importeur:
    importeur = Importeur(engine, sleutels, "AANBIEDER-B", tmp_path_factory.mktemp("aanbieder-b"))
    verslag = importeur.file(AANBIEDER_B, nu=LATER)
    assert verslag.exit_code == 0, verslag.as_text()
    return importeur


@pytest.mark.parametrize("peildatum", ["2026-09-30", "2026-10-20", "2026-11-27", "2026-12-31"])
def test_the_export_is_the_expected_one_byte_for_byte(aanbieder: Importeur, peildatum: str) -> None:
    expected = (DATA / f"aanbieder-b.termijnen-{peildatum}.csv").read_bytes()
    assert aanbieder.export(date.fromisoformat(peildatum)) == expected


@pytest.mark.parametrize("kwartaal", ["2026-Q3", "2026-Q4"])
def test_the_audit_is_the_expected_one(aanbieder: Importeur, session: Session, kwartaal: str) -> None:
    opdracht = Toetsverzoek(aanbieder.organisatie(session).id, LATER, LATER.date())
    toets = establish_toets(session, opdracht, Kwartaal.parse(kwartaal), freeze=False, replace=False)
    lines = b"".join(write_kwartaaltoets(session, toets, Toetsformaat.CSV, with_names=False)).splitlines()
    cells = [line.split(b",") for line in lines]
    without = [b",".join((*row[:_RUISSCORE], *row[_RUISSCORE + 1 :])) for row in cells]
    assert without == (DATA / f"aanbieder-b.kwartaaltoets-{kwartaal}.csv").read_bytes().splitlines()


def test_the_stored_deadlines_are_what_the_rule_says(aanbieder: Importeur, session: Session) -> None:
    controle = check_termijnen(session, aanbieder.organisatie(session).id, LATER.date())
    assert controle.afwijkingen == ()
    assert controle.termijnen > 3000
